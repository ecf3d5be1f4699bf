"""H.248 over SCTP (H.248.4): one message a user message, by the sockets of the kernel (RFC 6458).

H.248.4 was not readable; that it is the payload protocol 7 is IANA's word. That everything goes out on stream 0, and
that payload protocol 0 is taken too, are assumptions.
"""

import errno
import socket
from collections import deque
from collections.abc import Callable

from megaco.errors import TransportError

from .address import SCTP, Address
from .connections import ConnectionLink
from .counters import TransportCounters
from .link import Link
from .pump import Pump
from .sctp_api import (
    IPPROTO_SCTP,
    MSG_EOR,
    MSG_NOTIFICATION,
    RECEIVED_ANCILLARY_OCTETS,
    SCTP_NODELAY,
    SCTP_RECVRCVINFO,
    receive_info,
    send_info,
)
from .sctp_assembly import Assembly
from .sctp_many import SctpManyLink
from .settings import LinkSettings
from .sockets import SocketMaker

_CHUNK_OCTETS = 65_536
_PIECES_A_MESSAGE = 16
"""Pieces read before others have their turn."""
_NO_SCTP = frozenset({errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT, errno.EPROTOTYPE, errno.ENOPROTOOPT})


async def open_sctp(
    local: Address, pump: Pump, settings: LinkSettings, *, listen: bool, new_socket: SocketMaker = socket.socket
) -> Link:
    """Open a link of the style that the settings ask for; raises TransportError where the kernel has no SCTP.

    ``new_socket`` makes sockets, as ``socket.socket`` does.
    """
    if settings.sctp_style == "one-to-many":
        maker = _supported(new_socket)
        return await SctpManyLink.open(local, pump, settings, lambda family: maker(family, socket.SOCK_SEQPACKET))
    return await ConnectionLink.open(SctpCarrier(new_socket), local, pump, settings, listen=listen)


def _supported(new_socket: SocketMaker) -> Callable[[int, int], socket.socket]:
    """Return what makes sockets of SCTP, or says how to have them."""

    def make(family: int, kind: int) -> socket.socket:
        try:
            return new_socket(family, kind, IPPROTO_SCTP)
        except OSError as error:
            if error.errno not in _NO_SCTP:
                raise
            raise TransportError("this kernel has no SCTP: modprobe sctp, or use udp or tcp") from None

    return make


class SctpConduit:
    """Messages on a one-to-one socket."""

    def __init__(self, sock: socket.socket, settings: LinkSettings, counters: TransportCounters) -> None:
        """Read and write a connected socket."""
        self._socket = sock
        self._counters = counters
        self._assembly = Assembly(settings.sctp_most_octets, counters)
        self._waiting: deque[bytes] = deque()
        self.octets_waiting = 0
        """Octets that the system has not taken yet."""
        self.is_ready = False
        """Never: the socket tells of every message."""

    @property
    def messages_waiting(self) -> int:
        """Messages that the system has not taken yet."""
        return len(self._waiting)

    @property
    def octets_held(self) -> int:
        """Octets waiting, and those of a message that is not whole."""
        return self.octets_waiting + self._assembly.octets_held

    @property
    def is_partial(self) -> bool:
        """Whether a message has begun to arrive that is not whole."""
        return self._assembly.is_partial

    def receive(self) -> bytes | None:
        """Return the next message; ``Conduit.receive`` tells what is raised."""
        for _ in range(_PIECES_A_MESSAGE):
            octets, ancillary, flags, _ = self._socket.recvmsg(_CHUNK_OCTETS, RECEIVED_ANCILLARY_OCTETS)
            if flags & MSG_NOTIFICATION:  # none was asked for
                self._counters.notifications += 1
                continue
            if not octets:
                return None
            message = self._assembly.add(octets, receive_info(ancillary), is_end=bool(flags & MSG_EOR))
            if message is not None:
                return message
        raise InterruptedError

    def send(self, message: bytes) -> None:
        """Send a message, or keep it where the system does not take it."""
        if self._waiting or not self._send(message):
            self._waiting.append(message)
            self.octets_waiting += len(message)

    def flush(self) -> None:
        """Send what was kept."""
        while self._waiting and self._send(self._waiting[0]):
            self.octets_waiting -= len(self._waiting.popleft())

    def _send(self, message: bytes) -> bool:
        try:
            self._socket.sendmsg([message], send_info())
        except (BlockingIOError, InterruptedError):
            return False
        return True


class SctpCarrier:
    """SCTP by one-to-one sockets."""

    transport = SCTP

    def __init__(self, new_socket: SocketMaker = socket.socket) -> None:
        """Make sockets with ``new_socket``."""
        self._new_socket = _supported(new_socket)

    def most_octets(self, settings: LinkSettings) -> int:
        """Return the longest message that it carries."""
        return settings.sctp_most_octets

    def new_socket(self, family: int) -> socket.socket:
        """Return a socket; raises TransportError where the kernel has no SCTP."""
        return self._new_socket(family, socket.SOCK_STREAM)

    def prepare(self, sock: socket.socket, settings: LinkSettings) -> None:
        """Send messages at once rather than gather them, and ask for the payload protocol of those received."""
        sock.setsockopt(IPPROTO_SCTP, SCTP_NODELAY, 1)
        sock.setsockopt(IPPROTO_SCTP, SCTP_RECVRCVINFO, 1)

    def conduit(self, sock: socket.socket, settings: LinkSettings, counters: TransportCounters) -> SctpConduit:
        """Return how messages stand on a connected socket."""
        return SctpConduit(sock, settings, counters)
