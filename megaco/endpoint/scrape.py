"""Where Prometheus finds the metrics: ``GET /metrics``, in the event loop of the endpoints.

A scrape is answered between two messages and takes about a millisecond. Whoever connects gets ``EXCHANGE_S`` for
everything, of its request ``MOST_HEAD_OCTETS`` are read, and ``MOST_CONNECTIONS`` are served at once. There is no
access control: listen on loopback, or where only Prometheus comes.
"""

import asyncio
import logging
from http import HTTPStatus

try:
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import choose_encoder
except ImportError:
    raise ImportError("metrics need prometheus-client: pip install 'h248[metrics]'") from None

from megaco.errors import TransportError
from megaco.transport import Address

_log = logging.getLogger("h248.metrics")

PATH = "/metrics"
EXCHANGE_S = 5.0
"""How long a connection may take, from its first octet to its last, seconds."""
MOST_HEAD_OCTETS = 8192
"""A request whose head is longer is not answered."""
MOST_CONNECTIONS = 8
"""Connections beyond these are closed at once."""
_PLAIN = "text/plain; charset=utf-8"


class MetricsServer:
    """Serves a registry over HTTP."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Use ``listen``."""
        self._registry = registry
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @classmethod
    async def listen(cls, registry: CollectorRegistry, local: Address) -> "MetricsServer":
        """Listen at an address, port 0 for any; raises TransportError where it cannot be had."""
        made = cls(registry)
        try:
            made._server = await asyncio.start_server(made._serve, local.host, local.port, limit=MOST_HEAD_OCTETS)
        except OSError as error:
            raise TransportError(f"cannot serve metrics on http://{local}: {error.strerror or error}") from None
        return made

    @property
    def url(self) -> str:
        """Where the metrics are."""
        assert self._server is not None
        name = self._server.sockets[0].getsockname()
        return f"http://{Address(name[0], name[1])}{PATH}"

    async def close(self) -> None:
        """Stop listening, and end the connections that there are."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if len(self._connections) >= MOST_CONNECTIONS:
            writer.transport.abort()
            return
        self._connections.add(task)
        try:
            async with asyncio.timeout(EXCHANGE_S):
                writer.write(self._answer(await reader.readuntil(b"\r\n\r\n")))
                writer.close()
                await writer.wait_closed()
        except (TimeoutError, asyncio.LimitOverrunError, asyncio.IncompleteReadError, OSError) as error:
            _log.debug("a scrape came to nothing: %r", error)
        finally:
            writer.transport.abort()
            self._connections.discard(task)

    def _answer(self, head: bytes) -> bytes:
        """Return the response to a request."""
        line, *fields = head.decode("latin-1").split("\r\n")
        method, _, rest = line.partition(" ")
        target, _, version = rest.partition(" ")
        if not version.startswith("HTTP/1."):
            return _response(HTTPStatus.BAD_REQUEST)
        if target.partition("?")[0] != PATH:
            return _response(HTTPStatus.NOT_FOUND, body=f"the metrics are at {PATH}\n".encode())
        if method not in ("GET", "HEAD"):
            return _response(HTTPStatus.METHOD_NOT_ALLOWED, more="Allow: GET, HEAD\r\n")
        wanted = (field.partition(":") for field in fields)
        accept = next((value.strip() for name, _, value in wanted if name.lower() == "accept"), "")
        try:
            encode, kind = choose_encoder(accept)
            body = encode(self._registry)
        except Exception:  # a collector that the application registered, say: the others of the process go on
            _log.exception("the metrics cannot be told")
            return _response(HTTPStatus.INTERNAL_SERVER_ERROR)
        return _response(HTTPStatus.OK, kind, body, is_head=method == "HEAD")


def _response(
    status: HTTPStatus, kind: str = _PLAIN, body: bytes = b"", *, more: str = "", is_head: bool = False
) -> bytes:
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{more}Connection: close\r\n\r\n".encode("latin-1") + (b"" if is_head else body)
