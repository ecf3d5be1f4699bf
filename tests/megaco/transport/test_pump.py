"""The pump between links and the engine, with a link that only keeps what it is given."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from megaco import LocalError, decode
from megaco.message import ActionReply, ActionRequest, CommandRequest, DeviceName, ModifyRequest
from megaco.transaction import (
    PeerFault,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
    TransactionIds,
)
from megaco.transport import Address, Pump, Trace, TransportCounters

from .ears import soon

_PEER = Address("192.0.2.1", 2944)
_LOCAL = Address("192.0.2.2", 2944)
_ACTION = ActionRequest(1, commands=(CommandRequest(ModifyRequest(("t",))),))
_REQUEST = b"!/1 a T = 7 { C = 1 { MF = t } }"


class _Link:
    """Keeps what it is to send to peers of one transport."""

    is_reliable = False
    most_octets = 1_000

    def __init__(self, pump: Pump, local: Address = _LOCAL) -> None:
        self.pump = pump
        self.local = local
        self.sent: list[tuple[bytes, Address]] = []
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def reaches(self, peer: Address) -> bool:
        return peer.transport == self.local.transport

    def send(self, data: bytes, peer: Address) -> None:
        self.sent.append((data, peer))
        self.pump.sent(data, peer, self.local)

    def close(self) -> None:
        self.closed.set_result(None)

    def receive(self, data: bytes, peer: Address = _PEER) -> None:
        """As a link does what it has received."""
        self.pump.take(data, peer, self.local)
        self.pump.drain()


def _pump(
    on_event: Callable[[TransactionEvent], None],
    *,
    trace: Trace | None = None,
    on_lost: Callable[[Address], None] | None = None,
    **config: Any,
) -> tuple[Pump, _Link]:
    engine = TransactionEngine(
        DeviceName("b"), TransactionConfig(**config), identifiers=TransactionIds(0.0), jitter=lambda: 0.0
    )
    pump = Pump(engine, on_event, trace, on_lost=on_lost)
    link = _Link(pump)
    pump.add_link(link)
    return pump, link


def _has_timer(pump: Pump) -> bool:
    return pump._alarm._handle is not None


async def test_a_handler_may_use_the_engine() -> None:
    """An event handler that replies and drains in the midst of draining gets its reply out, once."""

    def on_event(event: TransactionEvent) -> None:
        assert isinstance(event, RequestReceived)
        pump.engine.reply(event.peer, event.request.transaction_id, (ActionReply(1),), pump.now())
        pump.drain()
        pump.schedule()

    pump, link = _pump(on_event)
    link.receive(_REQUEST)
    assert len(link.sent) == 1
    await asyncio.sleep(0)
    assert len(link.sent) == 1
    pump.close()


async def test_what_is_scheduled_goes_out_once_a_turn() -> None:
    """However often the pump is asked, it drains once, in the next turn: what was said in one goes out together."""
    pump, link = _pump(lambda event: None)
    drained = 0
    drain = pump.drain

    def counting() -> None:
        nonlocal drained
        drained += 1
        drain()

    pump.drain = counting  # type: ignore[method-assign]
    for context in (1, 2, 3):
        action = ActionRequest(context, commands=(CommandRequest(ModifyRequest((f"t{context}",))),))
        pump.engine.submit(_PEER, (action,), pump.now())
        pump.schedule()
    assert link.sent == []
    await asyncio.sleep(0)
    assert drained == 1
    assert sum(len(decode(data).transactions) for data, _ in link.sent) == 3
    pump.close()


async def test_timers_fire() -> None:
    """The engine's deadlines are kept without anybody calling."""
    failed: asyncio.Future[TransactionEvent] = asyncio.get_running_loop().create_future()
    pump, link = _pump(failed.set_result, lifetime_s=0.02)
    number = pump.engine.submit(_PEER, (_ACTION,), pump.now())
    pump.drain()
    assert len(link.sent) == 1
    event = await soon(failed)
    assert isinstance(event, RequestFailed)
    assert (event.peer, event.transaction_id) == (_PEER, number)
    pump.close()
    assert not _has_timer(pump)


async def test_everything_is_traced_and_counted() -> None:
    """The trace sees each message, whether it is one or not, with direction, peer and own address."""
    seen: list[tuple[str, bytes, Address, Address]] = []
    pump, link = _pump(lambda event: None, trace=lambda way, data, peer, local: seen.append((way, data, peer, local)))
    link.receive(b"!/1 a \x01")
    link.receive(b"nonsense")
    ends = (_PEER, _LOCAL)
    assert [(way, *who) for way, _, *who in seen] == [("received", *ends), ("sent", *ends), ("received", *ends)]
    assert decode(seen[1][1]).error is not None
    sent = len(link.sent[0][0])
    assert pump.counters("udp") == TransportCounters(
        messages_received=2, octets_received=15, messages_sent=1, octets_sent=sent, faults=2
    )
    assert pump.counters("tcp") == TransportCounters()
    pump.close()


async def test_faults_are_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Octets that are no message are counted, told in one line of the log, and handed on as an event."""
    events: list[TransactionEvent] = []
    pump, link = _pump(events.append)
    link.receive(b"nonsense\nand more")
    assert pump.counters("udp").faults == 1
    assert [type(event) for event in events] == [PeerFault]
    assert "udp://192.0.2.1:2944 sent no message (1 so far): error[400]: 'nonsense'; expected" in caplog.text
    for _ in range(98):
        link.receive(b"nonsense")
    assert pump.counters("udp").faults == 99
    assert len(caplog.records) == 7
    pump.close()


async def test_strangers_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """Where peers are named, nobody else is listened to, by whatever form of its address; in memory all are."""
    pump, _ = _pump(lambda event: None)
    assert pump.admits(_PEER)
    pump.peers = ["192.0.2.99", "2001:DB8:0::1"]
    assert pump.peers == {"192.0.2.99", "2001:db8::1"}
    assert pump.admits(Address("2001:db8::1", 1, "tcp"))
    assert pump.admits(Address("x", 0, "memory"))
    for _ in range(100):
        assert not pump.admits(_PEER)
    assert pump.counters("udp").strangers == 100
    assert len(caplog.records) == 7
    assert "udp://192.0.2.1:2944 is a stranger, dropped unread (64 so far)" in caplog.text
    with pytest.raises(LocalError, match="'a b' is no host"):
        pump.peers = frozenset({"a b"})
    pump.close()


async def test_each_peer_has_its_link(caplog: pytest.LogCaptureFixture) -> None:
    """The transport of the peer says which; without one the message is lost, counted and told."""
    pump, udp = _pump(lambda event: None)
    tcp = _Link(pump, _LOCAL._replace(transport="tcp"))
    pump.add_link(tcp)
    peers = [_PEER._replace(transport=transport) for transport in ("udp", "tcp", "sctp")]
    for peer in peers:
        pump.engine.submit(peer, (_ACTION,), pump.now())
    pump.drain()
    assert [[peer.transport for _, peer in link.sent] for link in (udp, tcp)] == [["udp"], ["tcp"]]
    assert [pump.link_to(peer) for peer in peers] == [udp, tcp, None]
    assert pump.counters("sctp").sends_dropped == 1
    assert "no link carries to sctp://192.0.2.1:2944" in caplog.text
    pump.close()


async def test_lost_connections_are_told_later() -> None:
    """In the next turn of the loop, what the handler does about it goes out; nothing after closing."""
    lost: list[Address] = []

    def on_lost(peer: Address) -> None:
        lost.append(peer)
        pump.engine.submit(_PEER, (_ACTION,), pump.now())

    pump, link = _pump(lambda event: None, on_lost=on_lost)
    pump.connection_lost(_PEER)
    assert lost == []
    await asyncio.sleep(0)
    assert (lost, len(link.sent)) == ([_PEER], 1)
    pump.connection_lost(_PEER)
    pump.close()
    pump.connection_lost(_PEER)
    await asyncio.sleep(0)
    assert lost == [_PEER]


async def test_a_handler_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An exception of a handler is logged; the other events are handled, and the timers go on."""
    seen: list[TransactionEvent] = []

    def on_event(event: TransactionEvent) -> None:
        seen.append(event)
        raise RuntimeError("the handler's own")

    pump, link = _pump(on_event)
    link.receive(_REQUEST)
    link.receive(b"nonsense")
    assert [type(event) for event in seen] == [RequestReceived, PeerFault]
    assert "the handler's own" in caplog.text
    assert _has_timer(pump)
    pump.drain()
    pump.close()


async def test_a_trace_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Messages go their way all the same; of its failures the first, second, fourth ... are logged."""

    def trace(way: str, data: bytes, peer: Address, local: Address) -> None:
        raise RuntimeError("the trace's own")

    pump, link = _pump(lambda event: None, trace=trace)
    for _ in range(5):
        link.receive(b"!/1 a \x01")
    assert len(link.sent) == 5
    assert [record.args for record in caplog.records if record.exc_info] == [(1,), (2,), (4,), (8,)]
    pump.close()


async def test_a_handler_of_lost_connections_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and what it had said before goes out."""

    def on_lost(peer: Address) -> None:
        pump.engine.submit(_PEER, (_ACTION,), pump.now())
        raise RuntimeError("the handler's own")

    pump, link = _pump(lambda event: None, on_lost=on_lost)
    pump.connection_lost(_PEER)
    await asyncio.sleep(0)
    assert len(link.sent) == 1
    assert "the handler of the lost connection with udp://192.0.2.1:2944 failed" in caplog.text
    pump.close()


async def test_a_handler_that_never_ends_leaves_the_loop_to_others() -> None:
    """A handler that makes a new event of each is not drained for ever: others have their turn."""
    count = 0

    def on_event(event: TransactionEvent) -> None:
        nonlocal count
        count += 1
        pump.engine.receive(b"nonsense", _PEER, pump.now())

    pump, link = _pump(on_event)
    link.receive(b"nonsense")
    before = count
    assert before < 100
    await asyncio.sleep(0)
    assert before < count < 200
    pump.close()


async def test_a_closed_pump_is_still() -> None:
    """Closing says what was still to be said, closes the link and stops the timer; later drains start none."""
    pump, link = _pump(lambda event: None)
    pump.engine.submit(_PEER, (_ACTION,), pump.now())
    pump.drain()
    assert _has_timer(pump)
    pump.engine.submit(_PEER._replace(port=1), (_ACTION,), pump.now())
    pump.schedule()
    pump.close()
    assert link.closed.done()
    assert len(link.sent) == 2
    pump.drain()
    pump.schedule()
    await asyncio.sleep(0)
    assert not _has_timer(pump)
