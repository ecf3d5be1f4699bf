"""Requests and replies from the few words that a plan has for them."""

from typing import Final

from megaco.message import (
    ALL_CONTEXTS,
    CHOOSE,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    AuditReturn,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    CommandRequest,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    SubtractReply,
    SubtractRequest,
    TransactionRequest,
)

_CONTEXTS: Final = {"$": CHOOSE_CONTEXT, "*": ALL_CONTEXTS, "-": NULL_CONTEXT}
_SEEN: Final = ObservedEventsDescriptor(1, (ObservedEvent("al/of"),))
_FAILED: Final = 500
_UNWRITABLE: Final = ErrorDescriptor(_FAILED, 'ü"')
"""Text that no encoding has a form for."""

Said = tuple[tuple[ActionReply, ...], ErrorDescriptor | None]
"""What an executor returns: the actions of the reply, or the error of the whole."""


def actions_of(texts: tuple[str, ...]) -> tuple[ActionRequest, ...]:
    """Return the actions of a step."""
    return tuple(_action(text) for text in texts)


def _action(text: str) -> ActionRequest:
    context, _, commands = text.partition(":")
    number = _CONTEXTS.get(context) if context in _CONTEXTS else int(context)
    assert number is not None
    return ActionRequest(number, commands=tuple(CommandRequest(_command(one.strip())) for one in commands.split(",")))


def _command(text: str) -> Command:
    word, _, names = text.partition(" ")
    ids = tuple(names.split("+"))
    match word:
        case "add":
            return AddRequest(ids)
        case "move":
            return MoveRequest(ids)
        case "modify":
            return ModifyRequest(ids)
        case "subtract":
            return SubtractRequest(ids)
        case "audit":
            return AuditValueRequest(ids, AuditDescriptor())
        case "notify":
            return NotifyRequest(ids, _SEEN)
    raise ValueError(f"no such command: {text}")


def said(request: TransactionRequest, says: str, voice: str = "x") -> Said:
    """Return what the executor of a step says to its request; ``voice`` tells long replies of several apart."""
    word, _, rest = says.partition(" ")
    if word == "error":
        return (), ErrorDescriptor(int(rest), "as drawn")
    if word == "unwritable":
        return (ActionReply(1, error=_UNWRITABLE),), None
    text = (voice * int(rest))[: int(rest)] if word == "long" else ""
    actions = tuple(_action_reply(action, text) for action in request.actions)
    if word == "stop":
        return (_stopped(actions[0]),), None
    return actions, None


def _stopped(action: ActionReply) -> ActionReply:
    return ActionReply(action.context_id, replies=action.replies[:1], error=ErrorDescriptor(_FAILED, "as drawn"))


def _action_reply(action: ActionRequest, text: str) -> ActionReply:
    replies = tuple(_command_reply(asked.command, text) for asked in action.commands)
    return ActionReply(1 if action.context_id == CHOOSE_CONTEXT else action.context_id, replies=replies)


def _command_reply(command: Command, text: str) -> CommandReply:
    ids = tuple(name.replace(CHOOSE, "9") for name in command.termination_ids)
    error = ErrorDescriptor(_FAILED, text) if text else None
    told: tuple[AuditReturn, ...] = () if error is None else (error,)
    match command:
        case AddRequest():
            return AddReply(ids, told)
        case MoveRequest():
            return MoveReply(ids, told)
        case ModifyRequest():
            return ModifyReply(ids, told)
        case SubtractRequest():
            return SubtractReply(ids, told)
        case AuditValueRequest():
            return AuditValueReply(ids, told)
        case _:
            return NotifyReply(ids, error)
