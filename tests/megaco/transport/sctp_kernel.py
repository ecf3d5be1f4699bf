"""A stand-in for the SCTP of a kernel that has none: its sockets have the calls and the ancillary data of Linux.

A one-to-one socket is a TCP socket within, a one-to-many socket a UDP socket; a record there is flags, stream and
payload protocol, then the octets. Sizes of structures and numbers are written here anew, from ``linux/sctp.h``.
"""

import errno
import socket
import struct
from typing import Any

_RECORD = struct.Struct("!IHHI")
"""Octets that follow, flags of recvmsg, stream, payload protocol."""
_SCTP = 132
_NODELAY, _RECVRCVINFO, _EVENT = 3, 32, 127
_SNDINFO, _RCVINFO = 2, 3
_EOR, NOTIFICATION = 0x80, 0x8000

Ancillary = list[tuple[int, int, bytes]]


def record(octets: bytes, *, payload: int = 7, stream: int = 0, flags: int = _EOR) -> bytes:
    """Return what a far end puts on the wire."""
    return _RECORD.pack(len(octets), flags, stream, payload) + octets


def association_change(state: int) -> bytes:
    """Return a notification: SCTP_COMM_UP 0, SCTP_COMM_LOST 1, SCTP_SHUTDOWN_COMP 3, SCTP_CANT_STR_ASSOC 4."""
    return struct.pack("=HHIHHHHi", 0x8001, 0, 20, state, 0, 10, 10, 5)


class KernelSocket:
    """What both kinds of socket have in common."""

    def __init__(self, within: socket.socket) -> None:
        self.within = within
        self.family = within.family
        self.options: dict[int, object] = {}
        self.is_full = False
        """Takes nothing to send at present."""
        self.fault: OSError | None = None
        """Told once, instead of a message."""
        self.sent: list[tuple[bytes, int, int]] = []
        """Octets, stream and payload protocol of each message."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.within, name)

    def setsockopt(self, level: int, option: int, value: int | bytes) -> None:
        """Take the options of SCTP as Linux does."""
        if level != _SCTP:
            self.within.setsockopt(level, option, value)
            return
        size = 8 if option == _EVENT else None
        if option not in (_NODELAY, _RECVRCVINFO, _EVENT) or (size and len(bytes(value)) != size):
            raise OSError(errno.EINVAL, "Invalid argument")
        self.options[option] = value

    def _outgoing(self, buffers: list[bytes], ancillary: Ancillary) -> bytes:
        if self.is_full:
            raise BlockingIOError
        ((level, kind, info),) = ancillary
        if (level, kind, len(info)) != (_SCTP, _SNDINFO, 16):
            raise OSError(errno.EINVAL, "Invalid argument")
        stream, flags, _, context, association = struct.unpack("=HHIIi", info)
        assert (flags, context, association) == (0, 0, 0)
        payload = struct.unpack("!I", info[4:8])[0]  # Linux hands it on as it is
        octets = b"".join(buffers)
        self.sent.append((octets, stream, payload))
        return record(octets, payload=payload, stream=stream)

    def _info(self, payload: int, stream: int) -> Ancillary:
        if self.options.get(_RECVRCVINFO) != 1:
            return []
        info = struct.pack("=HHHxx", stream, 1, 0) + struct.pack("!I", payload) + struct.pack("=IIIi", 1, 1, 0, 5)
        return [(_SCTP, _RCVINFO, info)]


class OneToOne(KernelSocket):
    """A socket of type SOCK_STREAM."""

    def __init__(self, within: socket.socket) -> None:
        super().__init__(within)
        self._octets = b""

    def accept(self) -> tuple["OneToOne", Any]:
        """Return a connected socket."""
        near, address = self.within.accept()
        return OneToOne(near), address

    def sendmsg(self, buffers: list[bytes], ancillary: Ancillary) -> int:
        """Send a message whole."""
        octets = self._outgoing(buffers, ancillary)
        assert self.within.send(octets) == len(octets)
        return len(octets)

    def recvmsg(self, octets: int, ancillary_octets: int) -> tuple[bytes, Ancillary, int, None]:
        """Return one piece of a message, with its information, and whether it is the last."""
        assert ancillary_octets >= socket.CMSG_SPACE(28)
        while (missing := self._missing(octets)) > 0:  # no more is read, for the socket tells of the rest
            more = self.within.recv(missing)
            if not more:
                return b"", [], 0, None
            self._octets += more
        length, flags, stream, payload = _RECORD.unpack_from(self._octets)
        piece, self._octets = self._octets[_RECORD.size :], b""
        if length > octets:
            self._octets = _RECORD.pack(length - octets, flags, stream, payload)
            flags = 0
        return piece, self._info(payload, stream), flags, None

    def _missing(self, most: int) -> int:
        if len(self._octets) < _RECORD.size:
            return _RECORD.size - len(self._octets)
        length, _, _, _ = _RECORD.unpack_from(self._octets)
        return _RECORD.size + min(int(length), most) - len(self._octets)


class OneToMany(KernelSocket):
    """A socket of type SOCK_SEQPACKET."""

    def listen(self, backlog: int) -> None:
        """Accept associations."""
        self.options[-1] = backlog

    def sendmsg(self, buffers: list[bytes], ancillary: Ancillary, flags: int, address: Any) -> int:
        """Send a message whole, on an association with an address."""
        if address[1] == 9:  # discard: where nobody is
            raise OSError(errno.EHOSTUNREACH, "No route to host")
        return self.within.sendto(self._outgoing(buffers, ancillary), address)

    def recvmsg(self, octets: int, ancillary_octets: int) -> tuple[bytes, Ancillary, int, Any]:
        """Return what came in one datagram as one piece, with its information and whose it is."""
        assert ancillary_octets >= socket.CMSG_SPACE(28)
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        data, address = self.within.recvfrom(octets + _RECORD.size)
        _, flags, stream, payload = _RECORD.unpack_from(data)
        ancillary = [] if flags & NOTIFICATION else self._info(payload, stream)
        return data[_RECORD.size :], ancillary, flags, address


class Kernel:
    """Makes sockets, and keeps them for the test to look at."""

    def __init__(self) -> None:
        self.sockets: list[KernelSocket] = []

    def __call__(self, family: int, kind: int, protocol: int) -> Any:
        """As ``socket.socket``."""
        assert protocol == _SCTP
        within = {socket.SOCK_STREAM: socket.SOCK_STREAM, socket.SOCK_SEQPACKET: socket.SOCK_DGRAM}[
            socket.SocketKind(kind)
        ]
        made = (OneToOne if kind == socket.SOCK_STREAM else OneToMany)(socket.socket(family, within))
        self.sockets.append(made)
        return made
