"""OTP's controller sets calls up in the contexts of our gateway."""

from collections.abc import Iterator

import pytest

from megaco.contexts import Context, Termination
from megaco.endpoint.terminations import Behaviour, Terminations
from megaco.message import (
    ALL,
    ALL_CONTEXTS,
    CHOOSE,
    CHOOSE_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandRequest,
    ContextAuditReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    SubtractReply,
    SubtractRequest,
)

from .ends import TERMINATIONS, Driven, Executor, Stage, actions_of, requests

ENCODINGS = ("pretty", "compact", "binary")
LINE, FIRST_CHOSEN, SECOND_CHOSEN = TERMINATIONS
SOME = f"00000001/00000000/{CHOOSE}"
"""One of the terminations that a controller does not name."""
FIRST_CONTEXT = 10
NO_STATISTICS = AuditDescriptor()


class Names(Behaviour):
    """Gives names that binary has room for."""

    def __init__(self) -> None:
        self._names: Iterator[str] = iter((FIRST_CHOSEN, SECOND_CHOSEN))

    def choose(self, pattern: str, context: Context, command: AddRequest) -> str | Termination | None:
        """Return the next name."""
        return next(self._names)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_call(stage: Stage, encoding: str) -> None:
    """A context comes with its first termination and goes with its last; a termination moves into a new one."""
    call = await Call.begin(stage, encoding)
    assert await call.ask(CHOOSE_CONTEXT, AddRequest((LINE,)), AddRequest((SOME,))) == ActionReply(
        FIRST_CONTEXT, replies=(AddReply((LINE,)), AddReply((FIRST_CHOSEN,)))
    )
    added = await call.ask(FIRST_CONTEXT, AddRequest((SOME,)))
    assert added == ActionReply(FIRST_CONTEXT, replies=(AddReply((SECOND_CHOSEN,)),))
    moved = await call.ask(CHOOSE_CONTEXT, MoveRequest((LINE,)))
    assert moved == ActionReply(FIRST_CONTEXT + 1, replies=(MoveReply((LINE,)),))
    assert call.members() == {FIRST_CONTEXT: {FIRST_CHOSEN, SECOND_CHOSEN}, FIRST_CONTEXT + 1: {LINE}}
    subtracted = await call.ask(FIRST_CONTEXT, SubtractRequest((ALL,), NO_STATISTICS))
    expected = {SubtractReply((name,)) for name in (FIRST_CHOSEN, SECOND_CHOSEN)}
    assert (subtracted.context_id, set(subtracted.replies)) == (FIRST_CONTEXT, expected)
    assert call.members() == {FIRST_CONTEXT + 1: {LINE}}


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_errors_stand_where_they_belong(stage: Stage, encoding: str) -> None:
    """What fails ends its action unless it is optional; a context that is not there fails as a whole."""
    call = await Call.begin(stage, encoding)
    await call.ask(CHOOSE_CONTEXT, AddRequest((LINE,)))
    unknown = ModifyRequest((FIRST_CHOSEN,))
    commands = (
        CommandRequest(unknown, optional=True),
        CommandRequest(ModifyRequest((LINE,))),
        CommandRequest(unknown),
        CommandRequest(ModifyRequest((LINE,))),
    )
    call.otp.cast("errors", requests((ActionRequest(FIRST_CONTEXT, commands=commands),)))
    (reply,) = actions_of(await call.otp.reply("errors"))
    errors = [getattr(one, "error", None) for one in reply.replies]
    assert [error and error.code for error in errors] == [430, None, 430]
    call.otp.cast("nowhere", requests((ActionRequest(99, commands=(CommandRequest(ModifyRequest((LINE,))),)),)))
    (nowhere,) = actions_of(await call.otp.reply("nowhere"))
    assert nowhere.error is not None
    assert (nowhere.context_id, nowhere.error.code, nowhere.replies) == (99, 411, ())


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_audits(stage: Stage, encoding: str) -> None:
    """Of what is where OTP is told, in a context and over all of them."""
    call = await Call.begin(stage, encoding)
    await call.ask(CHOOSE_CONTEXT, AddRequest((LINE,)), AddRequest((SOME,)))
    audit = AuditValueRequest((ALL,), AuditDescriptor())
    expected = {(FIRST_CONTEXT, LINE), (FIRST_CONTEXT, FIRST_CHOSEN)}
    assert _told(await call.ask(FIRST_CONTEXT, audit)) == expected
    call.otp.cast("everywhere", requests((ActionRequest(ALL_CONTEXTS, commands=(CommandRequest(audit),)),)))
    assert _told(*actions_of(await call.otp.reply("everywhere"))) == expected


def _told(*actions: ActionReply) -> set[tuple[int, str]]:
    """Return which terminations an audit names, in which contexts."""
    return {
        (action.context_id, name)
        for action in actions
        for one in action.replies
        if isinstance(one, AuditValueReply | ContextAuditReply)
        for name in one.termination_ids
    }


class Call:
    """A controller of OTP's, and what it asks of our terminations."""

    def __init__(self, driven: Driven, terminations: Terminations) -> None:
        self.otp = driven.otp
        self._terminations = terminations

    @classmethod
    async def begin(cls, stage: Stage, encoding: str) -> "Call":
        """Register a gateway with one physical termination."""
        terminations = Terminations(Names(), provisioned=[LINE], first_context_id=FIRST_CONTEXT)
        return cls(await stage.driven("udp", encoding, executor=Executor(terminations)), terminations)

    async def ask(self, context_id: int, *commands: Command) -> ActionReply:
        """Have OTP ask, and return what it is answered for its one action, which has no error."""
        action = ActionRequest(context_id, commands=tuple(map(CommandRequest, commands)))
        self.otp.cast("ask", requests((action,)))
        (reply,) = actions_of(await self.otp.reply("ask"))
        assert reply.error is None
        return reply

    def members(self) -> dict[int, set[str]]:
        """Return which terminations our gateway has in which context."""
        contexts = self._terminations.contexts
        return {number: set(context.terminations) for number, context in contexts.contexts.items()}
