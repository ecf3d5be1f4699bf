"""A gateway with a primary controller and others (H.248.1 clause 11.2): silence and refusal in every order."""

import itertools

import pytest

from megaco.association import Refused
from megaco.association.table import GatewayState
from megaco.message import ErrorDescriptor

from .station import WAIT_S, Station


def test_the_primary_comes_first() -> None:
    """Where it accepts, nobody else is asked."""
    station = Station("abc")
    station.begin()
    station.accepts()
    assert station.log() == ["Restart 901 > a", "InService a"]


def test_silence_of_the_primary() -> None:
    """The others are asked in order, at once."""
    station = Station("abc")
    station.begin()
    began = station.now
    station.silence()
    station.silence()
    station.accepts()
    assert station.log() == ["Restart 901 > a", "Restart 901 > b", "Restart 901 > c", "InService c"]
    assert station.now == began


def test_silence_of_all() -> None:
    """After all were silent the gateway waits a random while and begins with the primary again."""
    station = Station("ab")
    station.begin()
    for _ in range(2):
        station.silence()
        station.silence()
        assert station.wait() == WAIT_S
    assert station.log() == [
        "Restart 901 > a",
        "Restart 901 > b",
        "NoAnswer",
        "Restart 901 > a",
        "Restart 901 > b",
        "NoAnswer",
        "Restart 901 > a",
    ]


@pytest.mark.parametrize("answers", list(itertools.product("sr", repeat=3)), ids="".join)
def test_refusals_and_silence(answers: tuple[str, ...]) -> None:
    """Each is asked once; where one was silent the round is repeated, where all refused it is not."""
    station = Station("abc")
    station.begin()
    for answer in answers:
        station.silence() if answer == "s" else station.refuses()
    tries = ["Restart 901 > a", "Restart 901 > b", "Restart 901 > c"]
    if "s" in answers:
        assert station.log() == [*tries, "NoAnswer"]
        assert station.wait() == WAIT_S
        assert station.log() == ["Restart 901 > a"]
    else:
        assert station.log() == [*tries, "Refused 402"]
        assert (station.state, station.association.next_deadline()) == (GatewayState.REFUSED, None)


def test_the_last_refusal_is_told() -> None:
    """Of several errors the last is."""
    station = Station("ab")
    station.begin()
    station.refuses(402)
    station.refuses(510)
    assert station.events()[-1] == Refused(ErrorDescriptor(510, "no"))


def test_silence_of_an_earlier_round_counts_no_more() -> None:
    """A round in which all refuse ends it, though the one before was silent."""
    station = Station("ab")
    station.begin()
    station.silence()
    station.silence()
    station.wait()
    station.refuses()
    station.refuses()
    assert station.state is GatewayState.REFUSED


def test_a_new_start_asks_all_again() -> None:
    """After a refusal by all, a start begins with the primary."""
    station = Station("ab")
    station.begin()
    station.refuses()
    station.refuses()
    station.events()
    station.begin()
    station.silence()
    assert station.log() == ["Restart 901 > a", "Restart 901 > b"]


def test_a_refusal_without_service_leaves_a_restart() -> None:
    """Whoever comes after one that refused is told of the same cold boot."""
    station = Station("ab")
    station.begin()
    station.refuses()
    station.accepts()
    assert station.log() == ["Restart 901 > a", "Restart 901 > b", "InService b"]


def test_the_same_controller_twice_is_no_other() -> None:
    """A list that names one controller twice has no other to fail over to."""
    station = Station("aa").serve()
    station.lost()
    assert station.log() == ["ContactLost a"]
    assert station.wait() == WAIT_S
