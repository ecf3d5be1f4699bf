"""Replies to commands: what was done, or why not."""

from collections.abc import Sequence

from megaco.message import (
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditReturn,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    SubtractReply,
    SubtractRequest,
)

_Told = tuple[AuditReturn, ...]
_Reply = AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply
_REPLY_TO: dict[type[Command], type[_Reply]] = {
    AddRequest: AddReply,
    MoveRequest: MoveReply,
    ModifyRequest: ModifyReply,
    SubtractRequest: SubtractReply,
    AuditValueRequest: AuditValueReply,
    AuditCapabilityRequest: AuditCapabilityReply,
}


def reply_to(command: Command, names: tuple[str, ...], told: _Told | ServiceChangeResParm | None) -> CommandReply:
    """Write the reply to a command that was carried out on the terminations named."""
    if isinstance(command, ServiceChangeRequest):
        return ServiceChangeReply(names, told if isinstance(told, ServiceChangeResParm) else None)
    return _REPLY_TO[type(command)](names, told if isinstance(told, tuple) else ())


def refusal_of(command: Command, names: tuple[str, ...], error: ErrorDescriptor) -> CommandReply:
    """Write the reply to a command that failed."""
    match command:
        case NotifyRequest():
            return NotifyReply(names, error)
        case ServiceChangeRequest():
            return ServiceChangeReply(names, error=error)
    return _REPLY_TO[type(command)](names, (error,))


def union_reply(command: Command, told: Sequence[AuditReturn]) -> CommandReply:
    """Write a wildcarded reply, under the names that the command has; of ServiceChange there is at most an error."""
    if isinstance(command, ServiceChangeRequest):
        error = next((one for one in told if isinstance(one, ErrorDescriptor)), None)
        return ServiceChangeReply(command.termination_ids, error=error)
    return _REPLY_TO[type(command)](command.termination_ids, tuple(told))
