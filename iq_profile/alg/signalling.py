"""Where ends talk to the controller: JSON lines over TCP, a stand-in for SIP with the same bodies and header values.

One JSON object a line, in both directions; ``docs/signalling.md`` lists them. An end attaches first:

    {"type": "attach", "user": "alice", "side": "access", "security_client": ["msrp-tls;mediasec"]}
    {"type": "attached", "security_server": ["msrp-tls;mediasec"]}

and then offers, answers, rejects and says bye; what concerns it comes back in the same words.
"""

import asyncio
import logging
import resource
from collections.abc import Callable
from typing import Literal

import msgspec

from megaco.errors import TransportError

_log = logging.getLogger("h248.signalling")

MAX_LINE_BYTES = 262_144
"""Longest line taken from an end."""
MAX_UNREAD_BYTES = 1_048_576
"""Octets kept for an end that does not read; beyond it its connection is reset."""
ATTACH_WAIT_S = 30.0
"""How long a connection may take to attach before it is closed."""
MAX_ENDS = 10_000
"""Connections at once; one more is closed at once."""


class Attach(msgspec.Struct, frozen=True, tag="attach", forbid_unknown_fields=True):
    """An end says who it is, a UE with the values of its Security-Client header fields (RFC 3329)."""

    user: str
    side: Literal["access", "core"]
    security_client: tuple[str, ...] = ()


class Attached(msgspec.Struct, frozen=True, tag="attached", forbid_unknown_fields=True):
    """The controller's Security-Server header field values."""

    security_server: tuple[str, ...] = ()


class Offer(msgspec.Struct, frozen=True, tag="offer", forbid_unknown_fields=True):
    """An SDP offer for ``to``; ``user`` says who offers when it arrives."""

    session: str
    sdp: str
    to: str = ""
    user: str = ""


class Answer(msgspec.Struct, frozen=True, tag="answer", forbid_unknown_fields=True):
    """An SDP answer."""

    session: str
    sdp: str


class Reject(msgspec.Struct, frozen=True, tag="reject", forbid_unknown_fields=True):
    """No to an offer, with a SIP status code."""

    session: str
    code: int = 488
    reason: str = ""


class Bye(msgspec.Struct, frozen=True, tag="bye", forbid_unknown_fields=True):
    """The session is over."""

    session: str
    reason: str = ""


class Fault(msgspec.Struct, frozen=True, tag="fault", forbid_unknown_fields=True):
    """The controller could not make sense of a line."""

    text: str


class Gone(msgspec.Struct, frozen=True, tag="gone", forbid_unknown_fields=True):
    """Nothing is left of a session in the network."""

    session: str


AboutSession = Offer | Answer | Reject | Bye
FromEnd = Attach | AboutSession
ToEnd = Attached | Offer | Answer | Reject | Bye | Fault | Gone

_FROM_END = msgspec.json.Decoder(FromEnd)
_TO_END = msgspec.json.Decoder(ToEnd)


class End:
    """One connection of an end, at the controller."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.attached: Attach | None = None

    def send(self, message: ToEnd) -> None:
        """Send a message; an end that does not read is not waited for but cut off."""
        if self._writer.is_closing():
            return
        self._writer.write(msgspec.json.encode(message) + b"\n")
        if self._writer.transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            self._writer.transport.abort()

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()

    def close_unless_attached(self) -> None:
        """Close the connection of somebody who did not say who it is."""
        if self.attached is None:
            self.close()


class SignallingServer:
    """Listens for ends and hands their messages up."""

    def __init__(self, on_message: Callable[[End, FromEnd], None], on_lost: Callable[[End], None]) -> None:
        """``on_message`` takes each message, ``on_lost`` an end whose connection is gone."""
        self._on_message = on_message
        self._on_lost = on_lost
        self._server: asyncio.Server | None = None
        self._ends: set[End] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self, host: str, port: int) -> int:
        """Listen; return the port. Raises TransportError where the address cannot be had."""
        try:
            self._server = await asyncio.start_server(self._serve, host, port, limit=MAX_LINE_BYTES)
        except OSError as error:
            raise TransportError(f"cannot listen for ends on {host} port {port}: {error.strerror or error}") from None
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Close every connection and the listener."""
        if self._server is not None:
            self._server.close()
        for end in list(self._ends):
            end.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        end = End(writer)
        if len(self._ends) >= _most_ends():
            end.close()
            return
        self._ends.add(end)
        limit = asyncio.get_running_loop().call_later(ATTACH_WAIT_S, end.close_unless_attached)
        try:
            await self._read(end, reader)
        except (ConnectionError, asyncio.CancelledError):
            _log.debug("an end is gone")
        finally:
            limit.cancel()
            self._ends.discard(end)
            end.close()
            self._on_lost(end)

    async def _read(self, end: End, reader: asyncio.StreamReader) -> None:
        while True:
            try:
                line = await reader.readuntil(b"\n")
                message = _FROM_END.decode(line)
            except asyncio.IncompleteReadError:
                return
            except asyncio.LimitOverrunError:
                end.send(Fault(f"a line of more than {MAX_LINE_BYTES} octets"))
                return
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                end.send(Fault(str(error)))
                continue
            self._on_message(end, message)


def _most_ends() -> int:
    """Return how many ends there may be: no more than half of the files that the process may have open."""
    return min(MAX_ENDS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)


class SignallingClient:
    """An end's connection to the controller."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, host: str, port: int) -> "SignallingClient":
        """Connect; raises TransportError where nobody listens."""
        try:
            reader, writer = await asyncio.open_connection(host, port, limit=MAX_LINE_BYTES)
        except OSError as error:
            raise TransportError(f"no controller at {host} port {port}: {error.strerror or error}") from None
        return cls(reader, writer)

    def send(self, message: FromEnd) -> None:
        """Send a message."""
        self._writer.write(msgspec.json.encode(message) + b"\n")

    async def receive(self) -> ToEnd | None:
        """Wait for a message; None when the controller has closed."""
        try:
            message: ToEnd = _TO_END.decode(await self._reader.readuntil(b"\n"))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        return message

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()
        await asyncio.wait([asyncio.ensure_future(self._writer.wait_closed())])
