"""The edges of procedures: empty values, wildcards for values, events out of place, what cannot be written."""

import pytest

from iq_profile.procedures import (
    ActivateCongestion,
    AuditValue,
    ConfigureConnectionPoint,
    Congestion,
    EventTerms,
    ReserveConnectionPoint,
    StreamTerms,
    compose,
    recognise,
)
from megaco.errors import LocalError
from megaco.message import (
    NULL_CONTEXT,
)

from .strategies import LOCAL, ROLES, carried
from .written import added, codes, described, recognised


def test_an_empty_realm_is_a_realm() -> None:
    """Whoever writes it says something."""
    procedure = ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=LOCAL),), realm="")
    assert recognise(compose(procedure, ROLES), ROLES) == (procedure,)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (added(described("gm/saf = $")), 449),
        (added(described("gm/saf = { ON, OFF }")), 449),
        (added(described("ds/dscp = [1:2]")), 449),
        (added(described("ipdc/realm = $")), 449),
        (added(described(), "Events = 1 { hangterm/thb { timerx = $ } }"), 449),
        (added(described(), "Events = 1 { hangterm/thb { timerx > 5 } }"), 449),
    ],
)
def test_what_is_to_be_chosen_is_no_value(command: str, code: int) -> None:
    """The fields are bool, int and str: what is none of them is a fault, not a value, nor lost in silence."""
    assert codes(recognised(command, "$")) == [code]


def test_a_reduction_that_is_none_is_not_the_end_of_congestion() -> None:
    """Who reads the procedures alone would send more calls."""
    found = recognised("Notify = ROOT { ObservedEvents = 1 { chp/mgcon { reduction = 101 } } }", "-")
    assert Congestion(NULL_CONTEXT, 1, 0) not in found.procedures


@pytest.mark.parametrize(
    ("command", "context"),
    [
        ("Notify = ip/1/core/1 { ObservedEvents = 1 { chp/mgcon { reduction = 5 } } }", "1"),
        ("Notify = ROOT { ObservedEvents = 1 { hangterm/thb } }", "-"),
    ],
)
def test_an_event_of_another_place_is_no_procedure(command: str, context: str) -> None:
    """Congestion is ROOT's, the heartbeat a termination's."""
    found = recognised(command, context)
    assert found.procedures == ()
    assert found.faults != ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("Notify = a { ObservedEvents = 1 { tcpbcc/BNCChange { Type = zz } } }", 454),
        ("Notify = a { ObservedEvents = 1 { hangterm/thb { zz = 1 } } }", 446),
    ],
)
def test_parameters_of_observed_events_are_held_to_their_package(command: str, code: int) -> None:
    """As those of requested events are."""
    assert codes(recognised(command)) == [code]


def test_a_fault_of_a_value_names_its_property() -> None:
    """Of several properties one could not tell which is wrong."""
    (fault,) = recognised(added(described("gm/saf = maybe")), "$").faults
    assert "gm/saf" in fault.what


@pytest.mark.parametrize("asked", ["*/*", "chp/*"])
def test_wildcarded_events_of_root_ask_for_all_that_they_name(asked: str) -> None:
    """As those of a termination do."""
    found = recognised(f"Modify = ROOT {{ Events = 7 {{ {asked} }} }}", "-")
    assert ActivateCongestion(NULL_CONTEXT, 7) in found.procedures
    assert found.faults == ()


def test_the_nearest_is_one_that_the_sender_can_send() -> None:
    """What the controller got wrong is a procedure of the controller."""
    command = 'ServiceChange = ROOT { Services { Method = Graceful, Reason = "905 Taken Out of Service" } }'
    assert recognised(command, "-", "controller").nearest == "controller_out_of_service"


@pytest.mark.parametrize("request_id", [0, 1])
def test_events_can_be_taken_back_in_text(request_id: int) -> None:
    """An empty Events descriptor is how (H.248.1 clause 7.1.9); what is read as that can be written again."""
    procedure = ConfigureConnectionPoint(1, "ip/1/core/1", (), EventTerms(request_id))
    read = carried(compose(procedure, ROLES), "compact")
    assert recognise(read, ROLES) == (ConfigureConnectionPoint(1, "ip/1/core/1", (), EventTerms(0)),)


def test_an_audit_of_no_descriptor_is_refused_as_other_bad_values_are() -> None:
    """``compose`` says LocalError for a value that cannot be written."""
    with pytest.raises(LocalError):
        compose(AuditValue(NULL_CONTEXT, ("ROOT",), ("Everything",)), ROLES)
