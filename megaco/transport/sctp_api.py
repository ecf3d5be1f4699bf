"""SCTP as Linux has it: numbers and structures of ``linux/sctp.h``, in ancillary data (RFC 6458). Sans-IO.

Python's socket module knows none of them.
"""

import socket
import struct
from typing import NamedTuple

IPPROTO_SCTP = 132
"""``linux/in.h``; also the level of options and ancillary data."""
SCTP_NODELAY = 3
"""Socket option: an int."""
SCTP_RECVRCVINFO = 32
"""Socket option: an int; receive SCTP_RCVINFO with each message."""
SCTP_EVENT = 127
"""Socket option: ``struct sctp_event``."""
SCTP_SNDINFO = 2
"""Ancillary data with a message to send: ``struct sctp_sndinfo``."""
SCTP_RCVINFO = 3
"""Ancillary data with a message received: ``struct sctp_rcvinfo``."""
MSG_NOTIFICATION = 0x8000
"""Flag of recvmsg: what was received is no message but news of an association."""
MSG_EOR = getattr(socket, "MSG_EOR", 0x80)
"""Flag of recvmsg: the message ends here."""
SCTP_ALL_ASSOC = 2
"""``sctp_assoc_t`` that means every association, present and future."""
SCTP_ASSOC_CHANGE = 0x8001
"""Type of a notification: ``struct sctp_assoc_change``."""
SCTP_COMM_LOST = 1
SCTP_SHUTDOWN_COMP = 3
SCTP_CANT_STR_ASSOC = 4
"""States of an association change (``enum sctp_sac_state``): lost, shut down, could not be set up."""

H248_PAYLOAD = 7
"""Payload protocol identifier of H.248 (IANA, SCTP Payload Protocol Identifiers)."""
UNSPECIFIED_PAYLOAD = 0
"""Payload protocol identifier of senders that say nothing."""

_SNDINFO_HEAD = struct.Struct("=HH")
_SNDINFO_TAIL = struct.Struct("=Ii")
_PAYLOAD = struct.Struct("!I")
_RCVINFO = struct.Struct("=HHHxx4sIIIi")
_EVENT = struct.Struct("=iHBx")
_ASSOC_CHANGE = struct.Struct("=HHIHHHHi")

RECEIVED_ANCILLARY_OCTETS = socket.CMSG_SPACE(_RCVINFO.size)
"""Room that recvmsg needs for SCTP_RCVINFO."""

Ancillary = list[tuple[int, int, bytes]]
"""Ancillary data as sendmsg and recvmsg of Python have it: level, type, octets."""


class Received(NamedTuple):
    """``struct sctp_rcvinfo``, as far as anybody here asks."""

    stream: int
    payload: int
    association: int


def send_info(stream: int = 0, payload: int = H248_PAYLOAD) -> Ancillary:
    """Return what sendmsg needs to send on a stream; the payload identifier is in network order."""
    info = _SNDINFO_HEAD.pack(stream, 0) + _PAYLOAD.pack(payload) + _SNDINFO_TAIL.pack(0, 0)
    return [(IPPROTO_SCTP, SCTP_SNDINFO, info)]


def receive_info(ancillary: Ancillary) -> Received | None:
    """Return what came with a message; None: nothing, or cut short."""
    for level, kind, octets in ancillary:
        if level == IPPROTO_SCTP and kind == SCTP_RCVINFO and len(octets) >= _RCVINFO.size:
            stream, _, _, payload, _, _, _, association = _RCVINFO.unpack_from(octets)
            return Received(stream, _PAYLOAD.unpack(payload)[0], association)
    return None


def event_option(kind: int) -> bytes:
    """Return the value of SCTP_EVENT that asks for a kind of notification of every association."""
    return _EVENT.pack(SCTP_ALL_ASSOC, kind, 1)


def is_end(notification: bytes) -> bool:
    """Tell whether a notification says that an association is no more, or never came to be."""
    if len(notification) < _ASSOC_CHANGE.size:
        return False
    kind, _, _, state, *_ = _ASSOC_CHANGE.unpack_from(notification)
    return kind == SCTP_ASSOC_CHANGE and state in (SCTP_COMM_LOST, SCTP_SHUTDOWN_COMP, SCTP_CANT_STR_ASSOC)
