"""SDP through the controller: what is secured, what is rewritten, and what stays byte for byte."""

import pytest

from iq_profile.alg import rewrite
from iq_profile.alg.settings import AlgSettings, H248Transport, WithoutCema
from megaco.sdp import MediaDescription, Sdp, SdpError, Setup

from .calls import AUDIO, BOTH, GATEWAY_PRINT, HEAD, OTHER_PRINT, UE_PRINT, asked, changed, plain, sdp, secured

LOCAL = (
    "v=0\r\nc=IN IP4 198.51.100.7\r\nm=message 40001 TCP/TLS/MSRP *\r\na=setup:actpass\r\n"
    f"a=fingerprint:{GATEWAY_PRINT}\r\n"
)
LOCAL_6 = LOCAL.replace("IP4 198.51.100.7", "IP6 2001:db8::7")


def media(*lines: str, head: tuple[str, ...] = HEAD) -> MediaDescription:
    """Return the first m-line of a description."""
    return Sdp.parse(sdp(*lines, head=head)).media[0]


def local(text: str = LOCAL) -> MediaDescription:
    """Return the gateway's side."""
    return Sdp.parse(text.encode()).media[0]


def wants(
    *lines: str, originating: bool = True, agreed: frozenset[str] = BOTH, always: bool = False, at: int = 0
) -> bool:
    """Tell whether a line is secured."""
    line = Sdp.parse(sdp(*lines)).media[at]
    settings = AlgSettings(e2ae_always=always)
    return rewrite.wants_securing(line, is_originating=originating, agreed=agreed, settings=settings)


# ------------------------------------------------------------------------------------------------------ which lines


@pytest.mark.parametrize("application", ["MSRP", "BFCP"])
def test_a_ue_gets_what_it_asks_for(application: str) -> None:
    """A fingerprint, the request, and the mechanism announced by both: all three are needed."""
    line = asked(application)
    other = BOTH - {f"{application.lower()}-tls"}
    assert wants(*line)
    assert not wants(*line, agreed=other)
    assert not wants(*secured(application))
    assert not wants(*(one for one in line if "fingerprint" not in one))
    assert not wants(*(one.replace("requested", "applied") for one in line))


@pytest.mark.parametrize("value", ["requested", "Requested ", " REQUESTED"])
def test_the_request_is_read_without_regard_to_case(value: str) -> None:
    """White space and letter case mean nothing."""
    assert wants(*secured("MSRP", f"a=3ge2ae:{value}"))


def test_an_operator_may_secure_every_line_with_a_fingerprint() -> None:
    """NOTE 1: neither the request nor the announcement is needed, but the fingerprint and TLS are."""
    line = secured("MSRP")
    assert wants(*line, agreed=frozenset(), always=True)
    assert not wants(*(one for one in line if "fingerprint" not in one), always=True)
    assert not wants(*plain("MSRP"), f"a=fingerprint:{UE_PRINT}", always=True)


@pytest.mark.parametrize("application", ["MSRP", "BFCP"])
def test_a_ue_is_offered_security_where_both_announced_it(application: str) -> None:
    """Towards the UE the plain transport is secured, and the policy of NOTE 1 is of no account."""
    assert wants(*plain(application), originating=False)
    assert not wants(*plain(application), originating=False, agreed=frozenset(), always=True)
    assert not wants(*secured(application), originating=False)


@pytest.mark.parametrize("line", ["m=audio 5004 RTP/AVP 0", "m=message 7394 TCP/DTLS/MSRP *", "m=x 9 TCP/TLS/X *"])
def test_other_transports_are_not_secured(line: str) -> None:
    """Only TCP/TLS/MSRP and TCP/TLS/BFCP are."""
    assert not wants(line, "a=3ge2ae:requested", f"a=fingerprint:{UE_PRINT}", always=True)


def test_a_rejected_line_is_not_secured() -> None:
    """Port 0 asks for nothing."""
    assert not wants(*asked("MSRP", port=0))
    assert not wants(*plain("MSRP", port=0), originating=False)


def test_transports_are_compared_without_case() -> None:
    """tcp/tls/msrp is TCP/TLS/MSRP."""
    assert wants(*(one.replace("TCP/TLS/MSRP", "tcp/tls/Msrp") for one in asked("MSRP")))


def test_msrp_needs_cema() -> None:
    """Without it a line is refused, or by policy treated like any other; BFCP has no path."""
    line = media(*(one for one in asked("MSRP") if one != "a=msrp-cema"))
    assert rewrite.is_refused(line, AlgSettings())
    assert not rewrite.is_refused(line, AlgSettings(without_cema=WithoutCema.FORWARD))
    assert not rewrite.is_refused(media(*asked("MSRP")), AlgSettings())
    assert not rewrite.is_refused(media(*asked("BFCP")), AlgSettings())


# -------------------------------------------------------------------------------------------------------- rewriting


def rewritten(octets: bytes, at: int, how: MediaDescription) -> tuple[list[str], list[str]]:
    """Put a rewritten line back and return what differs."""
    return changed(octets, Sdp.parse(octets).replace_media(at, how).encode())


@pytest.mark.parametrize("application", ["MSRP", "BFCP"])
def test_towards_the_core_nothing_of_tls_is_left(application: str) -> None:
    """Transport, address and port change, fingerprints and 3ge2ae go; each other line stays (step 8)."""
    octets = sdp(*AUDIO, *asked(application), f"a=fingerprint:{OTHER_PRINT}")
    kind = "message" if application == "MSRP" else "application"
    gone, come = rewritten(octets, 1, rewrite.to_core(Sdp.parse(octets).media[1], local()))
    assert gone == [
        f"m={kind} 7394 TCP/TLS/{application} *",
        f"a=fingerprint:{UE_PRINT}",
        "a=3ge2ae:requested",
        f"a=fingerprint:{OTHER_PRINT}",
    ]
    assert come == [f"m={kind} 40001 TCP/{application} *", "c=IN IP4 198.51.100.7"]


@pytest.mark.parametrize(("is_offer", "marks"), [(True, ["a=3ge2ae:applied"]), (False, [])])
def test_towards_the_ue_the_gateways_fingerprint_comes(is_offer: bool, marks: list[str]) -> None:
    """Offers say a=3ge2ae:applied, answers do not (steps 8 and 19)."""
    octets = sdp(*plain("MSRP"), *AUDIO)
    line = rewrite.to_access(Sdp.parse(octets).media[0], local(), is_offer=is_offer)
    gone, come = rewritten(octets, 0, line)
    assert gone == ["m=message 9000 TCP/MSRP *"]
    assert sorted(come) == sorted(
        ["m=message 40001 TCP/TLS/MSRP *", "c=IN IP4 198.51.100.7", f"a=fingerprint:{GATEWAY_PRINT}", *marks]
    )


def test_fingerprints_of_others_do_not_reach_the_ue() -> None:
    """What a core peer says of its certificate, or of 3ge2ae, is replaced."""
    octets = sdp(*plain("MSRP"), f"a=fingerprint:{OTHER_PRINT}", "a=3ge2ae:requested")
    line = rewrite.to_access(Sdp.parse(octets).media[0], local(), is_offer=False)
    assert [str(one) for one in line.fingerprints] == [GATEWAY_PRINT]
    assert line.end_to_access_edge is None


@pytest.mark.parametrize("text", [LOCAL, LOCAL_6])
def test_the_gateways_address_goes_into_the_line(text: str) -> None:
    """IPv4 or IPv6; the session's c= stays for the other lines."""
    octets = sdp(*asked("MSRP"), *AUDIO)
    after = Sdp.parse(octets).replace_media(0, rewrite.to_core(Sdp.parse(octets).media[0], local(text)))
    assert after.media[0].connection == local(text).connection
    assert str(after.media[1].connection) == str(after.session_connection) == "IN IP4 192.0.2.1"


def test_a_c_line_of_the_media_is_replaced() -> None:
    """There is one c= in a line, in its place."""
    octets = sdp("m=message 7394 TCP/TLS/MSRP *", "c=IN IP4 192.0.2.9", "a=msrp-cema")
    after = rewrite.to_core(Sdp.parse(octets).media[0], local())
    assert [line.encode() for line in after.lines][:2] == [
        b"m=message 40001 TCP/MSRP *\r\n",
        b"c=IN IP4 198.51.100.7\r\n",
    ]


def test_an_address_that_is_right_already_is_not_repeated() -> None:
    """No c= comes where the session's names the gateway."""
    octets = sdp(*asked("MSRP"), head=("v=0", "s=-", "c=IN IP4 198.51.100.7"))
    _, come = rewritten(octets, 0, rewrite.to_core(Sdp.parse(octets).media[0], local()))
    assert come == ["m=message 40001 TCP/MSRP *"]


def test_line_ends_and_odd_spacing_survive() -> None:
    """Bare LF, double blanks and unknown lines are not tidied up."""
    octets = b"v=0\ns=-\nc=IN IP4 192.0.2.1\nx=odd  one \nm=message  7394  TCP/TLS/MSRP  *\na=msrp-cema\na=x\n"
    after = Sdp.parse(octets).replace_media(0, rewrite.to_core(Sdp.parse(octets).media[0], local())).encode()
    assert after == (
        b"v=0\ns=-\nc=IN IP4 192.0.2.1\nx=odd  one \nm=message  40001  TCP/MSRP  *\n"
        b"c=IN IP4 198.51.100.7\na=msrp-cema\na=x\n"
    )


def test_a_rejected_line_keeps_all_but_its_port() -> None:
    """RFC 3264 clause 6."""
    octets = sdp(*asked("MSRP"))
    gone, come = rewritten(octets, 0, rewrite.rejected(Sdp.parse(octets).media[0]))
    assert (gone, come) == (["m=message 7394 TCP/TLS/MSRP *"], ["m=message 0 TCP/TLS/MSRP *"])


# ------------------------------------------------------------------------------------------------- Local and Remote


@pytest.mark.parametrize(
    ("is_access", "transport", "line"),
    [
        (True, H248Transport.MEDIA, "m=message $ TCP/TLS/MSRP *"),
        (False, H248Transport.MEDIA, "m=message $ TCP/MSRP *"),
        (True, H248Transport.TCP, "m=message $ TCP/TLS -"),
        (False, H248Transport.TCP, "m=message $ TCP -"),
    ],
)
def test_local_leaves_the_choice_to_the_gateway(is_access: bool, transport: H248Transport, line: str) -> None:
    """Address, port and, towards the UE, fingerprint; the transport is named as the policy says."""
    settings = AlgSettings(h248_transport=transport)
    text = rewrite.local_to_choose(media(*asked("MSRP")), Setup.ACTPASS, is_access=is_access, settings=settings)
    last = ["a=fingerprint:sha-256 $", ""] if is_access else [""]
    assert text.decode().split("\r\n") == ["v=0", "c=IN IP4 $", line, "a=setup:actpass", *last]


def test_remote_tells_address_port_and_every_fingerprint() -> None:
    """All of a UE's fingerprints go to the gateway, which takes the best."""
    line = media(*asked("MSRP"), f"a=fingerprint:{OTHER_PRINT}")
    text = rewrite.remote_of(line, Setup.PASSIVE, is_access=True, settings=AlgSettings())
    assert text.decode().split("\r\n") == [
        "v=0",
        "c=IN IP4 192.0.2.1",
        "m=message 7394 TCP/TLS/MSRP *",
        "a=setup:passive",
        f"a=fingerprint:{UE_PRINT.replace('SHA', 'sha')}",
        f"a=fingerprint:{OTHER_PRINT.replace('SHA', 'sha')}",
        "",
    ]


def test_remote_towards_the_core_has_no_fingerprint() -> None:
    """Nothing of TLS is said of a plain stream."""
    line = media(*plain("BFCP"), f"a=fingerprint:{OTHER_PRINT}")
    text = rewrite.remote_of(line, Setup.ACTIVE, is_access=False, settings=AlgSettings())
    assert b"fingerprint" not in text
    assert b"m=application 9000 TCP/BFCP *\r\n" in text


def test_session_level_values_reach_remote() -> None:
    """c= and fingerprint may stand above all lines; IPv6 asks for IPv6."""
    head = ("v=0", "s=-", "c=IN IP6 2001:db8::1", f"a=fingerprint:{UE_PRINT}")
    line = media("m=message 7394 TCP/TLS/MSRP *", head=head)
    remote = rewrite.remote_of(line, Setup.ACTIVE, is_access=True, settings=AlgSettings())
    assert b"c=IN IP6 2001:db8::1\r\n" in remote
    assert b"a=fingerprint:sha-256 A1:" in remote
    chosen = rewrite.local_to_choose(line, Setup.ACTIVE, is_access=True, settings=AlgSettings())
    assert b"c=IN IP6 $\r\n" in chosen


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("m=message 7394 TCP/TLS/MSRP *", f"a=fingerprint:{UE_PRINT}"), "c= line"),
        (("m=message 7394 TCP/TLS/MSRP *", "c=IN IP4 192.0.2.1"), "SHA hash"),
    ],
)
def test_a_far_end_needs_address_and_fingerprint(lines: tuple[str, ...], expected: str) -> None:
    """What the gateway cannot do without is missed here."""
    with pytest.raises(SdpError, match=expected):
        rewrite.check_far_end(media(*lines, head=("v=0",)), is_access=True)


def test_setup_is_replaced_in_local() -> None:
    """Only that line differs."""
    gone, come = changed(LOCAL.encode(), rewrite.with_setup(LOCAL.encode(), Setup.PASSIVE))
    assert (gone, come) == (["a=setup:actpass"], ["a=setup:passive"])


def test_a_missing_setup_is_active_in_offers_and_passive_in_answers() -> None:
    """RFC 4145 clause 4.1."""
    bare = media("m=message 7394 TCP/TLS/MSRP *")
    assert rewrite.offered_setup(bare) is Setup.ACTIVE
    assert rewrite.answered_setup(bare) is Setup.PASSIVE
    assert rewrite.answered_setup(media(*plain("MSRP", setup="active"))) is Setup.ACTIVE


def test_roles_have_opposites() -> None:
    """Active and passive change places, the others stay."""
    assert [rewrite.opposite(one) for one in Setup] == [Setup.PASSIVE, Setup.ACTIVE, Setup.ACTPASS, Setup.HOLDCONN]


# ---------------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "octets",
    [
        b"nonsense",
        sdp("m=message x TCP/MSRP *"),
        sdp("m=message $ TCP/MSRP *"),
        sdp("m=message 9 TCP/MSRP *", "c=IN IP4 $"),
        sdp("m=message 9 TCP/TLS/MSRP *", "a=fingerprint:sha-256 $"),
        sdp("m=message 9 TCP/TLS/MSRP *", "a=fingerprint:sha-256 00:11"),
        sdp("m=message 9 TCP/MSRP *", "a=setup:sometimes"),
        sdp() + sdp(),
    ],
)
def test_what_is_no_sdp_of_an_end_is_refused(octets: bytes) -> None:
    """Faults of grammar, wildcards and several descriptions in one are SdpError."""
    with pytest.raises(SdpError):
        rewrite.read(octets)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage",
        LOCAL.replace("40001", "$"),
        LOCAL.replace("40001", "0"),
        LOCAL.replace("198.51.100.7", "$"),
        LOCAL.replace("c=IN IP4 198.51.100.7\r\n", ""),
        LOCAL.replace(GATEWAY_PRINT, "sha-256 $"),
        LOCAL.replace(f"a=fingerprint:{GATEWAY_PRINT}\r\n", ""),
        LOCAL + "m=message 9 TCP/MSRP *\r\n",
        LOCAL + LOCAL,
    ],
)
def test_a_local_in_which_something_was_not_chosen_is_refused(text: str) -> None:
    """The gateway owes an address, a port and, towards the UE, a fingerprint."""
    with pytest.raises(SdpError):
        rewrite.check_chosen(text.encode(), is_access=True)
    rewrite.check_chosen(LOCAL.encode(), is_access=True)


def test_a_plain_local_needs_no_fingerprint() -> None:
    """Towards the core there is no TLS."""
    rewrite.check_chosen(b"v=0\r\nc=IN IP4 198.51.100.7\r\nm=message 4 TCP/MSRP *\r\n", is_access=False)
