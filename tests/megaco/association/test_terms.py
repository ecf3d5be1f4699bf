"""What is agreed at registration: version, profile, addresses, time (H.248.1 clauses 7.2.8, 11.3)."""

from typing import Any

import pytest

from megaco.association import InService, Refused
from megaco.association.table import GatewayState
from megaco.message import DomainName, ErrorDescriptor, IpAddress, ServiceChangeMethod

from .station import PROFILE, STAMP, Station

_HERE = IpAddress("192.0.2.7", 55555)


def test_a_warm_boot() -> None:
    """Where calls are still there the registration says so, and as long as nobody answered."""
    station = Station("ab", is_warm=True)
    station.begin()
    station.silence()
    station.silence()
    station.wait()
    assert station.log() == ["Restart 902 > a", "Restart 902 > b", "NoAnswer", "Restart 902 > a"]


def test_a_warm_boot_that_fails_over() -> None:
    """Once in service, Failover and Disconnected say what they would after a cold boot."""
    station = Station("ab", is_warm=True).serve()
    station.lost()
    station.silence()
    station.wait()
    assert station.log() == ["ContactLost a", "Failover 909 > b", "NoAnswer", "Disconnected 900 > a"]


@pytest.mark.parametrize("method", ["Restart", "Failover", "Disconnected", "HandOff"])
def test_every_registration_has_all_terms(method: str) -> None:
    """Version, profile, address and time go with each (clauses 7.2.8, 11.3), and never who to try (7.2.8)."""
    station = Station("ab", version=3, address=_HERE)
    station.begin()
    if method != "Restart":
        station.accepts()
        station.events()
        station.hand_off("x") if method == "HandOff" else station.lost()
    if method == "HandOff":
        station.moved("x")
    if method == "Disconnected":
        station.silence()
        station.events()
        station.wait()
    services = station.registration()
    assert services.method is ServiceChangeMethod(method)
    assert (services.version, services.profile, services.address, services.time_stamp) == (3, PROFILE, _HERE, STAMP)
    assert (services.mgc_id_to_try, services.address_port, services.delay) == (None, None, None)


def test_leaving_has_no_terms() -> None:
    """Forced and Graceful negotiate nothing."""
    station = Station(address=_HERE).serve()
    station.association.stop(station.now)
    services = station.registration()
    assert (services.version, services.profile, services.address, services.time_stamp) == (None, None, None, None)


def test_a_version_too_low() -> None:
    """It is refused, and what that controller asks is answered with 406 (clause 11.3)."""
    station = Station(version=3, lowest_version=2)
    station.begin()
    station.events()
    station.accepts(version=1)
    assert station.events() == [Refused(ErrorDescriptor(406, "version 1 answered, 2 needed"))]
    assert station.association.rejection == ErrorDescriptor(406, "Version Not Supported")
    station.association.start(station.now)
    assert station.association.rejection is None


@pytest.mark.parametrize("answered", [0, 1])
def test_a_version_too_low_and_another_controller(answered: int) -> None:
    """The next is asked; once one accepts, nobody is answered with 406 any more."""
    station = Station("ab", version=3, lowest_version=2)
    station.begin()
    station.accepts(version=answered)
    assert station.association.rejection is not None
    station.accepts(version=2)
    assert station.log() == ["Restart 901 > a", "Restart 901 > b", "InService b"]
    assert station.association.rejection is None


def test_an_absurdly_low_version() -> None:
    """There is no version 0."""
    station = Station()
    station.begin()
    station.accepts(version=0)
    assert station.state is GatewayState.REFUSED


def test_the_lowest_version_will_do() -> None:
    """What is just high enough is agreed."""
    station = Station(version=3, lowest_version=2)
    station.begin()
    station.events()
    station.accepts(version=2)
    assert station.events() == [InService(2, "a")]


@pytest.mark.parametrize(
    ("known", "answered"),
    [((), PROFILE), ((), PROFILE.upper()), ((), None), (("ResGW/1",), "resgw/1")],
    ids=["the same", "in capitals", "none", "another that is known"],
)
def test_a_profile_that_will_do(known: tuple[str, ...], answered: str | None) -> None:
    """A controller may say the same profile, one of those that are known, or nothing."""
    station = Station(profiles=known)
    station.begin()
    station.events()
    station.accepts(profile=answered)
    assert station.events() == [InService(2, "a", answered)]


@pytest.mark.parametrize("answered", ["other/1", "threegppiq/2", "threegppiq", ""])
def test_a_profile_that_will_not_do(answered: str) -> None:
    """Another profile, or another version of it, is refused like any other refusal, and leads to the next."""
    station = Station("ab")
    station.begin()
    station.accepts(profile=answered)
    station.accepts(profile=answered)
    assert station.events()[-1] == Refused(ErrorDescriptor(459, f"profile {answered} answered"))
    assert station.association.rejection is None


def test_no_profile_of_ones_own() -> None:
    """Who has none, and knows none, takes any."""
    station = Station()
    station.association.config = type(station.association.config)()
    station.begin()
    assert station.registration().profile is None
    station.accepts(profile="other/1")
    assert station.events() == [InService(2, "a", "other/1")]


@pytest.mark.parametrize(
    "address", [{"address": _HERE}, {"address": DomainName("mgc.example.net")}, {"address_port": 2955}, {}]
)
def test_where_the_controller_wants_requests(address: dict[str, Any]) -> None:
    """ServiceChangeAddress of the reply, whole or only a port, is told; None: as before (clause 7.2.8)."""
    station = Station()
    station.begin()
    station.events()
    station.accepts(**address)
    assert station.events() == [InService(2, "a", **address)]


def test_terms_are_of_the_controller_that_accepted() -> None:
    """What one answered before it was lost says nothing of the next."""
    station = Station("ab")
    station.begin()
    station.accepts(version=1, profile=PROFILE, address=_HERE)
    station.lost()
    station.events()
    station.accepts()
    assert station.events() == [InService(2, "b")]
