"""Transport addresses as users write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco import LocalError
from megaco.transport import IP_TRANSPORTS, Address, is_ip_address, one_form, parse_url, standard_port
from megaco.transport.address import parse_host_port


@pytest.mark.parametrize(
    ("url", "address", "shown"),
    [
        ("udp://127.0.0.1:4000", Address("127.0.0.1", 4000), "127.0.0.1:4000"),
        ("udp://127.0.0.1", Address("127.0.0.1", 2944), "127.0.0.1:2944"),
        ("udp://127.0.0.1/", Address("127.0.0.1", 2944), "127.0.0.1:2944"),
        ("udp://127.0.0.1:", Address("127.0.0.1", 2944), "127.0.0.1:2944"),
        ("udp://0.0.0.0:0", Address("0.0.0.0", 0), "0.0.0.0:0"),
        ("udp://[::1]:4000", Address("::1", 4000), "[::1]:4000"),
        ("UDP://[2001:DB8:0::1]", Address("2001:db8::1", 2944), "[2001:db8::1]:2944"),
        ("tcp://[fe80::1%eth0]", Address("fe80::1%eth0", 2944, "tcp"), "[fe80::1%eth0]:2944"),
        ("tcp://[::ffff:192.0.2.1]:1", Address("192.0.2.1", 1, "tcp"), "192.0.2.1:1"),
        ("sctp://MGC-1.Example.NET.:65535", Address("mgc-1.example.net", 65535, "sctp"), "mgc-1.example.net:65535"),
        ("tcp://localhost", Address("localhost", 2944, "tcp"), "localhost:2944"),
        ("memory:MGC.1", Address("MGC.1", 0, "memory"), "MGC.1"),
    ],
)
def test_addresses_are_read(url: str, address: Address, shown: str) -> None:
    """Transport, host and port, 2944 where none is given; each host in its one form."""
    assert parse_url(url) == address
    assert str(address) == shown
    assert parse_url(address.url) == address


@pytest.mark.parametrize(("encoding", "port"), [("pretty", 2944), ("compact", 2944), ("binary", 2945)])
@pytest.mark.parametrize("transport", IP_TRANSPORTS)
def test_each_encoding_has_its_port(encoding: str, port: int, transport: str) -> None:
    """That of H.248.1 clause 9, where the URL has none; a port that is given stands."""
    assert standard_port(encoding) == port
    assert parse_url(f"{transport}://[::1]", encoding) == Address("::1", port, transport)
    assert parse_url(f"{transport}://127.0.0.1:4000", encoding).port == 4000
    assert parse_url(f"{transport}://127.0.0.1:0", encoding).port == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "the transport is one of udp, tcp, sctp, memory, written like udp://127.0.0.1:2944 or memory:NAME"),
        ("127.0.0.1:2944", "the transport is one of udp"),
        ("dccp://127.0.0.1:2944", "the transport is one of udp"),
        ("memory://x", "written like memory:NAME"),
        ("memory:", "written like memory:NAME"),
        ("memory:a b", "written like memory:NAME"),
        ("udp://", "'' is no host; allowed: an IPv4 address, an IPv6 address in brackets, or a host name"),
        ("udp://1.2.3", "'1.2.3' is no host"),
        ("udp://1.2.3.256", "'1.2.3.256' is no host"),
        ("udp://-a.net", "'-a.net' is no host"),
        ("udp://a..net", "'a..net' is no host"),
        ("udp://" + "a" * 64, "is no host"),
        ("udp://" + "a." * 200 + "net", "is no host"),
        ("udp://ä.net", "'ä.net' is no host"),
        ("udp://[localhost]", "'localhost' in brackets is no IPv6 address"),
        ("udp://[127.0.0.1]", "'127.0.0.1' in brackets is no IPv6 address"),
        ("udp://[fe80::1%]", "'fe80::1%' has a zone that is none"),
        ("udp://[fe80::1%a b]", "has a zone that is none"),
        ("udp://127.0.0.1:65536", "port 65536; allowed: 0 to 65535"),
        ("udp://127.0.0.1:http", "written like udp://HOST[:PORT]"),
        ("udp://127.0.0.1:-1", "written like udp://HOST[:PORT]"),
        ("udp://127.0.0.1:" + "9" * 5000, "written like udp://HOST[:PORT]"),
        ("udp://user@127.0.0.1", "written like udp://HOST[:PORT]"),
        ("udp://127.0.0.1/path", "written like udp://HOST[:PORT]"),
        ("udp://[::1", "written like udp://HOST[:PORT]"),
        ("udp://::1:2944", "written like udp://HOST[:PORT]"),
        ("udp://127.0.0.1\n", "written like udp://HOST[:PORT]"),
    ],
)
def test_addresses_that_are_none(url: str, words: str) -> None:
    """A LocalError shows the address and says what is wrong with it."""
    with pytest.raises(LocalError) as caught:
        parse_url(url)
    assert str(caught.value).startswith(f"{url}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value).removeprefix(url)


def test_transports_may_be_fewer() -> None:
    """Where only some can be had, the others are refused, and not named."""
    with pytest.raises(
        LocalError, match=r"the transport is one of udp, tcp, sctp, written like udp://127\.0\.0\.1:2944$"
    ):
        parse_url("memory:x", transports=IP_TRANSPORTS)
    with pytest.raises(LocalError, match=r"one of tcp, written like tcp://127\.0\.0\.1:2944$"):
        parse_url("udp://127.0.0.1", transports=("tcp",))


@given(st.text(max_size=40) | st.text("udptcsm:/[]%.0123456789abf@-", max_size=40))
def test_nothing_else_is_raised(text: str) -> None:
    """Any text is an address that can be written and read again, or a LocalError."""
    try:
        address = parse_url(text)
    except LocalError:
        return
    assert parse_url(address.url) == address


@pytest.mark.parametrize(
    ("host", "form", "is_address"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("2001:DB8::0:1", "2001:db8::1", True),
        ("::FFFF:192.0.2.1", "192.0.2.1", True),
        ("FE80::1%Eth0", "fe80::1%Eth0", True),
        ("Host.Example.", "host.example", False),
    ],
)
def test_a_host_has_one_form(host: str, form: str, is_address: bool) -> None:
    """A peer has one key, however its host was written."""
    assert one_form(host) == form == one_form(form)
    assert is_ip_address(form) is is_address


@pytest.mark.parametrize("host", ["", "192.0.2.1%eth0", "::ffff:192.0.2.1%1", "a b", "[::1]", "1", "::1::", "x" * 5000])
def test_hosts_that_are_none(host: str) -> None:
    """A ValueError names a host that has no form, and not all of a very long one."""
    with pytest.raises(ValueError, match=r"is no host|a zone that is none") as caught:
        one_form(host)
    assert len(str(caught.value)) < 400


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
