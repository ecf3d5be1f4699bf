"""Events that are asked for, and those that were seen."""

import pytest

from iq_profile.procedures import (
    TITLES,
    ActivateCongestion,
    BearerReleased,
    ConfigureConnectionPoint,
    EventRole,
    EventTerms,
    Heartbeat,
    Procedure,
    TcpFailed,
    TlsFailed,
    compose,
    recognise,
    recognise_command,
)
from iq_profile.procedures.wording import EVENTS
from megaco.message import (
    NULL_CONTEXT,
    ActionRequest,
    CommandRequest,
    ModifyRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    PropertyParm,
    Value,
    ValueList,
)

from .strategies import ROLES
from .written import codes, recognised

# --------------------------------------------------------------------------------------------------------------- events


@pytest.mark.parametrize(
    ("asked", "roles"),
    [
        ("*/*", set(EVENTS)),
        ("tlsbsc/*", {"tls_change"}),
        ("TLSBSC/*", {"tls_change"}),
        ("TcpBcc/bncCHANGE", {"tcp_change"}),
        ("g/*", {"bearer_released"}),
        ("al/*", set()),
    ],
)
def test_wildcarded_events_ask_for_all_that_they_name(asked: str, roles: set[EventRole]) -> None:
    """By name in any case, by package, or all; of a package that has none of them, none."""
    found = recognised(f"Modify = ip/1/core/1 {{ Events = 7 {{ {asked} }} }}")
    (configure,) = found.procedures
    assert isinstance(configure, ConfigureConnectionPoint)
    assert configure.events == EventTerms(7, frozenset(roles), is_wildcarded="*" in asked)
    assert found.faults == ()


def test_no_events_are_asked_for_by_an_empty_descriptor() -> None:
    """It takes back what was asked before; without a descriptor nothing is said of events."""
    (none,) = recognised("Modify = ip/1/core/1 { Events }").procedures
    (silent,) = recognised("Modify = ip/1/core/1").procedures
    assert isinstance(none, ConfigureConnectionPoint)
    assert isinstance(silent, ConfigureConnectionPoint)
    assert none.events == EventTerms(0)
    assert silent.events is None


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0), ("300", 300), ("2147483647", 2**31 - 1), ("0x10", 16), ("2147483648", None), ("9" * 5000, None),
        ("-1", None), ("1.5", None), ("", None), ("\u0663", None),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_the_heartbeat_period_is_an_integer(written: str, seconds: int | None) -> None:
    """A type of four octets (H.248.1 clause 12.2); anything else is no period, and 449."""
    terms = ConfigureConnectionPoint(1, "a", (), EventTerms(1, frozenset({"bearer_released"}), heartbeat_s=1))
    action = compose(terms, ROLES)
    events = action.commands[0].command.events  # type: ignore[union-attr]
    heartbeat, other = events.events  # type: ignore[union-attr]
    timer = PropertyParm("TimerX", Value(written, quoted=not written.isascii() or not written))
    changed = type(heartbeat)("HangTerm/thb", parameters=(timer,))
    modify = ModifyRequest(("a",), (type(events)(1, (other, changed)),))  # type: ignore[misc]
    found = recognise_command(action, CommandRequest(modify), ROLES)
    (configure,) = found.procedures
    assert isinstance(configure, ConfigureConnectionPoint)
    assert configure.events == EventTerms(1, frozenset({"bearer_released", "heartbeat"}), heartbeat_s=seconds)
    assert codes(found) == ([] if seconds is not None else [449])


# ---------------------------------------------------------------------------------------------------------- indications


def _observed(name: str, *parameters: PropertyParm, stream: int | None = 2) -> ActionRequest:
    event = ObservedEvent(name, stream_id=stream, parameters=parameters)
    notify = NotifyRequest(("a",), ObservedEventsDescriptor(7, (event,)))
    return ActionRequest(1, commands=(CommandRequest(notify),))


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("tcpbcc/BNCChange", "fail", TcpFailed),
        ("TCPBCC/bncchange", "FAIL", TcpFailed),
        ("tlsbsc/BNCChange", "fail", TlsFailed),
        ("tcpbcc/BNCChange", "rel", BearerReleased),
        ("tlsbsc/BNCChange", "rel", BearerReleased),
        ("tcpbcc/BNCChange", "est", None),
        ("tlsbsc/BNCChange", "est", None),
        ("tcpbcc/BNCChange", "other", None),
    ],
)
def test_a_change_is_what_its_type_says(name: str, kind: str, found: type[Procedure] | None) -> None:
    """A connection that came up is no failure; one that was released is not one either."""
    action = _observed(name, PropertyParm("type", Value(kind)), PropertyParm("failurecause", Value("why", quoted=True)))
    wanted = () if found is None else (found(1, "a", 7, 2, "why"),)  # type: ignore[call-arg, arg-type]
    assert recognise(action, ROLES) == wanted


def test_a_notify_of_several_events_is_a_procedure_for_each() -> None:
    """In their order."""
    command = 'Notify = ip/1/core/1 { ObservedEvents = 7 { hangterm/thb, tcpbcc/BNCChange { Stream = 2, Type = fail, Failurecause = "no" } } }'  # noqa: E501
    name = "ip/1/core/1"
    assert recognised(command).procedures == (Heartbeat(1, name, 7), TcpFailed(1, name, 7, 2, "no"))


def test_several_orders_to_root_are_a_procedure_each() -> None:
    """One Modify of ROOT may ask for all reports."""
    found = recognised("Modify = root { Events = 7 { chp/mgcon, ipra/arc, it/ito { mit = 500 } } }", "-")
    assert [one.key for one in found.procedures] == [
        "congestion_activate",
        "realm_availability_activate",
        "inactivity_activate",
    ]
    assert found.title == ", ".join(TITLES[one.key] for one in found.procedures)
    assert found.procedures[0] == ActivateCongestion(NULL_CONTEXT, 7)


def test_what_fits_no_procedure_is_left_out() -> None:
    """Other events, a change without type, a Move, and a Modify of ROOT that asks for nothing."""
    for command, context in (("Move = a", "1"), ("Modify = root", "-")):
        assert recognised(command, context).procedures == ()
    assert recognise(_observed("al/on"), ROLES) == ()
    assert recognise(_observed("tcpbcc/BNCChange"), ROLES) == ()


def test_an_event_without_stream_concerns_stream_one() -> None:
    """And one without words has an empty cause; parameters that are lists are no words."""
    action = _observed("g/cause", PropertyParm("Failurecause", ValueList((Value("x"),))), stream=None)
    assert recognise(action, ROLES) == (BearerReleased(1, "a", 7, 1, ""),)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (Value("636C6F736564"), "closed"),
        (Value("636c6f736564"), "closed"),
        (Value("closed"), "closed"),
        (Value("636C6F736564", quoted=True), "636C6F736564"),
        (Value("closed by the far end", quoted=True), "closed by the far end"),
        (Value("FF"), "\ufffd"),
        (Value("F"), "F"),
    ],
)
def test_a_failure_cause_is_an_octet_string(value: Value, cause: str) -> None:
    """Hexadecimal (H.248.1 Annex E.1); what writes words instead is read all the same."""
    assert recognise(_observed("g/cause", PropertyParm("Failurecause", value)), ROLES) == (
        BearerReleased(1, "a", 7, 2, cause),
    )
