"""Notify: what the controller has asked for, in its RequestID and from the right context."""

import pytest

from megaco.errors import LocalError
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ActionRequest,
    CommandRequest,
    EmbeddedDescriptors,
    ErrorDescriptor,
    EventsDescriptor,
    NotifyImmediately,
    NotifyNever,
    NotifyRegulated,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    RequestedEvent,
    SecondEventsDescriptor,
    SecondRequestedEvent,
    Signal,
    SignalsDescriptor,
)

from .rig import Rig, add, modify, move, subtract

_OFF_HOOK = ObservedEvent("al/of")
_SIGNALS = SignalsDescriptor((Signal("cg/rt"),))
_DIAL_TONE = SignalsDescriptor((Signal("cg/dt"),))


def _asked(*events: RequestedEvent | str, request_id: int = 7) -> EventsDescriptor:
    return EventsDescriptor(request_id, tuple(RequestedEvent(one) if isinstance(one, str) else one for one in events))


def _reported(context: int, name: str, *events: ObservedEvent, request_id: int = 7) -> ActionRequest:
    command = NotifyRequest((name,), ObservedEventsDescriptor(request_id, events))
    return ActionRequest(context, commands=(CommandRequest(command),))


def _line(*descriptors: EventsDescriptor | SignalsDescriptor) -> Rig:
    rig = Rig("Line/1")
    rig.one(NULL_CONTEXT, modify("line/1", descriptors=descriptors))
    return rig


def test_an_event_that_was_asked_for_is_reported() -> None:
    """In the null context too, under the name as the gateway spells it."""
    rig = _line(_asked("al/of"))
    assert rig.contexts.notify("LINE/1", _OFF_HOOK) == _reported(NULL_CONTEXT, "Line/1", _OFF_HOOK)
    context = rig.new("line/1")
    assert rig.contexts.notify("line/1", _OFF_HOOK) == _reported(context, "Line/1", _OFF_HOOK)
    other = rig.new("$")
    rig.one(other, move("line/1"))
    assert rig.contexts.notify("line/1", _OFF_HOOK) == _reported(other, "Line/1", _OFF_HOOK)
    rig.one(other, subtract("line/1"))
    assert rig.contexts.notify("line/1", _OFF_HOOK) is None


@pytest.mark.parametrize("asked", ["al/of", "AL/OF", "al/*", "*/*"])
def test_names_of_events_may_be_wildcards(asked: str) -> None:
    """All events of a package, or of all packages (clause 7.1.9)."""
    assert _line(_asked(asked)).contexts.notify("line/1", ObservedEvent("Al/of")) is not None


@pytest.mark.parametrize("asked", ["al/on", "alx/*", "a/of"])
def test_other_events_are_not_reported(asked: str) -> None:
    """Only what was asked for (clause 7.2.7)."""
    assert _line(_asked(asked)).contexts.notify("line/1", _OFF_HOOK) is None


@pytest.mark.parametrize("descriptors", [(), (EventsDescriptor(),), (EventsDescriptor(3),)])
def test_without_events_descriptor_nothing_is_reported(descriptors: tuple[EventsDescriptor, ...]) -> None:
    """Nor after an empty one."""
    assert _line(*descriptors).contexts.notify("line/1", _OFF_HOOK) is None


@pytest.mark.parametrize(
    ("asked", "seen", "is_reported"),
    [(None, None, True), (None, 2, True), (0, 2, True), (2, 2, True), (2, 1, False), (2, None, False)],
)
def test_a_stream_is_asked_for_by_its_number(asked: int | None, seen: int | None, is_reported: bool) -> None:
    """Stream 0 is none in particular."""
    rig = _line(_asked(RequestedEvent("al/of", stream_id=asked)))
    assert (rig.contexts.notify("line/1", ObservedEvent("al/of", stream_id=seen)) is not None) is is_reported


def test_several_events_are_reported_together() -> None:
    """In their order, less those that nobody asked for; an error may go with them."""
    rig = _line(_asked("al/of", "dd/*"))
    digits = (ObservedEvent("dd/d1"), ObservedEvent("xyz/a"), ObservedEvent("dd/d2"))
    reported = rig.contexts.notify("line/1", *digits, error=ErrorDescriptor(518))
    assert reported is not None
    command = reported.commands[0].command
    assert command == NotifyRequest(
        ("Line/1",), ObservedEventsDescriptor(7, (digits[0], digits[2])), ErrorDescriptor(518)
    )


def test_root_has_events_too(rig: Rig) -> None:
    """From the null context (clause 6.2.5)."""
    rig.one(NULL_CONTEXT, modify("ROOT", descriptors=[_asked("it/ito")]))
    assert rig.contexts.notify("root", ObservedEvent("it/ito")) == _reported(
        NULL_CONTEXT, "ROOT", ObservedEvent("it/ito")
    )


def test_an_event_stops_signals_unless_they_are_kept() -> None:
    """What is embedded comes in their place (clause 7.1.9)."""
    for requested, left in (
        (RequestedEvent("al/of"), SignalsDescriptor()),
        (RequestedEvent("al/of", keep_active=True), _SIGNALS),
        (RequestedEvent("al/of", embedded=EmbeddedDescriptors(_DIAL_TONE)), _DIAL_TONE),
    ):
        rig = _line(_asked(requested), _SIGNALS)
        assert rig.contexts.notify("line/1", _OFF_HOOK) is not None
        termination = rig.contexts.find("line/1")
        assert termination is not None
        assert termination.signals == left


@pytest.mark.parametrize("is_regulated", [False, True])
def test_embedded_events_are_in_force_next(is_regulated: bool) -> None:
    """With their own RequestID, and what is embedded in them."""
    second = SecondEventsDescriptor(8, (SecondRequestedEvent("dd/ce", keep_active=True, signals=_DIAL_TONE),))
    embedded = EmbeddedDescriptors(events=second)
    asked = (
        RequestedEvent("al/of", notify_behaviour=NotifyRegulated(embedded))
        if is_regulated
        else RequestedEvent("al/of", embedded=embedded)
    )
    rig = _line(_asked(asked))
    assert rig.contexts.notify("line/1", _OFF_HOOK) == _reported(NULL_CONTEXT, "Line/1", _OFF_HOOK)
    assert rig.contexts.notify("line/1", _OFF_HOOK) is None
    dialled = ObservedEvent("dd/ce")
    assert rig.contexts.notify("line/1", dialled) == _reported(NULL_CONTEXT, "Line/1", dialled, request_id=8)
    termination = rig.contexts.find("line/1")
    assert termination is not None
    assert termination.events == EventsDescriptor(
        8, (RequestedEvent("dd/ce", keep_active=True, embedded=EmbeddedDescriptors(_DIAL_TONE)),)
    )
    assert termination.signals == _DIAL_TONE


def test_an_event_may_take_effect_without_being_reported() -> None:
    """NeverNotify, since version 3; ImmediateNotify reports."""
    never = RequestedEvent("al/of", embedded=EmbeddedDescriptors(_DIAL_TONE), notify_behaviour=NotifyNever())
    rig = _line(_asked(never, RequestedEvent("al/on", notify_behaviour=NotifyImmediately())))
    assert rig.contexts.notify("line/1", _OFF_HOOK) is None
    termination = rig.contexts.find("line/1")
    assert termination is not None
    assert termination.signals == _DIAL_TONE
    on_hook = ObservedEvent("al/on")
    assert rig.contexts.notify("line/1", _OFF_HOOK, on_hook) == _reported(NULL_CONTEXT, "Line/1", on_hook)


def test_a_failed_command_asks_for_nothing(rig: Rig) -> None:
    """The events of the one before are in force."""
    from .rig import refuse

    context = rig.one(CHOOSE_CONTEXT, add("$", descriptors=[_asked("al/of")])).context_id
    rig.app = refuse("rtp/1")
    rig.one(context, modify("rtp/1", descriptors=[_asked("al/on", request_id=9)]))
    assert rig.contexts.notify("rtp/1", _OFF_HOOK) == _reported(context, "rtp/1", _OFF_HOOK)


def test_a_termination_that_is_not_there_reports_nothing(rig: Rig) -> None:
    """LocalError: the application has lost track."""
    with pytest.raises(LocalError, match="no termination rtp/9"):
        rig.contexts.notify("rtp/9", _OFF_HOOK)
