"""What a command is: names, what is missing to it, and what is no part of it."""

import pytest

from iq_profile.procedures import (
    BearerReleased,
    ConfigureConnectionPoint,
    EventTerms,
    Heartbeat,
    Procedure,
    ReserveConnectionPoint,
    StreamTerms,
    TcpFailed,
    TlsFailed,
    recognise,
    recognise_command,
)
from megaco.message import (
    CHOOSE_CONTEXT,
    ActionRequest,
    AddRequest,
    CommandRequest,
    StreamMode,
)

from .strategies import CHOSEN, LOCAL, ROLES
from .written import BEAT, added, codes, described, recognised

_LOCAL = "Local Connection Address Request"


# ---------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("procedure", "title"),
    [
        (ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=LOCAL),)), "Reserve AGW Connection Point"),
        (
            ReserveConnectionPoint(1, 1, "core", (StreamTerms(1, local=LOCAL, remote=CHOSEN),)),
            "Reserve and Configure AGW Connection Point",
        ),
        (ConfigureConnectionPoint(1, "a", (StreamTerms(1, remote=CHOSEN),)), "Configure AGW Connection Point"),
        (ConfigureConnectionPoint(1, "a", ()), "Configure AGW Connection Point"),
        (ConfigureConnectionPoint(1, "a", (StreamTerms(1, establish_tls=True),)), "Establish TLS session"),
        (
            ConfigureConnectionPoint(1, "a", (StreamTerms(1, establish_tls=True),), EventTerms(1)),
            "Configure AGW Connection Point",
        ),
        (
            ConfigureConnectionPoint(1, "a", (StreamTerms(1, establish_tls=True), StreamTerms(2, establish_tcp=True))),
            "Configure AGW Connection Point",
        ),
        (TcpFailed(1, "a", 1, 1, ""), "TCP connection establishment failure"),
        (TlsFailed(1, "a", 1, 1, ""), "TLS session establishment failure"),
        (BearerReleased(1, "a", 1, 1, ""), "IP bearer released"),
        (Heartbeat(1, "a", 1), "Termination heartbeat"),
    ],
)
def test_procedures_have_their_names_of_stage_2(procedure: Procedure, title: str) -> None:
    """Ladders show TS 23.334's words."""
    assert procedure.title == title


# -------------------------------------------------------------------------------------------------------------- missing


@pytest.mark.parametrize(
    ("command", "context", "missing"),
    [
        (added(described(), BEAT), "$", ()),
        (added(described()), "$", ("Notify termination heartbeat",)),
        (added(described(), "Events = 1 { g/cause }"), "$", ("Notify termination heartbeat",)),
        (added(described(), "Events = 1 { hangterm/thb }"), "$", ()),
        (added(described(), "Events = 1 { hangterm/* }"), "$", ()),
        (added("Media { Stream = 1 { LocalControl { Mode = Inactive } } }", BEAT), "$", (_LOCAL,)),
        (added(BEAT), "$", (_LOCAL,)),
        (
            added("Media { Stream = 1 { Remote {\nv=0\n} }, Stream = 2 { Local {\nv=0\n} } }", BEAT),
            "$",
            (_LOCAL, "Remote Connection Address"),
        ),
        (
            'ServiceChange = ROOT { Services { Method = Restart, Reason = "901 Cold Boot" } }',
            "-",
            ("Protocol Version", "Service Change Profile"),
        ),
        (
            'ServiceChange = ROOT { Services { Method = Restart, Reason = "902 Warm Boot", Version = 2 } }',
            "-",
            ("Service Change Profile",),
        ),
    ],
)  # fmt: skip
def test_mandatory_elements_that_are_not_there_are_named(command: str, context: str, missing: tuple[str, ...]) -> None:
    """By TS 23.334's titles; it is the procedure all the same, and nothing in it is wrong."""
    found = recognised(command, context, "gateway" if "Service" in command else "controller")
    assert found.missing == missing
    assert found.faults == ()
    assert len(found.procedures) == 1


# --------------------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("command", "code", "what"),
    [
        (added(described("ds/other = 1"), BEAT), 445, "ds/other"),
        (added(described("zz/zz = 1"), BEAT), 445, "zz/zz"),
        (added(described("nt/jit = 1"), BEAT), 445, "nt/jit"),
        (added(described("ReservedGroup = ON"), BEAT), 445, "ReserveGroup"),
        (added(described("gm/saf = maybe"), BEAT), 449, "expected on or off"),
        (added(described("ds/dscp = 64"), BEAT), 449, "expected 0 to 63"),
        (added(described("ipdc/realm = [a,b]"), BEAT), 449, "expected one string"),
        (added(described("tman/sdr = -1"), BEAT), 449, "expected 0 to 4294967295"),
        (added(described(), "Events = 1 { hangterm/thb, al/on }"), 451, "al/on"),
        (added(described(), "Events = 1 { hangterm/thb, hangterm/zz }"), 451, "hangterm/zz"),
        (added(described(), "Events = 1 { hangterm/thb { timerx = soon } }"), 449, "hangterm/thb timerx"),
        (added(described(), "Events = 1 { hangterm/thb { zz = 1 } }"), 446, "hangterm/thb has no parameter zz"),
        (added(described(), "Events = 1 { adid/ipstop { dir = UP } }"), 454, "expected one of IN, OUT, BOTH"),
        (added(described(), BEAT, "Signals { al/ri }"), 452, "al/ri"),
        (added(described(), BEAT, "Signals { tlsbsc/Other }"), 452, "tlsbsc/Other"),
        (added(described(), BEAT, "Signals { SignalList = 1 { tlsbsc/EstBNC } }"), 452, "a signal list"),
        (added(described(), BEAT, "Signals { ipnapt/latch }"), 457, "ipnapt/latch without its parameter napt"),
        (added(described(), BEAT, "Signals { ipnapt/latch { napt = X } }"), 454, "expected one of OFF, LATCH, RELATCH"),
        (added(described(), BEAT, "Audit { Media }"), 444, "Audit"),
        (added(described(), BEAT, "DigitMap = x"), 444, "DigitMap"),
        (added(described(), BEAT, "Mux = H221 { a }"), 444, "Mux"),
        (added("Media { TerminationState { ServiceStates = Test } }", BEAT), 444, "TerminationState"),
        (added(described(), BEAT, name="ip/1/core/7"), 430, "ip/GROUP/INTERFACE/$ can be added"),
        (added(described(), BEAT, name="$"), 430, "ip/GROUP/INTERFACE/$ can be added"),
        (added(described(), BEAT, name="atm/1/core/$"), 430, "Unknown TerminationID atm/1/core/$"),
        (added(described(), BEAT, name="ip/*/core/$"), 430, "Unknown TerminationID ip/*/core/$"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_procedure_is_a_fault(command: str, code: int, what: str) -> None:
    """With the code that a gateway answers (H.248.8) and in words; it is a Reserve all the same."""
    found = recognised(command, "$", "controller")
    assert codes(found) == [code]
    assert what in found.faults[0].what
    assert [one.key for one in found.procedures] == ["reserve"]


def test_every_fault_is_told() -> None:
    """Of a command that has several; what is right in it is read."""
    command = added(described("Mode = Inactive, ds/other = 1, gm/saf = x"), "Events = 1 { al/on }", "Signals { al/ri }")
    found = recognised(command, "$")
    assert sorted(codes(found)) == [445, 449, 451, 452]
    (reserve,) = found.procedures
    assert isinstance(reserve, ReserveConnectionPoint)
    terms = reserve.streams[0]
    assert (terms.mode, terms.source_filter) == (StreamMode.INACTIVE, None)
    assert (terms.local or b"").startswith(b"v=0")


def test_an_add_of_several_terminations_is_not_implemented() -> None:
    """501, which decoders of version 2 never bring; the first of them is read."""
    add = AddRequest(("ip/1/core/$", "ip/2/access/$"))
    action = ActionRequest(CHOOSE_CONTEXT, commands=(CommandRequest(add),))
    found = recognise_command(action, action.commands[0], ROLES)
    assert codes(found) == [501]
    assert found.procedures == (ReserveConnectionPoint(CHOOSE_CONTEXT, 1, "core", ()),)


@pytest.mark.parametrize(
    ("command", "context", "code"),
    [
        ("Move = ip/1/core/1", "1", 443),
        ("AuditValue = ROOT { Audit { Media { TerminationState { ServiceStates } } } }", "-", 444),
        ("Modify = ROOT { Events = 1 { al/on } }", "-", 451),
        ("Modify = ROOT { Events = 1 { chp/mgcon }, Signals { al/ri } }", "-", 444),
        ("Notify = ROOT { ObservedEvents = 1 { al/on } }", "-", 451),
    ],
)
def test_commands_beside_the_procedures_have_faults_too(command: str, context: str, code: int) -> None:
    """Whatever the command."""
    assert codes(recognised(command, context)) == [code]


def test_an_add_of_another_form_is_recognised_as_far_as_it_goes() -> None:
    """A name that does not follow the profile has no interface and no group."""
    action = ActionRequest(1, commands=(CommandRequest(AddRequest(("$",))),))
    assert recognise(action, ROLES) == (ReserveConnectionPoint(1, None, None, ()),)
