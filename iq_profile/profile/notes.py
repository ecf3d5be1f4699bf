"""What a reader of a message wants to know of its commands: which procedure each is, at which side, for what media."""

from iq_profile.procedures import Recognition, ReserveConnectionPoint
from iq_profile.roles import Roles
from megaco.message import Message, StreamDescriptor

from .case import Case, Told, parsed, streams_of
from .checks import no_procedure
from .loading import Profile


def procedure_notes(message: Message, profile: Profile) -> dict[int, str]:
    """Return words for each command of a message, by the ``id`` of its node; none where a profile has no procedures."""
    roles = profile.roles_or_none
    if roles is None:
        return {}
    case = Case(message, profile)
    notes = {id(asked.command): _note(recognition, roles) for asked, recognition in case.recognitions}
    return notes | {id(told.node): text for told in case.told if (text := _reply_note(told, roles))}


def _note(recognition: Recognition, roles: Roles) -> str:
    """Name a procedure with where it is and what it carries, and what is missing; or say that it is none."""
    if not recognition.procedures:
        return no_procedure(recognition)
    faults = [fault.what for fault in recognition.faults]
    command = recognition.command
    words = [recognition.title, _interface(recognition, roles), _transports(streams_of(command))]
    titles = dict.fromkeys(recognition.missing)
    missing = f"missing: {', '.join(titles)}" if titles else ""
    beside = f"beside it: {'; '.join(faults)}" if faults else ""
    return " - ".join(part for part in (", ".join(word for word in words if word), missing, beside) if part)


def _interface(recognition: Recognition, roles: Roles) -> str:
    """Return the interface that a procedure is about, "" where it is about several or none."""
    first = recognition.procedures[0]
    if isinstance(first, ReserveConnectionPoint):
        return first.interface or ""
    names = {roles.terminations.interface_of(name) or "" for name in recognition.command.termination_ids}
    return names.pop() if len(names) == 1 else ""


def _transports(streams: tuple[StreamDescriptor, ...]) -> str:
    """Return the transports of the m-lines of streams: ``TCP/MSRP``."""
    nodes = [node for stream in streams for node in (stream.local, stream.remote) if node is not None]
    told = [sdp for node in nodes if (sdp := parsed(node)) is not None]
    return ", ".join(dict.fromkeys(media.protocol for sdp in told for media in sdp.media))


def _reply_note(told: Told, roles: Roles) -> str:
    """Say where a reply is from and what was chosen."""
    names: tuple[str, ...] = getattr(told.reply, "termination_ids", ())
    interface = roles.terminations.interface_of(names[0]) if len(names) == 1 else None
    return ", ".join(word for word in (interface or "", _transports(streams_of(told.node))) if word)
