"""A gateway's association with one controller on a virtual clock: what it says, and what it makes of the answers."""

import pytest

from megaco.association import AssociationConfig, GatewayAssociation, InService, NoAnswer, Refused, Register
from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ErrorDescriptor,
    NotifyReply,
    ServiceChangeMethod,
    ServiceChangeReply,
    TransactionReply,
)

from .station import MWD_S, RETRY_S, WAIT_S, Station, reply_of

_ERROR = ErrorDescriptor(402, "Unauthorized")


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_registration_waits_a_random_while(chance: float) -> None:
    """The first registration comes after a random part of MWD, as a Restart with profile and version (clause 9.2)."""
    station = Station(chance=chance, version=3)
    station.now = 10.0
    station.association.start(10.0)
    assert station.association.next_deadline() == 10.0 + MWD_S * chance
    station.association.handle_timer(10.0 + MWD_S * chance - 0.001)
    assert station.log() == []
    station.wait()
    services = station.registration()
    assert (services.method, services.reason.text, services.reason.quoted) == (
        ServiceChangeMethod.RESTART,
        "901 Cold Boot",
        True,
    )
    assert (services.profile, services.version) == ("threegppiq/3", 3)
    assert station.association.next_deadline() is None


def test_the_default_waits() -> None:
    """MWD and the wait between rounds are settings; the shipped ones are 3 s and 5 s."""
    config = AssociationConfig()
    assert (config.maximum_waiting_delay_s, config.retry_s) == (3.0, 5.0)


def test_a_controller_need_not_have_a_name() -> None:
    """Who knows one controller only need not say which: None stands for it."""
    association = GatewayAssociation(AssociationConfig(), lambda: 0.0)
    association.start(0.0)
    association.handle_timer(0.0)
    (register,) = association.take_events()
    assert isinstance(register, Register)
    assert (register.controller, register.expects_reply) == (None, True)
    association.receive_reply(reply_of(ServiceChangeReply(("ROOT",))), 0.1)
    assert association.take_events() == [InService(2)]


def test_a_user_waits_no_longer() -> None:
    """Local activity ends the wait before the first registration, and the deadline with it (clause 9.2)."""
    station = Station()
    station.association.start(0.0)
    station.association.local_activity(0.1)
    assert station.log() == ["Restart 901 > a"]
    assert station.association.next_deadline() is None
    station.association.handle_timer(MWD_S)
    assert station.log() == []


def test_a_user_waits_no_longer_for_the_next_round() -> None:
    """Local activity ends the wait between two rounds as well."""
    station = Station()
    station.begin()
    station.silence()
    station.association.local_activity(station.now + 0.1)
    assert station.log() == ["Restart 901 > a", "NoAnswer", "Restart 901 > a"]
    station.refuses()
    assert station.association.next_deadline() is None


@pytest.mark.parametrize("state", ["closed", "registering", "in service", "leaving"])
def test_a_user_changes_nothing_else(state: str) -> None:
    """Local activity means something to who waits only."""
    station = Station()
    if state != "closed":
        station.begin()
    if state in ("in service", "leaving"):
        station.accepts()
    if state == "leaving":
        station.association.leave(station.now)
    station.events()
    before = station.state
    station.association.local_activity(station.now)
    assert (station.state, station.log()) == (before, [])


@pytest.mark.parametrize(("answered", "agreed"), [(1, 1), (2, 2), (3, 2), (None, 2)])
def test_the_version_agreed(answered: int | None, agreed: int) -> None:
    """The controller may answer a lower version; a higher one than offered, or none, means the one offered."""
    station = Station(version=2)
    station.begin()
    station.events()
    station.accepts(version=answered)
    assert station.events() == [InService(agreed, "a")]
    assert station.state is GatewayState.IN_SERVICE


def test_a_bare_reply_accepts() -> None:
    """A reply to ServiceChange without parameters accepts what was offered."""
    station = Station()
    station.begin()
    station.events()
    station.answers(ServiceChangeReply(("ROOT",)))
    assert station.events() == [InService(2, "a")]


@pytest.mark.parametrize(
    "reply",
    [
        TransactionReply(1, error=_ERROR),
        TransactionReply(1, (ActionReply(NULL_CONTEXT, error=_ERROR),)),
        reply_of(ServiceChangeReply(("ROOT",), error=_ERROR)),
        reply_of(NotifyReply(("ROOT",), error=_ERROR)),
    ],
    ids=["transaction", "action", "command", "another command"],
)
def test_an_error_at_any_level_refuses(reply: TransactionReply) -> None:
    """Transaction, action or command: an error is a refusal, and only a new start tries again."""
    station = Station()
    station.begin()
    station.events()
    station.association.receive_reply(reply, station.now)
    assert station.events() == [Refused(_ERROR)]
    assert station.association.next_deadline() is None
    station.begin()
    assert station.registration().method is ServiceChangeMethod.RESTART


def test_nobody_answers() -> None:
    """Without answer the gateway says so, waits, and registers again, still with Restart."""
    station = Station()
    station.begin()
    station.events()
    station.silence()
    assert station.events() == [NoAnswer()]
    assert station.wait() == WAIT_S
    assert station.log() == ["Restart 901 > a"]


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_each_round_has_its_own_chance(chance: float) -> None:
    """A round that nobody answered is followed by ``retry_s`` and a random part of MWD (clauses 9.2, 11.2)."""
    station = Station(chance=chance)
    station.begin()
    for _ in range(3):
        station.silence()
        assert station.wait() == RETRY_S + MWD_S * chance


def test_contact_lost() -> None:
    """A controller that was there and answers no more is told Disconnected, 900, until it answers again."""
    station = Station().serve()
    station.lost()
    assert station.log() == ["ContactLost a"]
    assert station.wait() == WAIT_S
    services = station.registration()
    assert (services.method, services.reason.text) == (ServiceChangeMethod.DISCONNECTED, "900 Service Restored")
    station.silence()
    station.wait()
    assert station.log() == ["NoAnswer", "Disconnected 900 > a"]
    station.accepts()
    assert station.log() == ["InService a"]


def test_leaving_service() -> None:
    """``stop`` says Forced and waits for no answer; a new start is a cold one."""
    station = Station().serve()
    station.association.stop(station.now)
    (register,) = station.events()
    assert isinstance(register, Register)
    assert not register.expects_reply
    assert register.controller == "a"
    assert register.actions[0].commands[0].command.services.method is ServiceChangeMethod.FORCED  # type: ignore[union-attr]
    assert station.state is GatewayState.CLOSED
    station.begin()
    assert station.log() == ["Restart 901 > a"]


def test_stopping_a_registration_says_goodbye() -> None:
    """Whoever is being asked may have accepted already."""
    station = Station("ab")
    station.begin()
    station.silence()
    station.events()
    station.association.stop(station.now)
    assert station.log() == ["Forced 905 > b"]


def test_stopping_before_registration_says_nothing() -> None:
    """A gateway that never registered leaves without a word and without a timer."""
    station = Station()
    station.association.start(0.0)
    station.association.stop(0.5)
    assert station.association.next_deadline() is None
    station.association.handle_timer(9.0)
    assert station.log() == []


def test_stopping_between_rounds_says_nothing() -> None:
    """While the gateway waits, is refused or looks a controller up, nobody holds it registered."""
    waiting, refused, moving = Station(), Station(), Station()
    for station in (waiting, refused, moving):
        station.begin()
    waiting.silence()
    refused.refuses()
    moving.redirects("x")
    for station in (waiting, refused, moving):
        station.events()
        station.association.stop(station.now)
        assert (station.state, station.log()) == (GatewayState.CLOSED, [])
        assert station.association.next_deadline() is None


@pytest.mark.parametrize("is_silent", [False, True])
def test_what_comes_late_is_ignored(is_silent: bool) -> None:
    """A reply, or the lack of one, after ``stop`` changes nothing; nor does a loss before service."""
    station = Station()
    station.begin()
    station.lost()
    station.association.stop(2.0)
    station.events()
    station.silence() if is_silent else station.accepts(version=1)
    station.lost()
    assert station.log() == []
    assert station.state is GatewayState.CLOSED


def test_a_late_reply_does_not_spoil_the_next_round() -> None:
    """Silence heard of after ``stop`` does not make the next refusal look like a round that may be tried again."""
    station = Station()
    station.begin()
    station.association.stop(2.0)
    station.association.start(2.0)
    station.silence()
    station.redirects("x")
    station.wait()
    station.refuses()
    assert (station.state, station.log()[-1]) == (GatewayState.REFUSED, "Refused 402")


def test_a_start_while_all_goes_well_changes_nothing() -> None:
    """Only what is closed or refused can be started."""
    station = Station()
    station.begin()
    station.association.start(station.now)
    station.accepts()
    station.association.start(station.now)
    assert station.log() == ["Restart 901 > a", "InService a"]
    assert station.association.next_deadline() is None


def test_a_gateway_that_stops_has_nothing_left_to_be_disconnected_from() -> None:
    """After contact lost, ``stop`` and ``start`` begin with a Restart: what was held is gone."""
    station = Station("ab").serve()
    station.lost()
    station.association.stop(station.now)
    station.begin()
    assert station.log()[-1] == "Restart 901 > a"


def test_events_are_told_once() -> None:
    """What was taken is not told again."""
    station = Station()
    station.begin()
    assert len(station.events()) == 1
    assert station.events() == []
