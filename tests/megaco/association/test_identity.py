"""Who a gateway is: its mId, and where it speaks from; registrations that come again, and from elsewhere."""

import pytest

from megaco.association import GatewayUp
from megaco.message import DeviceName, ServiceChangeMethod

from .office import Office


@pytest.mark.parametrize("method", [ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED])
@pytest.mark.parametrize(
    ("before", "after"), [(("192.0.2.1", 2944), ("192.0.2.1", 40000)), (("192.0.2.1", 2944), ("192.0.2.2", 2944))]
)
def test_the_same_gateway_from_elsewhere(
    method: ServiceChangeMethod, before: tuple[str, int], after: tuple[str, int]
) -> None:
    """It is known by its mId: it has moved, and is not there twice."""
    office = Office()
    office.registers(peer=before)
    first = office.gateway(before)
    office.events()
    office.registers(method, peer=after)
    assert office.events() == [GatewayUp(office.gateway(after), method, is_new=False, before=first)]
    assert list(office.registrar.gateways) == [after]


def test_what_was_said_of_it_does_not_move() -> None:
    """Whoever comes from elsewhere is not leaving, and asks for no calls to be kept away."""
    office = Office(audit_s=10.0)
    office.registers(peer="here")
    office.changes(ServiceChangeMethod.GRACEFUL, peer="here")
    office.registers(peer="there")
    assert office.registrar.leaving == set()
    assert office.registrar.may_begin(office.gateway("there"))
    office.now = 100.0
    office.events()
    office.wait()
    assert office.log() == ["ask gw@there"]


def test_there_and_back() -> None:
    """A gateway that changes its port again and again stays one."""
    office = Office(most_gateways=1)
    for peer in (1, 2, 1, 3, 1):
        assert office.registers(peer=peer).error is None
        assert list(office.registrar.gateways) == [peer]
    assert office.log() == ["+gw@1 Restart", *(f"~gw@{peer} Restart" for peer in (2, 1, 3, 1))]


def test_another_gateway_from_the_same_place() -> None:
    """What speaks from where a gateway did has taken its place; that one's mId is free to come from elsewhere."""
    office = Office()
    office.registers(mid="old")
    old = office.gateway()
    office.registers(mid="new")
    up = office.events()[-1]
    assert isinstance(up, GatewayUp)
    assert (up.gateway.mid, up.before) == (DeviceName("new"), old)
    office.registers(mid="old", peer="elsewhere")
    assert office.log() == ["+old@elsewhere Restart"]
    assert set(office.registrar.gateways) == {"peer", "elsewhere"}


def test_a_gateway_that_moves_to_the_place_of_another() -> None:
    """It is the one that its mId says; the one that was there is down."""
    office = Office()
    office.registers(mid="one", peer=1)
    office.registers(mid="two", peer=2)
    two = office.gateway(2)
    office.events()
    office.registers(mid="two", peer=1)
    down, up = office.events()
    assert down.gateway.mid == DeviceName("one")
    assert up == GatewayUp(office.gateway(1), ServiceChangeMethod.RESTART, is_new=False, before=two)
    assert list(office.registrar.gateways) == [1]


def test_two_that_change_places() -> None:
    """Whatever became of the other, each mId is there once, and may leave."""
    office = Office()
    office.registers(mid="one", peer=1)
    office.registers(mid="two", peer=2)
    office.registers(mid="two", peer=1)
    office.registers(mid="one", peer=2)
    assert {gateway.mid: peer for peer, gateway in office.registrar.gateways.items()} == {
        DeviceName("one"): 2,
        DeviceName("two"): 1,
    }
    office.changes(ServiceChangeMethod.FORCED, mid="one", peer=2)
    office.events()
    office.registers(mid="two", peer=3)
    assert office.log() == ["~two@3 Restart"]
    assert list(office.registrar.gateways) == [3]


@pytest.mark.parametrize("method", [ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED])
def test_the_same_registration_once_more(method: ServiceChangeMethod) -> None:
    """One that comes again after LONG-TIMER, when the transaction is forgotten, has the same time, and ends no call."""
    office = Office()
    first = office.registers(method, at="10000000")
    office.changes(ServiceChangeMethod.GRACEFUL)
    before = office.gateway()
    office.events()
    office.now = 31.0
    assert office.registers(method, at="10000000") == first
    assert office.log() == []
    assert office.gateway() is before
    assert not office.registrar.may_begin(before)


@pytest.mark.parametrize(
    "other",
    [{"at": "10000001"}, {"at": None}, {"at": "10000000", "version": 1}, {"at": "10000000", "profile": None}],
    ids=["a later time", "no time", "another version", "another profile"],
)
def test_another_registration(other: dict[str, object]) -> None:
    """Whatever differs makes it another one: a gateway that restarts has lost its calls."""
    office = Office()
    office.registers(at="10000000")
    office.events()
    office.registers(**other)  # type: ignore[arg-type]
    assert office.log() == ["~gw@peer Restart"]


def test_without_a_time_nothing_is_the_same() -> None:
    """A gateway that does not say the time may have restarted."""
    office = Office()
    for _ in range(2):
        office.registers()
    assert office.log() == ["+gw@peer Restart", "~gw@peer Restart"]


def test_an_old_registration_after_a_gateway_is_down() -> None:
    """It looks like a new one, for nothing is remembered of who is gone: it is found out by asking it."""
    office = Office()
    office.registers(at="10000000")
    office.registrar.lost("peer")
    office.events()
    office.registers(at="10000000")
    assert office.log() == ["+gw@peer Restart"]
