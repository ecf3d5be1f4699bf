"""Controllers that name another one (ServiceChangeMgcId in the reply; H.248.1 clauses 7.2.8, 11.2)."""

import pytest

from megaco.association import MoveTo, Refused, Register
from megaco.association.table import GatewayState
from megaco.message import DomainName, ErrorDescriptor, IpAddress, ServiceChangeReply, ServiceChangeResParm

from .station import WAIT_S, Station, reply_of


@pytest.mark.parametrize("mid", [IpAddress("192.0.2.9", 2944), DomainName("other.example.net")])
def test_redirection_is_followed(mid: IpAddress | DomainName) -> None:
    """MgcIdToTry moves the registration to the controller that it names, once it has been found."""
    station = Station()
    station.begin()
    station.events()
    away = ServiceChangeReply(("ROOT",), ServiceChangeResParm(mgc_id_to_try=mid))
    station.association.receive_reply(reply_of(away), station.now)
    assert (station.state, station.events()) == (GatewayState.MOVING, [MoveTo(mid)])
    station.moved("x")
    (register,) = station.events()
    assert isinstance(register, Register)
    assert (station.state, register.controller) == (GatewayState.REGISTERING, "x")


def test_who_is_named_is_asked_before_the_others() -> None:
    """The controller that was named comes before any further one of the list, which then goes on (clause 7.2.8)."""
    station = Station("ab")
    station.begin()
    station.redirects("x")
    station.moved("x")
    station.silence()
    station.accepts()
    assert station.log() == ["Restart 901 > a", "MoveTo x", "Restart 901 > x", "Restart 901 > b", "InService b"]


def test_a_chain_is_followed() -> None:
    """Each names the next."""
    station = Station("ab", most_redirects=3)
    station.begin()
    for other in "xyz":
        station.redirects(other)
        station.moved(other)
    station.accepts()
    assert station.log()[-2:] == ["Restart 901 > z", "InService z"]


def test_redirection_has_an_end() -> None:
    """Controllers that send a gateway in circles are left after the limit; a new start counts anew."""
    station = Station(most_redirects=2)
    station.begin()
    for other in "ba":
        station.redirects(other)
        station.moved(other)
    station.events()
    station.redirects("b")
    (refused,) = station.events()
    assert isinstance(refused, Refused)
    assert refused.error == ErrorDescriptor(0, "redirected 3 times in a row")
    station.begin()
    station.redirects("b")
    assert station.log() == ["Restart 901 > a", "MoveTo b"]


def test_circles_leave_the_others_to_try() -> None:
    """A further redirection counts as a refusal: the next of the list is asked."""
    station = Station("ab", most_redirects=1)
    station.begin()
    station.redirects("x")
    station.moved("x")
    station.redirects("a")
    station.accepts()
    assert station.log()[-2:] == ["Restart 901 > b", "InService b"]


def test_redirections_of_different_controllers_are_not_in_a_row() -> None:
    """Each controller of the list may redirect as often."""
    station = Station("ab", most_redirects=1)
    station.begin()
    station.redirects("x")
    station.moved("x")
    station.silence()
    station.redirects("y")
    station.moved("y")
    station.accepts()
    assert station.log()[-2:] == ["Restart 901 > y", "InService y"]


def test_no_redirection_may_be_wanted() -> None:
    """With a limit of none, a controller that names another has refused."""
    station = Station(most_redirects=0)
    station.begin()
    station.redirects("x")
    assert station.log() == ["Restart 901 > a", "Refused 0"]


def test_a_controller_that_is_nowhere() -> None:
    """A name that leads nowhere is silence: the next is asked, and after the last the gateway waits."""
    station = Station("ab")
    station.begin()
    for _ in range(2):
        station.redirects("x")
        station.moved(None)
    assert station.log() == ["Restart 901 > a", "MoveTo x", "Restart 901 > b", "MoveTo x", "NoAnswer"]
    assert station.wait() == WAIT_S
    assert station.log() == ["Restart 901 > a"]


def test_a_controller_that_is_nowhere_and_others_that_refuse() -> None:
    """The one that was not found may be found later."""
    station = Station("ab")
    station.begin()
    station.redirects("x")
    station.moved(None)
    station.refuses()
    assert station.log()[-1] == "NoAnswer"
    assert station.state is GatewayState.WAITING


def test_a_controller_that_names_itself_accepts() -> None:
    """It is there, and answers: asking it once more would bring the same."""
    station = Station()
    station.begin()
    station.redirects("a", by="a")
    assert station.log() == ["Restart 901 > a", "InService a"]


def test_a_controller_that_names_itself_by_another_name_is_asked_again() -> None:
    """Who it is shows in the mId of its message only; the limit ends it."""
    station = Station(most_redirects=2)
    station.begin()
    for _ in range(2):
        station.redirects("x", by="a")
        station.moved("a")
    station.redirects("x", by="a")
    assert station.log() == ["Restart 901 > a", *["MoveTo x", "Restart 901 > a"] * 2, "Refused 0"]


def test_an_error_beside_another_controller_refuses() -> None:
    """Where a reply has both, the error counts."""
    station = Station()
    station.begin()
    away = ServiceChangeResParm(mgc_id_to_try=IpAddress("192.0.2.9"))
    station.answers(ServiceChangeReply(("ROOT",), away, ErrorDescriptor(402)))
    assert station.log() == ["Restart 901 > a", "Refused 402"]


def test_the_terms_of_who_redirects_do_not_count() -> None:
    """A version too low is no reason not to go where one is sent."""
    station = Station(lowest_version=2)
    station.begin()
    away = ServiceChangeResParm(version=1, mgc_id_to_try=IpAddress("192.0.2.9"))
    station.answers(ServiceChangeReply(("ROOT",), away))
    assert station.state is GatewayState.MOVING
    assert station.association.rejection is None


@pytest.mark.parametrize("where", ["x", None])
def test_a_controller_found_late_changes_nothing(where: str | None) -> None:
    """What a look-up finds after ``stop`` reaches neither the next start nor its registration."""
    station = Station("ab")
    station.begin()
    station.redirects("x")
    station.association.stop(station.now)
    station.moved(where)
    station.association.start(station.now)
    station.moved(where)
    station.wait()
    station.events()
    station.moved(where)
    assert station.log() == []
    assert station.state is GatewayState.REGISTERING
    station.accepts()
    assert station.log() == ["InService a"]


def test_service_with_a_controller_that_is_not_listed() -> None:
    """Once it is lost the whole list is asked, and it alone is not asked again."""
    station = Station("ab")
    station.begin()
    station.redirects("x")
    station.moved("x")
    station.accepts()
    station.lost()
    station.silence()
    station.silence()
    station.wait()
    assert station.log()[-6:] == [
        "InService x",
        "ContactLost x",
        "Failover 909 > a",
        "Failover 909 > b",
        "NoAnswer",
        "Failover 909 > a",
    ]


def test_redirection_while_failing_over() -> None:
    """Who is named is told why the gateway comes: Failover, and Disconnected where it is the one that was lost."""
    station = Station("ab").serve()
    station.lost()
    station.redirects("x")
    station.moved("x")
    station.redirects("a")
    station.moved("a")
    assert station.log() == [
        "ContactLost a",
        "Failover 909 > b",
        "MoveTo x",
        "Failover 909 > x",
        "MoveTo a",
        "Disconnected 900 > a",
    ]
