"""Commands to a far end, one awaited call each, with typed replies (H.248.1 clause 7.2)."""

from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

from megaco.errors import CommandRefusedError, Level
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandRequest,
    ContextProperties,
    Descriptor,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    first_error,
)

Ask = Callable[..., Awaitable[TransactionReply]]
"""Sends actions, waits for their reply; raises NoReplyError."""

Kind = TypeVar("Kind")


class Answer(NamedTuple, Generic[Kind]):
    """What came of one command."""

    context_id: int
    """Of the reply: where the command asked for a new context, the one that was made."""
    replies: tuple[Kind, ...]
    """One for each termination that the command named, or one in all where it asked for that."""

    @property
    def reply(self) -> Kind:
        """The only reply, or the first; raises IndexError where a wildcard matched nothing."""
        return self.replies[0]


class Commands:
    """Commands to one far end.

    Each method sends one command in a transaction of its own and waits. It raises CommandRefusedError where the reply
    is an error, NoReplyError where none comes, LocalError where the command cannot be sent. Whoever stops waiting
    (cancellation, ``asyncio.timeout``) gives the request up.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def transaction(self, *actions: ActionRequest) -> TransactionReply:
        """Send actions with any commands as one transaction.

        Raises CommandRefusedError only where the transaction as a whole was refused: ``refusal`` finds other errors.
        """
        reply = await self._ask(*actions)
        if reply.error is not None:
            raise _refused(reply.error, Level.TRANSACTION, reply)
        return reply

    async def add(
        self,
        context_id: int,
        termination_id: str,
        *descriptors: Descriptor,
        properties: ContextProperties | None = None,
        wildcard_return: bool = False,
    ) -> Answer[AddReply]:
        """Put a termination into a context (clause 7.2.1); ``CHOOSE_CONTEXT`` makes one, ``$`` a termination."""
        command = AddRequest((termination_id,), descriptors)
        return await self._command(AddReply, context_id, command, properties, wildcard_return)

    async def modify(
        self,
        context_id: int,
        termination_id: str,
        *descriptors: Descriptor,
        properties: ContextProperties | None = None,
        wildcard_return: bool = False,
    ) -> Answer[ModifyReply]:
        """Change a termination (clause 7.2.2)."""
        command = ModifyRequest((termination_id,), descriptors)
        return await self._command(ModifyReply, context_id, command, properties, wildcard_return)

    async def subtract(
        self,
        context_id: int,
        termination_id: str,
        audit: AuditDescriptor | None = None,
        *,
        wildcard_return: bool = False,
    ) -> Answer[SubtractReply]:
        """Take a termination out of its context (clause 7.2.3); ``audit`` None: all statistics come back."""
        command = SubtractRequest((termination_id,), audit)
        return await self._command(SubtractReply, context_id, command, None, wildcard_return)

    async def move(self, context_id: int, termination_id: str, *descriptors: Descriptor) -> Answer[MoveReply]:
        """Take a termination from its context into this one (clause 7.2.4)."""
        return await self._command(MoveReply, context_id, MoveRequest((termination_id,), descriptors))

    async def audit_value(
        self,
        context_id: int,
        termination_id: str,
        audit: AuditDescriptor | None = None,
        *,
        wildcard_return: bool = False,
    ) -> Answer[AuditValueReply]:
        """Learn the present state of a termination (clause 7.2.5); ``audit`` None: only that it is there."""
        command = AuditValueRequest((termination_id,), audit or AuditDescriptor())
        return await self._command(AuditValueReply, context_id, command, None, wildcard_return)

    async def audit_capability(
        self,
        context_id: int,
        termination_id: str,
        audit: AuditDescriptor | None = None,
        *,
        wildcard_return: bool = False,
    ) -> Answer[AuditCapabilityReply]:
        """Learn what a termination can do (clause 7.2.6)."""
        command = AuditCapabilityRequest((termination_id,), audit or AuditDescriptor())
        return await self._command(AuditCapabilityReply, context_id, command, None, wildcard_return)

    async def notify(
        self, context_id: int, termination_id: str, request_id: int, *events: ObservedEvent
    ) -> Answer[NotifyReply]:
        """Report events that the Events descriptor ``request_id`` asked for (clause 7.2.7)."""
        command = NotifyRequest((termination_id,), ObservedEventsDescriptor(request_id, events))
        return await self._command(NotifyReply, context_id, command)

    async def service_change(
        self, services: ServiceChangeParm, termination_id: str = ROOT, context_id: int = NULL_CONTEXT
    ) -> Answer[ServiceChangeReply]:
        """Tell that a termination, or the gateway as a whole, leaves or returns to service (clause 7.2.8)."""
        return await self._command(ServiceChangeReply, context_id, ServiceChangeRequest((termination_id,), services))

    async def _command(
        self,
        kind: type[Kind],
        context_id: int,
        command: Command,
        properties: ContextProperties | None = None,
        wildcard_return: bool = False,
    ) -> Answer[Kind]:
        asked = CommandRequest(command, wildcard_return=wildcard_return)
        reply = await self._ask(ActionRequest(context_id, properties, commands=(asked,)))
        found = refusal(reply)
        if found is not None:
            raise found
        contexts = {action.context_id for action in reply.actions}
        replies = tuple(one for action in reply.actions for one in action.replies if isinstance(one, kind))
        return Answer(contexts.pop() if len(contexts) == 1 else context_id, replies)


def refusal(reply: TransactionReply) -> CommandRefusedError | None:
    """Return the first error of a reply, whatever its level, as what could be raised; None: there is none."""
    found = first_error(reply.error, reply.actions)
    if found is None:
        return None
    level, error = found
    return _refused(error, level, reply)


def _refused(error: ErrorDescriptor, level: Level, reply: TransactionReply) -> CommandRefusedError:
    return CommandRefusedError(error.text or "", error.code, level, reply)
