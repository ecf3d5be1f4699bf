"""Commands to a far end as awaited calls: what is sent, what comes back, what is refused; programs that run them."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

import megaco
from megaco import CommandRefusedError, Level, LocalError, NoReplyError, TransportError
from megaco.association import GatewayUp
from megaco.endpoint import Answer, Commands, Mg, Mgc, Reply, refusal
from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    CommandRequest,
    ContextProperties,
    ErrorDescriptor,
    LocalControlDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    StreamDescriptor,
    StreamMode,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig

from .endpoints import soon
from .test_endpoint_associations import AT_ONCE, controller, gateway

MEDIA = MediaDescriptor(streams=(StreamDescriptor(1, LocalControlDescriptor(StreamMode.SEND_RECEIVE)),))
AUDIT = AuditDescriptor((AuditItem.MEDIA,))
OFFHOOK = ObservedEvent("al/of")
LEAVES = ServiceChangeParm(ServiceChangeMethod.FORCED, Value("905 Termination taken out of service", quoted=True))
IN_USE = ErrorDescriptor(433, "TerminationID is already in a Context")


class Far:
    """A gateway that says what a test told it to, and keeps what it was asked."""

    def __init__(self) -> None:
        """Say nothing of context 7, until told otherwise."""
        self.asked: list[tuple[ActionRequest, ...]] = []
        self.reply: Reply = (ActionReply(7),)
        self.is_silent = False

    async def __call__(self, event: RequestReceived) -> Reply:
        """Execute a request."""
        self.asked.append(event.request.actions)
        if self.is_silent:
            await asyncio.Event().wait()
        return self.reply

    def says(self, context_id: int, *replies: CommandReply) -> None:
        """Answer with one action."""
        self.reply = (ActionReply(context_id, replies=replies),)


@asynccontextmanager
async def far_end(**options: Any) -> AsyncIterator[tuple[Commands, Far]]:
    """The commands of a controller in memory to a gateway, and that gateway."""
    far = Far()
    async with controller("memory", **options) as (mgc, heard), gateway(mgc, on_request=far, **options):
        yield mgc.commands((await heard.first(GatewayUp)).gateway), far


# ------------------------------------------------------------------------------------------------- what is sent

Call = Callable[[Commands], Awaitable[Answer[Any]]]

CALLS: dict[str, tuple[Call, int, Command, CommandReply]] = {
    "add": (lambda to: to.add(7, "t", MEDIA), 7, AddRequest(("t",), (MEDIA,)), AddReply(("t",), (MEDIA,))),
    "modify": (lambda to: to.modify(7, "t", MEDIA), 7, ModifyRequest(("t",), (MEDIA,)), ModifyReply(("t",))),
    "subtract": (lambda to: to.subtract(7, "t"), 7, SubtractRequest(("t",)), SubtractReply(("t",))),
    "subtract, audited": (
        lambda to: to.subtract(7, "t", AUDIT),
        7,
        SubtractRequest(("t",), AUDIT),
        SubtractReply(("t",), (MEDIA,)),
    ),
    "move": (lambda to: to.move(7, "t", MEDIA), 7, MoveRequest(("t",), (MEDIA,)), MoveReply(("t",))),
    "audit value": (
        lambda to: to.audit_value(7, "t", AUDIT),
        7,
        AuditValueRequest(("t",), AUDIT),
        AuditValueReply(("t",), (MEDIA,)),
    ),
    "audit value of nothing": (
        lambda to: to.audit_value(NULL_CONTEXT, ROOT),
        NULL_CONTEXT,
        AuditValueRequest((ROOT,), AuditDescriptor()),
        AuditValueReply((ROOT,)),
    ),
    "audit capability": (
        lambda to: to.audit_capability(7, "t", AUDIT),
        7,
        AuditCapabilityRequest(("t",), AUDIT),
        AuditCapabilityReply(("t",), (MEDIA,)),
    ),
    "notify": (
        lambda to: to.notify(7, "t", 17, OFFHOOK),
        7,
        NotifyRequest(("t",), ObservedEventsDescriptor(17, (OFFHOOK,))),
        NotifyReply(("t",)),
    ),
    "service change": (
        lambda to: to.service_change(LEAVES, "t", 7),
        7,
        ServiceChangeRequest(("t",), LEAVES),
        ServiceChangeReply(("t",)),
    ),
}


@pytest.mark.parametrize("encoding", ["compact", "binary"])
@pytest.mark.parametrize("name", CALLS)
async def test_each_command(name: str, encoding: str) -> None:
    """A call sends its one command in a transaction of its own, and answers with the reply of that command's type."""
    call, context, command, reply = CALLS[name]
    async with far_end(encoding=encoding) as (commands, far):
        far.says(context, reply)
        answer = await soon(call(commands))
        assert far.asked == [(ActionRequest(context, commands=(CommandRequest(command),)),)]
        assert answer == Answer(context, (reply,))
        assert answer.reply == reply


WILDCARD_CALLS: dict[str, tuple[Call, CommandReply]] = {
    "add": (lambda to: to.add(7, "*", wildcard_return=True), AddReply(("*",))),
    "modify": (lambda to: to.modify(7, "*", wildcard_return=True), ModifyReply(("*",))),
    "subtract": (lambda to: to.subtract(7, "*", wildcard_return=True), SubtractReply(("*",))),
    "audit value": (lambda to: to.audit_value(7, "*", wildcard_return=True), AuditValueReply(("*",))),
    "audit capability": (lambda to: to.audit_capability(7, "*", wildcard_return=True), AuditCapabilityReply(("*",))),
}


@pytest.mark.parametrize("name", WILDCARD_CALLS)
async def test_one_reply_for_all(name: str) -> None:
    """``wildcard_return`` goes out as W-, and the one reply names the wildcard."""
    call, one = WILDCARD_CALLS[name]
    async with far_end() as (commands, far):
        far.says(7, one)
        answer = await soon(call(commands))
        ((action,),) = far.asked
        assert action.commands[0].wildcard_return
        assert not action.commands[0].optional
        assert answer.replies == (one,)


async def test_what_is_said_of_the_context() -> None:
    """Add and Modify take properties of the context along."""
    urgent = ContextProperties(priority=15, emergency=True)
    async with far_end() as (commands, far):
        for call in (commands.add, commands.modify):
            await soon(call(7, "t", properties=urgent))
        assert [actions[0].properties for actions in far.asked] == [urgent, urgent]


# -------------------------------------------------------------------------------------------------- what comes


async def test_a_new_context() -> None:
    """CHOOSE asks for a context; the answer has its number and the termination that was made."""
    async with far_end() as (commands, far):
        far.says(4711, AddReply(("rtp/1",)))
        answer = await soon(commands.add(CHOOSE_CONTEXT, "rtp/$"))
        assert far.asked[0][0].context_id == CHOOSE_CONTEXT
        assert (answer.context_id, answer.reply.termination_ids) == (4711, ("rtp/1",))


async def test_a_reply_for_each_termination() -> None:
    """A wildcard is answered once for each termination that it matched, in the gateway's order."""
    replies = tuple(ModifyReply((f"t/{number}",)) for number in (3, 1, 2))
    async with far_end() as (commands, far):
        far.says(7, *replies)
        answer = await soon(commands.modify(7, "t/*"))
        assert answer.replies == replies
        assert answer.reply == replies[0]


async def test_terminations_of_several_contexts() -> None:
    """Asked of all contexts there is no one number: the answer has the wildcard that was asked for."""
    async with far_end() as (commands, far):
        far.reply = tuple(ActionReply(number, replies=(AuditValueReply((f"t/{number}",)),)) for number in (1, 2))
        answer = await soon(commands.audit_value(ALL_CONTEXTS, "*"))
        assert answer == Answer(ALL_CONTEXTS, (AuditValueReply(("t/1",)), AuditValueReply(("t/2",))))


async def test_a_wildcard_that_matches_nothing() -> None:
    """No reply is no error; whoever takes the first nevertheless finds that out."""
    async with far_end() as (commands, _):
        answer = await soon(commands.subtract(7, "*"))
        assert answer == Answer(7, ())
        with pytest.raises(IndexError):
            _ = answer.reply


async def test_a_reply_to_something_else() -> None:
    """A far end that answers another command than was asked has not answered this one."""
    async with far_end() as (commands, far):
        far.says(7, SubtractReply(("t",)))
        assert (await soon(commands.add(7, "t"))).replies == ()


# ------------------------------------------------------------------------------------------------------- errors

FAILURES: dict[str, tuple[Reply, Level]] = {
    "transaction": (IN_USE, Level.TRANSACTION),
    "action": ((ActionReply(7, error=IN_USE),), Level.ACTION),
    "command": ((ActionReply(7, replies=(AddReply(("t",), (IN_USE,)),)),), Level.COMMAND),
    "a later command": (
        (ActionReply(7, replies=(AddReply(("t/1",)), AddReply(("t/2",), (MEDIA, IN_USE)))),),
        Level.COMMAND,
    ),
    "a later action": ((ActionReply(7, replies=(AddReply(("t",)),)), ActionReply(8, error=IN_USE)), Level.ACTION),
    "after a command": ((ActionReply(7, replies=(AddReply(("t",)),), error=IN_USE),), Level.ACTION),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_command_is_refused(name: str) -> None:
    """Whatever the level of an error, the command raises it with its code, its words and all that came."""
    reply, level = FAILURES[name]
    async with far_end() as (commands, far):
        far.reply = reply
        with pytest.raises(CommandRefusedError) as caught:
            await soon(commands.add(7, "t"))
        error = caught.value
        assert (error.code, error.what, error.level) == (433, IN_USE.text, level)
        assert str(error) == "error[433]: TerminationID is already in a Context"
        came = error.reply
        assert isinstance(came, TransactionReply)
        assert (came.error if level is Level.TRANSACTION else came.actions) == reply


@pytest.mark.parametrize(
    "reply",
    [NotifyReply(("t",), IN_USE), ServiceChangeReply(("t",), error=IN_USE), AuditValueReply(("t",), (IN_USE,))],
    ids=lambda reply: type(reply).__name__,
)
async def test_every_reply_can_be_an_error(reply: CommandReply) -> None:
    """An error is found where the reply of each command has it."""
    async with far_end() as (commands, far):
        far.says(7, reply)
        with pytest.raises(CommandRefusedError) as caught:
            await soon(commands.notify(7, "t", 1, OFFHOOK))
        assert (caught.value.code, caught.value.level) == (433, Level.COMMAND)


async def test_an_error_without_words() -> None:
    """The code is all there is to tell."""
    async with far_end() as (commands, far):
        far.reply = ErrorDescriptor(510)
        with pytest.raises(CommandRefusedError, match=r"^error\[510\]$"):
            await soon(commands.modify(7, "t"))


def test_no_refusal() -> None:
    """A reply without error, be it ever so empty, is none; of several errors the first counts."""
    assert refusal(TransactionReply(1)) is None
    assert refusal(TransactionReply(1, (ActionReply(7, replies=(AddReply(("t",), (MEDIA,)),)),))) is None
    replies = (ModifyReply(("t",), (ErrorDescriptor(430),)), ModifyReply(("t",), (ErrorDescriptor(431),)))
    found = refusal(TransactionReply(1, (ActionReply(7, replies=replies, error=ErrorDescriptor(432)),)))
    assert found is not None
    assert found.code == 430


# ------------------------------------------------------------------------------------------------- transactions


async def test_a_transaction_of_several_actions() -> None:
    """Any actions go out together; an error below the transaction is the caller's to look for."""
    actions = (
        ActionRequest(CHOOSE_CONTEXT, commands=tuple(CommandRequest(AddRequest((name,))) for name in ("a", "$"))),
        ActionRequest(7, commands=(CommandRequest(SubtractRequest(("*",)), optional=True, wildcard_return=True),)),
    )
    replies = (
        ActionReply(8, replies=(AddReply(("a",)), AddReply(("rtp/1",)))),
        ActionReply(7, replies=(SubtractReply(("*",), (IN_USE,)),)),
    )
    async with far_end() as (commands, far):
        far.reply = replies
        reply = await soon(commands.transaction(*actions))
        assert far.asked == [actions]
        assert reply.actions == replies
        found = refusal(reply)
        assert found is not None
        assert (found.code, found.level) == (433, Level.COMMAND)


async def test_a_transaction_is_refused() -> None:
    """Only an error of the transaction as a whole is raised."""
    async with far_end() as (commands, far):
        far.reply = IN_USE
        with pytest.raises(CommandRefusedError) as caught:
            await soon(commands.transaction(ActionRequest(7, commands=(CommandRequest(ModifyRequest(("t",))),))))
        assert (caught.value.code, caught.value.level) == (433, Level.TRANSACTION)


async def test_commands_at_once() -> None:
    """Several may be under way; each gets its own reply."""

    def execute(event: RequestReceived) -> Reply:
        (action,) = event.request.actions
        names = action.commands[0].command.termination_ids
        return (ActionReply(action.context_id, replies=(ModifyReply(names),)),)

    async with controller("memory") as (mgc, heard), gateway(mgc, on_request=execute):
        commands = mgc.commands((await heard.first(GatewayUp)).gateway)
        answers = await soon(asyncio.gather(*(commands.modify(number, f"t/{number}") for number in range(1, 101))))
        assert [answer.context_id for answer in answers] == list(range(1, 101))
        assert [answer.reply.termination_ids for answer in answers] == [(f"t/{number}",) for number in range(1, 101)]


# ------------------------------------------------------------------------------------------------------ no reply


async def test_a_command_is_given_up() -> None:
    """Who stops waiting, by a timeout or by cancellation, gives the request up; the next one is not held up by it."""
    far = Far()
    far.is_silent = True
    async with controller("memory") as (mgc, heard), gateway(mgc, on_request=far):
        commands = mgc.commands((await heard.first(GatewayUp)).gateway)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await commands.add(7, "t")
        waiting = asyncio.ensure_future(commands.modify(7, "t"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert (mgc.engine.outstanding, mgc.engine.counters.requests_cancelled) == (0, 2)
        far.is_silent = False
        far.says(7, ModifyReply(("t",)))
        assert (await soon(commands.modify(7, "t"))).reply == ModifyReply(("t",))


async def test_a_far_end_that_does_not_answer() -> None:
    """NoReplyError says why, as the name of a Failure."""
    brief = TransactionConfig(reliable_repeat_s=0.02, lifetime_s=0.05)
    async with controller("memory", transactions=brief) as (mgc, heard), gateway(mgc) as (mg, _):
        commands = mgc.commands((await heard.first(GatewayUp)).gateway)
        mg.pump.close()
        with pytest.raises(NoReplyError, match=r"did not answer within 0\.05 s") as caught:
            await soon(commands.add(7, "t"))
        assert caught.value.reason == "NO_REPLY"
        mg._is_in_service = False  # its link is closed: it has nothing to say good-bye with


async def test_an_endpoint_that_is_closed() -> None:
    """Who waits is told, and who asks after that."""
    far = Far()
    far.is_silent = True
    async with controller("memory") as (mgc, heard), gateway(mgc, on_request=far):
        commands = mgc.commands((await heard.first(GatewayUp)).gateway)
        waiting = asyncio.ensure_future(commands.add(7, "t"))
        await asyncio.sleep(0.01)
        await soon(mgc.close())
        with pytest.raises(NoReplyError, match="before the endpoint was closed") as caught:
            await soon(waiting)
        assert caught.value.reason == "CLOSED"
        with pytest.raises(TransportError, match="the endpoint is closed"):
            await soon(commands.add(7, "t"))


async def test_a_command_that_cannot_be_written() -> None:
    """Is the caller's mistake: nothing is sent, nobody waits for anything."""
    async with far_end() as (commands, far):
        with pytest.raises(LocalError):
            await soon(commands.add(-1, "t"))
        with pytest.raises(LocalError):
            await soon(commands.add(7, "no name { }"))
        assert far.asked == []


async def test_commands_of_a_gateway() -> None:
    """The gateway notifies its controller by the same calls."""
    far = Far()
    far.says(7, NotifyReply(("t",)))
    async with controller("memory", on_request=far) as (mgc, _), gateway(mgc) as (mg, _told):
        assert (await soon(mg.commands.notify(7, "t", 17, OFFHOOK))).reply == NotifyReply(("t",))
        ((action,),) = far.asked
        assert action.commands[0].command == NotifyRequest(("t",), ObservedEventsDescriptor(17, (OFFHOOK,)))


async def test_leaving_a_block_closes_the_endpoints() -> None:
    """A controller and a gateway are closed however the block ends."""
    async with await Mgc.listen("memory:block") as mgc, await Mg.connect("memory:block", association=AT_ONCE) as mg:
        await soon(mg.in_service())
        assert len(mgc.registrar.gateways) == 1
    for late in (mg.in_service(), mg.request()):
        with pytest.raises(TransportError, match="is closed"):
            await soon(late)
    async with await Mgc.listen("memory:block"):  # the name is free again
        pass


# ------------------------------------------------------------------------------------------------------ programs


@pytest.fixture(params=["uvloop", "asyncio"])
def loops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have ``run`` find uvloop installed, and not."""
    if request.param == "uvloop":
        pytest.importorskip("uvloop", reason="the extra uvloop is not installed")
    else:
        monkeypatch.setitem(sys.modules, "uvloop", None)
    return str(request.param)


async def _loop_module() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_the_loop_that_there_is(loops: str) -> None:
    """uvloop's where it is installed."""
    assert megaco.run(_loop_module()) == loops


def test_a_failure_passes(loops: str) -> None:
    """What the coroutine raises ``run`` raises; a cancellation that no signal brought too."""

    async def fail(error: BaseException) -> None:
        raise error

    for error in (ValueError("no"), asyncio.CancelledError()):
        with pytest.raises(type(error)):
            megaco.run(fail(error))


@pytest.mark.skipif(sys.platform == "win32", reason="a program there cannot send itself signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_program(loops: str, number: signal.Signals) -> None:
    """The coroutine is cancelled, may await while it closes, and the signal means afterwards what it meant before."""
    before, closed = signal.getsignal(number), []

    async def serve() -> str:
        loop = asyncio.get_running_loop()
        loop.call_later(0.01, os.kill, os.getpid(), number)
        try:
            await asyncio.sleep(5)
        finally:
            await asyncio.sleep(0)
            closed.append(number)
        return "never"

    assert megaco.run(serve()) is None
    assert closed == [number]
    assert signal.getsignal(number) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a program there cannot send itself signals")
def test_a_program_may_have_a_last_word(loops: str) -> None:
    """A coroutine that takes the cancellation and returns something has returned it."""

    async def serve() -> str:
        asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            return "good-bye"
        return "never"

    assert megaco.run(serve()) == "good-bye"


def test_in_another_thread(loops: str) -> None:
    """Only the main thread hears signals; others run programs all the same."""
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(megaco.run(_loop_module())))
    thread.start()
    thread.join(5)
    assert results == [loops]
