"""Controllers and gateways that run, against far ends that lie, pretend, replay, flood and never come to an end."""

import asyncio
import itertools
import os
import random
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

import pytest

from megaco import codec, decode, encode
from megaco.association import ControllerConfig, GatewayUp, RegisteredGateway
from megaco.endpoint import Mg, Mgc, Reply
from megaco.endpoint.base import Endpoint
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AddReply,
    CommandRequest,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    Message,
    MessageIdentifier,
    ModifyRequest,
    SegmentReply,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    Transaction,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport import Address
from megaco.transport.tpkt import frame

from .endpoints import ACTION, DONE, accept, soon
from .test_endpoint_associations import AT_ONCE, Heard

TRANSPORTS = ["udp", "tcp"]
SIDES = ["controller", "gateway"]
ENCODINGS = ["compact", "binary"]
ELSEWHERE = "127.0.0.2"
X = DeviceName("x")
INTERNAL_ERROR = 500
NO_ASSOCIATION = 505
NO_RESOURCES = 510


class ApplicationError(Exception):
    """What the handlers of these tests raise."""


# ------------------------------------------------------------------------------------------------- what is watched


@pytest.fixture(autouse=True)
def _no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever comes, no traceback stands in the log but of what the application did."""
    caplog.set_level("INFO")
    yield
    for record in caplog.get_records("call"):
        is_applications = record.getMessage().startswith(("the request handler failed", "the reply to transaction"))
        assert record.exc_info is None or is_applications, record.getMessage()


def _remains() -> list[object]:
    """Return the tasks besides this one, and the timers of the loop."""
    loop = asyncio.get_running_loop()
    scheduled: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]  # nothing public tells
    timers = [handle for handle in scheduled if not handle.cancelled()]
    return [*(asyncio.all_tasks() - {asyncio.current_task()}), *timers]


def _files() -> int:
    place = "/proc/self/fd"
    return len(os.listdir(place)) if os.path.isdir(place) else 0


async def _until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; it may be that no task or timer is left."""
    deadline = asyncio.get_running_loop().time() + 20.0
    while not is_so():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.005)


# -------------------------------------------------------------------------------------------------- the endpoints


class Town(NamedTuple):
    """A controller, a gateway that is registered with it, and what they have seen."""

    mgc: Mgc
    mg: Mg
    row: RegisteredGateway
    events: Heard
    executed: list[RequestReceived]
    heard: dict[str, asyncio.Queue[bytes]]
    """By side: the messages that it has received."""

    def end(self, side: str) -> Endpoint:
        """Return the endpoint of a side."""
        return self.mgc if side == "controller" else self.mg

    def place(self, side: str) -> Address:
        """Return where a side listens."""
        return self.end(side).local

    def inject(self, side: str, data: bytes) -> None:
        """Send octets to a side as its partner, from where its partner speaks."""
        peer = self.mg.controller if side == "controller" else self.row.peer
        assert isinstance(peer, Address)
        link = self.partner(side).pump.link_to(peer)
        assert link is not None
        link.send(data, peer)

    def partner(self, side: str) -> Endpoint:
        """Return the endpoint at the other end."""
        return self.mg if side == "controller" else self.mgc

    async def answer(self, side: str) -> Message:
        """Return the next message that the partner of a side hears."""
        return decode(await soon(self.heard["gateway" if side == "controller" else "controller"].get()))

    async def answers(self) -> None:
        """See that the association is what it was: both ask each other, and are answered."""
        assert self.mgc.registrar.gateways[self.row.peer] == self.row
        assert (await soon(self.mgc.request(self.row, ACTION))).actions == DONE
        assert (await soon(self.mg.request(ACTION))).actions == DONE

    async def lives(self) -> None:
        """See that it does, and that there is no other association."""
        await self.answers()
        assert list(self.mgc.registrar.gateways) == [self.row.peer]


Handler = Callable[[RequestReceived], Any]


@asynccontextmanager
async def town(
    transport: str,
    handler: Handler = accept,
    *,
    encoding: str = "compact",
    transactions: TransactionConfig | None = None,
    **options: Any,
) -> AsyncIterator[Town]:
    """Run a controller and a gateway in service with it; nothing is left of them afterwards."""
    files, before = _files(), len(_remains())
    executed: list[RequestReceived] = []

    def execute(event: RequestReceived) -> Reply | Awaitable[Reply]:
        executed.append(event)
        result: Reply | Awaitable[Reply] = handler(event)
        return result

    heard: dict[str, asyncio.Queue[bytes]] = {side: asyncio.Queue() for side in SIDES}

    def trace_of(side: str) -> Any:
        return lambda way, data, peer, local: heard[side].put_nowait(data) if way == "received" else None

    common: dict[str, Any] = {"on_request": execute, "transactions": transactions, "encoding": encoding}
    events, url = Heard(), f"{transport}://127.0.0.1:0"
    async with (
        await Mgc.listen(url, on_gateway=events, trace=trace_of("controller"), **common, **options) as mgc,
        await Mg.connect(mgc.local.url, local=url, association=AT_ONCE, trace=trace_of("gateway"), **common) as mg,
    ):
        await soon(mg.in_service())
        row = (await events.first(GatewayUp)).gateway
        for queue in heard.values():
            while not queue.empty():
                queue.get_nowait()
        yield Town(mgc, mg, row, events, executed, heard)
    await _until(lambda: len(_remains()) <= before and _files() <= files)


# ----------------------------------------------------------------------------------------------------- far ends


class Foe:
    """A far end that says what a test makes it say."""

    def __init__(self, say: Callable[[bytes], None], local: Address) -> None:
        self.say = say
        """Send a message."""
        self.local = local
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        """Messages; an empty one is the end of the connection."""

    def tell(self, mid: MessageIdentifier, *transactions: Transaction, version: int = 1) -> None:
        """Send transactions."""
        self.say(encode(Message(version, mid, transactions), "compact"))

    async def hear(self) -> Message:
        """Return the next message."""
        return decode(await soon(self.heard.get()))

    async def reply_to(self, number: int) -> TransactionReply:
        """Return the reply to a request; messages before it are dropped, but have to be messages."""
        while True:
            for one in (await self.hear()).transactions:
                if isinstance(one, TransactionReply) and one.transaction_id == number:
                    return one


class _Ear(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.foe: Foe | None = None

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self.foe is not None
        self.foe.heard.put_nowait(data)


def _address(end: asyncio.DatagramTransport | asyncio.StreamWriter, transport: str) -> Address:
    host, port = end.get_extra_info("sockname")
    return Address(host, port, transport)


@asynccontextmanager
async def foe(target: Address, host: str = "127.0.0.1") -> AsyncIterator[Foe]:
    """Make a far end of an endpoint that speaks from a host."""
    if target.transport == "udp":
        loop = asyncio.get_running_loop()
        transport, ear = await loop.create_datagram_endpoint(_Ear, local_addr=(host, 0))
        local = _address(transport, "udp")
        ear.foe = Foe(lambda data: transport.sendto(data, target[:2]), local)
        try:
            yield ear.foe
        finally:
            transport.close()
            await asyncio.sleep(0)
        return
    reader, writer = await asyncio.open_connection(target.host, target.port, local_addr=(host, 0))
    made = Foe(lambda data: writer.write(frame(data)), _address(writer, "tcp"))
    reading = asyncio.ensure_future(_read(reader, made))
    try:
        yield made
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        writer.transport.abort()
        await asyncio.sleep(0)


async def _read(reader: asyncio.StreamReader, made: Foe) -> None:
    try:
        while True:
            (length,) = struct.unpack("!2xH", await reader.readexactly(4))
            made.heard.put_nowait(await reader.readexactly(length - 4))
    except (asyncio.IncompleteReadError, ConnectionError):
        made.heard.put_nowait(b"")


def request(number: int, *, context: int = 5, name: str = "t") -> TransactionRequest:
    """Return a request of one command."""
    return TransactionRequest(number, (ActionRequest(context, commands=(CommandRequest(ModifyRequest((name,))),)),))


def service_change(number: int, method: ServiceChangeMethod = ServiceChangeMethod.RESTART) -> TransactionRequest:
    """Return a registration, or a good-bye."""
    services = ServiceChangeParm(method, Value("901 Cold Boot", quoted=True), version=1)
    command = CommandRequest(ServiceChangeRequest((ROOT,), services))
    return TransactionRequest(number, (ActionRequest(NULL_CONTEXT, commands=(command,)),))


# ---------------------------------------------------------------------------------------------------- bad octets


def _junk() -> list[bytes]:
    chance = random.Random(248)
    noise = [chance.randbytes(length) for length in (1, 7, 100, 1400, 9000) for _ in range(10)]
    starts = [beginning + chance.randbytes(60) for beginning in (b"0", b"0\x82\xff\xff", b"MEGACO/1 x ", b"!/1 x T=9{")]
    tricks = [b"", b"\0", b"!", b"!/1", b"MEGACO/1", b"!/99999999999 x", b"0", b"0\x80", b"0" * 60_000, b"{" * 60_000]
    nested = [b"!/1 x T=9{C=1{" + b"MF=t{M{ST=1{" * 4_000, b"!/1 x " + b"K{" * 20_000, b'!/1 x ER=400{"' + b"\xff" * 99]
    return noise + starts + tricks + nested


def _halves() -> list[bytes]:
    """Return every beginning of a message that is whole only with its last octet, in text and binary."""
    whole = [encode(Message(1, X, (request(98),)), encoding) for encoding in ("pretty", *ENCODINGS)]
    return [data.rstrip()[:length] for data in whole for length in range(len(data.rstrip()))]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_octets_that_are_no_message(transport: str, side: str) -> None:
    """Noise and half messages, of a stranger and of the partner: nothing is executed, what is answered are messages."""
    octets = _junk() + _halves()
    async with town(transport) as there:
        async with foe(there.place(side)) as stranger:
            for data in octets:
                stranger.say(data)
                there.inject(side, data)
                await asyncio.sleep(0)
            stranger.tell(X, request(99))
            error = (await stranger.reply_to(99)).error
            assert error is not None
            assert error.code == NO_ASSOCIATION
        await there.lives()
        assert [event.request.actions for event in there.executed] == [(ACTION,)] * 2
        assert there.end(side).engine.counters.faults > len(octets)
        for queue in there.heard.values():
            while not queue.empty():
                data = queue.get_nowait()
                if data not in octets:
                    decode(data)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_one_broken_transaction_among_good_ones(transport: str, side: str, encoding: str) -> None:
    """The good ones are executed, the broken one is answered with its own number."""
    async with town(transport, encoding=encoding) as there:
        partner = there.partner(side).engine
        ones = [codec.encode_transaction(request(number), 2, encoding) for number in (11, 12, 13)]
        broken = ones[1].replace(b"\xa2\x0c", b"\xbe\x0c") if encoding == "binary" else ones[1].replace(b"MF", b"QQ")
        assert broken != ones[1]
        there.inject(side, codec.assemble(2, partner.mid, [ones[0], broken, ones[2]], encoding))
        replies: dict[int, TransactionReply] = {}
        while len(replies) < 3:
            for one in (await there.answer(side)).transactions:
                assert isinstance(one, TransactionReply)
                replies[one.transaction_id] = one
        assert (replies[11].actions, replies[13].actions) == (DONE, DONE)
        error = replies[12].error
        assert error is not None
        assert 400 <= error.code < 500
        assert [event.request.transaction_id for event in there.executed] == [11, 13]
        await there.lives()


@pytest.mark.parametrize("lie", [b"GET / HTTP/1.1\r\n\r\n", b"\x03\x00\x00\x03", b"\x03\x00\x00\x00", b"\x16\x03\x01"])
@pytest.mark.parametrize("side", SIDES)
async def test_lengths_that_lie(side: str, lie: bytes) -> None:
    """The connection is closed, the association lives on, and so it does with one that never ends its message."""
    async with town("tcp") as there:
        place = there.place(side)
        reader, writer = await asyncio.open_connection(place.host, place.port)
        _, unfinished = await asyncio.open_connection(place.host, place.port)
        unfinished.write(b"\x03\x00\xff\xff" + b"!/1 x T=1{C=5{MF=t}}")
        writer.write(frame(b"!/1 x") + lie)
        while await soon(reader.read(65_536)):
            pass
        await there.lives()
        assert there.end(side).pump.counters("tcp").lying_frames == 1
        for one in (writer, unfinished):
            one.transport.abort()


async def test_a_registered_gateway_whose_lengths_lie() -> None:
    """Its connection is closed; the others live on."""
    async with town("tcp") as there, foe(there.place("controller")) as liar:
        liar.tell(X, service_change(1))
        assert (await liar.reply_to(1)).error is None
        liar.say(b"")  # an empty frame is nothing
        liar.tell(X, request(2))
        assert (await liar.reply_to(2)).actions == DONE
        liar.tell(X, service_change(3, ServiceChangeMethod.FORCED))
        await liar.reply_to(3)
        await there.lives()


# -------------------------------------------------------------------------------------------- who is not who he says


class Slow:
    """A handler that takes until it is told otherwise."""

    def __init__(self) -> None:
        self.started: asyncio.Queue[int] = asyncio.Queue()
        self.free = asyncio.Event()

    async def __call__(self, event: RequestReceived) -> Reply:
        """Execute a request."""
        self.started.put_nowait(event.request.transaction_id)
        await self.free.wait()
        return accept(event)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_replies_from_elsewhere(transport: str, side: str) -> None:
    """Replies, pendings and segments of another host than was asked are dropped and counted, whoever they say they are.

    ``side`` has asked; the far end that it asked has not answered yet.
    """
    slow = Slow()
    async with town(transport, slow) as there, foe(there.place(side), ELSEWHERE) as liar:
        asker, asked = there.end(side), there.partner(side)
        asking = asyncio.ensure_future(
            there.mgc.request(there.row, ACTION) if side == "controller" else there.mg.request(ACTION)
        )
        number = await soon(slow.started.get())
        false = TransactionReply(number, error=ErrorDescriptor(600))
        segment = TransactionReply(number, (ActionReply(5),), segment_number=1, is_last_segment=True)
        for one in (false, TransactionPending(number), segment, false):
            liar.tell(asked.engine.mid, one, version=3)
        counters = asker.engine.counters
        await _until(lambda: counters.replies_unasked == 4)
        assert not asking.done()
        assert (counters.pendings_received, counters.segments_received, counters.segments_sent) == (0, 0, 0)
        slow.free.set()
        assert (await soon(asking)).actions == DONE
        await there.lives()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_acknowledgements_from_elsewhere(transport: str, side: str) -> None:
    """A reply stays remembered: whoever did not get it cannot lose it by what another host says."""
    async with town(transport) as there, foe(there.place(side), ELSEWHERE) as liar:
        partner = there.partner(side).engine.mid
        data = encode(Message(2, partner, (request(77),)), "compact")
        there.inject(side, data)
        first = await there.answer(side)
        acks = TransactionResponseAck((TransactionAck(1, 0xFFFFFFFF),))
        for one in (acks, SegmentReply(77, 1, True), acks):
            liar.tell(partner, one, version=3)
        liar.tell(X, request(99))
        await liar.reply_to(99)
        there.inject(side, data)
        assert await there.answer(side) == first
        assert len(there.executed) == 1
        assert there.end(side).engine.counters.requests_received_again == 1
        await there.lives()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_requests_in_anothers_name(transport: str, side: str) -> None:
    """Another host that goes by the partner's name is a stranger: 505, and nothing is executed or remembered."""
    async with town(transport) as there, foe(there.place(side), ELSEWHERE) as liar:
        hand_off = TransactionRequest(2, there.mgc.registrar.hand_off(DomainName("nowhere.invalid")))
        asked = (request(1), hand_off) if side == "gateway" else (request(1),)
        for one in asked:
            liar.tell(there.partner(side).engine.mid, one)
            error = (await liar.reply_to(one.transaction_id)).error
            assert error is not None
            assert error.code == NO_ASSOCIATION
        assert there.executed == []
        await there.lives()


async def test_a_controller_may_speak_from_another_port() -> None:
    """Of the host that the gateway registered with, the controller's name is enough, and another name is not."""
    async with town("udp") as there, foe(there.place("gateway")) as other:
        other.tell(there.mgc.engine.mid, request(1))
        assert (await other.reply_to(1)).actions == DONE
        other.tell(X, request(2))
        error = (await other.reply_to(2)).error
        assert error is not None
        assert error.code == NO_ASSOCIATION


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_registration_in_anothers_name(transport: str) -> None:
    """H.248 cannot tell an impostor from a gateway that has moved: he takes its place until it speaks again."""
    async with town(transport) as there, foe(there.place("controller"), ELSEWHERE) as liar:
        liar.tell(there.mg.engine.mid, service_change(1))
        assert (await liar.reply_to(1)).error is None
        up = await there.events.first(GatewayUp)
        assert (up.is_new, up.before) == (False, there.row)
        error = (await soon(there.mg.request(ACTION))).error
        assert error is not None
        assert error.code == NO_ASSOCIATION
        up = await there.events.first(GatewayUp)
        assert up.method is ServiceChangeMethod.DISCONNECTED
        assert up.gateway.peer == there.row.peer
        assert (await soon(there.mgc.request(up.gateway, ACTION))).actions == DONE
        assert list(there.mgc.registrar.gateways) == [there.row.peer]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_strangers_where_there_is_a_list(transport: str) -> None:
    """With ``peers`` an impostor on another host is dropped unread."""
    async with town(transport, peers=["127.0.0.1"]) as there, foe(there.place("controller"), ELSEWHERE) as liar:
        liar.tell(there.mg.engine.mid, service_change(1))
        await _until(lambda: there.mgc.pump.counters(transport).strangers == 1)
        await there.lives()
        assert there.mgc.engine.counters.faults == 0


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_replies_that_nobody_asked_for(transport: str, side: str) -> None:
    """Of the partner or a stranger: dropped and counted."""
    chance = random.Random(9)
    async with town(transport) as there, foe(there.place(side)) as stranger:
        counters = there.end(side).engine.counters
        partner = there.partner(side).engine.mid
        for index in range(500):
            number = chance.randrange(1, 1 << 32)
            ones = (TransactionReply(number, DONE), TransactionPending(number), SegmentReply(number, 1, True))
            data = encode(Message(3, partner, ones), "compact")
            there.inject(side, data)
            stranger.say(data)
            if index % 20 == 0:
                await asyncio.sleep(0)
        await _until(lambda: counters.replies_unasked == 3000)
        assert there.heard["gateway" if side == "controller" else "controller"].empty()
        await there.lives()


# ------------------------------------------------------------------------------------------------------- replays

BRIEF = TransactionConfig(long_timer_s=0.1)


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_registration_comes_again(transport: str) -> None:
    """The same octets: at once the same answer, after LONG-TIMER an acknowledgement; neither changes anything."""
    slow = Slow()
    async with town(transport, slow, transactions=BRIEF) as there, foe(there.place("controller")) as other:
        asking = asyncio.ensure_future(there.mg.request(ACTION))
        await soon(slow.started.get())
        stamped = b'!/1 x T=1{C=-{SC=ROOT{SV{MT=RS,RE="901 Cold Boot",V=2,20260101T00000000}}}}'
        other.say(stamped)
        first = await soon(other.heard.get())
        up = await there.events.first(GatewayUp)
        other.say(stamped)
        assert await soon(other.heard.get()) == first
        await _until(lambda: there.mgc.engine.remembered == 1)  # the slow one
        other.say(stamped)
        assert (await other.reply_to(1)).error is None
        assert there.events.events == []
        assert there.mgc.registrar.gateways == {there.row.peer: there.row, up.gateway.peer: up.gateway}
        slow.free.set()
        assert (await soon(asking)).actions == DONE


async def test_a_request_comes_again() -> None:
    """A thousand times: it is executed once, and each answer is the first one."""
    async with town("udp") as there:
        data = encode(Message(2, there.mg.engine.mid, (request(77),)), "compact")
        there.inject("controller", data)
        assert (await there.answer("controller")).transactions == (TransactionReply(77, DONE),)
        for _ in range(10):
            for _ in range(100):
                there.inject("controller", data)
            await asyncio.sleep(0.002)
        answers: list[Transaction] = []
        while len(answers) < 1000:
            answers += (await there.answer("controller")).transactions
        assert answers == [TransactionReply(77, DONE)] * 1000
        assert len(there.executed) == 1
        await there.lives()


# -------------------------------------------------------------------------------------------------------- floods

FLOOD = 50_000
A_MESSAGE = 100
"""Transactions."""
NARROW = TransactionConfig(
    max_received=1_000, most_executing=300, long_timer_s=0.5, provisional_s=0.2, execution_s=0.2, most_pendings=1
)


def _flood(mid: MessageIdentifier) -> Iterator[bytes]:
    """Yield messages of requests about as many terminations."""
    for first in range(1, FLOOD, A_MESSAGE):
        ones = tuple(request(number, name=f"t/{number}") for number in range(first, first + A_MESSAGE))
        yield encode(Message(2, mid, ones), "compact")


async def _pour(there: Town, side: str, messages: Iterator[bytes], say: Callable[[bytes], None]) -> tuple[int, ...]:
    """Send all; return the most that was ever remembered, executing, in tasks, and of sockets and timers."""
    engine, most = there.end(side).engine, (0, 0, 0)
    for data in messages:
        say(data)
        for _ in range(4):
            await asyncio.sleep(0)
        now = (engine.remembered, engine.executing, len(asyncio.all_tasks()))
        most = tuple(map(max, most, now))  # type: ignore[assignment]
    return most


@pytest.mark.parametrize("handler", ["prompt", "slow"])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_flood_of_the_partner(transport: str, side: str, handler: str) -> None:
    """What is remembered and executed stays within the limits; the rest is refused, and when it is over it is over."""

    async def slowly(event: RequestReceived) -> Reply:
        if event.request.actions == (ACTION,):
            return DONE
        await asyncio.Event().wait()
        return ()

    chosen = accept if handler == "prompt" else slowly
    async with town(transport, chosen, transactions=NARROW) as there:
        before = len(asyncio.all_tasks())
        mid = there.partner(side).engine.mid
        most = await _pour(there, side, _flood(mid), lambda data: there.inject(side, data))
        assert 0 < most[0] <= NARROW.max_received
        assert most[1] <= NARROW.most_executing
        assert most[2] <= before + NARROW.most_executing
        engine = there.end(side).engine
        await _until(lambda: engine.remembered == engine.executing == 0)
        counters = engine.counters
        assert counters.requests_refused > FLOOD / 2
        assert counters.faults == 0
        assert counters.requests_aborted == (0 if handler == "prompt" else len(there.executed))
        await there.lives()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_flood_of_a_stranger(transport: str, side: str) -> None:
    """Everything is refused, nothing executed or remembered, and the association lives on at once."""
    async with town(transport, transactions=NARROW) as there, foe(there.place(side)) as stranger:
        most = await _pour(there, side, _flood(X), stranger.say)
        assert most[0] <= NARROW.max_received
        await _until(lambda: there.end(side).engine.remembered <= 1)
        await there.lives()
        assert [event.request.actions for event in there.executed] == [(ACTION,)] * 2
        assert there.end(side).engine.terms_of(stranger.local) == (None, None)


@pytest.mark.parametrize("side", SIDES)
async def test_a_flood_of_refusals(side: str, caplog: pytest.LogCaptureFixture) -> None:
    """Anybody can say that he could not read a message: of a thousand times the log tells ten."""
    async with town("udp") as there, foe(there.place(side)) as stranger:
        data = encode(Message(1, X, error=ErrorDescriptor(400, "no \u202e\u2028")), "compact")
        for number in range(1000):
            stranger.say(data)
            if number % 20 == 0:
                await asyncio.sleep(0)
        await there.lives()
    told = [record.getMessage() for record in caplog.get_records("call") if "refused a message" in record.getMessage()]
    assert len(told) == 10
    assert all(line.isprintable() for line in told)


async def test_a_gateway_takes_the_place_of_another() -> None:
    """It is written to as it wrote itself, though the one that spoke from there before did otherwise."""
    async with town("udp") as there, foe(there.place("controller")) as one, foe(there.place("controller")) as other:
        one.tell(DeviceName("a"), service_change(1))
        await one.reply_to(1)
        other.tell(DeviceName("b"), service_change(1))
        await other.reply_to(1)
        other.say(encode(Message(1, DeviceName("a"), (service_change(2),)), "binary"))
        await other.reply_to(2)
        assert there.mgc.engine.terms_of(other.local) == (1, "binary")
        assert there.mgc.engine.terms_of(one.local) == (None, None)
        assert set(there.mgc.registrar.gateways) == {there.row.peer, other.local}


async def test_a_flood_of_names_to_look_up(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gateways that want requests at host names: so many are looked up at once, and the log tells of few."""
    asked: list[str] = []

    async def look_up(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        await asyncio.sleep(0.05)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    async with town("udp") as there, foe(there.place("controller")) as liar:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
        before, most = len(asyncio.all_tasks()), 0
        for number in range(1000):
            wanted = ServiceChangeParm(
                ServiceChangeMethod.RESTART,
                Value("901 Cold Boot", quoted=True),
                address=DomainName(f"n{number}.invalid"),
            )
            action = ActionRequest(NULL_CONTEXT, commands=(CommandRequest(ServiceChangeRequest((ROOT,), wanted)),))
            liar.tell(DeviceName(f"x{number}"), TransactionRequest(1, (action,)))
            await asyncio.sleep(0)
            most = max(most, len(asyncio.all_tasks()))
        assert 0 < most - before <= 100
        assert 0 < len(asked) < 1000
        await there.answers()
    told = [
        record for record in caplog.get_records("call") if "n" in record.getMessage() and record.name == "h248.endpoint"
    ]
    assert 0 < len(told) <= 20


async def test_a_flood_of_registrations_from_one_place() -> None:
    """20,000 names that speak from one port are one gateway, whoever spoke last."""
    config = TransactionConfig(max_received=500, long_timer_s=0.2)
    async with town("udp", transactions=config) as there, foe(there.place("controller")) as liar:
        registrar, most = there.mgc.registrar, 0
        for number in range(20_000):
            liar.tell(DeviceName(f"x{number}"), service_change(1))
            if number % 20 == 0:
                await asyncio.sleep(0)
                most = max(most, len(registrar.gateways))
        assert most <= 2
        await _until(lambda: there.mgc.engine.remembered == 0)
        await there.answers()


async def test_a_flood_of_registrations_from_everywhere() -> None:
    """20,000 gateways, each from a place of its own: as many as may are taken, the others get 510."""
    config = ControllerConfig(most_gateways=100)
    flood = TransactionConfig(max_received=5_000, long_timer_s=0.2, lifetime_s=1.0)
    async with town("udp", transactions=flood, controller=config) as there:
        registrar, most = there.mgc.registrar, 0
        target = there.place("controller")
        for number in range(20_000):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                sock.bind((f"127.1.{number >> 8 & 0xFF}.{number & 0xFF}", 0))
                data = encode(Message(1, DeviceName(f"x{number}"), (service_change(1),)), "compact")
                sock.sendto(data, target[:2])
            if number % 20 == 0:
                await asyncio.sleep(0)
                most = max(most, len(registrar.gateways))
        assert most == len(registrar.gateways) == 100
        await _until(lambda: there.mgc.engine.remembered == 0)
        ups = [event for event in there.events.events if isinstance(event, GatewayUp)]
        assert len(ups) == 99
        await there.answers()


# ------------------------------------------------------------------------------------------------- bad applications


def _raising(event: RequestReceived) -> Reply:
    raise ApplicationError("the secret of the house")


def _cancelled(event: RequestReceived) -> Reply:
    raise asyncio.CancelledError


NONSENSE: dict[str, object] = {
    "None": None,
    "number": 5,
    "words": "done",
    "list": [ActionReply(5)],
    "tuple of numbers": (1, 2),
    "command reply": (AddReply(("t",)),),
    "number for a reply": (ActionReply(5, replies=(7,)),),  # type: ignore[arg-type]
    "words for replies": (ActionReply(5, replies="no"),),  # type: ignore[arg-type]
    "context": (ActionReply(-1),),
    "huge context": (ActionReply(1 << 40),),
    "words for a context": (ActionReply("5"),),  # type: ignore[arg-type]
    "name": (ActionReply(5, replies=(AddReply(("no name {",)),)),),
    "code": ErrorDescriptor(-1),
    "words for a code": ErrorDescriptor("no"),  # type: ignore[arg-type]
    "surrogate": ErrorDescriptor(500, "\ud800"),
}


def _handlers() -> dict[str, Handler]:
    def now(result: object) -> Handler:
        return lambda event: result

    def later(result: object) -> Handler:
        async def handler(event: RequestReceived) -> object:
            await asyncio.sleep(0)
            return result

        return handler

    async def raising_later(event: RequestReceived) -> Reply:
        await asyncio.sleep(0)
        return _raising(event)

    async def cancelled_later(event: RequestReceived) -> Reply:
        return _cancelled(event)

    each = {f"{name}, {when.__name__}": when(result) for name, result in NONSENSE.items() for when in (now, later)}
    return each | {
        "raises now": _raising,
        "raises later": raising_later,
        "cancelled later": cancelled_later,
    }


HANDLERS = _handlers()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", HANDLERS)
async def test_a_handler_that_fails(name: str, side: str, encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    """Is answered with 500 and not one word of the reason, which stands in the log; the next request is executed."""
    is_failing = True

    def handler(event: RequestReceived) -> object:
        return HANDLERS[name](event) if is_failing else accept(event)

    async with town("udp", handler, encoding=encoding) as there:
        asking = there.mg.request(ACTION) if side == "controller" else there.mgc.request(there.row, ACTION)
        assert (await soon(asking)).error == ErrorDescriptor(
            INTERNAL_ERROR, "Internal software failure in the MG or MGC"
        )
        assert "transaction" in caplog.text
        is_failing = False
        await there.lives()


async def test_no_action_at_all() -> None:
    """Binary can say that, text cannot: there it is 500."""
    for encoding, code in (("binary", None), ("compact", INTERNAL_ERROR)):
        async with town("udp", lambda event: (), encoding=encoding) as there:
            error = (await soon(there.mg.request(ACTION))).error
            assert (error.code if error else None) == code


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_handler_that_never_returns(transport: str, side: str, caplog: pytest.LogCaptureFixture) -> None:
    """Is given up with 506 and cancelled, without a traceback; even where it raises as it ends that is all."""
    ended: list[str] = []

    async def for_ever(event: RequestReceived) -> Reply:
        name = event.request.actions[0].commands[0].command.termination_ids[0]
        if name == "t":
            return DONE
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(name)
            if name == "raises":
                raise ApplicationError("at the end")
        return ()

    hasty = TransactionConfig(provisional_s=0.02, execution_s=0.02, most_pendings=2)
    async with town(transport, for_ever, transactions=hasty) as there:
        for name in ("quiet", "raises"):
            action = ActionRequest(5, commands=(CommandRequest(ModifyRequest((name,))),))
            asking = there.mg.request(action) if side == "controller" else there.mgc.request(there.row, action)
            error = (await soon(asking)).error
            assert error is not None
            assert error.code == 506
        await _until(lambda: len(ended) == 2)
        await there.lives()
        traced = [record.exc_info[1] for record in caplog.get_records("call") if record.exc_info]
        assert [str(one) for one in traced] == ["at the end"]


async def test_a_number_is_free_again_once_given_up() -> None:
    """A handler that goes on after it was given up does not take the place of the next request with its number."""
    stubborn, first, second = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def handler(event: RequestReceived) -> Reply:
        if event.mid != X:
            await second.wait()
            return DONE
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stubborn.set()
            await first.wait()
        return (ActionReply(6),)

    hasty = TransactionConfig(provisional_s=0.3, execution_s=0.3, most_pendings=1)
    async with town("udp", handler, transactions=hasty) as there, foe(there.place("controller")) as other:
        other.tell(X, service_change(1))
        await other.reply_to(1)
        other.tell(X, request(2))
        await soon(stubborn.wait())
        error = (await other.reply_to(2)).error
        assert error is not None
        assert error.code == 506
        other.tell(DeviceName("y"), request(2))  # another gateway behind the same port
        await _until(lambda: len(there.executed) == 2)
        first.set()
        await asyncio.sleep(0.01)
        second.set()
        assert (await other.reply_to(2)).actions == DONE


# ------------------------------------------------------------------------------------------------------- the end


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_closing_in_the_midst(transport: str) -> None:
    """Requests executing and awaited, floods, noise and half messages under way: both close, and nothing is left."""
    slow = Slow()
    async with town(transport, slow) as there, AsyncExitStack() as stack:
        strangers = [await stack.enter_async_context(foe(there.place(side))) for side in SIDES]
        asking = [asyncio.ensure_future(there.mgc.request(there.row, ACTION)) for _ in range(50)]
        asking += [asyncio.ensure_future(there.mg.request(ACTION)) for _ in range(50)]
        await soon(slow.started.get())

        async def pester() -> None:
            noise = itertools.cycle(_junk())
            for number in itertools.count(1000):
                for stranger in strangers:
                    stranger.say(next(noise))
                    stranger.tell(DeviceName(f"x{number}"), service_change(1), request(2))
                for side, partner in (("controller", there.mg), ("gateway", there.mgc)):
                    link = partner.pump.links[0]
                    if not link.closed.done():
                        there.inject(side, encode(Message(2, partner.engine.mid, (request(number),)), "compact"))
                await asyncio.sleep(0)

        pestering = asyncio.ensure_future(pester())
        await asyncio.sleep(0.1)
        await soon(asyncio.gather(there.mgc.close(), there.mg.close()))
        pestering.cancel()
        outcomes = await soon(asyncio.gather(*asking, pestering, return_exceptions=True))
        assert all(isinstance(one, Exception | asyncio.CancelledError) for one in outcomes)
        executed = len(there.executed)
        await asyncio.sleep(0.02)
        assert len(there.executed) == executed
