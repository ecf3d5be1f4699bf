"""A gateway whose controller answers no more (H.248.1 clause 11.5): the others first, then all of them again."""

import pytest

from megaco.association.table import GatewayState

from .station import WAIT_S, Station


def test_the_primary_fails() -> None:
    """The others are told Failover, 909, at once and in order."""
    station = Station("abc").serve()
    lost_at = station.now
    station.lost()
    station.silence()
    station.accepts()
    assert station.log() == ["ContactLost a", "Failover 909 > b", "Failover 909 > c", "InService c"]
    assert station.now == lost_at


def test_a_secondary_fails() -> None:
    """The attempts begin with the primary, and leave out the one that failed."""
    station = Station("abc")
    station.begin()
    station.silence()
    station.accepts()
    station.lost()
    station.silence()
    assert station.log()[2:] == ["InService b", "ContactLost b", "Failover 909 > a", "Failover 909 > c"]


def test_all_fail() -> None:
    """After a random wait all are asked again from the primary; the former one is told Disconnected, 900."""
    station = Station("abc")
    station.begin()
    station.silence()
    station.accepts()
    station.events()
    station.lost()
    station.silence()
    station.silence()
    assert station.log() == ["ContactLost b", "Failover 909 > a", "Failover 909 > c", "NoAnswer"]
    for _ in range(2):
        assert station.wait() == WAIT_S
        for _ in range(3):
            station.silence()
        assert station.log() == ["Failover 909 > a", "Disconnected 900 > b", "Failover 909 > c", "NoAnswer"]
    station.wait()
    station.silence()
    station.accepts()
    assert station.log() == ["Failover 909 > a", "Disconnected 900 > b", "InService b"]


@pytest.mark.parametrize("controllers", ["ab", "abc"])
def test_the_others_refuse(controllers: str) -> None:
    """The one that failed was not asked: after a random wait it is, though all others said no (clause 11.5)."""
    station = Station(controllers).serve()
    station.lost()
    for _ in controllers[1:]:
        station.refuses(510)
    assert station.log()[-1] == "NoAnswer"
    assert station.wait() == WAIT_S
    station.accepts()
    assert station.log() == ["Disconnected 900 > a", "InService a"]


def test_all_refuse_after_a_failure() -> None:
    """Once the former one has refused too, the gateway is refused."""
    station = Station("ab").serve()
    station.lost()
    station.refuses()
    station.wait()
    station.refuses()
    station.refuses()
    assert station.log()[-2:] == ["Failover 909 > b", "Refused 402"]
    assert station.state is GatewayState.REFUSED


def test_the_only_one_fails() -> None:
    """With nobody else to ask, it is asked again after a random wait."""
    station = Station().serve()
    station.lost()
    assert station.log() == ["ContactLost a"]
    assert station.wait() == WAIT_S
    station.accepts()
    assert station.log() == ["Disconnected 900 > a", "InService a"]


def test_who_failed_last_counts() -> None:
    """Disconnected is for the controller in service last, not for one before."""
    station = Station("ab").serve()
    station.lost()
    station.accepts()
    station.lost()
    station.silence()
    station.wait()
    assert station.log() == [
        "ContactLost a",
        "Failover 909 > b",
        "InService b",
        "ContactLost b",
        "Failover 909 > a",
        "NoAnswer",
        "Failover 909 > a",
    ]
    station.silence()
    assert station.log() == ["Disconnected 900 > b"]


def test_a_loss_is_told_once() -> None:
    """Several requests without answer lose one contact."""
    station = Station("ab").serve()
    station.lost()
    station.lost()
    station.lost()
    assert station.log() == ["ContactLost a", "Failover 909 > b"]


def test_a_loss_of_nothing() -> None:
    """Whoever is not in service has nothing to lose."""
    station = Station("ab")
    station.lost()
    station.association.start(0.0)
    station.lost()
    station.wait()
    station.lost()
    station.redirects("x")
    station.lost()
    station.moved("x")
    station.refuses()
    station.refuses()
    station.lost()
    assert [line for line in station.log() if line.startswith("ContactLost")] == []
    assert station.state is GatewayState.REFUSED


def test_a_user_waits_no_longer_for_the_former_controller() -> None:
    """Local activity ends the wait after contact lost."""
    station = Station().serve()
    station.lost()
    station.association.local_activity(station.now)
    assert station.log() == ["ContactLost a", "Disconnected 900 > a"]
