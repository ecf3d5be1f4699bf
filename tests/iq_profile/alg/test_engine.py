"""The controller's engine, flow by flow and policy by policy."""

import pytest

from iq_profile.alg.engine import Request, SendAnswer, SendOffer, SessionGone
from iq_profile.alg.settings import AlgSettings, H248Transport, WithoutCema
from iq_profile.procedures import (
    BEARER_EVENTS,
    ConfigureConnectionPoint,
    EventTerms,
    ReleaseTerminations,
    ReserveConnectionPoint,
    StreamTerms,
)
from megaco.message import CHOOSE_CONTEXT, StreamMode
from megaco.sdp import MediaDescription, Sdp

from .calls import (
    AUDIO,
    GATEWAY_PRINT,
    HEAD,
    OTHER_PRINT,
    UE_PRINT,
    Call,
    FakeGateway,
    asked,
    changed,
    lines,
    plain,
    sdp,
    secured,
)

FLOWS = ["msrp-originating", "msrp-terminating", "bfcp-originating", "bfcp-terminating"]


def shape(call: Call) -> list[str]:
    """Say in words what the engine did, in order."""
    words = []
    for action in call.said:
        match action:
            case Request(procedure=ReserveConnectionPoint(interface=interface) as one):
                words.append(f"{'reserve+' if one.streams[0].remote else 'reserve'} {interface}")
            case Request(procedure=ConfigureConnectionPoint(termination_id=name) as one):
                order = "tls" if one.title == "Establish TLS session" else "configure"
                words.append(f"{order} {name.split('/')[2]}")
            case Request(procedure=ReleaseTerminations(termination_ids=names)):
                words.append(f"release {len(names)}")
            case SendOffer() | SendAnswer() | SessionGone():
                words.append({SendOffer: "offer", SendAnswer: "answer", SessionGone: "gone"}[type(action)])
            case other:
                words.append(type(other).__name__)
    return words


def flow(name: str, setup: str = "active", settings: AlgSettings | None = None) -> Call:
    """Run a flow up to its answer."""
    application, _, direction = name.upper().partition("-")
    call = Call(settings)
    if direction == "ORIGINATING":
        return call.offer("access", sdp(*asked(application))).answer(sdp(*plain(application, setup=setup)))
    return call.offer("core", sdp(*plain(application))).answer(sdp(*secured(application, setup=setup)))


def orders(call: Call) -> list[ReserveConnectionPoint | ConfigureConnectionPoint]:
    """Return what the gateway was asked, releases aside."""
    return [one for one in call.gateway.orders if not isinstance(one, ReleaseTerminations)]


def stream(order: ReserveConnectionPoint | ConfigureConnectionPoint, number: int = 1) -> StreamTerms:
    """Return what an order says of a stream."""
    (found,) = [one for one in order.streams if one.stream_id == number]
    return found


def view(description: bytes | None) -> MediaDescription:
    """Read a Local or Remote."""
    assert description is not None
    return Sdp.parse(description).media[0]


# -------------------------------------------------------------------------------------------------------- the flows


@pytest.mark.parametrize("setup", ["active", "passive"])
@pytest.mark.parametrize(
    ("name", "steps"),
    [
        (
            "msrp-originating",
            "reserve core,reserve+ access,offer,configure core,configure access,answer,tls access",
        ),
        ("msrp-terminating", "reserve access,reserve+ core,offer,configure access,answer"),
        ("bfcp-originating", "reserve core,reserve+ access,offer,configure core,answer"),
        ("bfcp-terminating", "reserve access,reserve+ core,offer,configure access,answer"),
    ],
)
def test_a_flow_has_its_steps_in_order(name: str, setup: str, steps: str) -> None:
    """Reserve, forward, configure, forward; then bye subtracts both terminations and the session is gone."""
    call = flow(name, setup)
    assert shape(call) == steps.split(",")
    call.bye()
    assert shape(call)[-3:] == ["SendBye", "release 2", "gone"]
    assert call.is_over


def test_each_step_waits_for_the_gateway() -> None:
    """One request is outstanding at a time; the offer goes on after the last reply."""
    call = Call()
    call.engine.offer("s", "access", sdp(*asked("MSRP")), frozenset({"msrp-tls"}), 0.0)
    call.take()
    assert shape(call) == ["reserve core"]
    call.step()
    assert shape(call) == ["reserve core", "reserve+ access"]
    call.step()
    assert shape(call)[-1] == "offer"


@pytest.mark.parametrize(("setup", "own"), [("active", "active"), ("passive", "passive")])
def test_msrp_originating_directs_tls_by_the_answer(setup: str, own: str) -> None:
    """The gateway takes towards the UE the role that the peer took (steps 16-18)."""
    _, access, core, direct, start = orders(flow("msrp-originating", setup))
    assert (str(view(stream(access).local).setup), str(view(stream(access).remote).setup)) == ("actpass", "actpass")
    assert str(view(stream(core).remote).setup) == setup
    assert stream(core).local is None
    assert str(view(stream(direct).local).setup) == own
    assert str(view(stream(direct).remote).setup) == {"active": "passive", "passive": "active"}[own]
    assert not stream(direct).establish_tls
    assert start.streams == (StreamTerms(1, establish_tls=True),)


@pytest.mark.parametrize(("setup", "own", "starts"), [("active", "passive", False), ("passive", "active", True)])
def test_msrp_terminating_configures_role_and_fingerprint(setup: str, own: str, starts: bool) -> None:
    """Steps 14-16 bring the UE's address and fingerprint; the passive UE's gateway is the TLS client."""
    reserve, _, configure = orders(flow("msrp-terminating", setup))
    assert stream(reserve).remote is None
    assert not stream(reserve).establish_tls
    terms = stream(configure)
    assert str(view(terms.local).setup) == own
    assert [str(one) for one in view(terms.remote).fingerprints] == [UE_PRINT.replace("SHA", "sha")]
    assert (view(terms.remote).port, terms.establish_tls) == (7394, starts)


def test_bfcp_terminating_orders_tls_at_once() -> None:
    """Steps 2-4 tell the gateway to start; later steps leave TLS alone."""
    reserve, core, configure = orders(flow("bfcp-terminating"))
    assert stream(reserve).establish_tls
    assert not stream(core).establish_tls
    assert (stream(configure).local, stream(configure).establish_tls) == (None, False)


@pytest.mark.parametrize("name", FLOWS)
def test_terminations_share_a_context_and_carry_the_policy(name: str) -> None:
    """The second Add names the context that the first made; heartbeat, group and mode stand in both."""
    first, second, *_ = orders(flow(name, settings=AlgSettings(group=7, heartbeat_s=60, filter_source=True)))
    assert (first.context_id, second.context_id) == (CHOOSE_CONTEXT, 1)
    for one in (first, second):
        assert isinstance(one, ReserveConnectionPoint)
        assert (one.group, one.events) == (7, EventTerms(1, BEARER_EVENTS, heartbeat_s=60))
        assert stream(one).source_filter
        assert stream(one).mode is StreamMode.SEND_RECEIVE


# ---------------------------------------------------------------------------------------------------- rewritten SDP


def test_an_offer_of_several_lines_changes_where_it_must() -> None:
    """A secured MSRP line beside a plain one, audio and BFCP: each is decided by itself, the rest is untouched."""
    offer = sdp(*AUDIO, *asked("MSRP"), *secured("MSRP", port=7400), *asked("BFCP", port=7500))
    call = Call().offer("access", offer)
    gone, come = changed(offer, call.forwarded_offer)
    prints = f"a=fingerprint:{UE_PRINT}"
    assert gone == [
        "m=message 7394 TCP/TLS/MSRP *",
        prints,
        "a=3ge2ae:requested",
        "m=application 7500 TCP/TLS/BFCP *",
        prints,
        "a=3ge2ae:requested",
    ]
    gateway = "c=IN IP4 198.51.100.7"
    assert come == ["m=message 40102 TCP/MSRP *", gateway, "m=application 40104 TCP/BFCP *", gateway]
    after = Sdp.parse(call.forwarded_offer)
    assert [bool(media.fingerprints) for media in after.media] == [False, False, True, False]
    reserve = orders(call)[0]
    assert [one.stream_id for one in reserve.streams] == [2, 4]


def test_a_session_level_fingerprint_stays_with_the_lines_that_go_on() -> None:
    """It is pushed down to the TLS line that is not secured here, and nothing of it reaches the secured one."""
    head = (*HEAD, f"a=fingerprint:{UE_PRINT}")
    bare = [one for one in asked("MSRP") if "fingerprint" not in one]
    offer = sdp(*bare, "m=application 7500 TCP/TLS/BFCP *", head=head)
    call = Call().offer("access", offer)
    after = Sdp.parse(call.forwarded_offer)
    assert after.session.fingerprints == ()
    assert [len(media.fingerprints) for media in after.media] == [0, 1]
    assert [len(view(stream(one).remote).fingerprints) for one in orders(call)[1:2]] == [1]


def test_a_session_level_fingerprint_of_an_answer_does_not_reach_the_core() -> None:
    """Step 17: the answer to the core has none, whichever level the UE put it on."""
    answer = sdp(
        *(one for one in secured("MSRP", setup="active") if "fingerprint" not in one),
        head=(*HEAD, f"a=fingerprint:{UE_PRINT}"),
    )
    call = Call().offer("core", sdp(*plain("MSRP"))).answer(answer)
    assert b"fingerprint" not in call.forwarded_answer
    assert len(view(stream(orders(call)[2]).remote).fingerprints) == 1


def test_an_offer_that_needs_nothing_passes_byte_for_byte() -> None:
    """Session-level fingerprints too; no H.248 is sent, and the answer passes the same way."""
    octets = sdp(*secured("MSRP"), *AUDIO, head=(*HEAD, f"a=fingerprint:{UE_PRINT}"))
    call = Call().offer("access", octets)
    assert (call.forwarded_offer, call.gateway.orders) == (octets, [])
    answer = sdp(*secured("MSRP"), *AUDIO, head=(*HEAD, f"a=fingerprint:{OTHER_PRINT}"))
    call.answer(answer)
    assert call.forwarded_answer == answer
    assert call.bye().is_over


def test_both_ways_the_ends_see_the_gateway() -> None:
    """The offer names the gateway's core address, the answer its access address and fingerprint."""
    call = flow("msrp-originating")
    gone, come = changed(sdp(*plain("MSRP", setup="active")), call.forwarded_answer)
    assert gone == ["m=message 9000 TCP/MSRP *"]
    assert come == ["m=message 40201 TCP/TLS/MSRP *", "c=IN IP4 198.51.100.7", f"a=fingerprint:{GATEWAY_PRINT}"]


def test_ipv6_ends_and_an_ipv4_gateway() -> None:
    """The far end's address goes to the gateway as it is, and the gateway's goes into the SDP."""
    head = ("v=0", "s=-", "c=IN IP6 2001:db8::1")
    call = Call().offer("access", sdp(*asked("MSRP"), head=head))
    assert "c=IN IP4 198.51.100.7" in lines(call.forwarded_offer)
    assert str(view(stream(orders(call)[1]).remote).connection) == "IN IP6 2001:db8::1"


def test_ipv6_gateways() -> None:
    """An IPv6 gateway between IPv4 ends."""
    call = Call(gateway=FakeGateway("2001:db8::7")).offer("access", sdp(*asked("MSRP")))
    after = Sdp.parse(call.forwarded_offer)
    assert str(after.media[0].connection) == "IN IP6 2001:db8::7"
    assert str(after.session_connection) == "IN IP4 192.0.2.1"


def test_a_missing_setup_is_read_as_the_rfc_has_it() -> None:
    """The offer counts as active, the answer as passive; none is written into the SDP."""
    offer = sdp(*(one for one in asked("MSRP") if "setup" not in one))
    answer = sdp(*(one for one in plain("MSRP") if "setup" not in one))
    call = Call().offer("access", offer).answer(answer)
    core, access, _, direct, _ = orders(call)
    assert str(view(stream(core).local).setup) == "active"
    assert str(view(stream(access).remote).setup) == "active"
    assert str(view(stream(direct).local).setup) == "passive"
    assert b"setup" not in call.forwarded_offer + call.forwarded_answer


def test_a_line_with_port_0_passes() -> None:
    """Neither side hears of H.248 for it."""
    offer = sdp(*asked("MSRP", port=0), *asked("BFCP"))
    call = Call().offer("access", offer)
    assert [one.stream_id for one in orders(call)[0].streams] == [2]
    kept = [line for line in lines(offer) if line != "a=3ge2ae:requested"]
    assert lines(call.forwarded_offer)[5:9] == kept[5:9]


# --------------------------------------------------------------------------------------------------------- policies


def test_without_cema_a_line_is_refused() -> None:
    """Its port becomes 0, in the offer and in the answer, whatever the answerer says; the other line is secured."""
    bare = [one for one in asked("MSRP") if one != "a=msrp-cema"]
    call = Call().offer("access", sdp(*bare, *asked("BFCP", port=7500)))
    assert "m=message 0 TCP/TLS/MSRP *" in lines(call.forwarded_offer)
    call.answer(sdp(*plain("MSRP", port=9000), *plain("BFCP", port=9002)))
    assert "m=message 0 TCP/MSRP *" in lines(call.forwarded_answer)
    assert [one.stream_id for one in orders(call)[0].streams] == [2]


def test_without_cema_a_line_may_be_forwarded() -> None:
    """By policy it is secured like any other."""
    bare = [one for one in asked("MSRP") if one != "a=msrp-cema"]
    call = Call(AlgSettings(without_cema=WithoutCema.FORWARD)).offer("access", sdp(*bare))
    assert "m=message 40101 TCP/MSRP *" in lines(call.forwarded_offer)


def test_an_operator_may_secure_everything_with_a_fingerprint() -> None:
    """NOTE 1: also for a UE that announced nothing."""
    call = Call(AlgSettings(e2ae_always=True)).offer("access", sdp(*secured("MSRP")), frozenset())
    assert shape(call) == ["reserve core", "reserve+ access", "offer"]


def test_a_mechanism_that_this_controller_lacks_is_not_agreed() -> None:
    """What the UE announced counts only where the settings have it too."""
    call = Call(AlgSettings(mechanisms=("bfcp-tls",))).offer("access", sdp(*asked("MSRP")))
    assert shape(call) == ["offer"]


def test_combined_the_offerers_side_waits_for_the_answer() -> None:
    """NOTE 2: Reserve and Configure goes with the answer, roles known."""
    call = flow("msrp-originating", settings=AlgSettings(combine=True))
    assert shape(call) == ["reserve core", "offer", "configure core", "reserve+ access", "answer", "tls access"]
    terms = stream(orders(call)[2])
    assert (str(view(terms.local).setup), str(view(terms.remote).setup)) == ("active", "passive")
    assert call.bye().is_over


def test_combined_before_the_answer_one_termination_is_released() -> None:
    """What was not reserved is not subtracted."""
    call = Call(AlgSettings(combine=True)).offer("access", sdp(*asked("MSRP"))).bye()
    assert "release 1" in shape(call)
    assert call.is_over


def test_the_core_side_may_be_left_alone() -> None:
    """NOTE 3: for a=setup:active only."""
    settings = AlgSettings(skip_core_configure=True)
    assert "configure core" not in shape(flow("msrp-originating", "active", settings))
    assert "configure core" in shape(flow("msrp-originating", "passive", settings))
    assert "configure access" in shape(flow("msrp-terminating", "active", settings))


def test_tls_may_start_with_the_configuration() -> None:
    """Steps 16-18 carry the order, and step 21 is gone; combined, the late Add carries it."""
    call = flow("msrp-originating", settings=AlgSettings(merge_tls_start=True))
    assert shape(call)[-2:] == ["configure access", "answer"]
    assert stream(orders(call)[-1]).establish_tls
    late = flow("msrp-originating", settings=AlgSettings(merge_tls_start=True, combine=True))
    assert stream(orders(late)[-1]).establish_tls
    assert shape(late)[-2:] == ["reserve+ access", "answer"]


def test_release_may_name_all() -> None:
    """One Subtract of * with a wildcarded reply."""
    call = flow("bfcp-originating", settings=AlgSettings(release_all=True)).bye()
    assert call.gateway.orders[-1] == ReleaseTerminations(1, ("*",), is_wildcarded=True)
    assert call.is_over


@pytest.mark.parametrize("name", FLOWS)
def test_the_transport_may_be_tcp(name: str) -> None:
    """The gateway hears TCP and TCP/TLS; the ends still hear MSRP and BFCP."""
    call = flow(name, settings=AlgSettings(h248_transport=H248Transport.TCP))
    told = [text for one in orders(call) for terms in one.streams for text in (terms.local, terms.remote) if text]
    assert {view(text).protocol for text in told} == {"TCP", "TCP/TLS"}
    assert {view(text).formats for text in told} == {("-",)}
    assert name[:4].upper().encode() in call.forwarded_offer
    assert call.bye().is_over
