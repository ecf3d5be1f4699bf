"""H.248 over TCP (H.248.1 Annex D.2): messages in TPKT frames."""

import socket

from .address import TCP
from .counters import TransportCounters
from .settings import LinkSettings
from .tpkt import Deframer, frame

_CHUNK_OCTETS = 16_384
"""Octets read at once; what they hold is looked at in one turn of the event loop."""
_KEEPALIVE_PROBES = 4


class TpktConduit:
    """Framed messages on a TCP connection."""

    def __init__(self, sock: socket.socket, settings: LinkSettings, counters: TransportCounters) -> None:
        """Read and write a connected socket."""
        self._socket = sock
        self._deframer = Deframer(settings.tcp_most_octets)
        self._counters = counters
        self._waiting = bytearray()
        self.messages_waiting = 0
        """Messages kept since the system last had taken everything."""

    @property
    def octets_waiting(self) -> int:
        """Octets that the system has not taken yet, headers included."""
        return len(self._waiting)

    @property
    def octets_held(self) -> int:
        """Octets waiting, and those received that were not taken."""
        return len(self._waiting) + self._deframer.octets_held

    @property
    def is_partial(self) -> bool:
        """Whether a frame has begun to arrive that is not whole."""
        return self._deframer.octets_held > 0 and not self._deframer.is_ready

    @property
    def is_ready(self) -> bool:
        """Whether a whole frame is here."""
        return self._deframer.is_ready

    def receive(self) -> bytes | None:
        """Return the next message; ``Conduit.receive`` tells what is raised."""
        message = self._take()
        if message is not None:
            return message
        octets = self._socket.recv(_CHUNK_OCTETS)
        if not octets:
            return None
        self._deframer.feed(octets)
        message = self._take()
        if message is None:  # the far end may send on and on without a message: others have their turn first
            raise InterruptedError
        return message

    def send(self, message: bytes) -> None:
        """Send a message, or keep what the system does not take."""
        octets = frame(message)
        if not self._waiting:
            sent = self._send(octets)
            if sent == len(octets):
                return
            octets = octets[sent:]
        self._waiting += octets
        self.messages_waiting += 1

    def flush(self) -> None:
        """Send what was kept."""
        del self._waiting[: self._send(self._waiting)]
        if not self._waiting:
            self.messages_waiting = 0

    def _take(self) -> bytes | None:
        message = self._deframer.take()
        if self._deframer.empty_frames:
            self._counters.empty_frames += self._deframer.empty_frames
            self._deframer.empty_frames = 0
        return message

    def _send(self, octets: bytes | bytearray) -> int:
        try:
            return self._socket.send(octets)
        except (BlockingIOError, InterruptedError):
            return 0


class TcpCarrier:
    """TCP with TPKT."""

    transport = TCP

    def most_octets(self, settings: LinkSettings) -> int:
        """Return the longest message that it carries."""
        return settings.tcp_most_octets

    def new_socket(self, family: int) -> socket.socket:
        """Return a socket."""
        return socket.socket(family, socket.SOCK_STREAM)

    def prepare(self, sock: socket.socket, settings: LinkSettings) -> None:
        """Send messages at once rather than gather them (no Nagle), and notice a far end that is gone."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        silence_s = max(1, round(settings.keepalive_s))
        for option, value in (
            ("TCP_KEEPIDLE", silence_s),
            ("TCP_KEEPINTVL", max(1, silence_s // _KEEPALIVE_PROBES)),
            ("TCP_KEEPCNT", _KEEPALIVE_PROBES),
            ("TCP_USER_TIMEOUT", round(settings.write_s * 1000)),
        ):
            if hasattr(socket, option):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)

    def conduit(self, sock: socket.socket, settings: LinkSettings, counters: TransportCounters) -> TpktConduit:
        """Return how messages stand on a connected socket."""
        return TpktConduit(sock, settings, counters)
