"""A controller that sends its gateway to another (HandOff; H.248.1 clause 11.5)."""

import pytest

from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    ServiceChangeMethod,
    ServiceChangeReply,
    TransactionRequest,
)

from .station import WAIT_S, Station, change, hand_off_to, request_of


def test_a_hand_off_is_followed() -> None:
    """It is acknowledged, and the controller that it names is told HandOff, 903."""
    station = Station("ab").serve()
    assert station.hand_off("x") == ServiceChangeReply(("ROOT",))
    assert station.log() == ["HandedOff x", "MoveTo x"]
    assert station.state is GatewayState.MOVING
    station.moved("x")
    station.accepts()
    assert station.log() == ["HandOff 903 > x", "InService x"]


def test_root_has_no_letter_case() -> None:
    """``root`` is ROOT; the reply names it as the request did."""
    station = Station("ab").serve()
    assert station.association.receive_request(hand_off_to(DeviceName("x"), "root"), station.now) == ServiceChangeReply(
        ("root",)
    )
    assert station.log() == ["HandedOff x", "MoveTo x"]


def test_to_a_silent_controller() -> None:
    """It is as if the present one had failed: the others are told Failover, and then the former one Disconnected."""
    station = Station("abc").serve()
    station.hand_off("x")
    station.moved("x")
    station.silence()
    station.silence()
    station.silence()
    assert station.log()[2:] == ["HandOff 903 > x", "Failover 909 > b", "Failover 909 > c", "NoAnswer"]
    assert station.wait() == WAIT_S
    station.accepts()
    assert station.log() == ["Disconnected 900 > a", "InService a"]


def test_to_a_controller_that_is_nowhere() -> None:
    """One that is not found is as silent."""
    station = Station("ab").serve()
    station.hand_off("x")
    station.moved(None)
    station.accepts()
    assert station.log() == ["HandedOff x", "MoveTo x", "Failover 909 > b", "InService b"]


def test_to_a_controller_that_refuses() -> None:
    """The next is asked; the only one that sent it away is asked again after a wait, whoever else refused."""
    several, one = Station("ab").serve(), Station("a").serve()
    for station in (several, one):
        station.hand_off("x")
        station.moved("x")
        station.refuses()
    assert several.log()[2:] == ["HandOff 903 > x", "Failover 909 > b"]
    assert one.log()[2:] == ["HandOff 903 > x", "NoAnswer"]
    assert one.wait() == WAIT_S
    assert one.log() == ["Disconnected 900 > a"]


def test_to_a_controller_that_redirects() -> None:
    """Whoever that one names is told HandOff as well: it comes of the same."""
    station = Station("ab").serve()
    station.hand_off("x")
    station.moved("x")
    station.redirects("y")
    station.moved("y")
    assert station.log()[2:] == ["HandOff 903 > x", "MoveTo y", "HandOff 903 > y"]
    station.silence()
    assert station.log() == ["Failover 909 > b"]


def test_to_the_present_controller() -> None:
    """A controller that took the identity of another is registered with as if it were new (end of clause 11.5)."""
    station = Station("ab").serve()
    station.hand_off("a")
    station.moved("a")
    station.accepts(by="a", mgc_id_to_try=DeviceName("a"))
    assert station.log() == ["HandedOff a", "MoveTo a", "HandOff 903 > a", "InService a"]
    station.lost()
    assert station.log() == ["ContactLost a", "Failover 909 > b"]


def test_to_the_present_controller_which_is_silent() -> None:
    """The others are asked, and later it again."""
    station = Station("ab").serve()
    station.hand_off("a")
    station.moved("a")
    station.silence()
    station.silence()
    station.wait()
    assert station.log()[2:] == ["HandOff 903 > a", "Failover 909 > b", "NoAnswer", "Disconnected 900 > a"]


def test_twice_in_a_row() -> None:
    """Each hands off to the next; the last one is the former controller when contact is lost."""
    station = Station("a").serve()
    for other in "xy":
        station.hand_off(other)
        station.moved(other)
        station.accepts()
    station.events()
    station.lost()
    assert station.log() == ["ContactLost y", "Failover 909 > a"]


def test_while_leaving() -> None:
    """A gateway that leaves does not go elsewhere: the controller hears that it does not, and keeps it."""
    station = Station("ab").serve()
    station.association.leave(station.now, 30)
    station.events()
    assert station.hand_off("x") == ServiceChangeReply(("ROOT",), error=ErrorDescriptor(502, "Not Ready"))
    assert (station.state, station.log()) == (GatewayState.LEAVING, [])
    assert station.wait() == 30.0
    assert station.log() == ["Forced 905 > a", "Left"]


@pytest.mark.parametrize("state", ["closed", "waiting", "registering", "moving", "refused"])
def test_without_service(state: str) -> None:
    """Who has no controller yet, or no longer, does not follow one; nothing comes of it."""
    station = Station("a")
    if state != "closed":
        station.association.start(0.0)
    if state in ("registering", "moving", "refused"):
        station.wait()
    if state == "moving":
        station.redirects("y")
    if state == "refused":
        station.refuses()
    station.events()
    before = station.state
    reply = station.hand_off("x")
    assert reply is not None
    assert reply.error is not None
    assert (station.state, station.log()) == (before, [])
    if state == "moving":
        station.moved("y")
        assert station.log() == ["Restart 901 > y"]


_HAND_OFF = change(ServiceChangeMethod.HAND_OFF, "903 MGC Directed Change", mgc_id_to_try=DeviceName("x"))
_AUDIT = AuditValueRequest(("ROOT",), AuditDescriptor())


@pytest.mark.parametrize(
    "request_",
    [
        request_of(_AUDIT),
        request_of(change(ServiceChangeMethod.HAND_OFF)),
        request_of(change(ServiceChangeMethod.FORCED, mgc_id_to_try=DeviceName("x"))),
        request_of(change(ServiceChangeMethod.HAND_OFF, name="ip/1", mgc_id_to_try=DeviceName("x"))),
        request_of(change(ServiceChangeMethod.HAND_OFF, name="*", mgc_id_to_try=DeviceName("x"))),
        request_of(change(None, mgc_id_to_try=DeviceName("x"))),
        request_of(_HAND_OFF, _AUDIT),
        request_of(_AUDIT, _HAND_OFF),
        TransactionRequest(1, (ActionRequest(NULL_CONTEXT, commands=(CommandRequest(_HAND_OFF),)),) * 2),
        TransactionRequest(1, ()),
    ],
    ids=[
        "audit",
        "nobody named",
        "another method",
        "a termination",
        "all terminations",
        "no method",
        "a command after it",
        "a command before it",
        "twice",
        "nothing",
    ],
)
def test_what_is_no_hand_off(request_: TransactionRequest) -> None:
    """Anything else is the user's business."""
    station = Station("a").serve()
    assert station.association.receive_request(request_, station.now) is None
    assert (station.state, station.log()) == (GatewayState.IN_SERVICE, [])
