"""Notify: which of the events seen on a termination the controller has asked for (H.248.1 clauses 7.1.9 and 7.2.7)."""

from collections.abc import Iterator, Sequence

from megaco.message import (
    ActionRequest,
    CommandRequest,
    EmbeddedDescriptors,
    ErrorDescriptor,
    EventsDescriptor,
    NotifyNever,
    NotifyRegulated,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    RequestedEvent,
    SecondEventsDescriptor,
    SignalsDescriptor,
)

from .state import Termination


def notify(
    termination: Termination, seen: Sequence[ObservedEvent], error: ErrorDescriptor | None
) -> ActionRequest | None:
    """Return the action that reports events; None where no Events descriptor in force asks for any of them.

    What an event brings takes effect here: descriptors that are embedded, and that signals stop (clause 7.1.9).
    """
    events = termination.events
    if events is None or events.request_id is None:
        return None
    asked = [(one, requested) for one in seen if (requested := _requested(events, one)) is not None]
    for _, requested in asked:
        _take_effect(termination, requested)
    reported = tuple(one for one, requested in asked if not isinstance(requested.notify_behaviour, NotifyNever))
    if not reported:
        return None
    observed = ObservedEventsDescriptor(events.request_id, reported)
    command = NotifyRequest((termination.name,), observed, error)
    return ActionRequest(termination.context_id, commands=(CommandRequest(command),))


def _requested(events: EventsDescriptor, seen: ObservedEvent) -> RequestedEvent | None:
    """Return what asks for an event: by its name, or by ``*`` for all of its package, or of all packages.

    Stream 0, which is the default, is no stream in particular: what is asked of it is asked of each.
    """
    names = set(_names(seen.name.lower()))
    for one in events.events:
        if one.name.lower() in names and (one.stream_id or 0) in (0, seen.stream_id or 0):
            return one
    return None


def _names(name: str) -> Iterator[str]:
    yield name
    yield f"{name.partition('/')[0]}/*"
    yield "*/*"


def _take_effect(termination: Termination, requested: RequestedEvent) -> None:
    embedded = requested.embedded or EmbeddedDescriptors()
    if isinstance(requested.notify_behaviour, NotifyRegulated) and requested.notify_behaviour.embedded is not None:
        embedded = requested.notify_behaviour.embedded
    if embedded.signals is not None:
        termination.held[SignalsDescriptor] = embedded.signals
    elif not requested.keep_active and termination.signals is not None:
        termination.held[SignalsDescriptor] = SignalsDescriptor()
    if embedded.events is not None:
        termination.held[EventsDescriptor] = _activated(embedded.events)


def _activated(second: SecondEventsDescriptor) -> EventsDescriptor:
    """Return the Events descriptor that an embedded one becomes when it is activated."""
    events = tuple(
        RequestedEvent(
            one.name,
            stream_id=one.stream_id,
            keep_active=one.keep_active,
            digit_map=one.digit_map,
            embedded=None if one.signals is None else EmbeddedDescriptors(one.signals),
            notify_behaviour=one.notify_behaviour,
            reset_events=one.reset_events,
            parameters=one.parameters,
        )
        for one in second.events
    )
    return EventsDescriptor(second.request_id, events)
