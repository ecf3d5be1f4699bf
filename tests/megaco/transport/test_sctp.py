"""The SCTP links on a stand-in for the kernel's sockets; without it, what a kernel without SCTP leads to."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from megaco import TransportError
from megaco.transport import Address, LinkSettings, open_link, parse_url
from megaco.transport.connections import ConnectionLink
from megaco.transport.sctp import open_sctp
from megaco.transport.sctp_many import SctpManyLink

from .ears import Post, new_post, post_at, soon, until
from .sctp_kernel import NOTIFICATION, Kernel, KernelSocket, association_change, record

_ONE, _MANY = LinkSettings(sctp_style="one-to-one"), LinkSettings(sctp_style="one-to-many")
_BOTH = pytest.mark.parametrize("settings", [_ONE, _MANY], ids=["one-to-one", "one-to-many"])


def _has_sctp() -> bool:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132).close()
    except OSError:
        return False
    return True


@asynccontextmanager
async def _sctp(
    settings: LinkSettings, host: str = "127.0.0.1", *, echoes: bool = False, kernel: Kernel | None = None
) -> AsyncIterator[Post]:
    post = new_post(echoes=echoes)
    local = Address(host, 0, "sctp")
    post.link = await open_sctp(local, post.pump, settings, listen=True, new_socket=kernel or Kernel())
    try:
        yield post
    finally:
        await post.close()


@pytest.mark.skipif(_has_sctp(), reason="this kernel has SCTP")
@_BOTH
async def test_a_kernel_without_sctp(settings: LinkSettings) -> None:
    """One line that says how to have it, whether the link is to listen or not."""
    for listen in (True, False):
        with pytest.raises(TransportError, match=r"^this kernel has no SCTP: modprobe sctp, or use udp or tcp$"):
            await open_link(parse_url("sctp://127.0.0.1"), new_post().pump, settings, listen=listen)


@pytest.mark.skipif(not _has_sctp(), reason="this kernel has no SCTP")
@_BOTH
async def test_a_kernel_with_sctp(settings: LinkSettings) -> None:
    """Messages go both ways on real associations."""
    async with (
        post_at("sctp://127.0.0.1:0", settings) as mg,
        post_at("sctp://127.0.0.1:0", settings, echoes=True) as mgc,
    ):
        for length in (1, 100, 60_000):
            mg.say(b"x" * length, mgc.at)
            assert len((await mgc.hear())[0]) == length
            assert len((await mg.hear())[0]) == length


@_BOTH
async def test_other_faults_of_the_system(settings: LinkSettings) -> None:
    """A busy port, no file left: as everywhere."""

    def no_file(family: int, kind: int, protocol: int) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")

    with pytest.raises(TransportError, match=r"cannot listen on sctp://127\.0\.0\.1:1: Too many open files"):
        await open_sctp(Address("127.0.0.1", 1, "sctp"), new_post().pump, settings, listen=True, new_socket=no_file)
    with pytest.raises(TransportError, match=r"cannot listen on sctp://192\.0\.2\.111:1: "):
        await open_sctp(Address("192.0.2.111", 1, "sctp"), new_post().pump, settings, listen=True, new_socket=Kernel())


@_BOTH
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_messages_go_both_ways(settings: LinkSettings, host: str) -> None:
    """Each whole, in order, on stream 0 and as H.248's payload; the socket was asked to tell the payload protocol."""
    kernel = Kernel()
    async with (
        _sctp(settings, host, kernel=kernel) as mg,
        _sctp(settings, host, kernel=Kernel(), echoes=True) as mgc,
    ):
        assert (mg.link.is_reliable, mg.link.most_octets) == (True, 65_536)
        for number in range(50):
            mg.say(b"message %d" % number, mgc.at)
        expected = [b"message %d" % number for number in range(50)]
        assert [(await mgc.hear())[0] for _ in range(50)] == expected
        assert [await mg.hear() for _ in range(50)] == [(one, mgc.at) for one in expected]
        (sender,) = [one for one in kernel.sockets if one.sent]
        assert sender.sent == [(one, 0, 7) for one in expected]
        assert all(one.options[3] == one.options[32] == 1 for one in kernel.sockets)
        assert mg.link.reaches(mgc.at)
        assert not mg.link.reaches(mgc.at._replace(transport="tcp"))
        mg.link.send(b"x" * 65_537, mgc.at)
        assert (mg.counters.sends_dropped, mg.counters.messages_sent) == (1, 50)


# ---------------------------------------------------------------------------------------------------------- one-to-one


@asynccontextmanager
async def _far_end(post: Post) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def test_pieces_and_payloads_on_a_connection() -> None:
    """A long message comes in pieces; other payloads and news of the association are counted and nothing else."""
    settings = LinkSettings(sctp_most_octets=1_500_000)
    async with _sctp(settings) as post, _far_end(post) as (_, writer):
        writer.write(record(b"x" * 1_500_000))
        writer.write(record(b"foreign", payload=3) + record(b"news", flags=NOTIFICATION) + record(b"y" * 1_500_001))
        writer.write(record(b"unspecified", payload=0))
        assert (await post.hear())[0] == b"x" * 1_500_000
        assert (await post.hear())[0] == b"unspecified"
        counters = post.counters
        assert (counters.foreign_payloads, counters.notifications, counters.overlong) == (1, 1, 1)


async def test_the_end_of_a_connection() -> None:
    """It is told; a message that was not whole is counted."""
    async with _sctp(_ONE) as post, _far_end(post) as (_, writer):
        writer.write(record(b"hello") + record(b"half", flags=0))
        _, peer = await post.hear()
        await asyncio.sleep(0.01)
        writer.close()
        assert await soon(post.lost.get()) == peer
        assert (post.counters.broken_frames, post.counters.connections_lost) == (1, 1)


async def test_a_stalled_message_and_a_silent_connection() -> None:
    """The waits of connections hold for SCTP too."""
    settings = LinkSettings(first_message_s=0.3, frame_s=0.3)
    async with _sctp(settings) as post, _far_end(post) as (silent, _), _far_end(post) as (half, writer):
        writer.write(record(b"hello"))
        await post.hear()
        writer.write(record(b"half", flags=0))
        for reader in (silent, half):
            assert await soon(reader.read()) == b""
        assert (post.counters.silent, post.counters.stalled) == (1, 1)


async def test_what_the_connection_does_not_take() -> None:
    """It waits in order, within its bound, and goes when there is room."""
    kernel = Kernel()
    settings = LinkSettings(write_octets=1_000)
    async with _sctp(settings, kernel=kernel) as post, _far_end(post) as (reader, writer):
        writer.write(record(b"hello"))
        _, peer = await post.hear()
        assert isinstance(post.link, ConnectionLink)
        near = cast(KernelSocket, post.link._connections[peer]._socket)
        near.is_full = True
        for number in range(10):
            post.link.send(b"%d" % number * 50, peer)
        await asyncio.sleep(0.01)
        near.is_full = False
        expected = b"".join(record(b"%d" % number * 50) for number in range(10))
        assert await soon(reader.readexactly(len(expected))) == expected
        near.is_full = True
        for _ in range(21):
            post.link.send(b"x" * 50, peer)
        assert await soon(post.lost.get()) == peer
        assert (post.counters.unread, post.counters.sends_dropped) == (1, 21)


# --------------------------------------------------------------------------------------------------------- one-to-many


@asynccontextmanager
async def _far_socket() -> AsyncIterator[tuple[socket.socket, Address]]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
        far.setblocking(False)
        far.bind(("127.0.0.1", 0))
        yield far, Address("127.0.0.1", far.getsockname()[1], "sctp")


def _at(post: Post) -> tuple[str, int]:
    return post.at.host, post.at.port


async def test_pieces_of_several_peers() -> None:
    """Each peer's pieces become its messages, whatever comes between; other payloads are counted."""
    async with _sctp(_MANY) as post, _far_socket() as (one, one_at), _far_socket() as (other, other_at):
        one.sendto(record(b"he", flags=0), _at(post))
        other.sendto(record(b"wor", flags=0), _at(post))
        other.sendto(record(b"ld"), _at(post))
        one.sendto(record(b"llo"), _at(post))
        one.sendto(record(b"foreign", payload=46), _at(post))
        one.sendto(record(b"x", payload=0), _at(post))
        assert await post.hear() == (b"world", other_at)
        assert await post.hear() == (b"hello", one_at)
        assert await post.hear() == (b"x", one_at)
        assert post.counters.foreign_payloads == 1


async def test_peers_that_leave_messages_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of half messages is bounded."""
    monkeypatch.setattr("megaco.transport.sctp_many.MOST_HALF_MESSAGES", 1)
    async with _sctp(_MANY) as post, _far_socket() as (one, _), _far_socket() as (other, other_at):
        one.sendto(record(b"half", flags=0), _at(post))
        other.sendto(record(b"lost", flags=0), _at(post))
        other.sendto(record(b"rest"), _at(post))
        assert await post.hear() == (b"rest", other_at)
        assert isinstance(post.link, SctpManyLink)
        assert len(post.link._assemblies) == 1


@pytest.mark.parametrize(("state", "is_lost"), [(0, False), (1, True), (2, False), (3, True), (4, True)])
async def test_news_of_associations(state: int, is_lost: bool) -> None:
    """One that is lost, shut down or could not be set up is told; the others are only counted."""
    kernel = Kernel()
    async with _sctp(_MANY, kernel=kernel) as post, _far_socket() as (far, far_at):
        assert kernel.sockets[0].options[127] == b"\2\0\0\0\1\x80\1\0"
        far.sendto(record(b"half", flags=0), _at(post))
        far.sendto(record(association_change(state), flags=NOTIFICATION), _at(post))
        await until(lambda: post.counters.notifications == 1)
        await asyncio.sleep(0)
        assert post.lost.empty() is not is_lost
        assert (post.counters.connections_lost, post.counters.broken_frames) == (is_lost, is_lost)
        if is_lost:
            assert post.lost.get_nowait() == far_at


async def test_strangers_on_one_socket() -> None:
    """Where peers are named, messages of others are dropped unread."""
    async with _sctp(_MANY) as post, _far_socket() as (far, _):
        post.pump.peers = frozenset({"192.0.2.1"})
        far.sendto(record(b"x"), _at(post))
        await until(lambda: post.counters.strangers == 1)
        assert post.ear.heard.empty()


async def test_what_the_socket_does_not_take() -> None:
    """It waits in order, within its bound, and goes when there is room; what the system refuses is lost."""
    kernel = Kernel()
    settings = LinkSettings(sctp_style="one-to-many", write_octets=1_000)
    async with _sctp(settings, kernel=kernel) as post, _far_socket() as (far, far_at):
        near, loop = kernel.sockets[0], asyncio.get_running_loop()
        near.is_full = True
        for number in range(25):
            post.link.send(b"%02d" % number * 25, far_at)
        assert post.counters.sends_dropped == 5
        await asyncio.sleep(0.01)
        near.is_full = False
        for number in range(20):
            assert await soon(loop.sock_recv(far, 100)) == record(b"%02d" % number * 25)
        post.link.send(b"x", Address("127.0.0.1", 9, "sctp"))
        post.link.send(b"x", Address("localhost", 10, "sctp"))
        assert (post.counters.sends_dropped, post.counters.messages_sent) == (7, 20)


async def test_a_socket_that_takes_nothing_for_long() -> None:
    """The first that waits is dropped when its time is up, then the next; others go on when there is room."""
    kernel = Kernel()
    settings = LinkSettings(sctp_style="one-to-many", write_s=0.05)
    async with _sctp(settings, kernel=kernel) as post, _far_socket() as (far, far_at):
        kernel.sockets[0].is_full = True
        for number in range(3):
            post.link.send(b"%d" % number, far_at)
        await until(lambda: post.counters.sends_dropped == 1)
        kernel.sockets[0].is_full = False
        for expected in (b"1", b"2"):
            assert await soon(asyncio.get_running_loop().sock_recv(far, 100)) == record(expected)
        kernel.sockets[0].is_full = True
        post.link.send(b"3", far_at)
        await until(lambda: post.counters.sends_dropped == 2)


@pytest.mark.parametrize("is_full", [False, True])
async def test_closing_with_something_to_say(is_full: bool) -> None:
    """It is said, or given up after a bounded time."""
    kernel = Kernel()
    settings = LinkSettings(sctp_style="one-to-many", close_s=0.05)
    async with _sctp(settings, kernel=kernel) as post, _far_socket() as (far, far_at):
        kernel.sockets[0].is_full = True
        for number in range(3):
            post.link.send(b"%d" % number, far_at)
        post.link.close()
        post.link.close()
        assert not post.link.closed.done()
        kernel.sockets[0].is_full = is_full
        await soon(post.link.closed)
        assert post.counters.sends_dropped == (3 if is_full else 0)
        post.link.send(b"too late", far_at)
        assert post.counters.sends_dropped == (4 if is_full else 1)
        if not is_full:
            assert far.recv(100) == record(b"0")


async def test_what_the_socket_tells_instead_of_messages() -> None:
    """An error of one association, told on the socket of all: the others are served."""
    kernel = Kernel()
    async with _sctp(_MANY, kernel=kernel) as post, _far_socket() as (far, far_at):
        kernel.sockets[0].fault = OSError(errno.ECONNRESET, "Connection reset by peer")
        far.sendto(record(b"hello"), _at(post))
        assert await post.hear() == (b"hello", far_at)
        assert kernel.sockets[0].fault is None


async def test_a_flood_of_faults_leaves_the_loop_to_others() -> None:
    """Messages of another payload protocol are read in bounded numbers."""
    settings = LinkSettings(sctp_style="one-to-many", messages_a_turn=8)
    async with _sctp(settings) as post, _far_socket() as (far, _):
        for _ in range(100):
            far.sendto(record(b"x", payload=46), _at(post))
        seen = 0
        while seen < 100:
            await asyncio.sleep(0)
            assert post.counters.foreign_payloads - seen <= 8
            seen = post.counters.foreign_payloads
