"""The IP packets that messages could have travelled in: for capture files, where only the messages are known.

Nothing here has seen a network. Ports, addresses and octets are real; what the kernel keeps to itself is fabricated,
and so that a dissector has nothing to object: checksums are right, sequence numbers of one connection follow each other
from 1, and a connection begins without a handshake, as in a capture that was started late.
"""

import ipaddress
import itertools
import struct
from collections.abc import Iterator

from megaco.errors import LocalError

from .address import TCP, UDP, Address
from .settings import MOST_TPKT_OCTETS, MOST_UDP_OCTETS

MOST_CONNECTIONS = 10_000
"""Directions of TCP connections and SCTP associations whose numbers are remembered; the one longest silent goes first,
and starts again at 1 if it speaks again."""
MOST_HOSTS = 65_536
"""Names that are no IP addresses (of the memory transport) that are told apart."""
_SEGMENT_OCTETS = 65_495
"""What an IPv4 packet takes beside its own header and that of TCP."""
_CHUNK_OCTETS = 65_484
"""What an IPv4 packet takes beside its own header and those of SCTP and a DATA chunk; a multiple of 4."""
_IP_TCP, _IP_UDP, _IP_SCTP = 6, 17, 132
_PUSH, _ACKNOWLEDGE = 0x08, 0x10
_FIRST_FRAGMENT, _LAST_FRAGMENT = 2, 1
_H248 = 7
"""SCTP payload protocol identifier of H.248, in the registry of IANA."""


class _Direction:
    """What is counted in one direction of a connection."""

    __slots__ = ("message", "next", "tag")

    def __init__(self, tag: int) -> None:
        self.next = 1
        """Sequence number of the next octet (TCP), TSN of the next chunk (SCTP)."""
        self.message = 0
        """Stream sequence number of the next message (SCTP)."""
        self.tag = tag
        """Verification tag (SCTP)."""


class Packets:
    """Makes the packets of messages; what consecutive messages of a connection share is kept here."""

    def __init__(self, most_connections: int = MOST_CONNECTIONS) -> None:
        """Start with no connection."""
        self._most_connections = most_connections
        self._directions: dict[tuple[Address, Address], _Direction] = {}
        self._tags = itertools.count(1)
        self._hosts: dict[str, bytes] = {}

    def of(self, source: Address, target: Address, data: bytes) -> list[bytes]:
        """Return the packets, each from its IP header on, that carry one message.

        In UDP and SCTP the octets stand as they are, in TCP behind a TPKT header (H.248.1 Annex D.2); what one packet
        cannot hold is segmented (TCP) or fragmented (SCTP). Messages of the memory transport become SCTP between
        loopback addresses made up for the names, 127.1.0.0 onwards. Raises LocalError where the transport cannot have
        carried so much.
        """
        if source.transport == UDP:
            _check(data, MOST_UDP_OCTETS, "a UDP datagram")
            return [self._udp(source, target, data)]
        if source.transport == TCP:
            _check(data, MOST_TPKT_OCTETS, "a TPKT")
            return list(self._tcp(source, target, struct.pack("!BBH", 3, 0, 4 + len(data)) + data))
        return list(self._sctp(source, target, data))

    # ----------------------------------------------------------------------------------------------------- transport

    def _udp(self, source: Address, target: Address, data: bytes) -> bytes:
        head = struct.pack("!HHHH", source.port, target.port, 8 + len(data), 0)
        hosts = self._pair(source, target)
        total = _checksum(_pseudo_header(hosts, _IP_UDP, len(head) + len(data)) + head + data)
        return _ip(hosts, _IP_UDP, head[:6] + struct.pack("!H", total or 0xFFFF) + data)  # 0 would mean: none (RFC 768)

    def _tcp(self, source: Address, target: Address, stream: bytes) -> Iterator[bytes]:
        ours, theirs = self._direction(source, target), self._direction(target, source)
        hosts = self._pair(source, target)
        for start in range(0, len(stream), _SEGMENT_OCTETS):
            part = stream[start : start + _SEGMENT_OCTETS]
            flags = _ACKNOWLEDGE | (_PUSH if start + len(part) == len(stream) else 0)
            numbers = ours.next, theirs.next, 5 << 4, flags, 0xFFFF
            head = struct.pack("!HHIIBBHHH", source.port, target.port, *numbers, 0, 0)
            total = _checksum(_pseudo_header(hosts, _IP_TCP, len(head) + len(part)) + head + part)
            yield _ip(hosts, _IP_TCP, head[:16] + struct.pack("!HH", total, 0) + part)
            ours.next = (ours.next + len(part)) & 0xFFFFFFFF

    def _sctp(self, source: Address, target: Address, data: bytes) -> Iterator[bytes]:
        ours = self._direction(source, target)
        hosts = self._pair(source, target)
        head = struct.pack("!HHI", source.port, target.port, ours.tag)
        for start in range(0, max(len(data), 1), _CHUNK_OCTETS):
            part = data[start : start + _CHUNK_OCTETS]
            flags = (_FIRST_FRAGMENT if start == 0 else 0) | (_LAST_FRAGMENT if start + len(part) == len(data) else 0)
            chunk = struct.pack("!BBHIHHI", 0, flags, 16 + len(part), ours.next, 0, ours.message, _H248) + part
            chunk += bytes(-len(chunk) % 4)
            yield _ip(hosts, _IP_SCTP, head + struct.pack("<I", crc32c(head + bytes(4) + chunk)) + chunk)
            ours.next = (ours.next + 1) & 0xFFFFFFFF
        ours.message = (ours.message + 1) & 0xFFFF

    def _direction(self, source: Address, target: Address) -> _Direction:
        """Return what is counted from ``source`` to ``target``, as the one that spoke last."""
        key = source, target
        found = self._directions.pop(key, None) or _Direction(next(self._tags) & 0xFFFFFFFF or 1)
        self._directions[key] = found
        if len(self._directions) > self._most_connections:
            del self._directions[next(iter(self._directions))]
        return found

    # ------------------------------------------------------------------------------------------------------- network

    def _pair(self, source: Address, target: Address) -> tuple[bytes, bytes]:
        """Return two addresses of one family: an IPv4 address beside an IPv6 one is written IPv4-mapped."""
        one, other = self._octets(source.host), self._octets(target.host)
        if len(one) == len(other):
            return one, other
        return _mapped(one), _mapped(other)

    def _octets(self, host: str) -> bytes:
        known = self._hosts.get(host)
        if known is None:
            if len(self._hosts) >= MOST_HOSTS:
                self._hosts.clear()
            try:
                known = ipaddress.ip_address(host).packed
            except ValueError:
                known = struct.pack("!BBH", 127, 1, len(self._hosts))
            self._hosts[host] = known
        return known


def _check(data: bytes, most: int, carrier: str) -> None:
    if len(data) > most:
        raise LocalError(f"a message of {len(data)} octets; {carrier} carries {most}")


def _mapped(host: bytes) -> bytes:
    return host if len(host) == 16 else bytes(10) + b"\xff\xff" + host


def _ip(hosts: tuple[bytes, bytes], protocol: int, payload: bytes) -> bytes:
    source, target = hosts
    if len(source) == 16:
        return struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + source + target + payload
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0) + source + target
    return head[:10] + struct.pack("!H", _checksum(head)) + head[12:] + payload


def _pseudo_header(hosts: tuple[bytes, bytes], protocol: int, octets: int) -> bytes:
    """Return what the checksums of UDP and TCP cover beside the packet (RFC 768, RFC 9293, RFC 8200 clause 8.1)."""
    source, target = hosts
    if len(source) == 16:
        return source + target + struct.pack("!II", octets, protocol)
    return source + target + struct.pack("!HH", protocol, octets)


def _checksum(octets: bytes) -> int:
    """Return the Internet checksum (RFC 1071).

    Sixteen-bit words added with end-around carry are the number that the octets spell, modulo 65535: one division of a
    long number instead of a loop over its words. Octets that are all zero do not occur: there is a header.
    """
    padded = octets if len(octets) % 2 == 0 else octets + b"\0"
    return -int.from_bytes(padded, "big") % 0xFFFF


def _crc32c_table() -> tuple[int, ...]:
    table = []
    for octet in range(256):
        for _ in range(8):
            octet = octet >> 1 ^ (0x82F63B78 if octet & 1 else 0)
        table.append(octet)
    return tuple(table)


_CRC32C = _crc32c_table()


def crc32c(octets: bytes) -> int:
    """Return the checksum of SCTP (RFC 9260 Appendix A); it goes out with its lowest octet first."""
    table = _CRC32C
    crc = 0xFFFFFFFF
    for octet in octets:
        crc = table[(crc ^ octet) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF
