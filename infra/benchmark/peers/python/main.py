"""Loads the documents with a peer, does it again with nothing changed, and prints how long each took."""

import importlib
import json
import signal
import sys
import time
from contextlib import nullcontext

answers, sys.stdout = sys.stdout, sys.stderr  # there are libraries that log to standard output
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was opened is closed then, too

name, documents, *settings = sys.argv[1:]
peer = importlib.import_module(name)
with open(documents, encoding="utf-8") as lines:
    loaded = [json.loads(line) for line in lines]


def opened():
    """What loads all of it; a peer that has to open something, or to close it, has a loader()."""
    if hasattr(peer, "loader"):
        return peer.loader(loaded, *settings)
    return nullcontext(lambda: peer.load(loaded, *settings))


def seconds(load):
    start = time.perf_counter()
    load()
    return time.perf_counter() - start


with opened() as load:
    print(json.dumps({"firstLoadSeconds": seconds(load), "unchangedSeconds": seconds(load)}), file=answers)
