"""Procedures to H.248 actions, outcomes to command replies."""

from typing import assert_never

from iq_profile.profile import Cause, Change, Profile
from megaco.message import (
    CHOOSE,
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    AddReply,
    AddRequest,
    AuditDescriptor,
    CommandRequest,
    Descriptor,
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
    SubtractRequest,
    Value,
)

from .model import (
    BearerReleased,
    ConfigureConnectionPoint,
    Heartbeat,
    Indication,
    Procedure,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TcpFailed,
    TlsFailed,
)

_REQUEST_ID = 1
"""Of the one Events descriptor that each termination gets."""


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


def compose_probe(profile: Profile) -> ActionRequest:
    """Write what a gateway reports on ROOT when it has heard nothing for long: any reply is a sign of life."""
    event = ObservedEvent(profile.items.inactivity.name)
    return ActionRequest(NULL_CONTEXT, commands=(CommandRequest(NotifyRequest((ROOT,), _observed_events(0, event))),))


def _observed_events(request_id: int, event: ObservedEvent) -> ObservedEventsDescriptor:
    return ObservedEventsDescriptor(request_id, (event,))


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
            event = _changed(items.tcp_change, stream_id, cause, profile)
        case TlsFailed(stream_id=stream_id, cause=cause):
            event = _changed(items.tls_change, stream_id, cause, profile)
        case BearerReleased(stream_id=stream_id, cause=cause):
            event = _released(items.bearer_released, stream_id, cause)
    return NotifyRequest((indication.termination_id,), _observed_events(indication.request_id, event))


def _changed(change: Change, stream_id: int, cause: str, profile: Profile) -> ObservedEvent:
    text = PropertyParm(profile.items.bearer_released.text, Value(_quotable(cause), quoted=True))
    return ObservedEvent(
        change.name, stream_id=stream_id, parameters=(PropertyParm(change.type, Value(change.failed)), text)
    )


def _released(item: Cause, stream_id: int, cause: str) -> ObservedEvent:
    """Report a normal release; the failure cause is an octet string (H.248.1 Annex E.1), hexadecimal in text."""
    octets = _quotable(cause).encode("utf-8").hex().upper()
    text = (PropertyParm(item.text, Value(octets)),) if octets else ()
    return ObservedEvent(item.name, stream_id=stream_id, parameters=(PropertyParm(item.cause, Value("NR")), *text))


def _quotable(text: str) -> str:
    return "".join(character if character.isprintable() and character != '"' else " " for character in text)[:200]


def compose_reserved(reserved: Reserved, *, is_add: bool) -> AddReply | ModifyReply:
    """Write the reply to a Reserve or Configure: only what was under-specified comes back (TS 29.334 clause 5.8)."""
    streams = tuple(
        StreamDescriptor(number, local=LocalDescriptor(Octets(sdp))) for number, sdp in sorted(reserved.locals.items())
    )
    descriptors = (MediaDescriptor(streams=streams),) if streams else ()
    return (AddReply if is_add else ModifyReply)((reserved.termination_id,), descriptors)
