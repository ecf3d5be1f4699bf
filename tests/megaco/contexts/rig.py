"""A gateway whose application does what a test tells it to, and how tests write transactions."""

from collections.abc import Callable, Iterable
from typing import Any

from megaco.contexts import Call, ChooseCall, CommandCall, Contexts, ContextsConfig, Execution
from megaco.contexts.errors import CommandError
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueRequest,
    Command,
    CommandReply,
    CommandRequest,
    ContextAudit,
    ContextProperties,
    ErrorDescriptor,
    ModifyRequest,
    MoveRequest,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    SubtractRequest,
    TransactionRequest,
    Value,
)

App = Callable[[Call], Any]
"""Returns the result of a call, or raises what refuses it."""
NOTHING = AuditDescriptor()


def accept(call: Call) -> None:
    """Do whatever is asked, and tell nothing."""


def refuse(*names: str, code: int = 510) -> App:
    """Return an application that refuses every command on the terminations named."""

    def app(call: Call) -> None:
        if isinstance(call, CommandCall) and call.termination.name in names:
            raise CommandError(code, f"not on {call.termination.name}")

    return app


class Rig:
    """A gateway's books and its application."""

    def __init__(self, *provisioned: str, app: App = accept, **config: Any) -> None:
        self.contexts = Contexts(ContextsConfig(**config), provisioned=provisioned)
        self.app = app
        self.calls: list[Call] = []
        self.now = 0.0
        self.version = 3

    def run(self, *actions: ActionRequest) -> tuple[ActionReply, ...]:
        """Execute a transaction."""
        self.calls.clear()
        return self.drive(self.contexts.execute(TransactionRequest(1, actions), self.version, self.now))

    def drive(self, execution: Execution) -> tuple[ActionReply, ...]:
        """Answer the calls of an execution as the application says."""
        try:
            call = next(execution)
            while True:
                self.calls.append(call)
                try:
                    result = call.accept(self.app(call))
                except CommandError as error:
                    call = execution.throw(error)
                else:
                    call = execution.send(result)
        except StopIteration as stop:
            replies: tuple[ActionReply, ...] = stop.value
            return replies

    def one(self, context_id: int, *commands: Command | CommandRequest, **parts: Any) -> ActionReply:
        """Execute one action that has one reply."""
        (reply,) = self.run(action(context_id, *commands, **parts))
        return reply

    def reply(self, context_id: int, command: Command | CommandRequest) -> CommandReply:
        """Execute one command that has one reply."""
        (reply,) = self.one(context_id, command).replies
        return reply

    def error(self, context_id: int, command: Command | CommandRequest) -> ErrorDescriptor:
        """Execute one command, which is refused."""
        error = getattr(self.reply(context_id, command), "error", None)
        assert isinstance(error, ErrorDescriptor)
        return error

    def code(self, context_id: int, command: Command | CommandRequest) -> int:
        """Execute one command, which is refused; return the code."""
        return self.error(context_id, command).code

    def refused(self, context_id: int, *commands: Command, **parts: Any) -> int:
        """Execute an action that is refused as a whole; return the code."""
        reply = self.one(context_id, *commands, **parts)
        assert reply.error is not None
        assert reply.replies == ()
        return reply.error.code

    def new(self, *names: str) -> int:
        """Make a context with terminations; return its number."""
        return self.one(CHOOSE_CONTEXT, *(add(name) for name in names)).context_id

    @property
    def places(self) -> dict[str, int]:
        """Which context each termination is in."""
        return {one.name: one.context_id for one in self.contexts.terminations.values()}

    @property
    def said(self) -> list[str]:
        """What the application was asked to do, in short."""
        return [f"{call.method} {_subject(call)}" for call in self.calls]

    def check(self) -> None:
        """Fail unless the books agree with themselves."""
        check(self.contexts)


def check(contexts: Contexts) -> None:
    """Fail unless the books agree with themselves: each termination at one place, no context empty."""
    inventory = contexts._inventory
    found = dict(inventory.idle)
    for number, context in contexts.contexts.items():
        assert context.id == number
        assert context.terminations, f"context {number} is empty"
        for key, one in context.terminations.items():
            assert one.context is context
            assert key not in found, f"{key} is at two places"
            found[key] = one
        ends = {end.lower() for flow in context.topology for end in (flow.termination_from, flow.termination_to)}
        assert ends <= context.terminations.keys()
    assert found == dict(contexts.terminations)
    assert all(key == one.name.lower() for key, one in found.items())
    assert all(one.is_provisioned and one.context is None for one in inventory.idle.values())
    assert inventory._provisioned == sorted(key for key, one in found.items() if one.is_provisioned)


def _subject(call: Call) -> str:
    if isinstance(call, CommandCall):
        return call.termination.name
    return call.pattern if isinstance(call, ChooseCall) else str(call.context.id)


def action(
    context_id: int,
    *commands: Command | CommandRequest,
    properties: ContextProperties | None = None,
    audit: ContextAudit | None = None,
) -> ActionRequest:
    """Write an action."""
    requests = tuple(one if isinstance(one, CommandRequest) else CommandRequest(one) for one in commands)
    return ActionRequest(context_id, properties, audit, requests)


def optional(command: Command) -> CommandRequest:
    """Write ``O-`` before a command."""
    return CommandRequest(command, optional=True)


def together(command: Command) -> CommandRequest:
    """Write ``W-`` before a command."""
    return CommandRequest(command, wildcard_return=True)


def add(*names: str, descriptors: Iterable[Any] = ()) -> AddRequest:
    """Write Add."""
    return AddRequest(names, tuple(descriptors))


def move(*names: str, descriptors: Iterable[Any] = ()) -> MoveRequest:
    """Write Move."""
    return MoveRequest(names, tuple(descriptors))


def modify(*names: str, descriptors: Iterable[Any] = ()) -> ModifyRequest:
    """Write Modify."""
    return ModifyRequest(names, tuple(descriptors))


def subtract(*names: str, audit: AuditDescriptor | None = None) -> SubtractRequest:
    """Write Subtract."""
    return SubtractRequest(names, audit)


def value(*names: str, items: Iterable[AuditItem] = ()) -> AuditValueRequest:
    """Write AuditValue."""
    return AuditValueRequest(names, AuditDescriptor(tuple(items)))


def capability(*names: str, items: Iterable[AuditItem] = ()) -> AuditCapabilityRequest:
    """Write AuditCapability."""
    return AuditCapabilityRequest(names, AuditDescriptor(tuple(items)))


def service_change(
    *names: str, method: ServiceChangeMethod | None = ServiceChangeMethod.FORCED, delay: int | None = None
) -> ServiceChangeRequest:
    """Write ServiceChange."""
    extension = "X-METHOD" if method is None else None
    reason = Value("905 Termination taken out of service", quoted=True)
    return ServiceChangeRequest(names, ServiceChangeParm(method, reason, delay, method_extension=extension))


def codes(reply: ActionReply) -> list[int | None]:
    """Return the errors of an action's command replies."""
    return [None if one.error is None else one.error.code for one in reply.replies]


def idle(*names: str) -> dict[str, int]:
    """Return the places of terminations that are in the null context."""
    return dict.fromkeys(names, NULL_CONTEXT)
