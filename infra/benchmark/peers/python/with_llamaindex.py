"""LlamaIndex: its ingestion pipeline into its Redis vector store, with a document store that knows what has not changed."""

from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.schema import Document
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.embeddings.ollama import OllamaEmbedding
from llama_index.vector_stores.redis import RedisVectorStore
from redisvl.schema import IndexSchema

EMBEDDED_AT_ONCE = 32

pipeline = None


def load(documents, redis_url, ollama, model, prefix, quantization):
    global pipeline
    if pipeline is None:
        embedding = OllamaEmbedding(model_name=model, base_url=ollama, embed_batch_size=EMBEDDED_AT_ONCE)
        vector = {"dims": len(embedding.get_text_embedding("a")), "algorithm": "hnsw", "distance_metric": "cosine"}
        schema = {
            "index": {"name": f"{prefix}index", "prefix": f"{prefix}chunk"},
            "fields": [
                {"name": "id", "type": "tag"},
                {"name": "doc_id", "type": "tag"},
                {"name": "text", "type": "text"},
                {"name": "vector", "type": "vector", "attrs": vector},
            ],
        }
        pipeline = IngestionPipeline(
            transformations=[embedding],
            vector_store=RedisVectorStore(schema=IndexSchema.from_dict(schema), redis_url=redis_url),
            docstore=SimpleDocumentStore(),
            docstore_strategy=DocstoreStrategy.UPSERTS,
        )
    pipeline.run(
        documents=[
            Document(id_=f"{document['id']}:{number}", text=text)
            for document in documents
            for number, text in enumerate(document["texts"])
        ]
    )


def close():
    pipeline.vector_store.delete_index()
