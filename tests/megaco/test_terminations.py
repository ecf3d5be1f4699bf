"""A gateway's terminations on asyncio: code of one's own, in turn, refused, failing, cancelled."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from megaco.association import RegisteredGateway
from megaco.contexts import CommandError, Context, ContextsConfig, Termination
from megaco.endpoint import Mg, Mgc, Reply
from megaco.endpoint.terminations import Behaviour, Descriptors, Terminations
from megaco.errors import ItemError, LocalError
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    Command,
    ContextAudit,
    ContextAuditItem,
    ContextAuditReply,
    ContextProperties,
    ErrorDescriptor,
    EventsDescriptor,
    IpAddress,
    LocalControlDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ObservedEvent,
    RequestedEvent,
    ServiceChangeMethod,
    ServiceChangeReply,
    ServiceChangeResParm,
    ServiceState,
    StatisticsDescriptor,
    StatisticsParameter,
    StreamDescriptor,
    StreamMode,
    SubtractReply,
    SubtractRequest,
    TopologyDirection,
    TopologyRequest,
    TransactionRequest,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig

from .contexts.rig import action, add, check, codes, modify, move, service_change, subtract, value
from .endpoints import controller_at, gateway_of, registered, soon

_MODE = MediaDescriptor(streams=(StreamDescriptor(1, LocalControlDescriptor(StreamMode.SEND_RECEIVE)),))


class Remembering(Behaviour):
    """Terminations that just remember what they were told."""

    def add(self, termination: Termination, command: AddRequest) -> None:
        termination.data = {}
        self.modify(termination, command)

    def modify(self, termination: Termination, command: ModifyRequest | AddRequest | MoveRequest) -> None:
        termination.data |= {type(one): one for one in command.descriptors if not isinstance(one, AuditDescriptor)}

    move = modify

    def audit_value(self, termination: Termination, command: AuditValueRequest) -> Descriptors:
        return tuple(termination.data.values())


class Slow(Behaviour):
    """Terminations that take their time: until they are let go."""

    def __init__(self) -> None:
        """Hold everything."""
        self.log: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.has_begun = asyncio.Event()

    async def _hold(self, what: str, name: str) -> None:
        self.log.append(f"{what} {name}")
        self.has_begun.set()
        try:
            await self.gates.setdefault(name, asyncio.Event()).wait()
        except asyncio.CancelledError:
            self.log.append(f"{what} {name} cancelled")
            raise
        self.log.append(f"{what} {name} done")

    async def add(self, termination: Termination, command: AddRequest) -> None:
        await self._hold("add", termination.name)

    async def modify(self, termination: Termination, command: ModifyRequest) -> None:
        await self._hold("modify", termination.name)

    async def subtract(self, termination: Termination, command: SubtractRequest) -> None:
        await self._hold("subtract", termination.name)

    def let_go(self, name: str) -> None:
        self.gates.setdefault(name, asyncio.Event()).set()


_numbers = iter(range(1, 1_000_000))


def _event(*actions: ActionRequest) -> RequestReceived:
    request = TransactionRequest(next(_numbers), actions)
    return RequestReceived("peer", IpAddress("192.0.2.1"), 2, request)


def _begin(terminations: Terminations, *actions: ActionRequest) -> "asyncio.Future[Reply]":
    """Hand a request over as an endpoint does; it is not done at once."""
    result = terminations(_event(*actions))
    assert isinstance(result, Awaitable)
    return asyncio.ensure_future(result)


def _now(terminations: Terminations, *actions: ActionRequest) -> tuple[ActionReply, ...]:
    """Hand a request over that is done at once."""
    result = terminations(_event(*actions))
    assert isinstance(result, tuple)
    return result


async def _a_while() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def _places(terminations: Terminations) -> dict[str, int]:
    return {one.name: one.context_id for one in terminations.contexts.terminations.values()}


def _new(terminations: Terminations, *names: str) -> int:
    return _now(terminations, action(CHOOSE_CONTEXT, *(add(name) for name in names)))[0].context_id


# -------------------------------------------------------------------------------------------------------- on the wire


Ask = Callable[..., Awaitable[tuple[ActionReply, ...]]]


@asynccontextmanager
async def _pair(
    terminations: Terminations, encoding: str = "pretty", on_request: Any = None, **options: Any
) -> AsyncIterator[tuple[Mgc, Mg, RegisteredGateway]]:
    """A controller and a gateway with terminations that is in service with it; ``options`` are the gateway's."""
    events: asyncio.Queue[Any] = asyncio.Queue()
    async with (
        controller_at(on_gateway=events.put_nowait, on_request=on_request, encoding=encoding) as mgc,
        gateway_of(mgc.local, on_request=terminations, encoding=encoding, **options) as mg,
    ):
        await soon(mg.in_service())
        yield mgc, mg, (await soon(events.get())).gateway


def _asking(mgc: Mgc, gateway: RegisteredGateway) -> Ask:
    """Return what asks for one action and returns its replies."""

    async def ask(context: int, *commands: Command, **parts: Any) -> tuple[ActionReply, ...]:
        reply = await soon(mgc.request(gateway, action(context, *commands, **parts)))
        assert reply.error is None
        return reply.actions

    return ask


async def test_a_gateway_that_remembers() -> None:
    """A call from its beginning to its end: the application is a dozen lines."""
    terminations = Terminations(Remembering(), provisioned=["tdm/1"])
    async with _pair(terminations) as (mgc, _, gateway):
        ask = _asking(mgc, gateway)
        (made,) = await ask(CHOOSE_CONTEXT, add("tdm/1"), add("rtp/$", descriptors=[_MODE]))
        assert made == ActionReply(1, replies=(AddReply(("tdm/1",)), AddReply(("rtp/1",))))
        events = EventsDescriptor(5, (RequestedEvent("nt/netfail"),))
        await ask(1, modify("RTP/1", descriptors=[events]))
        (told,) = await ask(1, value("rtp/1", items=[AuditItem.MEDIA, AuditItem.EVENTS]))
        (audit,) = told.replies
        assert isinstance(audit, AuditValueReply)
        assert {type(one) for one in audit.descriptors} == {MediaDescriptor, EventsDescriptor}
        assert audit.media is not None
        assert audit.media.streams == _MODE.streams
        assert terminations.notify("rtp/1", ObservedEvent("nt/netfail")) is not None
        (ended,) = await ask(1, subtract("*"))
        assert ended == ActionReply(1, replies=(SubtractReply(("tdm/1",)), SubtractReply(("rtp/1",))))
    assert _places(terminations) == {"tdm/1": NULL_CONTEXT}


@pytest.mark.parametrize("encoding", ["pretty", "compact", "binary"])
async def test_replies_can_be_written(encoding: str) -> None:
    """Whatever the books answer by themselves, errors included, in each encoding."""
    terminations = Terminations(provisioned=["tdm/1"])
    async with _pair(terminations, encoding) as (mgc, _, gateway):
        ask = _asking(mgc, gateway)
        said = ContextProperties(
            (TopologyRequest("$", "tdm/1", TopologyDirection.ISOLATE),), priority=3, emergency=True
        )
        asked = ContextAudit((ContextAuditItem.TOPOLOGY, ContextAuditItem.PRIORITY, ContextAuditItem.EMERGENCY))
        (made,) = await ask(CHOOSE_CONTEXT, add("rtp/$"), add("tdm/1"), properties=said, audit=asked)
        assert made.properties == ContextProperties(
            (TopologyRequest("rtp/1", "tdm/1", TopologyDirection.ISOLATE),), 3, emergency=True
        )
        assert [one.context_id for one in await ask(ALL_CONTEXTS, value("*"))] == [1]
        assert [one.context_id for one in await ask(ALL_CONTEXTS, value("ROOT"))] == [1]
        (told,) = await ask(1, value("*", items=AuditItem))
        assert len(told.replies) == 2
        assert codes((await ask(1, modify("rtp/9")))[0]) == [430]
        assert (await ask(7, modify("rtp/9")))[0].error is not None
        assert codes((await ask(NULL_CONTEXT, service_change("tdm/1")))[0]) == [435]
        (ended,) = await ask(1, subtract("*", audit=AuditDescriptor()), audit=asked)
        assert codes(ended) == [None, None]


async def test_a_request_that_is_given_up() -> None:
    """506: the handler is cancelled, and its command was none; the next request is executed."""
    slow = Slow()
    terminations = Terminations(slow)
    hasty = TransactionConfig(provisional_s=0.01, execution_s=0.01, most_pendings=1, first_repeat_s=0.01)
    async with _pair(terminations, transactions=hasty) as (mgc, _, gateway):
        reply = await soon(mgc.request(gateway, action(CHOOSE_CONTEXT, add("$"))))
        assert reply.error is not None
        assert reply.error.code == 506
        await _a_while()
        assert slow.log == ["add rtp/1", "add rtp/1 cancelled"]
        assert (_places(terminations), dict(terminations.contexts.contexts)) == ({}, {})
        slow.let_go("rtp/2")
        reply = await soon(mgc.request(gateway, action(CHOOSE_CONTEXT, add("$"))))
        assert reply.actions == (ActionReply(2, replies=(AddReply(("rtp/2",)),)),)


async def test_a_gateway_that_is_closed_in_the_middle() -> None:
    """Nothing hangs, and the books are as before the command."""
    slow = Slow()
    terminations = Terminations(slow)
    async with registered(terminations) as (mgc, mg, gateway):
        asked = [asyncio.ensure_future(mgc.request(gateway, action(CHOOSE_CONTEXT, add("$")))) for _ in range(3)]
        await soon(slow.has_begun.wait())
        await soon(mg.close())
        assert slow.log == ["add rtp/1", "add rtp/1 cancelled"]
        assert _places(terminations) == {}
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


# ------------------------------------------------------------------------------------------------- one after the other


async def test_functions_are_executed_at_once() -> None:
    """The reply goes out in the same turn of the event loop."""
    terminations = Terminations()
    assert _now(terminations, action(CHOOSE_CONTEXT, add("$"))) == (ActionReply(1, replies=(AddReply(("rtp/1",)),)),)
    assert _now(terminations, action(1, subtract("*"))) == (ActionReply(1, replies=(SubtractReply(("rtp/1",)),)),)


async def test_every_method_is_called() -> None:
    """As a function, and as a coroutine."""

    class Functions(Behaviour):
        def __init__(self) -> None:
            self.seen: list[str] = []

    class Coroutines(Functions):
        pass

    arguments = {
        "add": AddRequest,
        "move": MoveRequest,
        "modify": ModifyRequest,
        "subtract": SubtractRequest,
        "audit_value": type(value()),
        "audit_capability": None,
        "service_change": None,
        "choose": None,
        "modify_context": None,
    }

    def function(name: str) -> Any:
        def method(self: Functions, *what: Any) -> None:
            assert isinstance(what[0], Termination | Context | str)
            self.seen.append(name)

        return method

    def coroutine(name: str) -> Any:
        async def method(self: Functions, *what: Any) -> None:
            await asyncio.sleep(0)
            self.seen.append(name)

        return method

    for name in arguments:
        setattr(Functions, name, function(name))
        setattr(Coroutines, name, coroutine(name))
    from .contexts.rig import capability

    items = [AuditItem.EVENTS]
    script = (
        action(CHOOSE_CONTEXT, add("$"), modify("rtp/1"), properties=ContextProperties(priority=1)),
        action(CHOOSE_CONTEXT, move("rtp/1"), value("rtp/1", items=items), capability("rtp/1", items=items)),
        action(NULL_CONTEXT, service_change("ROOT")),
        action(ALL_CONTEXTS, subtract("*")),
    )
    wanted = [
        "modify_context choose add modify",
        "move audit_value audit_capability",
        "service_change",
        "subtract",
    ]
    functions, coroutines = Functions(), Coroutines()
    at_once = _now(Terminations(functions), *script)
    later = await soon(_begin(Terminations(coroutines), *script))
    assert functions.seen == coroutines.seen == " ".join(wanted).split()
    assert at_once == later
    assert len(at_once) == 4


async def test_transactions_take_turns() -> None:
    """In the order in which they came, functions behind coroutines."""
    slow = Slow()
    terminations = Terminations(slow)
    first = _begin(terminations, action(CHOOSE_CONTEXT, add("$")))
    second = _begin(terminations, action(CHOOSE_CONTEXT, add("$"), modify("rtp/2")))
    third = _begin(terminations, action(ALL_CONTEXTS, value("*")))
    await _a_while()
    assert slow.log == ["add rtp/1"]
    assert _places(terminations) == {"rtp/1": 1}
    slow.let_go("rtp/2")
    await _a_while()
    assert slow.log == ["add rtp/1"]
    slow.let_go("rtp/1")
    replies = await soon(asyncio.gather(first, second, third))
    assert [[one.context_id for one in reply] for reply in replies if isinstance(reply, tuple)] == [[1], [2], [1, 2]]
    assert slow.log[:4] == ["add rtp/1", "add rtp/1 done", "add rtp/2", "add rtp/2 done"]
    assert _now(terminations, action(ALL_CONTEXTS, value("*")))


async def test_the_line_is_bounded() -> None:
    """511 for a transaction more; when one has left there is room again."""
    slow = Slow()
    terminations = Terminations(slow, most_waiting=2)
    started = [_begin(terminations, action(CHOOSE_CONTEXT, add("$"))) for _ in range(3)]
    refused = terminations(_event(action(CHOOSE_CONTEXT, add("$"))))
    assert refused == ErrorDescriptor(511, "Temporarily busy: 2 transactions wait")
    for number in (1, 2, 3, 4):
        slow.let_go(f"rtp/{number}")
    await soon(asyncio.gather(*started))
    await soon(_begin(terminations, action(CHOOSE_CONTEXT, add("$"))))
    assert len(_places(terminations)) == 4


async def test_many_functions_let_the_event_loop_breathe() -> None:
    """After so many calls in a row others have a turn; the reply is the same."""
    names = [f"tdm/{number:03}" for number in range(100)]
    terminations = Terminations(provisioned=names, most_calls_in_a_row=10)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.ensure_future(count())
    reply = await soon(_begin(terminations, action(NULL_CONTEXT, modify("*"))))
    counting.cancel()
    assert reply == (ActionReply(NULL_CONTEXT, replies=tuple(ModifyReply((name,)) for name in names)),)
    assert turns >= 9


# ------------------------------------------------------------------------------------------------------------- failures


class Failing(Behaviour):
    """Terminations that fail as they are told."""

    def __init__(self, failure: Exception | None = None, result: Any = None, *, later: bool = False) -> None:
        """Fail with an exception, or by what is returned; ``later``: in a coroutine."""
        self.failure = failure
        self.result = result
        self.later = later

    def modify(self, termination: Termination, command: ModifyRequest) -> Any:
        return self._fail_later() if self.later else self._fail()

    def choose(self, pattern: str, context: Context, command: AddRequest) -> Any:
        return self.modify(Termination(""), ModifyRequest(())) if pattern == "bad/$" else None

    def _fail(self) -> Any:
        if self.failure is not None:
            raise self.failure
        return self.result

    async def _fail_later(self) -> Any:
        await asyncio.sleep(0)
        return self._fail()


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    ("failure", "code", "text"),
    [
        (CommandError(512, 'cannot detect "it"'), 512, "cannot detect 'it'"),
        (ItemError("no such property", 445, "x/y", "media"), 445, "no such property"),
    ],
)
async def test_a_refusal_is_answered(later: bool, failure: Exception, code: int, text: str) -> None:
    """CommandError, and every error that knows its code."""
    terminations = Terminations(Failing(failure, later=later))
    _new(terminations, "$")
    result = terminations(_event(action(1, modify("rtp/1"))))
    replies = result if isinstance(result, tuple) else await soon(asyncio.ensure_future(result))  # type: ignore[arg-type]
    assert replies == (ActionReply(1, replies=(ModifyReply(("rtp/1",), (ErrorDescriptor(code, text),)),)),)


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    ("failure", "result"),
    [
        (ZeroDivisionError("a secret"), None),
        (LocalError("a secret"), None),
        (StopIteration(), None),
        (None, "a secret"),
        (None, [AuditDescriptor()]),
        (None, 7),
    ],
)
async def test_a_fault_of_the_application_is_its_own(
    caplog: pytest.LogCaptureFixture, later: bool, failure: Exception | None, result: Any
) -> None:
    """The peer gets 500 and no more; the log has the traceback; the books are as before, and go on."""
    terminations = Terminations(Failing(failure, result, later=later))
    _new(terminations, "$")
    with caplog.at_level(logging.ERROR, "h248.terminations"):
        answered = terminations(_event(action(1, modify("rtp/1"), subtract("rtp/1"))))
        replies = answered if isinstance(answered, tuple) else await soon(asyncio.ensure_future(answered))  # type: ignore[arg-type]
    assert replies == (
        ActionReply(
            1, replies=(ModifyReply(("rtp/1",), (ErrorDescriptor(500, "Internal software failure in the MG"),)),)
        ),
    )
    (record,) = caplog.records
    assert record.exc_info is not None
    assert "modify failed in transaction" in record.getMessage()
    assert _places(terminations) == {"rtp/1": 1}
    assert codes(_now(terminations, action(1, subtract("*")))[0]) == [None]


async def test_a_choice_that_is_none_is_a_fault_too(caplog: pytest.LogCaptureFixture) -> None:
    """500, no termination, no context."""
    terminations = Terminations(Failing(result="worse/1"))
    assert codes(_now(terminations, action(CHOOSE_CONTEXT, add("bad/$")))[0]) == [500]
    assert "worse/1" in caplog.text
    assert (_places(terminations), dict(terminations.contexts.contexts)) == ({}, {})


async def test_what_breaks_out_does_not_block_the_line() -> None:
    """KeyboardInterrupt and its like are for the program; the next request is executed."""

    class Interrupted(Behaviour):
        def add(self, termination: Termination, command: AddRequest) -> None:
            raise KeyboardInterrupt

    terminations = Terminations(Interrupted())
    with pytest.raises(KeyboardInterrupt):
        terminations(_event(action(CHOOSE_CONTEXT, add("$"))))
    assert _places(terminations) == {}
    terminations.behaviour = Behaviour()
    assert _new(terminations, "$") == 2


# ----------------------------------------------------------------------------------------------------------- cancelled


async def test_a_cancelled_command_was_none() -> None:
    """Those before it stay done, those after it are not begun; the next transaction has its turn."""
    slow = Slow()
    slow.let_go("rtp/1")
    terminations = Terminations(slow)
    first = _begin(terminations, action(CHOOSE_CONTEXT, add("$"), add("$"), add("$")))
    second = _begin(terminations, action(ALL_CONTEXTS, value("*")))
    await _a_while()
    first.cancel()
    assert await soon(second) == (ActionReply(1, replies=(ContextAuditReply(termination_ids=("rtp/1",)),)),)
    assert first.cancelled()
    assert slow.log == ["add rtp/1", "add rtp/1 done", "add rtp/2", "add rtp/2 cancelled"]
    assert _places(terminations) == {"rtp/1": 1}


async def test_a_context_that_nothing_came_into_goes_with_the_cancelled_command() -> None:
    """As if it had failed."""
    slow = Slow()
    terminations = Terminations(slow)
    adding = _begin(terminations, action(CHOOSE_CONTEXT, add("$")))
    await _a_while()
    assert set(terminations.contexts.contexts) == {1}
    adding.cancel()
    await asyncio.gather(adding, return_exceptions=True)
    await _a_while()
    assert (_places(terminations), dict(terminations.contexts.contexts)) == ({}, {})


async def test_a_task_that_is_cancelled_before_it_runs() -> None:
    """The coroutine that the application has returned is closed, and nobody waits for it."""
    slow = Slow()
    terminations = Terminations(slow)
    _begin(terminations, action(CHOOSE_CONTEXT, add("$"))).cancel()
    second = _begin(terminations, action(CHOOSE_CONTEXT, add("$")))
    slow.let_go("rtp/2")
    assert await soon(second) == (ActionReply(2, replies=(AddReply(("rtp/2",)),)),)
    assert slow.log == ["add rtp/2", "add rtp/2 done"]
    gc.collect()  # a coroutine that was never awaited would warn now, and a warning is an error


async def test_a_future_that_a_method_returned_is_cancelled() -> None:
    """Any awaitable will do."""
    returned: list[asyncio.Future[None]] = []

    class Futures(Behaviour):
        def add(self, termination: Termination, command: AddRequest) -> Awaitable[None]:
            returned.append(asyncio.get_running_loop().create_future())
            return returned[-1]

    terminations = Terminations(Futures())
    _begin(terminations, action(CHOOSE_CONTEXT, add("$"))).cancel()
    await _a_while()
    assert returned[0].cancelled()
    second = _begin(terminations, action(CHOOSE_CONTEXT, add("$")))
    await _a_while()
    returned[1].set_result(None)
    await soon(second)
    assert _places(terminations) == {"rtp/2": 2}


@pytest.mark.parametrize("cancelled", [0, 1, 2, 3])
async def test_whoever_leaves_the_line_holds_up_nobody(cancelled: int) -> None:
    """Wherever it stood."""
    slow = Slow()
    terminations = Terminations(slow)
    started = [_begin(terminations, action(CHOOSE_CONTEXT, add("$"))) for _ in range(4)]
    await _a_while()
    started[cancelled].cancel()
    for number in range(1, 5):
        slow.let_go(f"rtp/{number}")
    await soon(asyncio.gather(*started, return_exceptions=True))
    assert [one.cancelled() for one in started] == [number == cancelled for number in range(4)]
    assert len(_places(terminations)) == 3
    await _a_while()
    slow.let_go("rtp/5")
    await soon(_begin(terminations, action(CHOOSE_CONTEXT, add("$"))))


async def test_two_leave_together() -> None:
    """The one whose turn has just come, too."""
    slow = Slow()
    terminations = Terminations(slow)
    started = [_begin(terminations, action(CHOOSE_CONTEXT, add("$"))) for _ in range(3)]
    await _a_while()
    started[0].cancel()
    await asyncio.sleep(0)
    started[1].cancel()
    slow.let_go("rtp/2")
    await soon(asyncio.gather(*started, return_exceptions=True))
    assert [one.cancelled() for one in started] == [True, True, False]


@pytest.mark.parametrize("seed", range(20))
async def test_any_mixture_leaves_the_books_in_order(seed: int) -> None:
    """Transactions that take a while, fail, or are cancelled at any moment; afterwards nothing is left."""
    import random

    chance = random.Random(seed)

    class Moody(Behaviour):
        async def _do(self) -> None:
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
            if chance.random() < 0.1:
                raise CommandError(510, "no")

        async def add(self, termination: Termination, command: AddRequest) -> None:
            await self._do()

        async def move(self, termination: Termination, command: MoveRequest) -> None:
            await self._do()

        async def subtract(self, termination: Termination, command: SubtractRequest) -> None:
            await self._do()

        def modify(self, termination: Termination, command: ModifyRequest) -> Any:
            return self._do() if chance.random() < 0.5 else None

    terminations = Terminations(Moody(), provisioned=["tdm/1", "tdm/2"])
    menu: list[Command] = [add("$"), add("tdm/*"), move("*"), modify("*"), subtract("*"), subtract("rtp/*")]
    started: list[asyncio.Future[Reply]] = []
    for _ in range(200):
        context = chance.choice([CHOOSE_CONTEXT, ALL_CONTEXTS, NULL_CONTEXT, *terminations.contexts.contexts])
        commands = [chance.choice(menu) for _ in range(chance.randrange(1, 4))]
        result = terminations(_event(action(context, *commands)))
        if isinstance(result, Awaitable):
            started.append(asyncio.ensure_future(result))
        if chance.random() < 0.3 and started:
            chance.choice(started).cancel()
        if chance.random() < 0.2 and _places(terminations):
            terminations.release(chance.choice(list(_places(terminations))))
        for _ in range(chance.randrange(3)):
            await asyncio.sleep(0)
    await soon(asyncio.gather(*started, return_exceptions=True))
    await _a_while()
    assert not terminations._line
    check(terminations.contexts)
    terminations.behaviour = Behaviour()
    _now(terminations, action(ALL_CONTEXTS, subtract("*")))
    assert (_places(terminations), dict(terminations.contexts.contexts)) == ({"tdm/1": 0, "tdm/2": 0}, {})


# ---------------------------------------------------------------------------------------------- of one's own accord


class Watching(Behaviour):
    """Terminations that hear of their service states."""

    def __init__(self) -> None:
        """Hear nothing as yet."""
        self.heard: list[tuple[str, ServiceState]] = []

    def service_state_changed(self, termination: Termination) -> None:
        self.heard.append((termination.name, termination.service_state))
        if len(self.heard) == 3:
            raise ZeroDivisionError("its own fault")


async def test_service_states_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """By command, by one's own word, when a call has ended, and when a delay is over; a fault is logged."""
    watching = Watching()
    terminations = Terminations(watching, provisioned=["tdm/1", "tdm/2"])
    _now(terminations, action(NULL_CONTEXT, service_change("tdm/1")))
    context = _new(terminations, "tdm/2", "$")
    (said,) = terminations.service_change("tdm/2", ServiceChangeMethod.GRACEFUL, "905 Termination taken out of service")
    assert said.context_id == context
    _now(terminations, action(context, subtract("tdm/2")))
    _out, _in = ServiceState.OUT_OF_SERVICE, ServiceState.IN_SERVICE
    assert watching.heard == [("tdm/1", _out), ("tdm/2", _out)]
    terminations.service_change("tdm/2", ServiceChangeMethod.RESTART, "900 Service Restored")
    watching.heard.clear()
    _new(terminations, "tdm/2")
    terminations.service_change("tdm/2", ServiceChangeMethod.GRACEFUL, "905 Termination taken out of service")
    terminations.release_all()
    assert watching.heard == [("tdm/2", _out)]
    watching.heard = [("tdm/1", _out), ("tdm/2", _out)]
    terminations.service_change("tdm/1", ServiceChangeMethod.RESTART, "900 Service Restored")
    terminations.service_change("tdm/2", ServiceChangeMethod.RESTART, "900 Service Restored", delay_s=1)
    terminations._clock().set(None)
    terminations.contexts.handle_timer(terminations._clock().now() + 2)
    terminations._settle()
    assert watching.heard[2:] == [("tdm/1", _in), ("tdm/2", _in)]
    assert "service_state_changed failed on tdm/1" in caplog.text


async def test_a_delay_ends_by_itself() -> None:
    """A second is the shortest there is (clause 7.2.8)."""
    watching = Watching()
    terminations = Terminations(watching, provisioned=["tdm/1"])
    assert terminations.service_change("tdm/1", ServiceChangeMethod.GRACEFUL, "905 x", delay_s=1) != ()
    assert watching.heard == []
    await asyncio.sleep(1.1)
    assert watching.heard == [("tdm/1", ServiceState.OUT_OF_SERVICE)]


async def test_what_dies_can_be_released() -> None:
    """One termination, or all of them; a cancelled call of its finds it gone."""
    slow = Slow()
    slow.let_go("rtp/1")
    terminations = Terminations(slow, provisioned=["tdm/1"])
    slow.let_go("tdm/1")
    await soon(_begin(terminations, action(CHOOSE_CONTEXT, add("$"), add("tdm/1"))))
    assert terminations.release("RTP/1").name == "rtp/1"
    assert _places(terminations) == {"tdm/1": 1}
    assert [one.name for one in terminations.release_all()] == ["tdm/1"]
    assert (_places(terminations), dict(terminations.contexts.contexts)) == ({"tdm/1": 0}, {})
    adding = _begin(terminations, action(CHOOSE_CONTEXT, add("$")))
    await _a_while()
    terminations.release("rtp/2")
    adding.cancel()
    await asyncio.gather(adding, return_exceptions=True)
    assert _places(terminations) == {"tdm/1": 0}
    with pytest.raises(LocalError):
        terminations.release("ROOT")


async def test_a_notify_reaches_the_controller() -> None:
    """What the books have written is sent as it is."""
    heard: list[Any] = []

    def on_request(event: RequestReceived) -> Reply:
        heard.append(event.request.actions[0])
        return (ActionReply(event.request.actions[0].context_id),)

    terminations = Terminations(provisioned=["line/1"])
    async with _pair(terminations, on_request=on_request) as (mgc, mg, gateway):
        events = EventsDescriptor(7, (RequestedEvent("al/*"),))
        await soon(mgc.request(gateway, action(NULL_CONTEXT, modify("line/1", descriptors=[events]))))
        said = terminations.notify("line/1", ObservedEvent("al/of"))
        assert said is not None
        await soon(mg.request(said))
        assert heard == [said]
        assert isinstance(said.commands[0].command, NotifyRequest)


async def test_statistics_and_service_change_of_root() -> None:
    """What methods return as one descriptor, and what ROOT answers."""

    class Told(Behaviour):
        def subtract(self, termination: Termination, command: SubtractRequest) -> Descriptors:
            return StatisticsDescriptor((StatisticsParameter("nt/os", Value("5")),))

        async def service_change(self, termination: Termination, command: Any) -> ServiceChangeResParm:
            return ServiceChangeResParm(version=2)

    terminations = Terminations(Told(), config=ContextsConfig(ephemeral=("ip/$",)))
    _new(terminations, "$")
    reply = _now(terminations, action(1, subtract("ip/1")))[0].replies[0]
    assert isinstance(reply, SubtractReply)
    assert reply.descriptors == (StatisticsDescriptor((StatisticsParameter("nt/os", Value("5")),)),)
    asked = _begin(terminations, action(NULL_CONTEXT, service_change("ROOT")))
    assert await soon(asked) == (
        ActionReply(NULL_CONTEXT, replies=(ServiceChangeReply(("ROOT",), ServiceChangeResParm(version=2)),)),
    )
