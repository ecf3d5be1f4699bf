"""Datagrams as a capture file that Wireshark opens (libpcap format, raw IP)."""

import ipaddress
import struct
from collections.abc import Iterable
from typing import NamedTuple

from .address import Address

_MAGIC_MICROSECONDS = 0xA1B2C3D4
_RAW_IP = 101
"""LINKTYPE_RAW: frames begin with the IP header."""
_SNAP_LENGTH = 262_144
_UDP = 17


class Datagram(NamedTuple):
    """One UDP datagram and when it was seen."""

    time_s: float
    """Seconds since the epoch."""
    source: Address
    target: Address
    data: bytes


def capture(datagrams: Iterable[Datagram]) -> bytes:
    """Return a capture file; checksums that nobody computed are zero, which UDP allows in IPv4."""
    head = struct.pack("!IHHiIII", _MAGIC_MICROSECONDS, 2, 4, 0, 0, _SNAP_LENGTH, _RAW_IP)
    return head + b"".join(map(_record, datagrams))


def _record(datagram: Datagram) -> bytes:
    frame = _ip(datagram.source.host, datagram.target.host, _udp(datagram))
    seconds, fraction = divmod(datagram.time_s, 1)
    return struct.pack("!IIII", int(seconds), int(fraction * 1_000_000), len(frame), len(frame)) + frame


def _udp(datagram: Datagram) -> bytes:
    length = 8 + len(datagram.data)
    return struct.pack("!HHHH", datagram.source.port, datagram.target.port, length, 0) + datagram.data


def _ip(source: str, target: str, payload: bytes) -> bytes:
    one, other = ipaddress.ip_address(source), ipaddress.ip_address(target)
    if one.version == 6:
        return struct.pack("!IHBB", 6 << 28, len(payload), _UDP, 64) + one.packed + other.packed + payload
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, _UDP, 0) + one.packed + other.packed
    return head[:10] + struct.pack("!H", _checksum(head)) + head[12:] + payload


def _checksum(head: bytes) -> int:
    """Return the Internet checksum of an IPv4 header (RFC 1071)."""
    total: int = sum(struct.unpack(f"!{len(head) // 2}H", head))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
