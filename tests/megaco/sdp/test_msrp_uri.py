"""MSRP URIs."""

from __future__ import annotations

import pytest

from megaco.sdp import MsrpUri, SdpError


@pytest.mark.parametrize(
    "text",
    ["msrp://alice.example.com:7394/2s93i9ek2a;tcp", "msrps://[2001:db8::7]:2855/a+b=c/d;tcp", "msrp://192.0.2.1;tcp",
     "msrp://bob@host.example.com:8493/asfd34;tcp;x=y;z", "msrps://%65x:1/s;ws"],
)  # fmt: skip
def test_uris_read_back(text: str) -> None:
    """Taken apart and put together a URI is the same."""
    assert str(MsrpUri.parse(text)) == text


def test_the_parts() -> None:
    """Each part is where it is called."""
    uri = MsrpUri.parse("MSRPS://bob@[2001:db8::7]:2855/Ab;tcp;x=y")
    assert uri == MsrpUri(True, "2001:db8::7", 2855, "Ab", "tcp", "bob", ("x=y",))


@pytest.mark.parametrize(
    "text",
    ["", "sip:a@b", "msrp://h:1/s", "msrp:h:1/s;tcp", "msrp://h:65536/s;tcp", "msrp://h:x/s;tcp", "msrp://h:1/;tcp",
     "msrp://u:p@h:1/s;tcp", "msrp://[::g]:1/s;tcp", "msrp://[1.2.3.4]:1/s;tcp", "msrp://2001:db8::1:1/s;tcp",
     "msrp://h:1/s;tcp ", "msrp://h:1/s;tcp;", "msrp://h:1/\u00e4;tcp"],
)  # fmt: skip
def test_malformed_uris_are_refused(text: str) -> None:
    """No transport, no known scheme, a password, a bad host or port: each is an error."""
    with pytest.raises(SdpError):
        MsrpUri.parse(text)


def test_another_authority_for_the_same_session() -> None:
    """Scheme, host and port change; user, session and parameters stay."""
    uri = MsrpUri.parse("msrps://u@ue:7394/sid;tcp;x=y")
    assert str(uri.with_authority("2001:db8::1", 9, secure=False)) == "msrp://u@[2001:db8::1]:9/sid;tcp;x=y"


@pytest.mark.parametrize(("host", "port"), [("", 1), ("a/b", 1), ("[::1]", 1), ("u@h", 1), ("h", 65536), ("a:b", 1)])
def test_an_authority_that_could_not_be_read_back_is_refused(host: str, port: int) -> None:
    """Neither brackets nor other parts of a URI can be smuggled in with a host."""
    with pytest.raises(SdpError):
        MsrpUri.parse("msrp://h:1/s;tcp").with_authority(host, port, secure=True)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("MSRP://x@EXAMPLE.com:7/Sid;TCP;p=1", True),
        ("msrp://ex%61mple.com:7/Sid;tcp", True),
        ("msrps://example.com:7/Sid;tcp", False),
        ("msrp://example.com:7/sid;tcp", False),
        ("msrp://example.com/Sid;tcp", False),
        ("msrp://example.com:7;tcp", False),
        ("msrp://example.com:7/Sid;ws", False),
    ],
)
def test_comparison_by_the_rules_of_msrp(other: str, same: bool) -> None:
    """Scheme, host and transport without letter case, session with it; user and parameters not at all."""
    assert MsrpUri.parse("msrp://example.com:7/Sid;tcp").matches(MsrpUri.parse(other)) is same


def test_addresses_are_compared_as_addresses() -> None:
    """Two spellings of one IPv6 address are the same place."""
    assert MsrpUri.parse("msrp://[2001:db8::1]:7/s;tcp").matches(MsrpUri.parse("msrp://[2001:DB8:0::1]:7/s;tcp"))
