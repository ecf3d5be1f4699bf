"""Transport addresses as users write them."""

import pytest

from megaco import LocalError
from megaco.transport import Address, parse_url, standard_port
from megaco.transport.address import parse_host_port


@pytest.mark.parametrize(
    ("url", "address", "shown"),
    [
        ("udp://127.0.0.1:4000", Address("127.0.0.1", 4000), "127.0.0.1:4000"),
        ("udp://127.0.0.1", Address("127.0.0.1", 2944), "127.0.0.1:2944"),
        ("udp://0.0.0.0:0", Address("0.0.0.0", 0), "0.0.0.0:0"),
        ("udp://[::1]:4000", Address("::1", 4000), "[::1]:4000"),
        ("UDP://[2001:DB8:0::1]", Address("2001:db8::1", 2944), "[2001:db8::1]:2944"),
    ],
)
def test_addresses_are_read(url: str, address: Address, shown: str) -> None:
    """Host and port, 2944 where none is given; IPv6 in brackets and in its shortest form."""
    assert parse_url(url) == address
    assert str(address) == shown


@pytest.mark.parametrize(("encoding", "port"), [("pretty", 2944), ("compact", 2944), ("binary", 2945)])
def test_each_encoding_has_its_port(encoding: str, port: int) -> None:
    """That of H.248.1 clause 9, where the URL has none; a port that is given stands."""
    assert standard_port(encoding) == port
    assert parse_url("udp://[::1]", encoding) == Address("::1", port)
    assert parse_url("udp://127.0.0.1:4000", encoding).port == 4000
    assert parse_url("udp://127.0.0.1:0", encoding).port == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "the transport is one of udp, written like udp://127.0.0.1:2944"),
        ("127.0.0.1:2944", "the transport is one of udp"),
        ("tcp://127.0.0.1:2944", "the transport is one of udp"),
        ("udp://", "does not appear to be an IPv4 or IPv6 address"),
        ("udp://localhost:2944", "'localhost' does not appear to be"),
        ("udp://127.0.0.1:65536", "Port out of range"),
        ("udp://127.0.0.1:http", "Port could not be cast"),
        ("udp://[::1", "Invalid IPv6 URL"),
        ("udp://::1:2944", "Port could not be cast"),
    ],
)
def test_addresses_that_are_none(url: str, words: str) -> None:
    """A LocalError shows the address and says what is wrong with it, in one line."""
    with pytest.raises(LocalError) as caught:
        parse_url(url)
    assert str(caught.value).startswith(f"{url}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"), [("127.0.0.1:5080", Address("127.0.0.1", 5080)), ("[::1]:5080", Address("::1", 5080))]
)
def test_addresses_without_a_scheme(text: str, address: Address) -> None:
    """Address and port, both required, as other protocols' addresses are written."""
    assert parse_host_port(text) == address


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1", ":5080", "localhost:5080", "udp://127.0.0.1:5080", "[::1", "1.2.3.4:x"]
)
def test_addresses_without_a_scheme_that_are_none(text: str) -> None:
    """A LocalError shows what was written and how it is written."""
    with pytest.raises(LocalError, match=r"written like 127\.0\.0\.1:5080 or \[::1\]:5080"):
        parse_host_port(text)
