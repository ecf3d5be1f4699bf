"""Real engines over each link: a request and its reply."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from megaco.message import ActionReply, ActionRequest, CommandRequest, DeviceName, ModifyRequest
from megaco.transaction import (
    ReplyReceived,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
    TransactionEvent,
    TransactionIds,
)
from megaco.transport import Address, Link, Pump, open_link, parse_url

from .ears import soon

_ACTION = ActionRequest(1, commands=(CommandRequest(ModifyRequest(("t",))),))


@asynccontextmanager
async def _end(
    name: str, url: str, on_event: Callable[[Pump, TransactionEvent], None]
) -> AsyncIterator[tuple[Pump, Link]]:
    engine = TransactionEngine(
        DeviceName(name),
        TransactionConfig(),
        identifiers=TransactionIds(0.0),
        jitter=lambda: 0.0,
    )
    pump = Pump(engine, lambda event: on_event(pump, event))
    link = await open_link(parse_url(url), pump)
    try:
        yield pump, link
    finally:
        pump.close()
        await soon(link.closed)


def _accept(pump: Pump, event: TransactionEvent) -> None:
    assert isinstance(event, RequestReceived)
    pump.engine.reply(event.peer, event.request.transaction_id, (ActionReply(1),), pump.now())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("udp://127.0.0.1:0", "udp://127.0.0.1:0"),
        ("udp://[::1]:0", "udp://[::1]:0"),
        ("tcp://127.0.0.1:0", "tcp://127.0.0.1:0"),
        ("tcp://[::1]:0", "tcp://[::1]:0"),
        ("memory:a", "memory:b"),
    ],
)
async def test_a_request_is_answered(one: str, other: str) -> None:
    """Ten requests made in one turn are answered, over whatever link, and few messages carry them."""
    events: asyncio.Queue[TransactionEvent] = asyncio.Queue()
    async with (
        _end("a", one, lambda pump, event: events.put_nowait(event)) as (asking, _),
        _end("b", other, _accept) as (_, answering),
    ):
        peer: Address = answering.local
        asked = set()
        for number in range(10):
            action = ActionRequest(number + 1, commands=(CommandRequest(ModifyRequest((f"t{number}",))),))
            asked.add(asking.engine.submit(peer, (action,), asking.now()))
            asking.schedule()
        answered = set()
        for _ in range(10):
            event = await soon(events.get())
            assert isinstance(event, ReplyReceived)
            assert event.peer == peer
            answered.add(event.transaction_id)
        assert answered == asked
        assert asking.counters(peer.transport).messages_sent < 10
