"""Exits with 0 if this Redis has the query engine. Needs no package."""

import socket
import ssl
import sys
from urllib.parse import unquote, urlsplit

at = urlsplit(sys.argv[1])
connection = socket.create_connection((at.hostname, at.port or 6379), timeout=5)
if at.scheme == "rediss":
    connection = ssl.create_default_context().wrap_socket(connection, server_hostname=at.hostname)


def answer(*words):
    encoded = [word.encode() for word in words]
    connection.sendall(b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded))
    return connection.recv(4096)


if at.password:
    answer("AUTH", unquote(at.username or "default"), unquote(at.password))
sys.exit(0 if answer("FT._LIST").startswith(b"*") else 1)
