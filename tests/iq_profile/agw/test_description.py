"""Local and Remote: what can be carried, and how ``$`` is filled in."""

import pytest

from iq_profile.agw.description import answer_local, read_description
from megaco.sdp import Fingerprint, Sdp, SdpError

from .rig import OWN, sdp


@pytest.mark.parametrize(
    "protocol", ["TCP", "TCP/TLS", "TCP/MSRP", "TCP/TLS/MSRP", "TCP/BFCP", "TCP/TLS/BFCP", "tcp/tls/msrp"]
)
def test_transports_that_can_be_carried(protocol: str) -> None:
    """TCP with or without TLS, naming its application or not, in any case."""
    assert read_description(Sdp.parse(sdp(protocol))).protocol == protocol


@pytest.mark.parametrize("protocol", ["UDP/BFCP", "TCP/TLS/RTP/AVP", "RTP/AVP", "TCP/DTLS/BFCP", "TLS"])
def test_transports_that_cannot(protocol: str) -> None:
    """The error lists those that can."""
    with pytest.raises(SdpError, match=r"one of TCP, TCP/BFCP, TCP/MSRP, TCP/TLS, .*found '" + protocol):
        read_description(Sdp.parse(sdp(protocol)))


@pytest.mark.parametrize(
    "text", [b"", b"v=0\r\n", sdp() + b"m=message 1 TCP/MSRP *\r\n", sdp(fingerprint="sha-256 AB"), sdp(setup="up")]
)
def test_descriptions_that_cannot_be_read(text: bytes) -> None:
    """One m-line, and every value of it well-formed."""
    with pytest.raises(SdpError):
        read_description(Sdp.parse(text))


@pytest.mark.parametrize("level", ["session", "media", "both"])
@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_filled_in_where_it_stands(level: str, address: str) -> None:
    """At the session, at the m-line, or at both; all else keeps its place."""
    family = "IP6" if ":" in address else "IP4"
    lines = ["v=0", "s=-", "c=IN IP4 $", "m=message $ TCP/MSRP *", "c=IN IP4 $", "a=setup:actpass", "a=x:y"]
    lines = [line for number, line in enumerate(lines) if number != {"session": 4, "media": 2}.get(level)]
    asked = Sdp.parse("".join(f"{line}\r\n" for line in lines).encode())
    filled = [line.replace("IP4 $", f"{family} {address}").replace("message $", "message 7") for line in lines]
    assert answer_local(asked, address, 7, OWN).encode().decode().split("\r\n")[:-1] == filled


@pytest.mark.parametrize("asked", ["sha-256 $", "SHA-256 $", "$", "sha-1 $"])
def test_a_fingerprint_is_filled_in_whole(asked: str) -> None:
    """Whatever hash is asked for, the gateway's own fingerprint comes back."""
    filled = answer_local(Sdp.parse(sdp("TCP/TLS/MSRP", fingerprint=asked)), "192.0.2.1", 7, OWN)
    assert filled.media[0].fingerprints == (OWN,)


def test_what_is_not_left_open_stays() -> None:
    """A port that is told is kept, and so is a fingerprint; without ``$`` the very description comes back."""
    other = Fingerprint("sha-256", ":".join(["EE"] * 32))
    told = Sdp.parse(sdp("TCP/TLS/MSRP", far=("192.0.2.9", 9), fingerprint=str(other)))
    assert answer_local(told, "192.0.2.1", 7, OWN) is told
    half = Sdp.parse(sdp("TCP/TLS/MSRP", fingerprint=str(other)))
    assert answer_local(half, "192.0.2.1", 7, OWN).media[0].fingerprints == (other,)
