"""H.248 actions to procedures, replies to outcomes."""

import re

from iq_profile.profile import Profile
from megaco.message import (
    ActionRequest,
    AddReply,
    AddRequest,
    ErrorDescriptor,
    EventsDescriptor,
    MediaDescriptor,
    ModifyReply,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    PropertyParm,
    Signal,
    SignalsDescriptor,
    StreamDescriptor,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    Value,
)

from .model import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Indication,
    Outcome,
    Procedure,
    Rejected,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)

_OCTETS = re.compile(r"(?:[0-9a-fA-F]{2})+")
_SECONDS = re.compile(r"[0-9]{1,10}")
_MOST_SECONDS = 2**31 - 1
"""An integer has four octets, signed (H.248.1 clause 12.2)."""
_UNTYPED_STREAM = 1
"""A stream without id is stream 1 (TS 29.334 clause 5.7)."""


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
            cause = _cause(_value(event, profile.items.bearer_released.text))
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


def _cause(value: Value | None) -> str:
    """Read a failure cause: quoted it is text; without quotation marks an octet string, whose octets are text."""
    if value is None or value.quoted or not _OCTETS.fullmatch(value.text):
        return value.text if value is not None else ""
    return bytes.fromhex(value.text).decode("utf-8", "replace")


def _parameter(event: ObservedEvent, name: str) -> str:
    """Return a parameter of an observed event as text, empty where it has none of that name."""
    value = _value(event, name)
    return value.text if value is not None else ""


def _value(event: ObservedEvent, name: str) -> Value | None:
    for parameter in event.parameters:
        if parameter.name.lower() == name.lower() and isinstance(parameter.value, Value):
            return parameter.value
    return None


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
