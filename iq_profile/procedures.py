"""Stage-2 procedures of TS 23.334 clause 8 and the H.248 commands that carry them, in both directions.

``compose`` turns a procedure into an action, ``recognise`` an action into a procedure; both sides use them from
opposite ends, and neither keeps anything. One pair of terminations carries a session, one stream an m-line.
"""

import re
from dataclasses import dataclass
from typing import assert_never

from megaco.message import (
    CHOOSE,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    CommandRequest,
    Descriptor,
    ErrorDescriptor,
    EventsDescriptor,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    Octets,
    PropertyParm,
    RemoteDescriptor,
    RequestedEvent,
    Signal,
    SignalsDescriptor,
    StreamDescriptor,
    StreamMode,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    Value,
)

from .profile import Profile

_REQUEST_ID = 1
"""Of the one Events descriptor that each termination gets."""
_SECONDS = re.compile(r"[0-9]{1,10}")
_MOST_SECONDS = 2**31 - 1
"""An integer has four octets, signed (H.248.1 clause 12.2)."""
_UNTYPED_STREAM = 1
"""A stream without id is stream 1 (TS 29.334 clause 5.7)."""


@dataclass(frozen=True, slots=True)
class StreamTerms:
    """What a procedure says of one stream; None: not mentioned."""

    stream_id: int
    mode: StreamMode | None = None
    local: bytes | None = None
    """SDP for the gateway's side; ``$`` where the gateway shall choose."""
    remote: bytes | None = None
    """SDP of the far end."""
    establish_tls: bool = False
    """Start the TLS handshake now, as client."""


@dataclass(frozen=True, slots=True)
class ReserveConnectionPoint:
    """Reserve, or with ``remote`` in a stream Reserve and Configure, AGW Connection Point (TS 23.334 clause 8)."""

    context_id: int
    """``CHOOSE_CONTEXT`` for a new one."""
    group: int
    interface: str
    """``access`` or ``core``."""
    streams: tuple[StreamTerms, ...]
    heartbeat_s: int
    """Period of the termination heartbeat in seconds; 0 turns it off."""
    filter_source: bool = False
    """Take TCP connections only from the far end's address."""

    @property
    def title(self) -> str:
        """Name of the procedure in TS 23.334."""
        configured = any(stream.remote is not None for stream in self.streams)
        return "Reserve and Configure AGW Connection Point" if configured else "Reserve AGW Connection Point"


@dataclass(frozen=True, slots=True)
class ConfigureConnectionPoint:
    """Configure AGW Connection Point; with nothing but ``establish_tls``, the order to start TLS."""

    context_id: int
    termination_id: str
    streams: tuple[StreamTerms, ...]

    @property
    def title(self) -> str:
        """Name of the procedure in TS 23.334."""
        bare = all(stream.local is None and stream.remote is None and stream.mode is None for stream in self.streams)
        return "Establish TLS session" if bare else "Configure AGW Connection Point"


@dataclass(frozen=True, slots=True)
class ReleaseTerminations:
    """Release AGW Termination."""

    context_id: int
    termination_ids: tuple[str, ...]
    """``*`` for every termination of the context."""
    is_wildcarded: bool = False
    """Ask for one reply for all of them."""

    title = "Release AGW Termination"


@dataclass(frozen=True, slots=True)
class _Indication:
    """What the indications share."""

    context_id: int
    termination_id: str
    request_id: int
    """Of the Events descriptor that asked for it."""


@dataclass(frozen=True, slots=True)
class _StreamIndication(_Indication):
    """What the indications about one stream's connection share."""

    stream_id: int
    cause: str
    """For people."""


@dataclass(frozen=True, slots=True)
class TcpFailed(_StreamIndication):
    """A TCP connection could not be established, or broke."""

    title = "TCP connection establishment failure"


@dataclass(frozen=True, slots=True)
class TlsFailed(_StreamIndication):
    """A TLS session could not be established: the handshake failed or the certificate does not match."""

    title = "TLS session establishment failure"


@dataclass(frozen=True, slots=True)
class BearerReleased(_StreamIndication):
    """The far end ended the connection."""

    title = "IP bearer released"


@dataclass(frozen=True, slots=True)
class Heartbeat(_Indication):
    """The termination is still there; is the session?"""

    title = "Termination heartbeat"


Order = ReserveConnectionPoint | ConfigureConnectionPoint | ReleaseTerminations
"""From the controller to the gateway."""
Indication = TcpFailed | TlsFailed | BearerReleased | Heartbeat
"""From the gateway to the controller."""
Procedure = Order | Indication


@dataclass(frozen=True, slots=True)
class Reserved:
    """A connection point was reserved or configured."""

    context_id: int
    termination_id: str
    locals: dict[int, bytes]
    """Stream -> SDP that the gateway chose; only streams that were asked."""


@dataclass(frozen=True, slots=True)
class Released:
    """The terminations are gone."""

    context_id: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The gateway refused (Command Rejected); ``code`` is of H.248.8, 0 where no reply came."""

    code: int
    text: str


Outcome = Reserved | Released | Rejected


# ------------------------------------------------------------------------------------------------ orders: to H.248


def compose(procedure: Procedure, profile: Profile) -> ActionRequest:
    """Write a procedure as an action."""
    match procedure:
        case ReserveConnectionPoint():
            return _action(procedure.context_id, _add(procedure, profile))
        case ConfigureConnectionPoint():
            media = _media(procedure.streams, None, filter_source=False, profile=profile)
            descriptors = _present(media, _signals(procedure.streams, profile))
            return _action(procedure.context_id, ModifyRequest((procedure.termination_id,), descriptors))
        case ReleaseTerminations():
            no_statistics = AuditDescriptor()
            commands = [SubtractRequest((one,), no_statistics) for one in procedure.termination_ids]
            wildcarded = procedure.is_wildcarded
            requests = tuple(CommandRequest(one, wildcard_return=wildcarded) for one in commands)
            return ActionRequest(procedure.context_id, commands=requests)
        case TcpFailed() | TlsFailed() | BearerReleased() | Heartbeat():
            return _action(procedure.context_id, _notify(procedure, profile))
    assert_never(procedure)


def _action(context_id: int, command: AddRequest | ModifyRequest | NotifyRequest) -> ActionRequest:
    return ActionRequest(context_id, commands=(CommandRequest(command),))


def _add(procedure: ReserveConnectionPoint, profile: Profile) -> AddRequest:
    items = profile.items
    heartbeat = PropertyParm(items.heartbeat.timer, Value(str(procedure.heartbeat_s)))
    events = (
        RequestedEvent(items.heartbeat.name, parameters=(heartbeat,)),
        RequestedEvent(items.tcp_change.name),
        RequestedEvent(items.tls_change.name),
        RequestedEvent(items.bearer_released.name),
    )
    return AddRequest(
        (profile.terminations.termination(procedure.group, procedure.interface, CHOOSE),),
        _present(
            _media(procedure.streams, procedure.interface, procedure.filter_source, profile),
            EventsDescriptor(_REQUEST_ID, events),
            _signals(procedure.streams, profile),
        ),
    )


def _present(*descriptors: Descriptor | None) -> tuple[Descriptor, ...]:
    """Return the descriptors that there are."""
    return tuple(one for one in descriptors if one is not None)


def _media(
    streams: tuple[StreamTerms, ...], realm: str | None, filter_source: bool, profile: Profile
) -> MediaDescriptor | None:
    described = tuple(_stream(stream, realm, filter_source, profile) for stream in streams)
    told = tuple(stream for stream in described if stream.local_control or stream.local or stream.remote)
    return MediaDescriptor(streams=told) if told else None


def _stream(terms: StreamTerms, realm: str | None, filter_source: bool, profile: Profile) -> StreamDescriptor:
    properties: tuple[PropertyParm, ...] = ()
    if realm is not None:
        properties += (PropertyParm(profile.items.realm.name, Value(realm, quoted=True)),)
    if filter_source:
        properties += (PropertyParm(profile.items.source_filter.name, Value("ON")),)
    has_control = terms.mode is not None or properties
    return StreamDescriptor(
        terms.stream_id,
        local_control=LocalControlDescriptor(mode=terms.mode, properties=properties) if has_control else None,
        local=LocalDescriptor(Octets(terms.local)) if terms.local is not None else None,
        remote=RemoteDescriptor(Octets(terms.remote)) if terms.remote is not None else None,
    )


def _signals(streams: tuple[StreamTerms, ...], profile: Profile) -> SignalsDescriptor | None:
    establish = profile.items.tls_establish.name
    signals = tuple(Signal(establish, stream_id=stream.stream_id) for stream in streams if stream.establish_tls)
    return SignalsDescriptor(signals) if signals else None


def _notify(indication: Indication, profile: Profile) -> NotifyRequest:
    items = profile.items
    match indication:
        case Heartbeat():
            event = ObservedEvent(items.heartbeat.name)
        case TcpFailed(stream_id=stream_id, cause=cause):
            event = _observed(
                items.tcp_change.name, stream_id, items.tcp_change.type, items.tcp_change.failed, cause, profile
            )
        case TlsFailed(stream_id=stream_id, cause=cause):
            event = _observed(
                items.tls_change.name, stream_id, items.tls_change.type, items.tls_change.failed, cause, profile
            )
        case BearerReleased(stream_id=stream_id, cause=cause):
            event = _observed(items.bearer_released.name, stream_id, items.bearer_released.cause, "NR", cause, profile)
    return NotifyRequest((indication.termination_id,), ObservedEventsDescriptor(indication.request_id, (event,)))


def _observed(name: str, stream_id: int, kind: str, value: str, cause: str, profile: Profile) -> ObservedEvent:
    text = PropertyParm(profile.items.bearer_released.text, Value(_quotable(cause), quoted=True))
    return ObservedEvent(name, stream_id=stream_id, parameters=(PropertyParm(kind, Value(value)), text))


def _quotable(text: str) -> str:
    return "".join(character if character.isprintable() and character != '"' else " " for character in text)[:200]


# ---------------------------------------------------------------------------------------------- orders: from H.248


def recognise(action: ActionRequest, profile: Profile) -> tuple[Procedure, ...]:
    """Read an action as procedures, one a command (Subtracts together); a command that fits none is left out."""
    found: list[Procedure] = []
    subtracted: list[str] = []
    is_wildcarded = False
    for request in action.commands:
        match request.command:
            case AddRequest() as add:
                found.append(_recognise_add(action.context_id, add, profile))
            case ModifyRequest() as modify if modify.termination_ids[0].upper() != "ROOT":
                streams = stream_terms(modify.media, modify.signals, profile)
                found.append(ConfigureConnectionPoint(action.context_id, modify.termination_ids[0], streams))
            case SubtractRequest(termination_ids=termination_ids):
                subtracted += termination_ids
                is_wildcarded |= request.wildcard_return
            case NotifyRequest() as notify:
                found += _recognise_notify(action.context_id, notify, profile)
    if subtracted:
        found.append(ReleaseTerminations(action.context_id, tuple(subtracted), is_wildcarded))
    return tuple(found)


def _recognise_add(context_id: int, add: AddRequest, profile: Profile) -> ReserveConnectionPoint:
    parts = add.termination_ids[0].split("/")
    streams = add.media.streams if add.media is not None else ()
    properties = [one for stream in streams if stream.local_control for one in stream.local_control.properties]
    return ReserveConnectionPoint(
        context_id,
        group=next((int(part) for part in parts if part.isdecimal()), 0),
        interface=profile.terminations.interface_of(add.termination_ids[0]) or "",
        streams=stream_terms(add.media, add.signals, profile),
        heartbeat_s=heartbeat_period(add.events, profile) or 0,
        filter_source=any(profile.items.source_filter.is_named(one.name) and is_on(one) for one in properties),
    )


def stream_terms(
    media: MediaDescriptor | None, signals: SignalsDescriptor | None, profile: Profile
) -> tuple[StreamTerms, ...]:
    """Read Media and Signals as what they say of each stream."""
    wanted = {
        signal.stream_id or _UNTYPED_STREAM
        for signal in (signals.signals if signals is not None else ())
        if isinstance(signal, Signal) and profile.items.tls_establish.is_named(signal.name)
    }
    told = {stream.stream_id or _UNTYPED_STREAM: stream for stream in (media.streams if media is not None else ())}
    return tuple(_terms(number, told.get(number), number in wanted) for number in sorted(told.keys() | wanted))


def _terms(stream_id: int, stream: StreamDescriptor | None, establish_tls: bool) -> StreamTerms:
    if stream is None:
        return StreamTerms(stream_id, establish_tls=establish_tls)
    return StreamTerms(
        stream_id,
        mode=stream.local_control.mode if stream.local_control is not None else None,
        local=bytes(stream.local.sdp) if stream.local is not None else None,
        remote=bytes(stream.remote.sdp) if stream.remote is not None else None,
        establish_tls=establish_tls,
    )


def is_on(parameter: PropertyParm) -> bool:
    """Read a Boolean property (H.248.1 Annex B.3: ``on``, in any case)."""
    return isinstance(parameter.value, Value) and parameter.value.text.lower() == "on"


def heartbeat_period(events: EventsDescriptor | None, profile: Profile) -> int | None:
    """Return the heartbeat period in seconds that an Events descriptor asks for.

    0 where it asks for none; None where what it asks for is no number of seconds.
    """
    heartbeat = profile.items.heartbeat
    for event in events.events if events is not None else ():
        for parameter in event.parameters if heartbeat.is_named(event.name) else ():
            if parameter.name.lower() == heartbeat.timer.lower():
                return _seconds(parameter)
    return 0


def _seconds(parameter: PropertyParm) -> int | None:
    text = parameter.value.text if isinstance(parameter.value, Value) else ""
    return int(text) if _SECONDS.fullmatch(text) and int(text) <= _MOST_SECONDS else None


def _recognise_notify(context_id: int, notify: NotifyRequest, profile: Profile) -> list[Indication]:
    found: list[Indication] = []
    termination_id, request_id = notify.termination_ids[0], notify.observed_events.request_id
    for event in notify.observed_events.events:
        if profile.items.heartbeat.is_named(event.name):
            found.append(Heartbeat(context_id, termination_id, request_id))
        kind = _connection_indication(event, profile)
        if kind is not None:
            cause = _parameter(event, profile.items.bearer_released.text)
            found.append(kind(context_id, termination_id, request_id, event.stream_id or _UNTYPED_STREAM, cause))
    return found


def _connection_indication(
    event: ObservedEvent, profile: Profile
) -> type[TcpFailed] | type[TlsFailed] | type[BearerReleased] | None:
    """Return what an event says of a connection; None for another event and for a change to the better."""
    items = profile.items
    for change, failure in ((items.tcp_change, TcpFailed), (items.tls_change, TlsFailed)):
        if change.is_named(event.name):
            meanings = {change.failed.lower(): failure, change.released.lower(): BearerReleased}
            return meanings.get(_parameter(event, change.type).lower())
    return BearerReleased if items.bearer_released.is_named(event.name) else None


def _parameter(event: ObservedEvent, name: str) -> str:
    """Return a parameter of an observed event as text, empty where it has none of that name."""
    for parameter in event.parameters:
        if parameter.name.lower() == name.lower() and isinstance(parameter.value, Value):
            return parameter.value.text
    return ""


# --------------------------------------------------------------------------------------------------------- replies


def read_outcome(reply: TransactionReply | None) -> Outcome:
    """Read the reply to an order; None, where none came, is Rejected with code 0."""
    if reply is None:
        return Rejected(0, "the gateway does not answer")
    error = _first_error(reply)
    if error is not None:
        return Rejected(error.code, error.text or "")
    for action in reply.actions:
        for one in action.replies:
            if isinstance(one, AddReply | ModifyReply):
                streams = one.media.streams if one.media is not None else ()
                chosen = {
                    stream.stream_id or _UNTYPED_STREAM: bytes(stream.local.sdp)
                    for stream in streams
                    if stream.local is not None
                }
                return Reserved(action.context_id, one.termination_ids[0], chosen)
            if isinstance(one, SubtractReply):
                return Released(action.context_id)
    return Rejected(0, "the gateway's reply holds no command reply")


def _first_error(reply: TransactionReply) -> ErrorDescriptor | None:
    if reply.error is not None:
        return reply.error
    for action in reply.actions:
        errors = [getattr(one, "error", None) for one in action.replies]
        for error in (*errors, action.error):
            if error is not None:
                return error
    return None


def compose_reserved(reserved: Reserved, *, is_add: bool) -> AddReply | ModifyReply:
    """Write the reply to a Reserve or Configure: only what was under-specified comes back (TS 29.334 clause 5.8)."""
    streams = tuple(
        StreamDescriptor(number, local=LocalDescriptor(Octets(sdp))) for number, sdp in sorted(reserved.locals.items())
    )
    descriptors = (MediaDescriptor(streams=streams),) if streams else ()
    return (AddReply if is_add else ModifyReply)((reserved.termination_id,), descriptors)
