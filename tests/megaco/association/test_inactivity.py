"""The inactivity timer (H.248.14): armed on ROOT by the controller, begun anew by each message, told by Notify."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.association import Ask, WatchItems
from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionRequest,
    CommandRequest,
    EmbeddedDescriptors,
    EventsDescriptor,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    RelatedValue,
    Relation,
    RequestedEvent,
    SecondEventsDescriptor,
    SecondRequestedEvent,
    Value,
    ValueList,
    ValueRange,
)

from .station import Station, request_of

_DEFAULT_S = 120.0


def _wanted(time: str | None = None, name: str = "it/ito", parameter: str = "mit", **more: Any) -> RequestedEvent:
    parameters = () if time is None else (PropertyParm(parameter, Value(time)),)
    return RequestedEvent(name, parameters=parameters, **more)


def _armed(*events: RequestedEvent, name: str = "ROOT", request_id: int | None = 7, **options: Any) -> Station:
    station = Station(**options).serve()
    _modify(station, *events, name=name, request_id=request_id)
    return station


def _modify(station: Station, *events: RequestedEvent, name: str = "ROOT", request_id: int | None = 7) -> None:
    modify = ModifyRequest((name,), (EventsDescriptor(request_id, events),))
    assert station.association.receive_request(request_of(modify), station.now) is None


def _wait_s(station: Station) -> float | None:
    deadline = station.association.next_deadline()
    return None if deadline is None else round(deadline - station.now, 6)


def _notified(station: Station) -> ObservedEventsDescriptor:
    (ask,) = station.events()
    assert isinstance(ask, Ask)
    (action,) = ask.actions
    (request,) = action.commands
    assert isinstance(request.command, NotifyRequest)
    assert (action.context_id, request.command.termination_ids) == (NULL_CONTEXT, ("ROOT",))
    return request.command.observed_events


def test_silence_is_told() -> None:
    """After the time, in units of 10 ms, the controller is notified, once, with the number of its request."""
    station = _armed(_wanted("1500"))
    assert station.wait() == 15.0
    assert _notified(station) == ObservedEventsDescriptor(7, (ObservedEvent("it/ito"),))
    assert station.association.next_deadline() is None


def test_nobody_asked() -> None:
    """Without Events of the controller there is no such timer."""
    assert _wait_s(Station().serve()) is None


def test_each_message_begins_it_anew() -> None:
    """The time counts from the last message of the controller, before the Notify and after it."""
    station = _armed(_wanted("1000"))
    for _ in range(3):
        station.now += 9.0
        station.association.handle_timer(station.now)
        station.association.heard(station.now)
        assert _wait_s(station) == 10.0
    assert station.log() == []
    for _ in range(3):
        station.wait()
        assert station.log() == ["Ask"]
        station.association.heard(station.now)


def test_hearing_arms_nothing() -> None:
    """A message of a controller that did not ask for it begins nothing."""
    station = Station().serve()
    station.association.heard(station.now)
    assert _wait_s(station) is None


def test_new_events_take_the_place_of_the_old_ones() -> None:
    """Another time counts from now; Events without it/ito end it, and so do empty ones (clause 7.1.9)."""
    station = _armed(_wanted("1000"))
    _modify(station, _wanted("2000"), request_id=8)
    assert _wait_s(station) == 20.0
    station.wait()
    assert _notified(station).request_id == 8
    _modify(station, _wanted("3000"))
    _modify(station, RequestedEvent("chp/mgcon"))
    assert _wait_s(station) is None
    _modify(station, _wanted("3000"))
    _modify(station, request_id=None)
    assert _wait_s(station) is None


def test_a_modify_without_events_leaves_it() -> None:
    """Events that are not named stay as they are (clause 7.2.2)."""
    station = _armed(_wanted("1000"))
    station.association.receive_request(request_of(ModifyRequest(("ROOT",))), station.now)
    assert _wait_s(station) == 10.0


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ("1", 0.01),
        ("12000", 120.0),
        ("0012000", 120.0),
        (" 100 ", 1.0),
        ("8640000", 86_400.0),
        ("8640001", 86_400.0),
        ("999999999", 86_400.0),
        ("0", _DEFAULT_S),
        ("", _DEFAULT_S),
        ("-1", _DEFAULT_S),
        ("+1", _DEFAULT_S),
        ("1e3", _DEFAULT_S),
        ("1.5", _DEFAULT_S),
        ("0x10", _DEFAULT_S),
        ("١٢", _DEFAULT_S),
        ("²", _DEFAULT_S),
        ("soon", _DEFAULT_S),
        ("9" * 10, _DEFAULT_S),
        ("9" * 100_000, _DEFAULT_S),
        (None, _DEFAULT_S),
    ],
)
def test_absurd_times(time: str | None, seconds: float) -> None:
    """What is no number of units above none is no time; the longest is a day."""
    assert _wait_s(_armed(_wanted(time), inactivity_s=_DEFAULT_S)) == seconds


@pytest.mark.parametrize(
    "value",
    [
        ValueList((Value("100"),)),
        ValueRange(Value("1"), Value("100")),
        RelatedValue(Relation.GREATER, Value("100")),
    ],
)
def test_a_time_that_is_no_single_value(value: Any) -> None:
    """A list, a range or a bound is no time."""
    event = RequestedEvent("it/ito", parameters=(PropertyParm("mit", value),))
    assert _wait_s(_armed(event, inactivity_s=_DEFAULT_S)) == _DEFAULT_S


def test_the_first_sound_time_counts() -> None:
    """Other parameters and nonsense are passed over."""
    parameters = tuple(PropertyParm(name, Value(text)) for name, text in [("x", "1"), ("mit", "no"), ("MIT", "500")])
    assert _wait_s(_armed(RequestedEvent("it/ito", parameters=parameters))) == 5.0


@given(st.text())
def test_any_time(text: str) -> None:
    """Whatever the time says, the wait is above none and no longer than a day."""
    wait = _wait_s(_armed(_wanted(text)))
    assert wait is not None
    assert 0 < wait <= 86_400


def test_names_have_no_letter_case() -> None:
    """The event is told by the name that the controller gave it."""
    station = _armed(_wanted("100", "IT/Ito", "Mit"), name="root")
    assert station.wait() == pytest.approx(1.0)
    assert _notified(station).events == (ObservedEvent("IT/Ito"),)


def test_names_are_settings() -> None:
    """Another package may do the same; its names have no letter case either."""
    items = WatchItems(inactivity="My/Silence", inactivity_time="Ticks")
    assert _wait_s(_armed(_wanted("100", "my/silence", "ticks"), items=items)) == 1.0
    assert _wait_s(_armed(_wanted("100"), items=items)) is None


@pytest.mark.parametrize(
    "event",
    [
        RequestedEvent("it/other"),
        RequestedEvent("ito"),
        RequestedEvent(
            "al/on",
            embedded=EmbeddedDescriptors(events=SecondEventsDescriptor(8, (SecondRequestedEvent("it/ito"),))),
        ),
    ],
    ids=["another event", "no package", "embedded"],
)
def test_what_does_not_arm_it(event: RequestedEvent) -> None:
    """Neither another event nor one that takes effect only after another was seen."""
    assert _wait_s(_armed(event)) is None


@pytest.mark.parametrize("name", ["ip/1", "*", "ROOT/1"])
def test_events_of_terminations(name: str) -> None:
    """Only ROOT is asked for it."""
    assert _wait_s(_armed(_wanted("100"), name=name)) is None


def test_without_a_request_identifier() -> None:
    """Events without a number, which only an empty descriptor may be, are told with 0."""
    station = _armed(_wanted("100"), request_id=None)
    station.wait()
    assert _notified(station).request_id == 0


def test_the_last_of_several_counts() -> None:
    """Commands of one request are executed in order."""
    station = Station().serve()
    commands = tuple(
        CommandRequest(ModifyRequest(("ROOT",), (EventsDescriptor(7, (_wanted(time),)),))) for time in ("100", "200")
    )
    request = request_of()
    action = ActionRequest(NULL_CONTEXT, commands=commands)
    station.association.receive_request(type(request)(1, (action,)), station.now)
    assert _wait_s(station) == 2.0


@pytest.mark.parametrize("end", ["lost", "handed off", "stopped", "left"])
def test_it_ends_with_the_association(end: str) -> None:
    """The next controller has to ask for it anew."""
    station = _armed(_wanted("100"), controllers="ab")
    if end == "lost":
        station.lost()
    elif end == "handed off":
        station.hand_off("x")
    elif end == "stopped":
        station.association.stop(station.now)
    else:
        station.association.leave(station.now)
        station.association.is_empty(station.now)
    station.association.heard(station.now)
    assert _wait_s(station) is None


def test_it_goes_on_while_leaving() -> None:
    """A gateway that leaves still wants to know whether its controller is there."""
    station = _armed(_wanted("1000"))
    station.association.leave(station.now, 60)
    station.events()
    assert station.wait() == 10.0
    assert station.log() == ["Ask"]
    station.association.heard(station.now)
    station.wait()
    assert station.log() == ["Ask"]


def test_leaving_ends_before_silence_is_told() -> None:
    """When both are due at once, the gateway has left and says no more."""
    station = _armed(_wanted("1000"))
    station.association.leave(station.now, 10)
    station.events()
    station.wait()
    assert station.log() == ["Forced 905 > a", "Left"]


@pytest.mark.parametrize("state", [GatewayState.CLOSED, GatewayState.WAITING, GatewayState.REGISTERING])
def test_without_service_nobody_arms_it(state: GatewayState) -> None:
    """Who is not the controller does not ask for it."""
    station = Station()
    if state is not GatewayState.CLOSED:
        station.association.start(0.0)
    if state is GatewayState.REGISTERING:
        station.wait()
    before = station.association.next_deadline()
    _modify(station, _wanted("1"))
    assert station.association.next_deadline() == before
