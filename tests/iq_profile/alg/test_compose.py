"""Procedures from what is remembered of a session."""

from iq_profile.alg import compose
from iq_profile.alg.plans import PlanStep
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.state import Point, Role, Session
from iq_profile.procedures import ConfigureConnectionPoint, ReleaseTerminations, ReserveConnectionPoint, StreamTerms
from megaco.sdp import Sdp

from .calls import asked, lines, plain, sdp

CORE = b"v=0\r\nc=IN IP4 198.51.100.7\r\nm=message 40001 TCP/MSRP *\r\na=setup:actpass\r\n"
ACCESS = b"v=0\r\nc=IN IP4 198.51.100.7\r\nm=message 40002 TCP/TLS/MSRP *\r\na=setup:actpass\r\n"


def session() -> Session:
    """Return an originating session with two lines, both sides reserved, and an answer."""
    points: dict[Role, Point] = {
        "offerer": Point("access", "ip/1/access/2", {1: ACCESS, 2: ACCESS}),
        "answerer": Point("core", "ip/1/core/1", {1: CORE, 2: CORE}),
    }
    one = Session("s", Sdp.parse(sdp(*asked("MSRP"), *asked("BFCP"))), points, {0: "MSRP", 1: "BFCP"})
    one.context_id = 5
    one.answer = Sdp.parse(sdp(*plain("MSRP", setup="passive"), *plain("BFCP", setup="active")))
    return one


def configured(one: Session, step: PlanStep) -> ConfigureConnectionPoint:
    """Compose a step that configures."""
    order = compose.procedure(one, step, AlgSettings())
    assert isinstance(order, ConfigureConnectionPoint)
    return order


def test_streams_are_numbered_by_their_lines() -> None:
    """One stream an m-line, from 1."""
    order = compose.procedure(session(), PlanStep.RESERVE_ANSWERER, AlgSettings())
    assert isinstance(order, ReserveConnectionPoint)
    assert [stream.stream_id for stream in order.streams] == [1, 2]
    assert order.interface == "core"


def test_each_step_names_its_own_termination() -> None:
    """The answerer's side is the core's in an originating call."""
    assert configured(session(), PlanStep.CONFIGURE_ANSWERER).termination_id == "ip/1/core/1"
    assert configured(session(), PlanStep.CONFIGURE_OFFERER).termination_id == "ip/1/access/2"
    assert configured(session(), PlanStep.START_TLS).termination_id == "ip/1/access/2"


def test_only_msrp_is_directed_and_started() -> None:
    """BFCP has its roles from offer and answer (RFC 8856 clause 8)."""
    assert [one.stream_id for one in configured(session(), PlanStep.CONFIGURE_OFFERER).streams] == [1]
    assert configured(session(), PlanStep.START_TLS).streams == (StreamTerms(1, establish_tls=True),)


def test_a_refused_stream_is_given_back_once() -> None:
    """Empty descriptors free it; the next step does not mention it any more."""
    one = session()
    del one.secured[1]
    gone = StreamTerms(2, local=b"", remote=b"")
    assert gone in configured(one, PlanStep.CONFIGURE_ANSWERER).streams
    assert gone in configured(one, PlanStep.CONFIGURE_OFFERER).streams
    assert gone not in configured(one, PlanStep.CONFIGURE_ANSWERER).streams


def test_release_names_each_termination_or_all() -> None:
    """By policy one Subtract of * does."""
    one = session()
    assert compose.release(one, AlgSettings()) == ReleaseTerminations(5, ("ip/1/access/2", "ip/1/core/1"))
    assert compose.release(one, AlgSettings(release_all=True)) == ReleaseTerminations(5, ("*",), True)
    assert compose.procedure(one, PlanStep.RELEASE, AlgSettings()) == compose.release(one, AlgSettings())


def test_refused_lines_get_port_0_both_ways() -> None:
    """Secured ones get the gateway's address."""
    one = session()
    assert one.answer is not None
    del one.secured[1]
    one.refused = frozenset({1})
    offer = lines(compose.rewritten(one, one.offer, is_offer=True))
    answer = lines(compose.rewritten(one, one.answer, is_offer=False))
    assert [line for line in offer if line[0] == "m"] == [
        "m=message 40001 TCP/MSRP *",
        "m=application 0 TCP/TLS/BFCP *",
    ]
    assert [line for line in answer if line[0] == "m"] == [
        "m=message 40002 TCP/TLS/MSRP *",
        "m=application 0 TCP/BFCP *",
    ]
