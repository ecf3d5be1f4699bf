"""Add and Modify of terminations read as Reserve and Configure: what they say of streams and events."""

import re
from collections import Counter
from typing import Any, TypeAlias

from megaco.errors import ItemError
from megaco.message import (
    ALL,
    CHOOSE,
    AddRequest,
    EventsDescriptor,
    MediaDescriptor,
    ModifyRequest,
    PropertyParm,
    Signal,
    SignalList,
    SignalsDescriptor,
    StreamDescriptor,
)
from megaco.packages.places import UNNAMED_STREAM

from .model import ConfigureConnectionPoint, EventRole, EventTerms, Procedure, ReserveConnectionPoint, StreamTerms
from .reading import (
    BAD_VALUE,
    DESCRIPTOR_TWICE,
    NO_DESCRIPTOR,
    NO_PARAMETER,
    NO_PROPERTY,
    NO_SIGNAL,
    NOT_IMPLEMENTED,
    TWICE,
    UNKNOWN_TERMINATION,
    Reader,
    asks_for,
    word,
)
from .wording import EVENTS, PROPERTIES, SIGNALS

_Fields: TypeAlias = dict[str, Any]
"""What is told of a stream, or of events, by the field of its terms that holds it."""
_GROUP = re.compile(r"[0-9]{1,5}")
_GREATEST_GROUP = 65535
_INTERFACE = re.compile(r"[A-Za-z0-9]{1,51}")


def reserve(reader: Reader, add: AddRequest) -> tuple[Procedure, ...]:
    """Read an Add."""
    name = add.termination_ids[0]
    parts = reader.roles.terminations.parts(name) or {}
    group, interface = parts.get("group", ""), parts.get("interface", "")
    is_numbered = _GROUP.fullmatch(group) is not None and int(group) <= _GREATEST_GROUP
    is_named = _INTERFACE.fullmatch(interface) is not None
    if not (is_numbered or group == CHOOSE) or not (is_named or interface == CHOOSE) or parts["id"] != CHOOSE:
        form = reader.roles.terminations.form.format(group="GROUP", interface="INTERFACE", id=CHOOSE)
        reader.fault(UNKNOWN_TERMINATION, f"Unknown TerminationID {name}: {form} can be added")
    if len(add.termination_ids) > 1:
        reader.fault(NOT_IMPLEMENTED, "an Add of several terminations")
    _beside(reader, add)
    streams, realm = _streams(reader, add.media, add.signals)
    procedure = ReserveConnectionPoint(
        reader.context_id,
        int(group) if is_numbered else None,
        interface if is_named else None,
        streams,
        _events(reader, add.events),
        realm,
        reader.properties.priority,
        reader.properties.emergency,
    )
    return (procedure,)


def configure(reader: Reader, modify: ModifyRequest) -> tuple[Procedure, ...]:
    """Read a Modify of terminations, one procedure each."""
    streams, realm = _streams(reader, modify.media, modify.signals)
    events = _events(reader, modify.events)
    _beside(reader, modify)
    return tuple(
        ConfigureConnectionPoint(reader.context_id, name, streams, events, realm, reader.properties.priority)
        for name in modify.termination_ids
    )


def _beside(reader: Reader, command: AddRequest | ModifyRequest) -> None:
    """Note descriptors that no procedure has, and those that stand twice, which binary does not refuse."""
    for name, count in Counter(map(word, command.descriptors)).items():
        if count > 1:
            reader.fault(DESCRIPTOR_TWICE, f"Descriptor {name} appears twice")
    for one in command.descriptors:
        if not isinstance(one, MediaDescriptor | EventsDescriptor | SignalsDescriptor):
            reader.fault(NO_DESCRIPTOR, f"Unsupported or unknown descriptor {word(one)}")
        elif isinstance(one, MediaDescriptor) and one.termination_state is not None:
            reader.fault(NO_DESCRIPTOR, "Unsupported or unknown descriptor TerminationState of a termination")


def _streams(
    reader: Reader, media: MediaDescriptor | None, signals: SignalsDescriptor | None
) -> tuple[tuple[StreamTerms, ...], str | None]:
    """Read Media and Signals as what they say of each stream, and the realm that they are in."""
    told: dict[int, _Fields] = {}
    realm: str | None = None
    for stream in media.streams if media is not None else ():
        number = stream.stream_id or UNNAMED_STREAM
        if number in told:
            reader.fault(TWICE, f"stream {number} stands twice")
        terms = told.setdefault(number, {})
        own = _stream(reader, stream, terms)
        if realm is not None and own is not None and own != realm:
            reader.fault(BAD_VALUE, f"realms {realm} and {own} of one termination; expected one")
        realm = realm if own is None else own
    for signal in signals.signals if signals is not None else ():
        if isinstance(signal, SignalList):
            reader.fault(NO_SIGNAL, "No such signal in this package: a signal list")
        else:
            _signal(reader, signal, told.setdefault(signal.stream_id or UNNAMED_STREAM, {}))
    return tuple(StreamTerms(number, **told[number]) for number in sorted(told)), realm


def _stream(reader: Reader, stream: StreamDescriptor, terms: _Fields) -> str | None:
    """Read a stream into the fields of its terms; return its realm."""
    realm: str | None = None
    control = stream.local_control
    if control is not None:
        terms |= {"mode": control.mode, "reserve_value": control.reserve_value}
        if control.reserve_group is not None:
            reader.fault(NO_PROPERTY, "Unsupported or unknown property ReserveGroup")
        for parameter in control.properties:
            own = _property(reader, parameter, terms)
            realm = realm if own is None else own
    terms["local"] = bytes(stream.local.sdp) if stream.local is not None else None
    terms["remote"] = bytes(stream.remote.sdp) if stream.remote is not None else None
    if stream.statistics is not None:
        reader.fault(NO_DESCRIPTOR, "Unsupported or unknown descriptor Statistics")
    return realm


def _property(reader: Reader, parameter: PropertyParm, terms: _Fields) -> str | None:
    """Read a property into the field that it is; return it where it is the realm."""
    is_realm = reader.items.realm.is_named(parameter.name)
    field = next((one for one in PROPERTIES if reader.role(one).is_named(parameter.name)), None)
    if field is None and not is_realm:
        reader.no_such("property", parameter.name)
        return None
    try:
        value = reader.one(parameter.name, reader.roles.packages.value(parameter.name, parameter.value))
    except ItemError as error:
        reader.fault(error.code, error.what)
        return None
    if field is not None:
        terms[field] = value
    return str(value) if is_realm else None


def _signal(reader: Reader, signal: Signal, terms: _Fields) -> None:
    field = next((one for one, role in SIGNALS.items() if reader.role(role).is_named(signal.name)), None)
    latching = reader.items.latching
    if field is None and not latching.is_named(signal.name):
        reader.no_such("signal", signal.name)
        return
    _plain_signal(reader, signal)
    parameters = reader.parameters(signal)
    if field is not None:
        terms[field] = True
    elif parameters is not None:
        terms["latching"] = parameters.get(latching.mode)


def _plain_signal(reader: Reader, signal: Signal) -> None:
    """Note what a signal says of its course: in a procedure it is applied as its package has it."""
    plain = Signal(signal.name, stream_id=signal.stream_id, parameters=signal.parameters)
    if signal != plain:
        reader.fault(NO_PARAMETER, f"{signal.name} with a type, duration or direction of its own")


def _events(reader: Reader, events: EventsDescriptor | None) -> EventTerms | None:
    if events is None:
        return None
    notify: set[EventRole] = set()
    given: _Fields = {}
    for event in events.events:
        roles = [role for role in EVENTS if asks_for(event.name, reader.role(role))]
        notify.update(roles)
        if event.embedded is not None or event.digit_map is not None or event.notify_behaviour is not None:
            reader.fault(NO_PARAMETER, f"{event.name} with something embedded")
        if ALL in event.name:
            given["is_wildcarded"] = True
            continue
        if not roles:
            reader.no_such("event", event.name)
            continue
        parameters = reader.parameters(event) or {}
        if roles == ["heartbeat"]:
            given["heartbeat_s"] = parameters.get(reader.items.heartbeat.timer)
        elif roles == ["media_inactivity"]:
            given["inactivity_s"] = parameters.get(reader.items.media_inactivity.time)
            given["inactivity_direction"] = parameters.get(reader.items.media_inactivity.direction)
    return EventTerms(events.request_id or 0, frozenset(notify), **given)
