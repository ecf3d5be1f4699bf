"""Procedures to H.248 actions, outcomes to command replies."""

from collections.abc import Iterable
from typing import assert_never

from iq_profile.roles import Cause, Change, Item, Roles
from megaco.errors import LocalError
from megaco.message import (
    CHOOSE,
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    AddRequest,
    AuditCapabilityRequest,
    AuditDescriptor,
    AuditItem,
    AuditValueRequest,
    Command,
    CommandRequest,
    ContextProperties,
    Descriptor,
    EventsDescriptor,
    LocalControlDescriptor,
    LocalDescriptor,
    MediaDescriptor,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    Octets,
    PropertyParm,
    RemoteDescriptor,
    RequestedEvent,
    ServiceChangeParm,
    ServiceChangeRequest,
    Signal,
    SignalsDescriptor,
    StreamDescriptor,
    SubtractRequest,
    Value,
)
from megaco.packages import PythonValue

from .model import (
    ActivateCongestion,
    ActivateInactivity,
    ActivateRealmAvailability,
    AuditCapability,
    AuditValue,
    BearerReleased,
    ConfigureConnectionPoint,
    Congestion,
    EventTerms,
    Heartbeat,
    Inactivity,
    Indication,
    MediaInactive,
    Procedure,
    RealmAvailability,
    ReleaseTerminations,
    ReserveConnectionPoint,
    RootIndication,
    ServiceChangeProcedure,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)
from .wording import EVENTS, PROPERTIES, SIGNALS

_MOST_CAUSE = 200
"""Characters of a cause that are sent."""


def compose(procedure: Procedure, roles: Roles) -> ActionRequest:
    """Write a procedure as an action; raises LocalError where a value has no room in its package."""
    match procedure:
        case ReserveConnectionPoint():
            named = roles.terminations.termination(procedure.group, procedure.interface, CHOOSE)
            properties = _context_properties(procedure.priority, procedure.emergency)
            return _action(procedure.context_id, AddRequest((named,), _described(procedure, roles)), properties)
        case ConfigureConnectionPoint():
            modify = ModifyRequest((procedure.termination_id,), _described(procedure, roles))
            return _action(procedure.context_id, modify, _context_properties(procedure.priority, None))
        case ReleaseTerminations():
            no_statistics = AuditDescriptor()
            commands = [SubtractRequest((one,), no_statistics) for one in procedure.termination_ids]
            wildcarded = procedure.is_wildcarded
            requests = tuple(CommandRequest(one, wildcard_return=wildcarded) for one in commands)
            return ActionRequest(procedure.context_id, commands=requests)
        case ServiceChangeProcedure():
            return _action(procedure.context_id, _service_change(procedure))
        case AuditValue() | AuditCapability():
            audit = AuditDescriptor(tuple(map(_audit_item, procedure.items)))
            kind = AuditValueRequest if isinstance(procedure, AuditValue) else AuditCapabilityRequest
            return _action(procedure.context_id, kind(procedure.termination_ids, audit))
        case ActivateCongestion() | ActivateRealmAvailability() | ActivateInactivity():
            events = EventsDescriptor(procedure.request_id, (_activated(procedure, roles),))
            return _action(procedure.context_id, ModifyRequest((ROOT,), (events,)))
        case Congestion() | RealmAvailability() | Inactivity():
            return _action(procedure.context_id, _notify(ROOT, procedure.request_id, _root_event(procedure, roles)))
        case TcpFailed() | TlsFailed() | BearerReleased() | Heartbeat() | MediaInactive():
            notify = _notify(procedure.termination_id, procedure.request_id, _event(procedure, roles))
            return _action(procedure.context_id, notify)
    assert_never(procedure)


def compose_probe(roles: Roles) -> ActionRequest:
    """Write what a gateway reports on ROOT when it has heard nothing for long: any reply is a sign of life."""
    return compose(Inactivity(NULL_CONTEXT, 0), roles)


def _audit_item(word: str) -> AuditItem:
    try:
        return AuditItem(word)
    except ValueError:
        raise LocalError(
            f"{word!r} is no descriptor to audit; there are {', '.join(item.value for item in AuditItem)}"
        ) from None


def _action(context_id: int, command: Command, properties: ContextProperties | None = None) -> ActionRequest:
    return ActionRequest(context_id, properties, commands=(CommandRequest(command),))


def _context_properties(priority: int | None, emergency: bool | None) -> ContextProperties | None:
    if priority is None and emergency is None:
        return None
    return ContextProperties(priority=priority, emergency=emergency)


# --------------------------------------------------------------------------------------------------------- descriptors


def _described(procedure: ReserveConnectionPoint | ConfigureConnectionPoint, roles: Roles) -> tuple[Descriptor, ...]:
    """Return the descriptors that there are to write."""
    if procedure.realm is not None and not procedure.streams:
        raise LocalError(f"{procedure.title}: a realm is told stream by stream, and there is none")
    found = (
        _media(procedure.streams, procedure.realm, roles),
        _events(procedure.events, roles) if procedure.events is not None else None,
        _signals(procedure.streams, roles),
    )
    return tuple(one for one in found if one is not None)


def _media(streams: tuple[StreamTerms, ...], realm: str | None, roles: Roles) -> MediaDescriptor | None:
    described = tuple(_stream(stream, realm, roles) for stream in streams)
    told = tuple(stream for stream in described if stream.local_control or stream.local or stream.remote)
    return MediaDescriptor(streams=told) if told else None


def _stream(terms: StreamTerms, realm: str | None, roles: Roles) -> StreamDescriptor:
    properties = tuple(_properties(terms, realm, roles))
    has_control = terms.mode is not None or terms.reserve_value is not None or properties
    control = LocalControlDescriptor(terms.mode, terms.reserve_value, properties=properties) if has_control else None
    return StreamDescriptor(
        terms.stream_id,
        local_control=control,
        local=LocalDescriptor(Octets(terms.local)) if terms.local is not None else None,
        remote=RemoteDescriptor(Octets(terms.remote)) if terms.remote is not None else None,
    )


def _properties(terms: StreamTerms, realm: str | None, roles: Roles) -> Iterable[PropertyParm]:
    if realm is not None:
        yield roles.packages.property(roles.items.realm.name, realm)
    for field in PROPERTIES:
        value: PythonValue | None = getattr(terms, field)
        if value is not None:
            item: Item = getattr(roles.items, field)
            yield roles.packages.property(item.name, value)


def _signals(streams: tuple[StreamTerms, ...], roles: Roles) -> SignalsDescriptor | None:
    signals = tuple(one for stream in streams for one in _signals_of(stream, roles))
    return SignalsDescriptor(signals) if signals else None


def _signals_of(terms: StreamTerms, roles: Roles) -> Iterable[Signal]:
    for field, role in SIGNALS.items():
        if getattr(terms, field):
            item: Item = getattr(roles.items, role)
            yield roles.packages.signal(item.name, stream_id=terms.stream_id)
    if terms.latching is not None:
        latching = roles.items.latching
        yield roles.packages.signal(latching.name, {latching.mode: terms.latching}, stream_id=terms.stream_id)


def _events(terms: EventTerms, roles: Roles) -> EventsDescriptor:
    events = tuple(_requested(role, terms, roles) for role in EVENTS if role in terms.notify)
    return EventsDescriptor(terms.request_id if events else None, events)


def _requested(role: str, terms: EventTerms, roles: Roles) -> RequestedEvent:
    items = roles.items
    given: dict[str, PythonValue | None] = {}
    if role == "heartbeat":
        given = {items.heartbeat.timer: terms.heartbeat_s}
    elif role == "media_inactivity":
        inactivity = items.media_inactivity
        given = {inactivity.time: terms.inactivity_s, inactivity.direction: terms.inactivity_direction}
    item: Item = getattr(items, role)
    return roles.packages.requested_event(item.name, {name: one for name, one in given.items() if one is not None})


def _activated(
    procedure: ActivateCongestion | ActivateRealmAvailability | ActivateInactivity, roles: Roles
) -> RequestedEvent:
    items = roles.items
    match procedure:
        case ActivateCongestion():
            return roles.packages.requested_event(items.congestion.name)
        case ActivateRealmAvailability():
            return roles.packages.requested_event(items.realm_change.name)
    timer = {items.inactivity.timer: procedure.time} if procedure.time is not None else {}
    return roles.packages.requested_event(items.inactivity.name, timer)


# --------------------------------------------------------------------------------------------------------------- events


def _notify(termination_id: str, request_id: int, event: ObservedEvent) -> NotifyRequest:
    return NotifyRequest((termination_id,), ObservedEventsDescriptor(request_id, (event,)))


def _event(indication: Indication, roles: Roles) -> ObservedEvent:
    items, packages = roles.items, roles.packages
    match indication:
        case Heartbeat():
            return packages.observed_event(items.heartbeat.name)
        case MediaInactive(stream_id=stream_id):
            return packages.observed_event(items.media_inactivity.name, stream_id=stream_id)
        case TcpFailed(stream_id=stream_id, cause=cause):
            return _changed(items.tcp_change, stream_id, cause, roles)
        case TlsFailed(stream_id=stream_id, cause=cause):
            return _changed(items.tls_change, stream_id, cause, roles)
        case BearerReleased():
            return _released(items.bearer_released, indication, roles)
    assert_never(indication)


def _changed(change: Change, stream_id: int, cause: str, roles: Roles) -> ObservedEvent:
    told: dict[str, PythonValue] = {change.type: change.failed, roles.items.bearer_released.text: _quotable(cause)}
    return roles.packages.observed_event(change.name, told, stream_id=stream_id)


def _released(item: Cause, released: BearerReleased, roles: Roles) -> ObservedEvent:
    """Report a release; its text is octets (H.248.1 Annex E.1)."""
    octets = _quotable(released.cause).encode("utf-8")
    told: dict[str, PythonValue] = {item.cause: released.general, **({item.text: octets} if octets else {})}
    return roles.packages.observed_event(item.name, told, stream_id=released.stream_id)


def _quotable(text: str) -> str:
    shown = "".join(character if character.isprintable() and character != '"' else " " for character in text)
    return shown[:_MOST_CAUSE]


def _root_event(indication: RootIndication, roles: Roles) -> ObservedEvent:
    items, packages = roles.items, roles.packages
    match indication:
        case Congestion(reduction=reduction):
            return packages.observed_event(items.congestion.name, {items.congestion.reduction: reduction})
        case RealmAvailability(available=available, unavailable=unavailable):
            change = items.realm_change
            told: dict[str, PythonValue] = {change.available: available, change.unavailable: unavailable}
            return packages.observed_event(change.name, {name: one for name, one in told.items() if one})
    return packages.observed_event(items.inactivity.name)


# ------------------------------------------------------------------------------------------------------ service changes


def _service_change(procedure: ServiceChangeProcedure) -> ServiceChangeRequest:
    reason = Value(f"{procedure.reason} {procedure.reason_text}".rstrip(), quoted=True)
    services = ServiceChangeParm(
        procedure.method,
        reason,
        delay=procedure.delay_s,
        address=procedure.address,
        mgc_id_to_try=procedure.controller,
        profile=procedure.profile,
        version=procedure.version,
    )
    return ServiceChangeRequest(procedure.termination_ids, services)
