"""A controller that asks its gateways whether they are there, and hears what they say of their load."""

import pytest

from megaco.association import AskGateway
from megaco.message import (
    NULL_CONTEXT,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    CommandRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    ServiceChangeMethod,
    Value,
)

from .office import Office

_AUDIT_S = 10.0


def _notify(*events: ObservedEvent) -> NotifyRequest:
    return NotifyRequest(("ROOT",), ObservedEventsDescriptor(1, events))


def _congestion(share: str) -> ObservedEvent:
    return ObservedEvent("chp/mgcon", parameters=(PropertyParm("reduction", Value(share)),))


def test_a_silent_gateway_is_asked() -> None:
    """By an AuditValue of ROOT that wants nothing (TS 29.334 clause 5.12), and again after each such while."""
    office = Office(audit_s=_AUDIT_S)
    office.registers()
    office.events()
    for number in range(1, 4):
        office.wait()
        assert office.now == number * _AUDIT_S
        audit = AuditValueRequest(("ROOT",), AuditDescriptor())
        assert office.events() == [
            AskGateway(office.gateway(), (ActionRequest(NULL_CONTEXT, commands=(CommandRequest(audit),)),))
        ]


def test_nobody_is_asked_by_default() -> None:
    """Monitoring has to be set."""
    office = Office()
    office.registers()
    assert office.registrar.next_deadline() is None
    office.registrar.handle_timer(1e9)
    assert office.log() == ["+gw@peer Restart"]


@pytest.mark.parametrize("by", ["reply", "request"])
def test_whoever_speaks_is_not_asked(by: str) -> None:
    """The while counts from what the gateway said last."""
    office = Office(audit_s=_AUDIT_S)
    office.registers()
    office.events()
    while office.now < 100.0:
        office.now += 9.0
        office.registrar.handle_timer(office.now)
        if by == "reply":
            office.registrar.heard("peer", office.now)
        else:
            assert office.says(_notify()) is None
    assert office.log() == []
    said_at = office.now
    while not (log := office.log()):
        office.wait()
    assert (log, office.now) == (["ask gw@peer"], said_at + _AUDIT_S)


def test_strangers_are_not_watched() -> None:
    """Who speaks without being registered is not kept."""
    office = Office(audit_s=_AUDIT_S)
    office.registrar.heard("stranger", 0.0)
    assert office.says(_notify(_congestion("50")), peer="stranger") is None
    assert (office.registrar.next_deadline(), office.log()) == (None, [])
    assert office.registrar.load.share("stranger", 0.0) == 0.0


@pytest.mark.parametrize("end", ["forced", "lost", "forgotten"])
def test_who_is_gone_is_not_asked(end: str) -> None:
    """The watch ends with the association."""
    office = Office(audit_s=_AUDIT_S)
    office.registers()
    if end == "forced":
        office.changes(ServiceChangeMethod.FORCED)
    elif end == "lost":
        office.registrar.lost("peer")
    else:
        office.registrar.forget("peer")
    office.events()
    assert office.registrar.next_deadline() is None
    office.registrar.handle_timer(1e9)
    assert office.log() == []


def test_a_registration_begins_the_watch_anew() -> None:
    """Whoever has just come, or come back, was heard."""
    office = Office(audit_s=_AUDIT_S)
    office.registers()
    office.now = 9.0
    office.registers()
    assert office.registrar.next_deadline() == 19.0


def test_a_registration_that_comes_again_is_heard() -> None:
    """It changes nothing, but it was said by somebody."""
    office = Office(audit_s=_AUDIT_S)
    office.registers(at="10000000")
    office.now = 9.0
    office.registers(at="10000000")
    office.events()
    office.wait()
    assert office.log() == []
    office.wait()
    assert (office.log(), office.now) == (["ask gw@peer"], 19.0)


def test_a_thousand_gateways() -> None:
    """Each that is silent is asked once in a while; those that speak cost one look at the clock in that while."""
    office = Office(audit_s=_AUDIT_S)
    for number in range(1000):
        office.now = number / 1000
        office.registers(mid=f"gw{number}", peer=number)
    office.events()
    asked: dict[object, int] = {}
    wakes, heard_until = 0, 1.0
    while (deadline := office.registrar.next_deadline()) is not None and deadline <= 101.0:
        while heard_until < deadline:
            for number in range(0, 1000, 2):
                office.registrar.heard(number, heard_until)
            heard_until += 1.0
        office.wait()
        wakes += 1
        for event in office.events():
            assert isinstance(event, AskGateway)
            asked[event.gateway.peer] = asked.get(event.gateway.peer, 0) + 1
    assert set(asked) == set(range(1, 1000, 2))
    assert set(asked.values()) == {10}
    assert wakes <= 1000 * (101 / (_AUDIT_S - 1.0) + 1)


def test_a_thousand_at_once() -> None:
    """All that are due are asked in one look at the clock, and none of them twice."""
    office = Office(audit_s=_AUDIT_S)
    for number in range(1000):
        office.registers(mid=f"gw{number}", peer=number)
    office.events()
    office.wait()
    assert len(office.events()) == 1000
    office.registrar.handle_timer(office.now)
    assert office.events() == []
    assert office.registrar.next_deadline() == 2 * _AUDIT_S


@pytest.mark.parametrize("audit_s", [1e-300, 0.0])
def test_a_while_too_short_to_pass(audit_s: float) -> None:
    """However short it is, or becomes: a look at the clock asks each gateway once."""
    office = Office(audit_s=1.0)
    office.registers()
    office.events()
    office.registrar.config = type(office.registrar.config)(audit_s=audit_s)
    office.now = 1e6
    office.registrar.handle_timer(office.now)
    assert office.log() == ["ask gw@peer"]


def test_load_is_told() -> None:
    """What a gateway says of its load is told, beside what else it notifies, and forgotten when it restarts."""
    office = Office()
    office.registers()
    office.events()
    assert office.says(_notify(_congestion("30"))) is None
    assert office.says(_notify(ObservedEvent("ocp/mg_overload"), ObservedEvent("x/y"))) is None
    assert office.says(_notify(_congestion("nonsense"))) is None
    assert office.says(_notify(_congestion("0"))) is None
    assert office.log() == ["load gw@peer 30", "load gw@peer 30", "load gw@peer 10"]
    office.registers()
    assert office.registrar.load.share("peer", office.now) == 0.0


def test_overload_passes() -> None:
    """With time the share falls, though nobody says so."""
    office = Office()
    office.registers()
    office.says(_notify(ObservedEvent("ocp/mg_overload")))
    assert [office.registrar.load.share("peer", now) for now in (0.0, 1.0, 2.0, 3.0)] == [10.0, 5.0, 0.0, 0.0]
