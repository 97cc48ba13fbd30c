"""Loads the documents with a peer, does it again with nothing changed, and prints how long each took."""

import importlib
import json
import sys
import time

name, documents, redis, ollama, model, prefix, quantization = sys.argv[1:]
peer = importlib.import_module(name)
with open(documents, encoding="utf-8") as lines:
    loaded = [json.loads(line) for line in lines]


def seconds():
    start = time.perf_counter()
    peer.load(loaded, redis, ollama, model, prefix, quantization)
    return time.perf_counter() - start


results = {"firstLoadSeconds": seconds(), "unchangedSeconds": seconds()}
if hasattr(peer, "close"):
    peer.close()
print(json.dumps(results))
