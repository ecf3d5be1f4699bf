"""Links in memory."""

import asyncio

import pytest

from megaco import TransportError
from megaco.transport import Address, Fate, LinkSettings, open_link, parse_url

from .ears import new_post, post_at, until


async def test_messages_arrive_in_order_and_later() -> None:
    """Never within ``send``, so that nobody is called back while calling; each once, in order."""
    async with post_at("memory:a") as sender, post_at("memory:b", echoes=True) as receiver:
        assert (sender.link.is_reliable, sender.link.most_octets) == (True, 1_048_576)
        for number in range(100):
            sender.link.send(b"%d" % number, receiver.at)
        assert receiver.ear.heard.empty()
        assert [await receiver.hear() for _ in range(100)] == [(b"%d" % number, sender.at) for number in range(100)]
        assert [await sender.hear() for _ in range(100)] == [(b"%d" % number, receiver.at) for number in range(100)]
        assert sender.traced[0] == ("sent", b"0", receiver.at, sender.at)
        assert receiver.traced[0] == ("received", b"0", sender.at, receiver.at)


async def test_a_name_is_taken_once() -> None:
    """Until it is given back."""
    async with post_at("memory:a"):
        with pytest.raises(TransportError, match="cannot listen on memory:a: the name is in use"):
            await open_link(parse_url("memory:a"), new_post().pump)
    async with post_at("memory:a") as one, post_at("memory:A") as other:
        assert one.at != other.at


async def test_what_is_lost() -> None:
    """A message too long, one to a name that nobody has, one after closing: counted."""
    async with post_at("memory:a", LinkSettings(memory_most_octets=10)) as sender, post_at("memory:b") as receiver:
        sender.link.send(b"x" * 11, receiver.at)
        sender.link.send(b"x", Address("nobody", 0, "memory"))
        await until(lambda: sender.counters.sends_dropped == 2)
        assert not sender.link.reaches(Address("127.0.0.1", 1))
    sender.link.send(b"x", receiver.at)
    sender.link.close()
    assert sender.counters.sends_dropped == 3


async def test_a_closed_receiver_hears_nothing_more() -> None:
    """What is under way to it is lost."""
    async with post_at("memory:a") as sender:
        async with post_at("memory:b") as receiver:
            sender.link.send(b"x", receiver.at)
        await until(lambda: sender.counters.sends_dropped == 1)
        assert receiver.ear.heard.empty()


@pytest.mark.parametrize(
    ("fate", "heard"),
    [
        (lambda data, sender, receiver: [], []),
        (lambda data, sender, receiver: [0.0, 0.0] if data == b"1" else [0.001], [b"1", b"1", b"0", b"2"]),
        (lambda data, sender, receiver: [0.03 - 0.01 * int(data)], [b"2", b"1", b"0"]),
        (
            lambda data, sender, receiver: [0.0] if (sender.host, receiver.host) == ("a", "b") else [],
            [b"0", b"1", b"2"],
        ),
    ],
    ids=["lost", "doubled", "overtaken", "by who it is"],
)
async def test_a_fate_of_ones_own(fate: Fate, heard: list[bytes]) -> None:
    """A function decides what arrives, how often and when; the link is not reliable then."""
    async with post_at("memory:a", fate=fate) as sender, post_at("memory:b") as receiver:
        assert not sender.link.is_reliable
        for number in range(3):
            sender.link.send(b"%d" % number, receiver.at)
        assert [(await receiver.hear())[0] for _ in heard] == heard
        await asyncio.sleep(0.005)
        assert receiver.ear.heard.empty()


def test_each_loop_has_names_of_its_own() -> None:
    """A loop that ended without closing its links blocks no name of the next."""

    async def leave_open() -> None:
        await open_link(parse_url("memory:a"), new_post().pump)

    for _ in range(2):
        asyncio.run(leave_open())
