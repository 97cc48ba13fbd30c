"""The loop that people write first: each text is embedded, then written, one after the other."""

import struct

import redis
import requests


def load(documents, redis_url, ollama, model, prefix, quantization):
    index = redis.Redis.from_url(redis_url)
    http = requests.Session()
    for document in documents:
        for number, text in enumerate(document["texts"]):
            reply = http.post(f"{ollama}/api/embed", json={"model": model, "input": text})
            reply.raise_for_status()
            vector = reply.json()["embeddings"][0]
            name = f"{document['id']}:{number}"
            blob = struct.pack(f"<{len(vector)}f", *vector)
            index.execute_command("VADD", f"{prefix}vectors", "FP32", blob, name, quantization)
            index.hset(f"{prefix}{name}", mapping={"document": document["id"], "text": text})
