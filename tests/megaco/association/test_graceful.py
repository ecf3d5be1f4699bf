"""A gateway that leaves gracefully (H.248.1 clause 7.2.8): with a delay, without, cancelled, and contact lost."""

import pytest

from megaco.association import Leaving, Register
from megaco.association.table import GatewayState

from .station import Station, services_of


def _leaving(controllers: str = "a", delay_s: int | None = None) -> Station:
    station = Station(controllers).serve()
    station.association.leave(station.now, delay_s)
    return station


def test_with_a_delay() -> None:
    """Graceful says how long; when that is over the gateway says Forced and has left."""
    station = _leaving(delay_s=30)
    assert station.state is GatewayState.LEAVING
    register, leaving = station.events()
    assert isinstance(register, Register)
    assert (register.expects_reply, register.controller) == (False, "a")
    services = services_of(register.actions)
    assert (services.delay, services.version, services.profile) == (30, None, None)
    assert leaving == Leaving(30)
    assert station.wait() == 30.0
    assert station.log() == ["Forced 905 > a", "Left"]
    assert (station.state, station.association.next_deadline()) == (GatewayState.CLOSED, None)


@pytest.mark.parametrize("delay_s", [None, 0])
def test_without_a_delay(delay_s: int | None) -> None:
    """Without a delay, and zero is none, the gateway stays until no call is left."""
    station = _leaving(delay_s=delay_s)
    register, leaving = station.events()
    assert isinstance(register, Register)
    assert services_of(register.actions).delay is None
    assert leaving == Leaving(None)
    station.association.handle_timer(1e9)
    assert (station.state, station.association.next_deadline()) == (GatewayState.LEAVING, None)
    station.association.is_empty(station.now)
    assert (station.state, station.log()) == (GatewayState.CLOSED, ["Forced 905 > a", "Left"])


def test_no_call_left_before_the_delay_is_over() -> None:
    """Whichever is first ends it (clause 7.2.8)."""
    station = _leaving(delay_s=30)
    station.events()
    station.association.is_empty(station.now + 1.0)
    assert station.log() == ["Forced 905 > a", "Left"]
    assert station.association.next_deadline() is None
    station.association.handle_timer(station.now + 30.0)
    assert station.log() == []


def test_no_call_left_while_nobody_leaves() -> None:
    """A gateway without calls that does not leave goes on."""
    station = Station().serve()
    station.association.is_empty(station.now)
    assert (station.state, station.log()) == (GatewayState.IN_SERVICE, [])


@pytest.mark.parametrize("delay_s", [None, 30])
def test_staying_after_all(delay_s: int | None) -> None:
    """Restart with 918 takes it back, and the delay with it."""
    station = _leaving(delay_s=delay_s)
    station.association.stay(station.now + 1.0)
    register = station.events()[-1]
    assert isinstance(register, Register)
    assert not register.expects_reply
    services = services_of(register.actions)
    assert services.method is not None
    assert (services.method.value, services.reason.text) == ("Restart", "918 Cancel Graceful")
    assert (station.state, station.association.next_deadline()) == (GatewayState.IN_SERVICE, None)
    station.association.is_empty(station.now)
    station.association.handle_timer(station.now + 100.0)
    assert station.state is GatewayState.IN_SERVICE


def test_staying_where_one_is() -> None:
    """There is nothing to take back."""
    station = Station().serve()
    station.association.stay(station.now)
    assert station.log() == []


def test_leaving_twice() -> None:
    """The first word counts, and the second time is said nothing; after staying it can leave anew."""
    station = _leaving(delay_s=30)
    station.association.leave(station.now, 1)
    assert station.log() == ["Graceful 905 > a", "Leaving 30"]
    assert station.association.next_deadline() == station.now + 30.0
    station.association.stay(station.now)
    station.association.leave(station.now, 2)
    assert station.log() == ["Restart 918 > a", "Graceful 905 > a", "Leaving 2"]
    assert station.association.next_deadline() == station.now + 2.0


@pytest.mark.parametrize("controllers", ["a", "ab"])
def test_contact_lost_meanwhile(controllers: str) -> None:
    """There is nobody to leave any more: the gateway has left, and registers nowhere."""
    station = _leaving(controllers, delay_s=30)
    station.events()
    station.lost()
    assert station.log() == ["ContactLost a", "Left"]
    assert (station.state, station.association.next_deadline()) == (GatewayState.CLOSED, None)


def test_stopping_meanwhile() -> None:
    """``stop`` does not wait for the delay."""
    station = _leaving(delay_s=30)
    station.events()
    station.association.stop(station.now)
    assert station.log() == ["Forced 905 > a"]
    assert (station.state, station.association.next_deadline()) == (GatewayState.CLOSED, None)


def test_leaving_without_service() -> None:
    """Who is not in service has nobody to tell."""
    station = Station()
    station.association.leave(0.0, 10)
    station.begin()
    station.association.leave(station.now, 10)
    station.silence()
    station.association.leave(station.now, 10)
    assert station.log() == ["Restart 901 > a", "NoAnswer"]
    assert station.state is GatewayState.WAITING


def test_coming_back() -> None:
    """A gateway that has left and starts again registers as one that was never there."""
    station = _leaving()
    station.association.is_empty(station.now)
    station.events()
    station.begin()
    assert station.log() == ["Restart 901 > a"]


def test_leaving_a_controller_of_another_list() -> None:
    """Who is in service is told, wherever it was found."""
    station = Station("ab")
    station.begin()
    station.redirects("x")
    station.moved("x")
    station.accepts()
    station.events()
    station.association.leave(station.now)
    station.association.is_empty(station.now)
    assert station.log() == ["Graceful 905 > x", "Leaving None", "Forced 905 > x", "Left"]
