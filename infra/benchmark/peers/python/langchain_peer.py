"""LangChain's indexing API: a record of each text that is in the store, so that unchanged ones are skipped."""

import tempfile
from contextlib import contextmanager

from langchain_classic.indexes import SQLRecordManager
from langchain_core.documents import Document
from langchain_core.indexing import index
from langchain_ollama import OllamaEmbeddings
from langchain_redis import RedisVectorStore

INDEXED_AT_ONCE = 500


@contextmanager
def loader(documents, redis_url, ollama, model, prefix, quantization):
    name = prefix.rstrip(":")
    chunks = [
        Document(page_content=text, metadata={"source": document["id"], "number": number})
        for document in documents
        for number, text in enumerate(document["texts"])
    ]
    embeddings = OllamaEmbeddings(model=model, base_url=ollama)
    store = RedisVectorStore(
        embeddings,
        redis_url=redis_url,
        index_name=name,
        key_prefix=name,
        indexing_algorithm="HNSW",
        embedding_dimensions=len(embeddings.embed_query(chunks[0].page_content)),
    )
    with tempfile.TemporaryDirectory() as folder:
        records = SQLRecordManager(name, db_url=f"sqlite:///{folder}/records.sql")
        records.create_schema()
        try:
            # Not "incremental": of a document in two batches that deletes what the second one has to write again.
            yield lambda: index(
                chunks,
                records,
                store,
                batch_size=INDEXED_AT_ONCE,
                cleanup="scoped_full",
                source_id_key="source",
                key_encoder="blake2b",
            )
        finally:
            store.index.delete()
