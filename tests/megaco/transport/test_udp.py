"""The UDP link on real loopback sockets."""

import asyncio

import pytest

from megaco import TransportError
from megaco.message import DeviceName
from megaco.transaction import PeerFault, TransactionConfig, TransactionEngine, TransactionEvent
from megaco.transport import Address, Pump, UdpLink


async def _bound(host: str, events: asyncio.Queue[TransactionEvent]) -> UdpLink:
    engine = TransactionEngine(DeviceName("a"), TransactionConfig(), first_transaction_id=1, jitter=lambda: 0.0)
    return await UdpLink.bind(Address(host, 0), Pump(engine, events.put_nowait, None))


async def _closed(*links: UdpLink) -> None:
    for link in links:
        link.close()
    await asyncio.wait_for(asyncio.gather(*(link.closed for link in links)), 5.0)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_datagrams_arrive(host: str) -> None:
    """What one link sends the other's pump receives, with the address that it was sent from."""
    events: asyncio.Queue[TransactionEvent] = asyncio.Queue()
    sender, receiver = await _bound(host, asyncio.Queue()), await _bound(host, events)
    assert receiver.local.host == host
    sender.send(b"nonsense", receiver.local)
    event = await asyncio.wait_for(events.get(), 5.0)
    assert isinstance(event, PeerFault)
    assert event.peer == sender.local
    await _closed(sender, receiver)


async def test_a_busy_port() -> None:
    """A port that is taken is a TransportError of one line that names it."""
    link = await _bound("127.0.0.1", asyncio.Queue())
    engine = TransactionEngine(DeviceName("b"), TransactionConfig(), first_transaction_id=1, jitter=lambda: 0.0)
    with pytest.raises(TransportError) as caught:
        await UdpLink.bind(link.local, Pump(engine, lambda event: None, None))
    assert str(caught.value).startswith(f"cannot listen on udp://{link.local}: ")
    assert "\n" not in str(caught.value)
    await _closed(link)


async def test_an_address_that_is_not_ours() -> None:
    """An address of somebody else is a TransportError too."""
    engine = TransactionEngine(DeviceName("b"), TransactionConfig(), first_transaction_id=1, jitter=lambda: 0.0)
    with pytest.raises(TransportError, match=r"cannot listen on udp://192\.0\.2\.1:2944"):
        await UdpLink.bind(Address("192.0.2.1", 2944), Pump(engine, lambda event: None, None))


async def test_a_datagram_that_cannot_be_sent_is_lost() -> None:
    """One too long for UDP, one to a dead port and one after closing are lost without an error."""
    link, dead = await _bound("127.0.0.1", asyncio.Queue()), await _bound("127.0.0.1", asyncio.Queue())
    await _closed(dead)
    link.send(b"x" * 70_000, Address("127.0.0.1", 9))
    link.send(b"x", dead.local)
    link.send(b"x", dead.local)
    await _closed(link)
    link.send(b"x", dead.local)
