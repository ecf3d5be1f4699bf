"""Datagrams as a capture file."""

import struct

import pytest

from megaco.transport import Address
from megaco.transport.pcap import Datagram, capture


def test_an_empty_capture_is_a_header() -> None:
    """The file begins with the magic number of the format, its version, and raw IP as link type."""
    head = capture([])
    assert struct.unpack("!IHHiIII", head) == (0xA1B2C3D4, 2, 4, 0, 0, 262_144, 101)


@pytest.mark.parametrize(
    ("host", "ip_octets"),
    [(("192.0.2.1", "192.0.2.2"), 20), (("2001:db8::1", "2001:db8::2"), 40)],
    ids=["IPv4", "IPv6"],
)
def test_a_datagram_is_framed(host: tuple[str, str], ip_octets: int) -> None:
    """A record has the time, the lengths, and IP and UDP headers that lead to the octets."""
    datagram = Datagram(1234.5, Address(host[0], 2944), Address(host[1], 2945), b"octets")
    record = capture([datagram])[24:]
    assert struct.unpack("!IIII", record[:16]) == (1234, 500_000, len(record) - 16, len(record) - 16)
    udp = record[16 + ip_octets :]
    assert struct.unpack("!HHH", udp[:6]) == (2944, 2945, 8 + 6)
    assert udp[8:] == b"octets"


def test_the_checksum_of_an_ipv4_header() -> None:
    """The header's sixteen-bit words add up to all ones (RFC 1071)."""
    record = capture([Datagram(0.0, Address("192.0.2.1", 1), Address("198.51.100.7", 2), b"x")])[24:]
    total = sum(struct.unpack("!10H", record[16:36]))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    assert total == 0xFFFF
