"""The loop with batches: 32 texts of whatever documents in each call, and writes pipelined by 100."""

import struct

import redis
import requests

EMBEDDED_AT_ONCE = 32
WRITTEN_AT_ONCE = 100


def load(documents, redis_url, ollama, model, prefix, quantization):
    index = redis.Redis.from_url(redis_url)
    http = requests.Session()
    chunks = [
        (document["id"], f"{document['id']}:{number}", text)
        for document in documents
        for number, text in enumerate(document["texts"])
    ]
    pipeline = index.pipeline(transaction=False)
    for start in range(0, len(chunks), EMBEDDED_AT_ONCE):
        batch = chunks[start : start + EMBEDDED_AT_ONCE]
        reply = http.post(f"{ollama}/api/embed", json={"model": model, "input": [text for _, _, text in batch]})
        reply.raise_for_status()
        for (document, name, text), vector in zip(batch, reply.json()["embeddings"]):
            blob = struct.pack(f"<{len(vector)}f", *vector)
            pipeline.execute_command("VADD", f"{prefix}vectors", "FP32", blob, name, quantization)
            pipeline.hset(f"{prefix}{name}", mapping={"document": document, "text": text})
            if len(pipeline) >= WRITTEN_AT_ONCE:
                pipeline.execute()
    pipeline.execute()
