"""LlamaIndex's ingestion pipeline with a document store, by which unchanged documents are skipped."""

import asyncio
from contextlib import contextmanager

from llama_index.core import Document
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.node_parser import TextSplitter
from llama_index.embeddings.ollama import OllamaEmbedding
from llama_index.storage.docstore.redis import RedisDocumentStore
from llama_index.storage.kvstore.redis import RedisKVStore
from llama_index.vector_stores.redis import RedisVectorStore
from redisvl.schema import IndexSchema

EMBEDDED_AT_ONCE = 32
CALLS_AT_ONCE = 16
BETWEEN_TEXTS = "\x1e"


class GivenTexts(TextSplitter):
    """Parts a document into the very texts that were given; what is skipped or replaced is the document."""

    def split_text(self, text):
        return text.split(BETWEEN_TEXTS)


def schema(prefix, dimension):
    vector = {"dims": dimension, "algorithm": "hnsw", "distance_metric": "cosine"}
    return IndexSchema.from_dict(
        {
            "index": {"name": f"{prefix}index", "prefix": f"{prefix}chunk"},
            "fields": [
                {"name": "id", "type": "tag"},
                {"name": "doc_id", "type": "tag"},
                {"name": "text", "type": "text"},
                {"name": "vector", "type": "vector", "attrs": vector},
            ],
        }
    )


@contextmanager
def loader(documents, redis_url, ollama, model, prefix, quantization):
    whole = [Document(id_=document["id"], text=BETWEEN_TEXTS.join(document["texts"])) for document in documents]
    embedding = OllamaEmbedding(model, base_url=ollama, embed_batch_size=EMBEDDED_AT_ONCE, num_workers=CALLS_AT_ONCE)
    dimension = len(embedding.get_text_embedding(documents[0]["texts"][0]))
    store = RedisVectorStore(schema=schema(prefix, dimension), redis_url=redis_url)
    pipeline = IngestionPipeline(
        transformations=[GivenTexts(), embedding],
        vector_store=store,
        docstore=RedisDocumentStore(RedisKVStore(redis_url), namespace=f"{prefix}documents"),
        docstore_strategy=DocstoreStrategy.UPSERTS,
        disable_cache=True,
    )
    try:
        with asyncio.Runner() as runner:
            yield lambda: runner.run(pipeline.arun(documents=whole))
    finally:
        store.delete_index()
