"""The UDP link on real loopback sockets."""

import asyncio
import socket

import pytest

from megaco import TransportError
from megaco.transport import Address, LinkSettings, UdpLink, open_link, parse_url

from .ears import new_post, post_at, soon, until


@pytest.mark.parametrize(
    ("one", "other"), [("udp://127.0.0.1:0", "udp://127.0.0.1:0"), ("udp://[::1]:0", "udp://[::1]:0")]
)
async def test_datagrams_arrive(one: str, other: str) -> None:
    """What one link sends the other's pump receives, with the address that it was sent from; both are traced."""
    async with post_at(one) as sender, post_at(other, echoes=True) as receiver:
        assert isinstance(sender.link, UdpLink)
        sender.say(b"hello", receiver.at)
        assert await receiver.hear() == (b"hello", sender.at)
        assert await sender.hear() == (b"hello", receiver.at)
        assert sender.traced == [
            ("sent", b"hello", receiver.at, sender.at),
            ("received", b"hello", receiver.at, sender.at),
        ]
        assert (sender.counters.messages_sent, sender.counters.octets_received) == (1, 5)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_one_socket_for_both_versions(host: str) -> None:
    """One bound to :: meets peers of IPv4 under their IPv4 address, and answers them."""
    async with post_at("udp://[::]:0", echoes=True) as both, post_at(str(Address(host, 0).url)) as one:
        target = both.at._replace(host=host)
        assert both.link.reaches(target)
        one.say(b"hello", target)
        assert await both.hear() == (b"hello", one.at)
        assert await one.hear() == (b"hello", target)


async def test_other_peers_are_not_reached() -> None:
    """A socket of one IP version does not carry to the other, and to no other transport."""
    async with post_at("udp://127.0.0.1:0") as post:
        assert post.link.reaches(Address("192.0.2.1", 1))
        assert not post.link.reaches(Address("::1", 1))
        assert not post.link.reaches(Address("192.0.2.1", 1, "tcp"))


async def test_a_busy_port() -> None:
    """A port that is taken is a TransportError of one line that names it."""
    async with post_at("udp://127.0.0.1:0") as post:
        with pytest.raises(TransportError) as caught:
            await open_link(post.at, new_post().pump)
        assert str(caught.value).startswith(f"cannot listen on udp://{post.at}: ")
        assert "\n" not in str(caught.value)


async def test_an_address_that_is_not_ours() -> None:
    """An address of somebody else is a TransportError too; the socket is closed."""
    with pytest.raises(TransportError, match=r"cannot listen on udp://192\.0\.2\.111:2944"):
        await open_link(parse_url("udp://192.0.2.111"), new_post().pump)


async def test_a_datagram_that_cannot_be_sent_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    """One too long for UDP, to a name, to port 0, to a dead port and one after closing: no error, but counted."""
    async with post_at("udp://127.0.0.1:0") as post:
        async with post_at("udp://127.0.0.1:0") as other:
            dead = other.at
        for data, peer in [
            (b"x" * 65_508, dead),
            (b"x", Address("localhost", 9)),
            (b"x", Address("127.0.0.1", 0)),
            (b"x", Address("127.0.0.1", 65_536)),
            (b"x", Address("::1", 9)),
        ]:
            post.link.send(data, peer)
        assert (post.counters.sends_dropped, post.counters.messages_sent) == (5, 0)
        assert f"a datagram to {dead} is lost (1 so far): 65508 octets are too long" in caplog.text
        for _ in range(3):
            post.link.send(b"x", dead)
    post.link.send(b"x", dead)
    assert post.counters.sends_dropped >= 6
    post.link.close()


async def test_the_longest_datagram() -> None:
    """65,507 octets arrive; the system's refusal of what a route does not carry is a loss (EMSGSIZE)."""
    async with post_at("udp://127.0.0.1:0") as sender, post_at("udp://127.0.0.1:0") as receiver:
        assert sender.link.most_octets == 65_507
        sender.say(b"x" * 65_507, receiver.at)
        assert len((await receiver.hear())[0]) == 65_507
    async with post_at("udp://127.0.0.1:0", LinkSettings(udp_most_octets=65_507)) as sender:
        assert isinstance(sender.link, UdpLink)
        sender.link.most_octets = 100_000
        sender.link.send(b"x" * 70_000, receiver.at)
        assert sender.counters.sends_dropped == 1


async def test_strangers_are_dropped_unread() -> None:
    """Where peers are named, the datagrams of others never reach the engine."""
    async with post_at("udp://127.0.0.1:0") as one, post_at("udp://127.0.0.1:0") as receiver:
        receiver.pump.peers = frozenset({"192.0.2.1"})
        one.say(b"hello", receiver.at)
        await until(lambda: bool(receiver.counters.strangers))
        assert receiver.counters.messages_received == 0
        receiver.pump.peers = frozenset({"127.0.0.1"})
        one.say(b"hello", receiver.at)
        assert await receiver.hear() == (b"hello", one.at)


async def test_a_flood_leaves_the_loop_to_others() -> None:
    """However many datagrams wait, a turn of the loop takes a bounded number of them, and all come in the end."""
    settings = LinkSettings(messages_a_turn=8)
    async with post_at("udp://127.0.0.1:0", settings) as receiver:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as flooder:
            for number in range(200):
                flooder.sendto(b"%d" % number, (receiver.at.host, receiver.at.port))
        seen, turns = 0, 0
        while seen < 200:
            await asyncio.sleep(0)
            turns += 1
            now = receiver.counters.messages_received
            assert now - seen <= 8
            seen = now
        assert turns >= 25
        assert [receiver.ear.heard.get_nowait()[0] for _ in range(200)] == [b"%d" % number for number in range(200)]


async def test_many_peers_are_served() -> None:
    """More peers than addresses are remembered: each has its answer."""
    async with post_at("udp://127.0.0.1:0", LinkSettings(known_addresses=4), echoes=True) as receiver:
        sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(20)]
        for number, one in enumerate(sockets):
            one.setblocking(False)
            one.sendto(b"%d" % number, (receiver.at.host, receiver.at.port))
        loop = asyncio.get_running_loop()
        for number, one in enumerate(sockets):
            assert await soon(loop.sock_recv(one, 100)) == b"%d" % number
            one.close()


async def test_what_the_system_tells_of_earlier_datagrams() -> None:
    """An error that the socket reports instead of a datagram ends nothing."""
    async with post_at("udp://127.0.0.1:0") as receiver, post_at("udp://127.0.0.1:0") as sender:
        link = receiver.link
        assert isinstance(link, UdpLink)
        link._socket.connect(("127.0.0.1", 9))  # a connected socket hears of ports that are not there
        link.send(b"x", Address("127.0.0.1", 9))
        await asyncio.sleep(0.02)
        link._socket.connect(("127.0.0.1", sender.at.port))
        sender.say(b"hello", receiver.at)
        assert await receiver.hear() == (b"hello", sender.at)


async def test_the_buffer_of_the_socket_is_a_setting() -> None:
    """The system is asked for it, and gives twice that for its own purposes, or what it allows."""
    async with post_at("udp://127.0.0.1:0", LinkSettings(socket_octets=100_000)) as post:
        assert isinstance(post.link, UdpLink)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            assert post.link._socket.getsockopt(socket.SOL_SOCKET, option) in (100_000, 200_000)
