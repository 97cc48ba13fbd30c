"""Ends with exit code 69 where the Redis at an address does not have the query engine."""

import sys

import redis

index = redis.Redis.from_url(sys.argv[1])
try:
    index.execute_command("FT._LIST")
except redis.ResponseError as error:
    if "unknown command" not in str(error):
        raise
    print("this Redis lacks the query engine (the FT.* commands)", file=sys.stderr)
    sys.exit(69)
if index.connection_pool.connection_kwargs.get("db"):
    print("the query engine needs database 0 of a Redis", file=sys.stderr)
    sys.exit(69)
