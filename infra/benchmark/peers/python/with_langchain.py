"""LangChain: its Redis vector store, filled through its indexing API, which skips what it has indexed before."""

from langchain_core.documents import Document
from langchain_core.indexing import InMemoryRecordManager, index
from langchain_ollama import OllamaEmbeddings
from langchain_redis import RedisConfig, RedisVectorStore

AT_ONCE = 100  # the default of index()

store = None
records = None


def load(documents, redis_url, ollama, model, prefix, quantization):
    global store, records
    if store is None:
        config = RedisConfig(
            index_name=f"{prefix}index", key_prefix=f"{prefix}chunk", redis_url=redis_url, indexing_algorithm="HNSW"
        )
        store = RedisVectorStore(OllamaEmbeddings(model=model, base_url=ollama), config=config)
        records = InMemoryRecordManager(namespace="peer")
    chunks = (
        Document(page_content=text, metadata={"source": document["id"]})
        for document in documents
        for text in document["texts"]
    )
    index(
        chunks, records, store, batch_size=AT_ONCE, cleanup="incremental", source_id_key="source", key_encoder="sha256"
    )


def close():
    store.index.delete(drop=False)
