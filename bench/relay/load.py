"""The load generator: one TLS client and one plain TCP peer, in a process of its own, the same for every relay.

Called with two arguments, the direction ("up" from the TLS client to the peer, "down" the other way) and a JSON
object of the parameters; prints a JSON object of the result. Plain blocking sockets of the standard library, one
thread an end: ``ssl`` and ``socket`` release the interpreter lock while they work on a chunk.
"""

import json
import socket
import ssl
import sys
import threading
import time
from typing import Any


def tls_client(parameters: dict[str, Any]) -> ssl.SSLSocket:
    """Connect to the relay's access side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = context.maximum_version = ssl.TLSVersion[parameters["version"]]
    context.load_cert_chain(parameters["cert"], parameters["key"])
    return context.wrap_socket(socket.create_connection(("127.0.0.1", parameters["access_port"])))


def plain_peer(parameters: dict[str, Any]) -> socket.socket:
    """Come up at the relay's core side: connect to it, or be connected to."""
    if parameters["peer_connects"]:
        return socket.create_connection(("127.0.0.1", parameters["core_port"]))
    with socket.create_server(("127.0.0.1", parameters["core_port"])) as server:
        print("listening", flush=True)
        return server.accept()[0]


def send(end: socket.socket, total: int, chunk_bytes: int) -> None:
    """Send so many zero bytes."""
    chunk = bytes(chunk_bytes)
    for _ in range(total // chunk_bytes):
        end.sendall(chunk)


def receive(end: socket.socket, total: int, chunk_bytes: int) -> None:
    """Receive exactly so many bytes."""
    buffer = bytearray(chunk_bytes)
    left = total
    while left:
        count = end.recv_into(buffer)
        if not count:
            raise SystemExit(f"{left} of {total} bytes are missing")
        left -= count


def main(direction: str, parameters: dict[str, Any]) -> None:
    """Bring both ends up, pass a first byte each way, then measure from the first to the last byte received."""
    ends: dict[str, socket.socket] = {}
    peer = threading.Thread(target=lambda: ends.update(peer=plain_peer(parameters)))
    peer.start()
    client = tls_client(parameters)
    client.sendall(b"1")
    peer.join()
    receive(ends["peer"], 1, 1)
    ends["peer"].sendall(b"1")
    receive(client, 1, 1)
    source, sink = (client, ends["peer"]) if direction == "up" else (ends["peer"], client)
    total, chunk_bytes = parameters["total_bytes"], parameters["chunk_bytes"]
    begin = time.perf_counter()
    sender = threading.Thread(target=send, args=(source, total, chunk_bytes))
    sender.start()
    receive(sink, total, chunk_bytes)
    seconds = time.perf_counter() - begin
    sender.join()
    print(json.dumps({"seconds": seconds, "cipher": client.cipher()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
