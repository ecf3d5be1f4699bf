"""The pump between a link and the engine, with a link that only keeps what it is given."""

import asyncio
from collections.abc import Callable

import pytest

from megaco import decode
from megaco.message import ActionReply, ActionRequest, CommandRequest, DeviceName, ModifyRequest
from megaco.transaction import (
    PeerFault,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
)
from megaco.transport import Address, Pump, Trace

_PEER = Address("192.0.2.1", 2944)
_ACTION = ActionRequest(1, commands=(CommandRequest(ModifyRequest(("t",))),))
_REQUEST = b"!/1 a T = 7 { C = 1 { MF = t } }"


class _Link:
    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.is_closed = False

    def send(self, data: bytes, peer: Address) -> None:
        assert peer == _PEER
        self.sent.append(data)

    def close(self) -> None:
        self.is_closed = True


def _pump(
    on_event: Callable[[TransactionEvent], None], *, trace: Trace | None = None, lifetime_s: float = 25.0
) -> tuple[Pump, _Link]:
    config = TransactionConfig(lifetime_s=lifetime_s)
    engine = TransactionEngine(DeviceName("b"), config, first_transaction_id=1, jitter=lambda: 0.0)
    pump, link = Pump(engine, on_event, trace), _Link()
    pump.link = link
    return pump, link


def _has_timer(pump: Pump) -> bool:
    return pump._alarm._handle is not None


async def test_a_handler_may_use_the_engine() -> None:
    """An event handler that replies and drains in the midst of draining gets its reply out, once."""

    def on_event(event: TransactionEvent) -> None:
        assert isinstance(event, RequestReceived)
        pump.engine.reply(event.peer, event.request.transaction_id, (ActionReply(1),), pump.now())
        pump.drain()

    pump, link = _pump(on_event)
    pump.data_received(_REQUEST, _PEER)
    assert len(link.sent) == 1
    pump.close()


async def test_timers_fire() -> None:
    """The engine's deadlines are kept without anybody calling."""
    failed: asyncio.Future[TransactionEvent] = asyncio.get_running_loop().create_future()
    pump, link = _pump(failed.set_result, lifetime_s=0.02)
    number = pump.engine.submit(_PEER, (_ACTION,), pump.now())
    pump.drain()
    assert len(link.sent) == 1
    assert await asyncio.wait_for(failed, 5.0) == RequestFailed(_PEER, number)
    assert not _has_timer(pump)
    pump.close()


async def test_everything_is_traced() -> None:
    """The trace sees each datagram, whether it is a message or not, with direction and peer."""
    seen: list[tuple[str, bytes, Address]] = []
    pump, _ = _pump(lambda event: None, trace=lambda way, data, peer: seen.append((way, data, peer)))
    pump.data_received(b"!/1 a \x01", _PEER)
    pump.data_received(b"nonsense", _PEER)
    assert [(way, peer) for way, _, peer in seen] == [("received", _PEER), ("sent", _PEER), ("received", _PEER)]
    assert decode(seen[1][1]).error is not None
    pump.close()


async def test_faults_are_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Octets that are no message are counted, told in one line of the log, and handed on as an event."""
    events: list[TransactionEvent] = []
    pump, _ = _pump(events.append)
    pump.data_received(b"nonsense\nand more", _PEER)
    assert pump.faults == 1
    assert [type(event) for event in events] == [PeerFault]
    assert "192.0.2.1:2944 sent no message (1 so far): error[400]: 'nonsense'; expected" in caplog.text
    for _ in range(98):
        pump.data_received(b"nonsense", _PEER)
    assert pump.faults == 99
    assert len(caplog.records) == 7
    pump.close()


async def test_strangers_are_dropped_unread() -> None:
    """Where peers are named, nobody else is heard."""
    events: list[TransactionEvent] = []
    pump, _ = _pump(events.append)
    pump.peers = frozenset({"192.0.2.99"})
    pump.data_received(_REQUEST, _PEER)
    assert (events, pump.strangers, pump.engine.is_idle()) == ([], 1, True)
    pump.close()


async def test_a_handler_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """An exception of a handler is logged; the other events are handled, and the timers go on."""
    seen: list[TransactionEvent] = []

    def on_event(event: TransactionEvent) -> None:
        seen.append(event)
        raise RuntimeError("the handler's own")

    pump, _ = _pump(on_event)
    pump.data_received(_REQUEST, _PEER)
    pump.data_received(b"nonsense", _PEER)
    assert [type(event) for event in seen] == [RequestReceived, PeerFault]
    assert "the handler's own" in caplog.text
    assert _has_timer(pump)
    pump.drain()
    pump.close()


async def test_a_closed_pump_is_still() -> None:
    """Closing closes the link and stops the timer, and what is drained afterwards starts none."""
    pump, link = _pump(lambda event: None)
    pump.engine.submit(_PEER, (_ACTION,), pump.now())
    pump.drain()
    assert _has_timer(pump)
    pump.close()
    assert link.is_closed
    pump.drain()
    assert not _has_timer(pump)
