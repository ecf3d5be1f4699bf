"""What is remembered of a session."""

from iq_profile.alg.state import Point, Role, Session, Side
from megaco.sdp import Sdp

from .calls import AUDIO, asked, sdp


def session(side: Side = "access") -> Session:
    """Return a session with one line to secure, one without, one rejected."""
    points: dict[Role, Point] = {"offerer": Point(side), "answerer": Point("core")}
    offer = Sdp.parse(sdp(*asked("MSRP"), *AUDIO, "m=audio 0 RTP/AVP 0"))
    return Session("s", offer, points, {0: "MSRP"})


def test_the_offerers_side_makes_the_direction() -> None:
    """Offers from the access side are originating."""
    assert session().is_originating
    assert not session("core").is_originating


def test_only_what_the_gateway_named_is_named() -> None:
    """A connection point has no name until the reply."""
    one = session()
    assert not one.named
    one.points["answerer"].termination_id = "ip/1/core/1"
    assert list(one.named) == ["ip/1/core/1"]


def test_a_session_needs_the_gateway_for_what_is_or_will_be_there() -> None:
    """Lines to secure, terminations, or a request without reply."""
    one = session()
    assert one.needs_gateway
    one.outstanding = 1
    one.secured.clear()
    assert one.needs_gateway
    other = session()
    other.secured.clear()
    assert not other.needs_gateway


def test_other_lines_are_those_that_may_go_on_alone() -> None:
    """Neither secured nor refused nor rejected."""
    one = session()
    assert one.has_others
    one.refused = frozenset({1})
    assert not one.has_others


def test_a_stream_without_its_line_is_unserved() -> None:
    """Reserved once, refused since."""
    one = session()
    one.points["offerer"].locals = {1: b""}
    assert not one.has_unserved
    one.secured.clear()
    assert one.has_unserved


def test_a_point_shows_the_gateways_side() -> None:
    """One m-line a stream."""
    point = Point("core", locals={2: b"v=0\r\nc=IN IP4 192.0.2.7\r\nm=message 40000 TCP/MSRP *\r\n"})
    assert point.media(2).port == 40000
