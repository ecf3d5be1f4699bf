"""H.248 actions to procedures, replies to outcomes."""

from dataclasses import dataclass

from iq_profile.roles import Element, Roles, Sender
from megaco.message import (
    ROOT,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditValueRequest,
    Command,
    CommandRequest,
    ModifyRequest,
    MoveRequest,
    NotifyRequest,
    ServiceChangeRequest,
    SubtractRequest,
)

from .elements import missing_elements
from .model import TITLES, AuditCapability, AuditValue, Procedure, ReleaseTerminations
from .reading import NO_COMMAND, NO_DESCRIPTOR, Fault, Reader
from .reports import activate, indications
from .reservations import configure, reserve
from .service_changes import service_change


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a command is of the profile."""

    command: Command
    procedures: tuple[Procedure, ...] = ()
    """One, or one for each termination or event that the command names; none where it fits none."""
    lacking: tuple[Element, ...] = ()
    """Mandatory information elements that are not there."""
    faults: tuple[Fault, ...] = ()
    nearest: str = ""
    """Where it fits none, the key of the procedure that comes nearest; "" where none is near."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Titles of what is lacking."""
        return tuple(element.title for element in self.lacking)

    @property
    def title(self) -> str:
        """What it is called; of one that fits no procedure the nearest."""
        keys = dict.fromkeys(one.key for one in self.procedures) or ((self.nearest,) if self.nearest else ())
        return ", ".join(TITLES[key] for key in keys)


def recognise(action: ActionRequest, roles: Roles, sender: Sender | None = None) -> tuple[Procedure, ...]:
    """Read an action as procedures, Subtracts together; a command that fits none is left out.

    ``sender`` tells apart procedures that look alike; None: one that has all that it must have.
    """
    found: list[Procedure] = []
    subtracted: list[ReleaseTerminations] = []
    for request in action.commands:
        for procedure in recognise_command(action, request, roles, sender).procedures:
            if isinstance(procedure, ReleaseTerminations):
                subtracted.append(procedure)
            else:
                found.append(procedure)
    if subtracted:
        names = tuple(name for one in subtracted for name in one.termination_ids)
        found.append(ReleaseTerminations(action.context_id, names, any(one.is_wildcarded for one in subtracted)))
    return tuple(found)


def recognise_command(
    action: ActionRequest, request: CommandRequest, roles: Roles, sender: Sender | None = None
) -> Recognition:
    """Read a command of an action: what procedure it is, what is missing to it, and what it has beside it."""
    reader = Reader(action.context_id, action.properties, roles)
    command = request.command
    match command:
        case AddRequest():
            procedures, nearest = reserve(reader, command), "reserve"
        case ModifyRequest(termination_ids=(name, *_)) if name.upper() == ROOT:
            procedures, nearest = activate(reader, command), ""
        case ModifyRequest():
            procedures, nearest = configure(reader, command), "configure"
        case SubtractRequest():
            release = ReleaseTerminations(action.context_id, command.termination_ids, request.wildcard_return)
            procedures, nearest = (release,), "release"
        case NotifyRequest():
            procedures, nearest = indications(reader, command), ""
        case AuditValueRequest() | AuditCapabilityRequest():
            procedures, nearest = (_audit(reader, command),), ""
        case ServiceChangeRequest():
            procedures, nearest = service_change(reader, command, sender)
        case MoveRequest():
            procedures, nearest = (), ""
            reader.fault(NO_COMMAND, "Unsupported or unknown command Move")
    procedures = tuple(one for one in procedures if reader.is_in_place(one, command))
    reader.beside_command(action, request)
    lacking = tuple(element for one in procedures for element in missing_elements(one, roles))
    return Recognition(command, procedures, lacking, tuple(reader.faults), "" if procedures else nearest)


def _audit(reader: Reader, request: AuditValueRequest | AuditCapabilityRequest) -> Procedure:
    """Read an audit."""
    kind = AuditValue if isinstance(request, AuditValueRequest) else AuditCapability
    if request.audit.individual:
        reader.fault(NO_DESCRIPTOR, "Unsupported or unknown descriptor in an audit: a part of one")
    return kind(reader.context_id, request.termination_ids, tuple(item.value for item in request.audit.items))
