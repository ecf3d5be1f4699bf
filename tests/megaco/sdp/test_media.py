"""Media descriptions: typed views, fall-through to the session, edits of the m= line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from megaco.sdp import (
    CHOOSE,
    Connection,
    ConnectionAttribute,
    Fingerprint,
    FloorRole,
    MediaDescription,
    Sdp,
    SdpError,
    Setup,
)

from .samples import INDENTED_ORDER, MSRP_ORDER, SHA_1, SHA_256, UE_OFFER

Edit = Callable[[MediaDescription], MediaDescription]


def _media(text: bytes) -> MediaDescription:
    return Sdp.parse(text).media[0]


def test_an_order_with_wildcards() -> None:
    """What the controller leaves open is seen as such."""
    media = _media(MSRP_ORDER)
    assert (media.kind, media.protocol, media.formats) == ("message", "TCP/TLS/MSRP", ("*",))
    assert media.port is CHOOSE
    assert media.is_port_choose
    assert media.connection == Connection("IN", "IP4", "$")
    assert media.fingerprints == (Fingerprint("sha-256", "$"),)
    assert media.setup is Setup.ACTPASS


def test_an_msrp_offer() -> None:
    """The views of MSRP read the media's own lines."""
    message = Sdp.parse(UE_OFFER).media[0]
    assert message.port == 7394
    assert message.path == ("msrps://[2001:db8::7]:7394/2s93i9ek2a;tcp",)
    assert message.msrp_cema
    assert message.end_to_access_edge == "requested"
    assert message.is_tls
    assert message.floor_control == ()


def test_a_bfcp_offer() -> None:
    """The views of BFCP read the media's own lines."""
    floor = Sdp.parse(UE_OFFER).media[2]
    assert floor.floor_control == (FloorRole.C_ONLY, FloorRole.S_ONLY)
    assert floor.connection_attribute is ConnectionAttribute.NEW
    assert (floor.end_to_access_edge, floor.path, floor.msrp_cema) == (None, (), False)


def test_port_count_rejection_and_plain_protocols() -> None:
    """A port count is kept apart from the port; port 0 rejects; RTP/AVP is not TLS."""
    _, audio, _, image = Sdp.parse(UE_OFFER).media
    assert (audio.port, audio.port_count, audio.formats, audio.is_tls) == (49170, 2, ("0", "8"), False)
    assert (image.is_rejected, audio.is_rejected, image.port_count) == (True, False, None)


def test_session_level_values_fall_through() -> None:
    """Address, setup and fingerprints come from the session where the media has none, and only there."""
    message, audio, floor, _ = Sdp.parse(UE_OFFER).media
    assert [str(media.connection) for media in (message, audio)] == ["IN IP6 2001:db8::7", "IN IP4 192.0.2.9"]
    assert (message.setup, audio.setup) == (Setup.ACTPASS, Setup.ACTIVE)
    assert message.fingerprints == (Fingerprint("sha-256", SHA_256),)
    assert floor.fingerprints == (Fingerprint("sha-1", SHA_1),)
    assert (message.attribute("fingerprint"), message.connection_attribute) == (None, None)


def test_a_media_description_alone_has_no_values() -> None:
    """Absence at both levels is None or empty."""
    media = _media(b"m=message 9 TCP/MSRP *\n")
    assert (media.connection, media.setup, media.fingerprints) == (None, None, ())


@pytest.mark.parametrize("protocol", ["TCP/TLS", "tcp/tls/bfcp", "UDP/TLS/RTP/SAVPF", "TCP/DTLS/BFCP"])
def test_protocols_with_tls(protocol: str) -> None:
    """TLS counts wherever it stands in the protocol and however it is written."""
    assert _media(f"m=x 1 {protocol} *".encode()).is_tls


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (b"m=message 9 TCP/MSRP\n", 1),
        (b"v=0\nm=message x TCP/MSRP *\n", 2),
        (b"v=0\nm=message 70000 TCP/MSRP *\n", 2),
        (b"v=0\nm=message 9/0 TCP/MSRP *\n", 2),
        (b"m=message 9 TCP/MSRP *\n\na=setup:both\n", 3),
        (b"v=0\nm=message 9 TCP/MSRP *\na=connection:\n", 3),
        (b"v=0\nm=x 9 TCP/TLS *\na=x\na=fingerprint:sha-1 AB\n", 4),
        (b"c=IN IP6 1.2.3.4\nm=x 9 TCP/TLS *\n", 1),
        (b"m=x 9 TCP/TLS *\nc=IN IP4 1.2.3.4\nc=IN IP4\n", 3),
        (b"m=x 9 TCP/BFCP *\na=floorctrl:me\n", 2),
        (b"o=- 1 2\nm=x 9 TCP/BFCP *\n", 1),
        (b"v=0\nm=x 9 TCP/BFCP *\nv=0\nm=x 9 TCP/BFCP *\na=setup:x\n", 5),
    ],
)
def test_validate_names_the_line_at_fault(lines: bytes, line: int) -> None:
    """A malformed value passes parsing and fails when viewed, with its line in the whole text."""
    sdp = Sdp.parse(lines)
    with pytest.raises(SdpError) as caught:
        sdp.validate()
    assert caught.value.line == line


def test_valid_descriptions_validate() -> None:
    """Real offers and orders pass."""
    for text in (UE_OFFER, MSRP_ORDER, INDENTED_ORDER, b""):
        Sdp.parse(text).validate()


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (lambda m: m.with_port(40000), b"7394 TCP", b"40000 TCP"),
        (lambda m: m.with_port(CHOOSE), b"7394 TCP", b"$ TCP"),
        (lambda m: m.with_protocol("TCP/MSRP"), b"TCP/TLS/MSRP", b"TCP/MSRP"),
        (lambda m: m.with_formats("-"), b"MSRP *", b"MSRP -"),
        (lambda m: m.with_setup(Setup.PASSIVE), b"setup:actpass", b"setup:passive"),
        (lambda m: m.with_attribute("3ge2ae", "applied"), b"requested", b"applied"),
        (lambda m: m.without_attribute("msrp-cema"), b"a=msrp-cema\r\n", b""),
        (lambda m: m.with_connection(Connection("IN", "IP4", "$")), b"MSRP *\r\n", b"MSRP *\r\nc=IN IP4 $\r\n"),
        (lambda m: m.add_attribute("x", "1"), b"requested\r\n", b"requested\r\na=x:1\r\n"),
    ],
)
def test_an_edit_touches_its_line_only(edit: Edit, old: bytes, new: bytes) -> None:
    """After an edit the description differs from the parsed bytes in that one place."""
    sdp = Sdp.parse(UE_OFFER)
    assert UE_OFFER.count(old) == 1
    assert sdp.replace_media(0, edit(sdp.media[0])).encode() == UE_OFFER.replace(old, new)


def test_with_port_keeps_the_count_and_the_spacing() -> None:
    """Only the port's digits change."""
    sdp = Sdp.parse(b"m=audio  49170/2 RTP/AVP  0 8 ")
    assert sdp.replace_media(0, sdp.media[0].with_port(4)).encode() == b"m=audio  4/2 RTP/AVP  0 8 "


def test_the_connection_goes_after_the_title() -> None:
    """RFC 8866 wants `c=` right after `m=` and `i=`."""
    media = Sdp.parse(UE_OFFER).media[2].with_connection(Connection.to_address("192.0.2.3"))
    assert [line.encode() for line in media.lines[:3]][1:] == [b"i=floor\r\n", b"c=IN IP4 192.0.2.3\r\n"]


def test_edits_of_indented_text_are_indented() -> None:
    """A line added to SDP laid out by a pretty printer lines up with the others."""
    sdp = Sdp.parse(INDENTED_ORDER)
    changed = sdp.replace_media(0, sdp.media[0].with_port(40000).add_attribute("x", None)).encode()
    assert changed == INDENTED_ORDER.replace(b"$ TCP", b"40000 TCP").replace(b"actpass\n", b"actpass\n    a=x\n")


def test_equal_values_leave_the_media_alone() -> None:
    """Setting port, protocol and formats to what they are gives the very same object."""
    media = _media(UE_OFFER)
    assert media.with_port(7394).with_protocol("TCP/TLS/MSRP").with_formats("*") is media


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: m.with_port(65536),
        lambda m: m.with_port(-1),
        lambda m: m.with_protocol("TCP /X"),
        lambda m: m.with_protocol(""),
        lambda m: m.with_formats(),
        lambda m: m.with_formats("0 8"),
    ],
)
def test_values_that_do_not_fit_the_line_are_refused(edit: Edit) -> None:
    """An edit never makes a line that could not be read back."""
    with pytest.raises(SdpError):
        edit(_media(MSRP_ORDER))
