"""The JSON lines between ends and controller, on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
import pytest

from iq_profile.alg import signalling
from iq_profile.alg.signalling import End, Fault, SignallingClient, SignallingServer
from megaco.errors import TransportError


class Server:
    """Keeps what the server hands up."""

    def __init__(self) -> None:
        self.got: list[signalling.FromEnd] = []
        self.lost = asyncio.Event()
        self.server = SignallingServer(self._on_message, lambda end: self.lost.set())
        self.port = 0

    def _on_message(self, end: End, message: signalling.FromEnd) -> None:
        self.got.append(message)
        end.send(signalling.Attached(("msrp-tls;mediasec",)))


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Server, SignallingClient, asyncio.StreamWriter]]:
    """Run a server, a client, and the client's bare connection."""
    server = Server()
    server.port = await server.server.listen("127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    client = SignallingClient(reader, writer)
    try:
        yield server, client, writer
    finally:
        await client.close()
        await server.server.close()


async def answer(client: SignallingClient) -> signalling.ToEnd | None:
    """Wait for a message, not for ever."""
    return await asyncio.wait_for(client.receive(), 5.0)


@pytest.mark.parametrize(
    "message",
    [
        signalling.Attach("alice", "access", ("msrp-tls;mediasec",)),
        signalling.Offer("1", 'v=0\r\ns=☎ \x00 "\r\n', to="bob"),
        signalling.Answer("1", ""),
        signalling.Reject("1", 603, "no"),
        signalling.Bye("1"),
    ],
)
async def test_a_message_arrives_as_it_was_sent(message: signalling.FromEnd) -> None:
    """Any text survives, quotes, line ends and control characters too."""
    async with running() as (server, client, _):
        client.send(message)
        assert isinstance(await answer(client), signalling.Attached)
        assert server.got == [message]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{\n", "truncated"),
        (b"nonsense\n", "malformed"),
        (b"\xff\xfe\n", ""),
        (b"[]\n", "object"),
        (b'{"type": "register"}\n', "register"),
        (b'{"type": "attach", "user": "a", "side": "inside"}\n', "inside"),
        (b'{"type": "attach", "user": 7, "side": "core"}\n', "user"),
        (b'{"type": "bye", "session": "1", "why": "x"}\n', "why"),
        (b'{"type": "answer", "session": "1"}\n', "sdp"),
        (b'{"type": "answer", "session": "1", "sdp": "\\udc00"}\n', ""),
        (b"\n", ""),
    ],
)
async def test_a_line_that_makes_no_sense_is_a_fault(line: bytes, told: str) -> None:
    """The fault says what is wrong, and the connection stays for the next line."""
    async with running() as (server, client, writer):
        writer.write(line)
        fault = await answer(client)
        assert isinstance(fault, Fault)
        assert told in fault.text
        client.send(signalling.Bye("1"))
        assert isinstance(await answer(client), signalling.Attached)
        assert server.got == [signalling.Bye("1")]


async def test_a_line_that_is_too_long_ends_the_connection() -> None:
    """What would come after it could not be told apart."""
    async with running() as (server, client, writer):
        writer.write(b"x" * (signalling.MAX_LINE_BYTES + 1))
        fault = await answer(client)
        assert fault == Fault(f"a line of more than {signalling.MAX_LINE_BYTES} octets")
        assert await answer(client) is None
        await asyncio.wait_for(server.lost.wait(), 5.0)
        assert server.got == []


async def test_a_line_may_come_in_pieces() -> None:
    """Lines, not segments, are messages; several may come at once."""
    async with running() as (server, client, writer):
        data = msgspec.json.encode(signalling.Bye("1")) + b"\n"
        for octet in data:
            writer.write(bytes([octet]))
            await writer.drain()
        writer.write(data + data)
        for _ in range(3):
            await answer(client)
        assert server.got == [signalling.Bye("1")] * 3


async def test_an_end_that_goes_is_told() -> None:
    """Also in the middle of a line."""
    async with running() as (server, client, writer):
        writer.write(b'{"type"')
        await client.close()
        await asyncio.wait_for(server.lost.wait(), 5.0)
        assert server.got == []


async def test_closing_the_server_ends_its_connections() -> None:
    """Ends see the end of the stream."""
    async with running() as (server, client, _):
        client.send(signalling.Bye("1"))
        await answer(client)
        await server.server.close()
        assert await answer(client) is None


async def test_one_connection_too_many_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others stay."""
    monkeypatch.setattr(signalling, "MAX_ENDS", 1)
    async with running() as (server, client, _):
        client.send(signalling.Bye("1"))
        await answer(client)
        other = await SignallingClient.connect("127.0.0.1", server.port)
        assert await answer(other) is None
        await other.close()
        client.send(signalling.Bye("2"))
        assert await answer(client) is not None


async def test_an_end_that_does_not_read_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for it is limited; faults that it provokes and never reads do not fill the memory."""
    monkeypatch.setattr(signalling, "MAX_UNREAD_BYTES", 1000)
    async with running() as (server, _, writer):
        with suppress(ConnectionError):
            for _ in range(200):
                writer.write(b"\n" * 5000)
                await asyncio.wait_for(writer.drain(), 5.0)
        await asyncio.wait_for(server.lost.wait(), 5.0)


async def test_addresses_that_cannot_be_had_are_told() -> None:
    """One line for the user: nobody listens, or somebody does already."""
    async with running() as (server, _, _):
        with pytest.raises(TransportError, match=f"cannot listen for ends on 127.0.0.1 port {server.port}: .+"):
            await Server().server.listen("127.0.0.1", server.port)
        await server.server.close()
        with pytest.raises(TransportError, match=f"no controller at 127.0.0.1 port {server.port}: .+"):
            await SignallingClient.connect("127.0.0.1", server.port)
