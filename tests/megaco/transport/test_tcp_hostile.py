"""The TCP link against far ends that lie, stall, flood and vanish."""

import asyncio
import resource
import socket
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from megaco.transport import Address, LinkSettings
from megaco.transport.connections import ConnectionLink
from megaco.transport.tpkt import frame

from .ears import Post, post_at, soon, until

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def _open(post: Post) -> int:
    assert isinstance(post.link, ConnectionLink)
    return post.link.connections


@asynccontextmanager
async def _stream_to(post: Post, **options: int) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection(post.at.host, post.at.port, **options)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _ends(reader: asyncio.StreamReader) -> bytes:
    """Read until the end, in good order or not; return what came."""
    came = b""
    try:
        while octets := await soon(reader.read(65_536)):
            came += octets
    except ConnectionError:
        pass
    return came


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
@pytest.mark.parametrize(
    "lie",
    [b"GET / HTTP/1.1\r\n\r\n", b"!/1 a T=1", b"\x03\x00\x00\x03", b"\x03\x00\x00\x00", b"\x03\x00\xff\xff", b"\x16"],
)
async def test_a_header_that_lies(lie: bytes, host: str, caplog: pytest.LogCaptureFixture) -> None:
    """What came before it is answered; the connection is closed at once, counted and told in one line."""
    caplog.set_level("INFO")
    settings = LinkSettings(tcp_most_octets=1_000)
    async with post_at(f"tcp://{host}:0", settings, echoes=True) as post, _stream_to(post) as (reader, writer):
        writer.write(frame(b"hello"))
        assert await soon(reader.readexactly(9)) == frame(b"hello")
        writer.write(frame(b"again") + lie)
        assert await _ends(reader) == frame(b"again")
        assert (await soon(post.lost.get())).port == writer.get_extra_info("sockname")[1]
        assert (post.counters.lying_frames, post.counters.messages_received) == (1, 2)
        assert _open(post) == 0
        assert "has ended (1 so far): a frame that is none: " in caplog.text
        assert not any(record.exc_info for record in caplog.records)


async def test_one_octet_at_a_time() -> None:
    """Is slow, and nothing else."""
    message = b"!/1 a T = 1 { C = 1 { MF = t } }"
    async with post_at("tcp://127.0.0.1:0") as post, _stream_to(post) as (_, writer):
        for octet in frame(message) * 2:
            writer.write(bytes([octet]))
            await asyncio.sleep(0)
        assert [(await post.hear())[0] for _ in range(2)] == [message] * 2


async def test_a_connection_that_says_nothing() -> None:
    """Is closed when its time is up; one that has spoken stays, and so does one that we opened."""
    settings = LinkSettings(first_message_s=0.3)
    async with (
        post_at("tcp://127.0.0.1:0", settings) as post,
        post_at("tcp://127.0.0.1:0", settings) as quiet,
        _stream_to(post) as (silent, _),
        _stream_to(post) as (_, speaking),
    ):
        speaking.write(frame(b"hello"))
        await post.hear()
        post.say(b"are you there", quiet.at)
        await quiet.hear()
        assert await _ends(silent) == b""
        await asyncio.sleep(0.05)
        assert (post.counters.silent, _open(post)) == (1, 2)


@pytest.mark.parametrize("drip", [b"\x03\x00\x00\x04", b"\x03\x00", b""])
async def test_a_slow_loris(drip: bytes) -> None:
    """Empty frames are no message, and half a header is none: the connection is closed as if nothing were said."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(first_message_s=0.05)) as post:
        async with _stream_to(post) as (reader, writer):
            ending = asyncio.ensure_future(_ends(reader))
            writer.write(drip)
            while not ending.done():
                if drip == b"\x03\x00\x00\x04":
                    writer.write(drip)
                await asyncio.sleep(0.01)
        assert (post.counters.silent, post.counters.broken_frames) == (1, drip == b"\x03\x00")
        assert bool(post.counters.empty_frames) is (drip == b"\x03\x00\x00\x04")


async def test_a_message_that_does_not_end() -> None:
    """However steadily it drips, a message has so long from its first octet to its last, the first or a later one."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(frame_s=0.06)) as post, _stream_to(post) as (reader, writer):
        writer.write(frame(b"hello"))
        await post.hear()
        await asyncio.sleep(0.08)  # between messages there is time
        begin = asyncio.get_running_loop().time()
        ending = asyncio.ensure_future(_ends(reader))
        for octet in frame(b"x" * 1_000):
            writer.write(bytes([octet]))
            await asyncio.sleep(0.005)
            if ending.done():
                break
        assert asyncio.get_running_loop().time() - begin < 2.0
        assert (post.counters.stalled, post.counters.broken_frames, _open(post)) == (1, 1, 0)


async def test_steady_messages_that_are_never_whole_at_once() -> None:
    """A stream cut so that part of a message always waits is no stall: each ends in time."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(frame_s=0.3)) as post, _stream_to(post) as (_, writer):
        stream = frame(b"0123456789") * 40
        for position in range(0, len(stream), 15):
            writer.write(stream[position : position + 15])
            await asyncio.sleep(0.012)
        for _ in range(40):
            await post.hear()
        assert (post.counters.stalled, _open(post)) == (0, 1)


@pytest.mark.parametrize("is_reset", [False, True])
async def test_half_a_message(is_reset: bool) -> None:
    """A connection that ends, or is reset, within a frame: counted, told, and nothing else."""
    async with post_at("tcp://127.0.0.1:0") as post, _stream_to(post) as (_, writer):
        writer.write(frame(b"hello") + frame(b"hello")[:7])
        await post.hear()
        await asyncio.sleep(0.01)
        if is_reset:
            _reset(writer)
        else:
            writer.close()
        await soon(post.lost.get())
        assert (post.counters.broken_frames, post.counters.messages_received, _open(post)) == (1, 1, 0)
        assert post.ear.heard.empty()


async def test_resets_at_any_moment() -> None:
    """Before the first octet, within a frame, after it, while answers are written: the listener goes on."""
    async with post_at("tcp://127.0.0.1:0", echoes=True) as post:
        octets = frame(b"x" * 50) * 20
        for cut in range(0, len(octets), 37):
            reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
            writer.write(octets[:cut])
            if cut % 2:
                await asyncio.sleep(0)
            _reset(writer)
            del reader
        await until(lambda: _open(post) == 0)
        async with _stream_to(post) as (reader, writer):
            writer.write(frame(b"hello"))
            assert await soon(reader.readexactly(9)) == frame(b"hello")


@asynccontextmanager
async def _gone(post: Post, *, leaves: int = 0) -> AsyncIterator[Address]:
    """Yield a peer that has spoken and then reset its connection, which the loop does not know yet.

    ``leaves`` octets were sent to it before, that it did not read.
    """
    with socket.socket() as far:
        far.setblocking(False)
        await asyncio.get_running_loop().sock_connect(far, (post.at.host, post.at.port))
        far.send(frame(b"hello"))
        _, peer = await post.hear()
        for _ in range(leaves // 10_000):
            post.link.send(b"x" * 10_000, peer)
        far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        far.close()
        time.sleep(0.01)  # noqa: ASYNC251  # the loop must not hear of it
        yield peer


async def test_sending_to_one_that_is_gone() -> None:
    """The message is lost and counted, the peer told to be lost, and the next message not sent either."""
    async with post_at("tcp://127.0.0.1:0") as post:
        async with _gone(post) as peer:
            for _ in range(2):
                post.link.send(b"x", peer)
            assert (post.counters.sends_dropped, _open(post)) == (2, 0)
        assert await soon(post.lost.get()) == peer


async def test_writing_on_to_one_that_is_gone() -> None:
    """What waited is lost and counted."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(write_octets=1 << 30)) as post:
        async with _gone(post, leaves=10_000_000) as peer:
            assert isinstance(post.link, ConnectionLink)
            post.link._connections[peer]._flush()
            assert post.counters.sends_dropped > 0
            assert (post.link.octets_held, _open(post)) == (0, 0)
        assert await soon(post.lost.get()) == peer


async def test_closing_with_one_that_is_gone() -> None:
    """It is closed at once."""
    async with post_at("tcp://127.0.0.1:0") as post, _gone(post):
        post.pump.close()
        assert post.link.closed.done()


async def test_one_that_is_gone_before_it_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems tell so when options are set; nothing is left of it, and the next is served."""
    async with post_at("tcp://127.0.0.1:0", echoes=True) as post:

        def gone(sock: socket.socket, settings: LinkSettings) -> None:
            raise OSError(22, "Invalid argument")

        assert isinstance(post.link, ConnectionLink)
        monkeypatch.setattr(post.link._carrier, "prepare", gone)
        async with _stream_to(post) as (reader, _):
            assert await _ends(reader) == b""
        monkeypatch.undo()
        assert (post.counters.connections_accepted, _open(post)) == (0, 0)
        async with _stream_to(post) as (reader, writer):
            writer.write(frame(b"hello"))
            assert await soon(reader.readexactly(9)) == frame(b"hello")


async def test_a_far_end_that_never_reads() -> None:
    """What waits for it is bounded, in octets: beyond them it is cut; what it had not taken is counted as lost."""
    settings = LinkSettings(write_octets=200_000)
    async with post_at("tcp://127.0.0.1:0", settings) as post, _stream_to(post) as (reader, writer):
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(frame(b"hello"))
        _, peer = await post.hear()
        sent = 0
        while _open(post):
            post.link.send(b"x" * 10_000, peer)
            sent += 1
            assert sent < 10_000
        assert (post.counters.unread, await soon(post.lost.get())) == (1, peer)
        assert 20 <= post.counters.sends_dropped <= 22
        assert post.counters.messages_sent == sent
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        assert len(await _ends(reader)) < sent * 10_004


async def test_a_far_end_that_reads_nothing_for_long() -> None:
    """Little waits for it, but nothing moves: it is cut when its time is up. One that reads slowly is not."""
    settings = LinkSettings(write_octets=1 << 30, write_s=0.5)
    async with (
        post_at("tcp://127.0.0.1:0", settings) as post,
        _stream_to(post) as (_, stuck),
        _stream_to(post) as (slow, writer),
    ):
        stuck.transport.pause_reading()  # type: ignore[attr-defined]
        for one in (stuck, writer):
            one.write(frame(b"hello"))
            _, peer = await post.hear()
            for _ in range(200):
                post.link.send(b"x" * 60_000, peer)
        octets = 0
        while octets < 200 * 60_004:
            octets += len(await soon(slow.read(1 << 20)))
            await asyncio.sleep(0.015)
        assert (post.counters.unread, _open(post)) == (1, 1)


async def test_many_that_never_read() -> None:
    """What waits for all together is bounded too: the one that needs more is cut, and what it held is free again."""
    settings = LinkSettings(octets_in_all=1_000_000, write_octets=1 << 30)
    async with (
        post_at("tcp://127.0.0.1:0", settings) as post,
        _stream_to(post) as (_, one),
        _stream_to(post) as (reader, other),
    ):
        assert isinstance(post.link, ConnectionLink)
        peers = []
        for writer in (one, other):
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            writer.write(frame(b"hello"))
            peers.append((await post.hear())[1])
        while post.link.octets_held < 900_000:
            post.link.send(b"x" * 10_000, peers[0])
        while post.counters.no_room == 0:
            post.link.send(b"x" * 10_000, peers[1])
            assert post.link.octets_held <= 1_000_000
        assert await soon(post.lost.get()) == peers[1]
        assert (_open(post), post.counters.unread) == (1, 0)
        _reset(one)
        await until(lambda: post.link.octets_held == 0)  # type: ignore[attr-defined]
        del reader


async def test_many_half_messages() -> None:
    """So is what has come of messages that are not whole, and what is held for peers that are being called."""
    settings = LinkSettings(octets_in_all=100_000)
    async with (
        post_at("tcp://127.0.0.1:0", settings) as post,
        _stream_to(post) as (_, one),
        _stream_to(post) as (reader, other),
    ):
        assert isinstance(post.link, ConnectionLink)
        half = frame(b"x" * 65_531)[:60_000]
        one.write(half)
        await until(lambda: post.link.octets_held == 60_000)  # type: ignore[attr-defined]
        post.link.send(b"x" * 50_000, Address("127.0.0.1", 9, "tcp"))
        assert post.counters.sends_dropped == 1
        other.write(half)
        await _ends(reader)
        assert (post.counters.no_room, _open(post)) == (1, 1)
        one.write(frame(b"x" * 65_531)[60_000:])
        assert len((await post.hear())[0]) == 65_531
        assert post.link.octets_held == 0


async def test_a_flood_of_messages_leaves_the_loop_to_others() -> None:
    """A turn takes so many of one connection; another's message comes through while the flood goes on."""
    async with (
        post_at("tcp://127.0.0.1:0", LinkSettings(messages_a_turn=8)) as post,
        _stream_to(post) as (_, flooder),
        _stream_to(post) as (_, other),
    ):
        flooder.write(frame(b"f") * 20_000)
        other.write(frame(b"other"))
        seen, octets = 0, 0
        while octets == seen:  # the flood's messages have one octet each
            await asyncio.sleep(0)
            assert post.counters.messages_received - seen <= 8 + 1
            seen, octets = post.counters.messages_received, post.counters.octets_received
        assert seen < 1_000
        await until(lambda: post.counters.messages_received == 20_001)


@pytest.mark.parametrize("flood", [b"\x03\x00\x00\x04", frame(b"x" * 65_531)[:60_000]], ids=["empty", "huge"])
async def test_a_flood_without_messages_leaves_the_loop_to_others(flood: bytes) -> None:
    """Empty frames, and frames that are long under way, are read in bounded pieces."""
    async with (
        post_at("tcp://127.0.0.1:0") as post,
        _stream_to(post) as (_, flooder),
        _stream_to(post) as (_, other),
    ):
        flooder.write((flood * (1 + 2_000_000 // len(flood)))[:2_000_000])
        other.write(frame(b"other"))
        assert (await post.hear())[0] == b"other"


async def test_ten_thousand_connections() -> None:
    """Beyond the limit each is closed as soon as accepted; those that are served go on being served."""
    most, count = 50, 10_000
    async with post_at("tcp://127.0.0.1:0", LinkSettings(most_connections=most), echoes=True) as post:
        served = [await asyncio.open_connection(post.at.host, post.at.port) for _ in range(most)]
        for _, writer in served:
            writer.write(frame(b"hello"))
        for reader, _ in served:
            assert await soon(reader.readexactly(9)) == frame(b"hello")
        target = (post.at.host, post.at.port)
        for begin in range(0, count, 500):
            wave = [socket.socket() for _ in range(500)]
            for sock in wave:
                sock.setblocking(False)
                sock.connect_ex(target)
            await until(lambda end=begin + 500: post.counters.connections_refused == end)  # type: ignore[misc]
            for sock in wave:
                sock.close()
        assert _open(post) == most
        for reader, writer in served:
            writer.write(frame(b"still"))
            assert await soon(reader.readexactly(9)) == frame(b"still")
            writer.close()
        await until(lambda: _open(post) == 0)
        async with _stream_to(post) as (reader, writer):
            writer.write(frame(b"later"))
            assert await soon(reader.readexactly(9)) == frame(b"later")


async def test_the_limit_holds_for_connections_that_we_open() -> None:
    """Those being opened count; what is said to one more peer is lost, and counted."""
    async with (
        post_at("tcp://127.0.0.1:0", LinkSettings(most_connections=2)) as post,
        post_at("tcp://127.0.0.1:0") as one,
        post_at("tcp://127.0.0.1:0") as other,
    ):
        for peer in (one.at, other.at, Address("127.0.0.1", 9, "tcp")):
            post.link.send(b"x", peer)
        assert post.counters.sends_dropped == 1
        assert [(await far.hear())[0] for far in (one, other)] == [b"x", b"x"]
        async with _stream_to(post) as (reader, _):
            assert await _ends(reader) == b""
        assert post.counters.connections_refused == 1


async def test_half_of_the_files_is_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the setting says: the application needs files too."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (6, 6))
    async with post_at("tcp://127.0.0.1:0") as post:
        monkeypatch.undo()
        streams = [await asyncio.open_connection(post.at.host, post.at.port) for _ in range(5)]
        await until(lambda: post.counters.connections_refused == 2)
        assert _open(post) == 3
        for _, writer in streams:
            writer.transport.abort()
        monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY,) * 2)
        async with post_at("tcp://127.0.0.1:0") as boundless:
            assert isinstance(boundless.link, ConnectionLink)
            assert boundless.link._most == 10_000


async def test_no_file_is_left(caplog: pytest.LogCaptureFixture) -> None:
    """Where the system has none for one more connection, the listener waits a while rather than spin, and goes on."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(accept_pause_s=0.05)) as post:
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        client = socket.socket()
        client.setblocking(False)
        spare = [socket.socket() for _ in range(3)]
        highest = max(sock.fileno() for sock in spare)
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, limits[1]))
        client.connect_ex((post.at.host, post.at.port))
        await until(lambda: "no connection can be accepted at present: Too many open files" in caplog.text)
        told = len(caplog.records)
        await asyncio.sleep(0.02)
        assert len(caplog.records) == told
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for sock in spare:
            sock.close()
        await until(lambda: _open(post) == 1)
        assert post.counters.accepts_put_off >= 1
        client.close()


async def test_closing_while_no_file_is_left() -> None:
    """The pause ends with the link."""
    async with post_at("tcp://127.0.0.1:0") as post:
        assert isinstance(post.link, ConnectionLink)
        assert post.link._listener is not None
        post.link._listener._wait(OSError(24, "Too many open files"))
    timers = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]  # nothing public tells
    assert [one for one in timers if not one.cancelled()] == []


async def test_strangers_are_closed_unread(caplog: pytest.LogCaptureFixture) -> None:
    """Where peers are named, connections of others are closed at once; a flood of them is told with fewer and fewer
    lines."""
    async with post_at("tcp://127.0.0.1:0", echoes=True) as post:
        post.pump.peers = frozenset({"127.0.0.2"})
        for _ in range(20):
            async with _stream_to(post) as (reader, writer):
                writer.write(frame(b"hello"))
                assert await _ends(reader) == b""
        assert (post.counters.strangers, post.counters.messages_received, _open(post)) == (20, 0, 0)
        assert [record.args[1] for record in caplog.records if record.args] == [1, 2, 4, 8, 16]  # type: ignore[index]
        reader, writer = await asyncio.open_connection(post.at.host, post.at.port, local_addr=("127.0.0.2", 0))
        writer.write(frame(b"hello"))
        assert await soon(reader.readexactly(9)) == frame(b"hello")
        writer.close()
