"""The TCP link on real loopback sockets, with far ends that behave."""

import asyncio
import socket
import struct

import pytest

from megaco import TransportError
from megaco.transport import Address, LinkSettings, Pump, open_link, parse_url
from megaco.transport.connections import ConnectionLink
from megaco.transport.tpkt import frame

from .ears import Post, new_post, post_at, refused_port, soon, until

_BRISK = LinkSettings(first_backoff_s=0.01, longest_backoff_s=0.04, close_s=0.2)
_HOSTS = ["127.0.0.1", "[::1]"]


def _open(post: Post) -> int:
    assert isinstance(post.link, ConnectionLink)
    return post.link.connections


@pytest.mark.parametrize("host", _HOSTS)
async def test_messages_go_both_ways_on_one_connection(host: str) -> None:
    """The first message opens it; answers come back on it, to the port that it came from. In order, none twice."""
    async with post_at(f"tcp://{host}:0") as mg, post_at(f"tcp://{host}:0", echoes=True) as mgc:
        assert (mg.link.is_reliable, mg.link.most_octets) == (True, 65_531)
        for number in range(100):
            mg.say(b"%d" % number, mgc.at)
        came = [await mgc.hear() for _ in range(100)]
        assert [data for data, _ in came] == [b"%d" % number for number in range(100)]
        (near,) = {peer for _, peer in came}
        assert near.transport == "tcp"
        assert near != mg.at
        assert [await mg.hear() for _ in range(100)] == [(b"%d" % number, mgc.at) for number in range(100)]
        assert (_open(mg), _open(mgc)) == (1, 1)
        assert (mg.counters.connections_opened, mgc.counters.connections_accepted) == (1, 1)
        assert mg.traced[0] == ("sent", b"0", mgc.at, near)
        assert mgc.traced[0] == ("received", b"0", near, mgc.at)


async def test_lengths_from_one_octet_to_the_most() -> None:
    """What the system does not take at once is kept and follows; nothing is cut or joined."""
    messages = [b"x" * length for length in (1, 2, 1_000, 65_531, 65_530, 16_384, 16_380, 1)] * 20
    settings = LinkSettings(held_octets=1 << 30, write_octets=1 << 30)
    async with post_at("tcp://127.0.0.1:0", settings) as sender, post_at("tcp://127.0.0.1:0") as receiver:
        for message in messages:
            sender.say(message, receiver.at)
        assert [(await receiver.hear())[0] for _ in messages] == messages
        assert sender.counters.sends_dropped == 0
        sender.link.send(b"x" * 65_532, receiver.at)
        assert sender.counters.sends_dropped == 1


async def test_one_listener_for_both_versions() -> None:
    """One at :: meets peers of IPv4 under their IPv4 address; it opens connections of either version."""
    async with post_at("tcp://[::]:0", echoes=True) as both:
        for host in ("127.0.0.1", "::1"):
            async with post_at(Address(host, 0, "tcp").url) as one:
                one.say(b"hello", both.at._replace(host=host))
                data, peer = await both.hear()
                assert (data, peer.host) == (b"hello", host)
                assert (await one.hear())[0] == b"hello"
                both.say(b"called", one.at)
                assert (await one.hear())[0] == b"called"


async def test_connections_are_opened_from_the_own_address() -> None:
    """So that an allow-list of the far end knows it; a link of all addresses leaves it to the system."""
    async with post_at("tcp://127.0.0.1:0") as mgc:
        for own, host in (("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "127.0.0.1")):
            async with post_at(f"tcp://{own}:0") as mg:
                mg.say(b"hello", mgc.at)
                assert (await mgc.hear())[1].host == host


async def test_a_link_need_not_listen() -> None:
    """It has no port then, but opens connections."""
    async with post_at("tcp://127.0.0.1:2944", listen=False) as mg, post_at("tcp://127.0.0.1:0", echoes=True) as mgc:
        assert mg.at == Address("127.0.0.1", 2944, "tcp")
        mg.say(b"hello", mgc.at)
        assert await mg.hear() == (b"hello", mgc.at)


async def test_a_busy_port() -> None:
    """A port that is taken is a TransportError of one line that names it; so is an address of somebody else."""
    async with post_at("tcp://127.0.0.1:0") as post:
        with pytest.raises(TransportError, match=f"^cannot listen on tcp://{post.at}: .+$"):
            await open_link(post.at, new_post().pump)
    with pytest.raises(TransportError, match=r"^cannot listen on tcp://192\.0\.2\.111:2944: .+$"):
        await open_link(parse_url("tcp://192.0.2.111"), new_post().pump)


async def test_nagle_is_off_and_dead_peers_are_noticed() -> None:
    """On connections of either side: messages go out at once, and the system probes a silent far end."""
    settings = LinkSettings(keepalive_s=20.0, write_s=7.0)
    async with post_at("tcp://127.0.0.1:0", settings) as one, post_at("tcp://127.0.0.1:0", settings) as other:
        one.say(b"hello", other.at)
        await other.hear()
        for post in (one, other):
            assert isinstance(post.link, ConnectionLink)
            (connection,) = post.link._connections.values()
            sock = connection._socket
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 20
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 7_000


# ------------------------------------------------------------------------------------------------------------ the ends


async def test_an_ending_is_told_on_both_sides() -> None:
    """Whoever closes, the other's pump hears of it, under the key that the peer had; so many are open as there are."""
    async with post_at("tcp://127.0.0.1:0") as mg:
        async with post_at("tcp://127.0.0.1:0", echoes=True) as mgc:
            mg.say(b"hello", mgc.at)
            _, near = await mgc.hear()
            await mg.hear()
        assert await soon(mg.lost.get()) == mgc.at
        assert (mg.counters.connections_lost, _open(mg), _open(mgc)) == (1, 0, 0)
        assert mgc.counters.connections_lost == 0
    async with post_at("tcp://127.0.0.1:0", echoes=True) as mgc:
        async with post_at("tcp://127.0.0.1:0") as mg:
            mg.say(b"hello", mgc.at)
            _, near = await mgc.hear()
            await mg.hear()
        assert await soon(mgc.lost.get()) == near


async def test_an_accepted_peer_that_left_is_not_called_back() -> None:
    """Nobody listens at the port that it came from: what is said to it is lost, and no connection is tried."""
    async with post_at("tcp://127.0.0.1:0") as mgc:
        async with post_at("tcp://127.0.0.1:0") as mg:
            mg.say(b"hello", mgc.at)
            _, near = await mgc.hear()
        await soon(mgc.lost.get())
        mgc.link.send(b"too late", near)
        assert (mgc.counters.sends_dropped, mgc.counters.connections_failed) == (1, 0)


async def test_a_restarted_listener_is_found_again() -> None:
    """A connection that ended is opened anew with the next message."""
    async with post_at("tcp://127.0.0.1:0", _BRISK) as mg:
        async with post_at("tcp://127.0.0.1:0", _BRISK, echoes=True) as mgc:
            mg.say(b"one", mgc.at)
            await mg.hear()
        await soon(mg.lost.get())
        async with post_at(mgc.at.url, _BRISK, echoes=True):
            mg.say(b"two", mgc.at)
            assert await mg.hear() == (b"two", mgc.at)
        assert mg.counters.connections_opened == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_a_peer_that_cannot_be_reached(host: str, caplog: pytest.LogCaptureFixture) -> None:
    """What was held for it is lost, counted and told, and so is the peer; tries are further and further apart."""
    peer = Address(host, refused_port(host), "tcp")
    async with post_at(Address(host, 0, "tcp").url, _BRISK) as post:
        loop, begins, ends = asyncio.get_running_loop(), [], []
        for _ in range(4):
            begins.append(loop.time())
            post.say(b"one", peer)
            post.say(b"two", peer)
            assert await soon(post.lost.get()) == peer
            ends.append(loop.time())
        waits = [end - begin for begin, end in zip(begins, ends[1:], strict=False)]
        assert all(wait > 0.9 * least - 0.001 for wait, least in zip(waits, (0.01, 0.02, 0.04), strict=True))
        assert (post.counters.sends_dropped, post.counters.connections_failed, post.counters.messages_sent) == (8, 4, 0)
        assert f"messages to {peer.url} are lost (2 so far): Connection refused" in caplog.text


async def test_a_peer_that_comes_up_while_it_is_waited_for() -> None:
    """What was said during the wait is held and arrives."""
    peer = Address("127.0.0.1", refused_port(), "tcp")
    async with post_at("tcp://127.0.0.1:0", LinkSettings(first_backoff_s=0.1)) as post:
        post.say(b"one", peer)
        await soon(post.lost.get())
        post.say(b"two", peer)
        async with post_at(peer.url) as late:
            assert (await late.hear())[0] == b"two"


async def test_what_is_held_is_bounded() -> None:
    """While a connection is being opened; the first are held, the others lost."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(held_octets=10)) as post, post_at("tcp://127.0.0.1:0") as far:
        for number in range(5):
            post.link.send(b"mess%d" % number, far.at)
        assert post.counters.sends_dropped == 3
        assert [(await far.hear())[0] for _ in range(2)] == [b"mess0", b"mess1"]


async def test_a_far_end_that_never_accepts() -> None:
    """A connection that does not come up in time is given up."""
    with socket.socket() as full:  # a backlog of one that is used up: the system answers no more
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        await asyncio.sleep(0.01)
        peer = Address("127.0.0.1", full.getsockname()[1], "tcp")
        async with post_at("tcp://127.0.0.1:0", LinkSettings(connect_s=0.05)) as post:
            post.say(b"x", peer)
            assert await soon(post.lost.get()) == peer
            assert post.counters.connections_failed == 1
        for filler in fillers:
            filler.close()


async def test_a_connection_of_the_peers_own_serves_one_being_opened() -> None:
    """Where the peer connects from the port that is being called, that connection takes what was held."""
    with socket.socket() as far:
        far.bind(("127.0.0.1", 0))
        peer = Address("127.0.0.1", far.getsockname()[1], "tcp")
        async with post_at("tcp://127.0.0.1:0", LinkSettings(first_backoff_s=5.0)) as post:
            post.say(b"refused", peer)
            await soon(post.lost.get())
            post.say(b"held", peer)
            far.setblocking(False)
            loop = asyncio.get_running_loop()
            await soon(loop.sock_connect(far, (post.at.host, post.at.port)))
            assert await soon(loop.sock_recv(far, 100)) == frame(b"held")
            assert (_open(post), post.counters.connections_opened) == (1, 0)


async def test_a_second_connection_from_the_same_port_replaces_the_first() -> None:
    """The far end has forgotten the first; nothing is said to be lost."""
    async with post_at("tcp://0.0.0.0:0") as post:
        first, second = socket.socket(), socket.socket()
        for sock in (first, second):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first.bind(("127.0.0.1", 0))
        second.bind(first.getsockname())
        peer = Address("127.0.0.1", first.getsockname()[1], "tcp")
        for sock, host in ((first, "127.0.0.1"), (second, "127.0.0.2")):
            sock.connect((host, post.at.port))
            sock.send(frame(host.encode()))
            assert await post.hear() == (host.encode(), peer)
        assert first.recv(1) == b""
        assert (_open(post), post.lost.empty()) == (1, True)
        post.link.send(b"hello", peer)
        assert second.recv(100) == frame(b"hello")
        for sock in (first, second):
            sock.close()
        assert await soon(post.lost.get()) == peer


# ------------------------------------------------------------------------------------------------------------- closing


async def test_closing_says_what_was_to_be_said() -> None:
    """Everything written before, more than the system takes at once, arrives; then the far end reads the end."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(write_octets=1 << 30)) as post:
        reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
        writer.write(frame(b"hello"))
        _, peer = await post.hear()
        messages = [b"%d" % number + b"x" * 60_000 for number in range(200)]
        for message in messages:
            post.link.send(message, peer)
        post.pump.close()
        assert not post.link.closed.done()
        post.link.send(b"too late", peer)
        assert await soon(reader.read()) == b"".join(map(frame, messages))
        assert not post.link.closed.done()
        writer.close()
        await soon(post.link.closed)
        assert post.counters.sends_dropped == 1
    await writer.wait_closed()


async def test_closing_takes_no_longer_than_it_may() -> None:
    """A far end that neither reads nor closes is cut; one that never said anything is closed at once."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(close_s=0.1, write_octets=1 << 30)) as post:
        _, silent = await asyncio.open_connection(post.at.host, post.at.port)
        reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
        writer.write(frame(b"hello"))
        _, peer = await post.hear()
        for _ in range(200):
            post.link.send(b"x" * 60_000, peer)
        begin = asyncio.get_running_loop().time()
        post.pump.close()
        post.link.close()
        assert _open(post) == 1
        await soon(post.link.closed)
        assert 0.09 < asyncio.get_running_loop().time() - begin < 2.0
        assert post.counters.sends_dropped > 0
        with pytest.raises(ConnectionResetError):
            await soon(reader.read())
    for one in (silent, writer):
        one.close()


async def test_what_comes_while_closing_is_not_heard() -> None:
    """It is read, so that nothing that was written is lost by a reset, and thrown away."""
    async with post_at("tcp://127.0.0.1:0") as post:
        reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
        writer.write(frame(b"hello"))
        _, peer = await post.hear()
        post.link.send(b"bye", peer)
        post.pump.close()
        writer.write(frame(b"and more") * 100)
        assert await soon(reader.read()) == frame(b"bye")
        writer.close()
        await soon(post.link.closed)
        assert post.ear.heard.empty()


async def test_closing_while_opening() -> None:
    """What is held is lost, and nothing is left: no task, no timer, no socket."""
    peer = Address("127.0.0.1", refused_port(), "tcp")
    async with post_at("tcp://127.0.0.1:0", LinkSettings(first_backoff_s=60.0)) as post:
        post.say(b"one", peer)
        await soon(post.lost.get())
        post.link.send(b"two", peer)
        await asyncio.sleep(0)
    assert post.counters.sends_dropped == 2
    assert isinstance(post.link, ConnectionLink)
    assert post.link.octets_held == 0
    assert asyncio.all_tasks() == {asyncio.current_task()}
    timers = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]  # nothing public tells
    assert [one for one in timers if not one.cancelled()] == []


async def test_an_answer_to_a_far_end_that_says_no_more() -> None:
    """One that has sent its request and its end gets the answer that was given at once."""
    async with post_at("tcp://127.0.0.1:0", echoes=True) as post:
        reader, writer = await asyncio.open_connection(post.at.host, post.at.port)
        writer.write(frame(b"hello"))
        writer.write_eof()
        assert await soon(reader.read()) == frame(b"hello")
        writer.close()
        await soon(post.lost.get())


async def test_idle_connections_cost_nothing() -> None:
    """Once the first message has come no timer runs for a connection, and nothing is polled."""
    async with post_at("tcp://127.0.0.1:0", LinkSettings(first_message_s=0.4)) as post:
        streams = [await asyncio.open_connection(post.at.host, post.at.port) for _ in range(20)]
        for _, writer in streams:
            writer.write(frame(b"hello"))
        for _ in streams:
            await post.hear()
        await asyncio.sleep(0.45)
        loop = asyncio.get_running_loop()
        assert [one for one in loop._scheduled if not one.cancelled()] == []  # type: ignore[attr-defined]
        assert _open(post) == 20
        for _, writer in streams:
            writer.close()
        await until(lambda: _open(post) == 0)


def test_the_pump_is_the_same_for_all() -> None:
    """One pump with links of several transports: each peer is answered where it asked."""

    async def run() -> None:
        async with post_at("tcp://127.0.0.1:0", echoes=True) as post:
            udp = await open_link(parse_url("udp://127.0.0.1:0"), post.pump)
            for url, target in (("udp://127.0.0.1:0", udp.local), ("tcp://127.0.0.1:0", post.at)):
                async with post_at(url) as one:
                    one.say(url.encode(), target)
                    assert await one.hear() == (url.encode(), target)
            assert isinstance(post.pump, Pump)
            assert post.pump.links == [post.link, udp]

    asyncio.run(run())


def test_linger_has_the_form_of_the_system() -> None:
    """Two ints, as ``struct linger`` of sys/socket.h."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert struct.unpack("ii", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)) == (1, 0)
