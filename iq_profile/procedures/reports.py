"""Reports asked for and told: Modify of ROOT, and Notify."""

import re

from iq_profile.roles import Change
from megaco.errors import ItemError
from megaco.message import (
    ALL,
    Descriptor,
    EventsDescriptor,
    MediaDescriptor,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    Value,
)
from megaco.packages import Scalar
from megaco.packages.places import UNNAMED_STREAM

from .model import (
    NORMAL,
    ActivateCongestion,
    ActivateInactivity,
    ActivateRealmAvailability,
    BearerReleased,
    Congestion,
    Heartbeat,
    Inactivity,
    MediaInactive,
    Procedure,
    RealmAvailability,
    TcpFailed,
    TlsFailed,
)
from .reading import (
    BAD_VALUE,
    NO_DESCRIPTOR,
    NO_PROPERTY,
    NOT_IMPLEMENTED,
    Reader,
    asks_for,
    word,
)
from .wording import EVENTS, ROOT_EVENTS

_OCTETS = re.compile(r"(?:[0-9a-fA-F]{2})+")


def activate(reader: Reader, modify: ModifyRequest) -> tuple[Procedure, ...]:
    """Read a Modify of ROOT: which reports it asks for."""
    found: list[Procedure] = []
    events = modify.events or EventsDescriptor()
    request_id = events.request_id or 0
    for event in events.events:
        asked: list[Procedure] = []
        if asks_for(event.name, reader.items.congestion):
            asked.append(ActivateCongestion(reader.context_id, request_id))
        if asks_for(event.name, reader.items.realm_change):
            asked.append(ActivateRealmAvailability(reader.context_id, request_id))
        if asks_for(event.name, reader.items.inactivity):
            time = None if ALL in event.name else (reader.parameters(event) or {}).get(reader.items.inactivity.timer)
            asked.append(ActivateInactivity(reader.context_id, request_id, time if isinstance(time, int) else None))
        if not asked and ALL not in event.name:
            reader.no_such("event", event.name)
        found += asked
    for one in modify.descriptors:
        _beside_events(reader, one)
    return tuple(found)


def _beside_events(reader: Reader, descriptor: Descriptor) -> None:
    """Note what a Modify of ROOT says besides its events."""
    state = descriptor.termination_state if isinstance(descriptor, MediaDescriptor) else None
    if state is not None and state.properties:
        reader.fault(NO_PROPERTY, f"Unsupported or unknown property {state.properties[0].name}")
    elif not isinstance(descriptor, EventsDescriptor):
        reader.fault(NO_DESCRIPTOR, f"Unsupported or unknown descriptor {word(descriptor)} of ROOT")


def indications(reader: Reader, notify: NotifyRequest) -> tuple[Procedure, ...]:
    """Read a Notify, one procedure an event."""
    found: list[Procedure] = []
    if len(notify.termination_ids) > 1:
        reader.fault(NOT_IMPLEMENTED, "a Notify of several terminations")
    for event in notify.observed_events.events:
        if not any(reader.role(role).is_named(event.name) for role in (*EVENTS, *ROOT_EVENTS)):
            reader.no_such("event", event.name)
            continue
        one = _indication(reader, notify.termination_ids[0], notify.observed_events.request_id, event)
        if one is not None:
            found.append(one)
    return tuple(found)


def _indication(reader: Reader, name: str, request_id: int, event: ObservedEvent) -> Procedure | None:
    items, stream_id = reader.items, event.stream_id or UNNAMED_STREAM
    where = (reader.context_id, name, request_id)
    if items.bearer_released.is_named(event.name):  # its text, which some write as words, is read as it comes
        general = _value(event, items.bearer_released.cause)
        group = general.text if general is not None else NORMAL
        return BearerReleased(*where, stream_id, _cause(reader, event), group)
    if items.realm_change.is_named(event.name):
        return _realm_availability(reader, request_id, event)
    told = reader.parameters(event)
    if told is None:
        return None
    if items.heartbeat.is_named(event.name):
        return Heartbeat(*where)
    if items.media_inactivity.is_named(event.name):
        return MediaInactive(*where, stream_id)
    if items.inactivity.is_named(event.name):
        return Inactivity(reader.context_id, request_id)
    if items.congestion.is_named(event.name):
        return _congestion(reader, request_id, told.get(items.congestion.reduction))
    for change, failure in ((items.tcp_change, TcpFailed), (items.tls_change, TlsFailed)):
        if change.is_named(event.name):
            kind = _change(event, change, failure)
            return kind(*where, stream_id, _cause(reader, event)) if kind is not None else None
    return None


def _congestion(reader: Reader, request_id: int, reduction: Scalar | None) -> Procedure | None:
    if not isinstance(reduction, int):
        reader.fault(BAD_VALUE, "congestion without its reduction in percent")
        return None
    return Congestion(reader.context_id, request_id, reduction)


def _realm_availability(reader: Reader, request_id: int, event: ObservedEvent) -> Procedure | None:
    change = reader.items.realm_change
    try:
        told = reader.listed(event)
    except ItemError as error:
        reader.fault(error.code, error.what)
        return None
    realms = [told.get(name, ()) for name in (change.available, change.unavailable)]
    available, unavailable = (tuple(map(str, one)) if isinstance(one, tuple) else () for one in realms)
    return RealmAvailability(reader.context_id, request_id, available, unavailable)


def _cause(reader: Reader, event: ObservedEvent) -> str:
    """Read a cause: quoted it is text; without quotation marks an octet string, whose octets are text."""
    value = _value(event, reader.items.bearer_released.text)
    if value is None or value.quoted or not _OCTETS.fullmatch(value.text):
        return value.text if value is not None else ""
    return bytes.fromhex(value.text).decode("utf-8", "replace")


def _change(
    event: ObservedEvent, change: Change, failure: type[TcpFailed] | type[TlsFailed]
) -> type[TcpFailed] | type[TlsFailed] | type[BearerReleased] | None:
    """Return what a change of a connection is; None for one to the better."""
    value = _value(event, change.type)
    meanings = {change.failed.lower(): failure, change.released.lower(): BearerReleased}
    return meanings.get(value.text.lower() if value is not None else "")


def _value(event: ObservedEvent, name: str) -> Value | None:
    for parameter in event.parameters:
        if parameter.name.lower() == name.lower() and isinstance(parameter.value, Value):
            return parameter.value
    return None
