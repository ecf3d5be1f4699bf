"""Typed values of fields."""

from __future__ import annotations

import pytest

from megaco.sdp import CHOOSE, Connection, FloorRole, Origin, SdpError, Setup
from megaco.sdp.values import parse_floor_control, parse_port, parse_setup


@pytest.mark.parametrize(
    "text",
    ["IN IP4 192.0.2.1", "IN IP6 2001:db8::1", "IN IP6 ::ffff:192.0.2.1", "IN IP4 $", "IN $ $", "IN IP6 ue.example.com",
     "IN IP4 224.2.36.42/127", "IN IP6 FF15::101/3", "ATM NSAP 47.0091", "in ip4 192.0.2.1"],
)  # fmt: skip
def test_connections_read_back(text: str) -> None:
    """Addresses of both families, names, wildcards and other networks keep their text."""
    assert str(Connection.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "IN IP4", "IN IP4 192.0.2.1 x", "IN IP4 192.0.2.256", "IN IP4 1.2.3", "IN IP4 2001:db8::1", "IN IP6 192.0.2.1",
     "IN IP6 [2001:db8::1]", "IN IP6 fe80::1%eth0", "IN IP4 a_b", "IN IP6 1::2::3"],
)  # fmt: skip
def test_malformed_connections_are_refused(text: str) -> None:
    """An address has to be of the family its line names."""
    with pytest.raises(SdpError):
        Connection.parse(text)


def test_a_connection_of_words_with_blanks_cannot_be_made() -> None:
    """The constructor refuses what could not be read back."""
    with pytest.raises(SdpError):
        Connection("IN", "IP4", "192.0.2.1\r\na=x")


def test_the_family_follows_from_the_address() -> None:
    """`to_address` tells IPv4 and IPv6 apart and still checks."""
    assert str(Connection.to_address("2001:db8::1")) == "IN IP6 2001:db8::1"
    assert str(Connection.to_address("192.0.2.1")) == "IN IP4 192.0.2.1"
    assert Connection.to_address("$").is_choose
    with pytest.raises(SdpError):
        Connection.to_address("12:34")


def test_origin_reads_back() -> None:
    """All six words are kept as text."""
    text = "- 99999999999999999999 1 IN IP4 192.0.2.1"
    assert str(Origin.parse(text)) == text


@pytest.mark.parametrize("text", ["", "a 1 2 IN IP4", "a x 2 IN IP4 h", "a 1 \u0662 IN IP4 h", "a 1 2 IN IP4 h h"])
def test_malformed_origins_are_refused(text: str) -> None:
    """Six words with numbers in the second and third place, or an error."""
    with pytest.raises(SdpError):
        Origin.parse(text)


def test_ports() -> None:
    """Ports are whole numbers up to 65535, or the wildcard."""
    assert [parse_port(text) for text in ("0", "65535", "$")] == [0, 65535, CHOOSE]
    assert str(CHOOSE) == "$"
    for text in ("65536", "-1", "", "\u0663", "1 2", "9" * 5000):
        with pytest.raises(SdpError):
            parse_port(text)


def test_enumerations_ignore_letter_case_and_name_the_choices() -> None:
    """ABNF strings are case-insensitive; the error lists what would do."""
    assert parse_setup("ActPass ") is Setup.ACTPASS
    with pytest.raises(SdpError, match="active or passive or actpass or holdconn"):
        parse_setup("")


def test_floor_roles() -> None:
    """One or more roles, RFC 4583's c-s among them."""
    assert parse_floor_control("c-only s-only") == (FloorRole.C_ONLY, FloorRole.S_ONLY)
    assert parse_floor_control("c-s") == (FloorRole.C_S,)
    for text in ("", "both"):
        with pytest.raises(SdpError):
            parse_floor_control(text)
