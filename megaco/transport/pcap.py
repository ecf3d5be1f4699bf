"""Messages as a capture file that Wireshark opens (libpcap format, microseconds, raw IP)."""

import struct
from collections.abc import Iterable
from typing import NamedTuple

from .address import Address
from .packets import Packets

_MAGIC_MICROSECONDS = 0xA1B2C3D4
_RAW_IP = 101
"""LINKTYPE_RAW: frames begin with the IP header."""
_SNAP_LENGTH = 262_144

FILE_HEADER = struct.pack("!IHHiIII", _MAGIC_MICROSECONDS, 2, 4, 0, 0, _SNAP_LENGTH, _RAW_IP)
"""What a capture file begins with; records follow."""


class Datagram(NamedTuple):
    """One message and when it was seen; ``source.transport`` says what carried it."""

    time_s: float
    """Seconds since the epoch."""
    source: Address
    target: Address
    data: bytes


def capture(datagrams: Iterable[Datagram]) -> bytes:
    """Return a capture file; raises LocalError for a message longer than its transport carries."""
    packets = Packets()
    return FILE_HEADER + b"".join(records(packets, datagram) for datagram in datagrams)


def records(packets: Packets, datagram: Datagram) -> bytes:
    """Return what a capture file has of one message: a record for each packet that carries it."""
    microseconds = round(datagram.time_s * 1_000_000)
    seconds, fraction = divmod(microseconds, 1_000_000)
    frames = packets.of(datagram.source, datagram.target, datagram.data)
    return b"".join(struct.pack("!IIII", seconds, fraction, len(frame), len(frame)) + frame for frame in frames)
