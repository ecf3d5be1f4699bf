"""Outcomes to command replies, replies to outcomes."""

from typing import assert_never

from megaco.message import (
    ROOT,
    ActionReply,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditCapabilityRequest,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    ErrorDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    MoveReply,
    MoveRequest,
    NotifyReply,
    NotifyRequest,
    Octets,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    StreamDescriptor,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    first_error,
)
from megaco.packages.places import UNNAMED_STREAM

from .outcomes import Acknowledged, Audited, Outcome, Rejected, Released, Reserved, ServiceChanged


def compose_outcome(command: Command, outcome: Outcome) -> tuple[CommandReply, ...]:
    """Write an outcome as the reply to a command, or the replies where it concerns several terminations.

    Of a connection point only what was under-specified comes back (TS 29.334 clause 5.8).
    """
    match outcome:
        case Rejected(code=code, text=text):
            return (refusal(command, ErrorDescriptor(code, text)),)
        case Reserved(termination_id=termination_id):
            return (_audited(command, (termination_id,), _media_of(outcome)),)
        case Released(termination_ids=named):
            return tuple(SubtractReply((one,)) for one in named)
        case Acknowledged(termination_ids=named):
            return (NotifyReply(named) if isinstance(command, NotifyRequest) else ModifyReply(named),)
        case ServiceChanged(termination_ids=named):
            return (ServiceChangeReply(named, _accepted(outcome)),)
        case Audited(termination_ids=named, told=told):
            return tuple(_audited(command, (one,), told) for one in named)
    assert_never(outcome)


def _media_of(reserved: Reserved) -> tuple[MediaDescriptor, ...]:
    streams = tuple(
        StreamDescriptor(number, local=LocalDescriptor(Octets(sdp))) for number, sdp in sorted(reserved.locals.items())
    )
    return (MediaDescriptor(streams=streams),) if streams else ()


def _accepted(outcome: ServiceChanged) -> ServiceChangeResParm | None:
    told = ServiceChangeResParm(mgc_id_to_try=outcome.controller, profile=outcome.profile, version=outcome.version)
    return told if told != ServiceChangeResParm() else None


_AuditedReply = AddReply | MoveReply | ModifyReply | SubtractReply | AuditValueReply | AuditCapabilityReply

_REPLY_TO: dict[type[Command], type[_AuditedReply]] = {
    AddRequest: AddReply,
    MoveRequest: MoveReply,
    ModifyRequest: ModifyReply,
    SubtractRequest: SubtractReply,
    AuditValueRequest: AuditValueReply,
    AuditCapabilityRequest: AuditCapabilityReply,
}


def _audited(command: Command, named: tuple[str, ...], told: tuple[object, ...]) -> CommandReply:
    return _REPLY_TO[type(command)](named, told)  # type: ignore[arg-type]  # descriptors of replies, whichever


def refusal(command: Command, error: ErrorDescriptor) -> CommandReply:
    """Write the reply to a command that failed."""
    match command:
        case NotifyRequest():
            return NotifyReply(command.termination_ids, error)
        case ServiceChangeRequest():
            return ServiceChangeReply(command.termination_ids, error=error)
    return _audited(command, command.termination_ids, (error,))


def read_outcome(reply: TransactionReply | None) -> Outcome:
    """Read the reply to a request of one procedure; None, where none came, is Rejected with code 0."""
    if reply is None:
        return Rejected(0, "the gateway does not answer")
    found = first_error(reply.error, reply.actions)
    if found is not None:
        _, error = found
        return Rejected(error.code, error.text or "")
    for action in reply.actions:
        outcome = _outcome(action)
        if outcome is not None:
            return outcome
    return Rejected(0, "the gateway's reply holds no command reply")


def _outcome(action: ActionReply) -> Outcome | None:
    context_id = action.context_id
    subtracted = tuple(name for one in action.replies if isinstance(one, SubtractReply) for name in one.termination_ids)
    for one in action.replies:
        match one:
            case AddReply() | ModifyReply() if one.termination_ids[0].upper() != ROOT:
                return Reserved(context_id, one.termination_ids[0], _chosen(one.media))
            case SubtractReply():
                return Released(context_id, subtracted)
            case NotifyReply() | ModifyReply():
                return Acknowledged(context_id, one.termination_ids)
            case ServiceChangeReply():
                told = one.services or ServiceChangeResParm()
                return ServiceChanged(context_id, one.termination_ids, told.version, told.profile, told.mgc_id_to_try)
            case AuditValueReply() | AuditCapabilityReply():
                return Audited(context_id, one.termination_ids, one.descriptors)
    return None


def _chosen(media: MediaDescriptor | None) -> dict[int, bytes]:
    streams = media.streams if media is not None else ()
    return {
        stream.stream_id or UNNAMED_STREAM: bytes(stream.local.sdp) for stream in streams if stream.local is not None
    }
