"""H.248 over SCTP by one socket for all associations (one-to-many, RFC 6458 clause 3)."""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable

from .address import SCTP, Address, is_of_version
from .counters import is_worth_telling
from .pump import Pump
from .sctp_api import (
    IPPROTO_SCTP,
    MSG_EOR,
    MSG_NOTIFICATION,
    RECEIVED_ANCILLARY_OCTETS,
    SCTP_ASSOC_CHANGE,
    SCTP_EVENT,
    SCTP_NODELAY,
    SCTP_RECVRCVINFO,
    event_option,
    is_end,
    receive_info,
    send_info,
)
from .sctp_assembly import Assembly
from .settings import LinkSettings
from .sockets import AddressBook, cannot_listen, family_of, from_system, is_any, prepare, to_system

_log = logging.getLogger("h248.transport")

_CHUNK_OCTETS = 65_536
MOST_HALF_MESSAGES = 64
"""Messages of different peers in pieces at once; a kernel hands out the pieces of one after the other anyway."""


class SctpManyLink:
    """A one-to-many socket that feeds a pump; the system sets associations up where something is sent, and accepts
    those of peers. What the socket does not take waits, for all peers alike."""

    is_reliable = True

    def __init__(self, pump: Pump, sock: socket.socket, settings: LinkSettings) -> None:
        """Serve a bound socket that does not block; ``open`` makes one."""
        self._pump = pump
        self._socket = sock
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._counters = pump.counters(SCTP)
        self._addresses = AddressBook(SCTP, sock.family, settings.known_addresses)
        self._assemblies: dict[Address, Assembly] = {}
        """Of peers that a message has begun to arrive from."""
        self._waiting: deque[tuple[bytes, Address]] = deque()
        self._octets_waiting = 0
        self._patience: asyncio.TimerHandle | None = None
        self._is_closing = False
        self.local = from_system(sock.getsockname(), SCTP)
        """The address that the socket is bound to."""
        self.most_octets = settings.sctp_most_octets
        self.closed: asyncio.Future[None] = self._loop.create_future()
        self._loop.add_reader(sock.fileno(), self._read)

    @classmethod
    async def open(
        cls, local: Address, pump: Pump, settings: LinkSettings, new_socket: Callable[[int], socket.socket]
    ) -> "SctpManyLink":
        """Bind a socket and join it to the pump; raises TransportError where the address cannot be had."""
        try:
            sock = _bound(local, settings, new_socket)
        except OSError as error:
            raise cannot_listen(local, error) from None
        link = cls(pump, sock, settings)
        pump.add_link(link)
        return link

    def reaches(self, peer: Address) -> bool:
        """Tell whether the socket is of the peer's IP version, or of both."""
        return peer.transport == SCTP and is_of_version(self.local, peer)

    def send(self, data: bytes, peer: Address) -> None:
        """Send a message, or keep it, within ``write_octets``, until the socket takes it."""
        if self._is_closing or len(data) > self.most_octets:
            self._drop(peer, "closed" if self._is_closing else f"{len(data)} octets are too long")
        elif self._octets_waiting + len(data) > self._settings.write_octets:
            self._drop(peer, f"{self._octets_waiting} octets wait")
        elif self._waiting or not self._send(data, peer):
            self._waiting.append((data, peer))
            self._octets_waiting += len(data)
            if len(self._waiting) == 1:
                self._loop.add_writer(self._socket.fileno(), self._flush)
                self._be_patient(self._settings.write_s)

    def close(self) -> None:
        """Close the socket when what waits is sent, at the latest after ``close_s``; associations end in good order."""
        if self._is_closing:
            return
        self._is_closing = True
        self._loop.remove_reader(self._socket.fileno())
        if self._waiting:
            self._be_patient(self._settings.close_s)
        else:
            self._close()

    # ---------------------------------------------------------------------------------------------------- reading

    def _read(self) -> None:
        try:
            for _ in range(self._settings.messages_a_turn):
                self._receive()
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:  # of one association; a notification says which
            _log.debug("sctp: %s", error)
        if not self._is_closing:
            self._pump.drain()

    def _receive(self) -> None:
        octets, ancillary, flags, address = self._socket.recvmsg(_CHUNK_OCTETS, RECEIVED_ANCILLARY_OCTETS)
        peer = self._addresses.peer(address)
        if flags & MSG_NOTIFICATION:
            self._notified(octets, peer)
        elif self._pump.admits(peer):
            self._take(octets, ancillary, peer, has_ended=bool(flags & MSG_EOR))

    def _take(self, octets: bytes, ancillary: list[tuple[int, int, bytes]], peer: Address, *, has_ended: bool) -> None:
        assembly = self._assemblies.pop(peer, None) or Assembly(self.most_octets, self._counters)
        message = assembly.add(octets, receive_info(ancillary), is_end=has_ended)
        if message is not None:
            self._pump.take(message, peer, self.local)
        elif assembly.is_partial and len(self._assemblies) < MOST_HALF_MESSAGES:
            self._assemblies[peer] = assembly

    def _notified(self, notification: bytes, peer: Address) -> None:
        self._counters.notifications += 1
        if is_end(notification):
            self._counters.connections_lost += 1
            self._counters.broken_frames += self._assemblies.pop(peer, None) is not None
            self._pump.connection_lost(peer)

    # ---------------------------------------------------------------------------------------------------- writing

    def _send(self, data: bytes, peer: Address) -> bool:
        """Send a message; False: the socket takes none at present. One that it refuses is lost and counted."""
        try:
            self._socket.sendmsg([data], send_info(), 0, self._addresses.target(peer))
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            self._drop(peer, error.strerror or str(error))
            return True
        self._pump.sent(data, peer, self.local)
        return True

    def _flush(self) -> None:
        has_moved = False
        while self._waiting and self._send(*self._waiting[0]):
            self._octets_waiting -= len(self._waiting.popleft()[0])
            has_moved = True
        if not self._waiting:
            self._stop_waiting()
        elif has_moved and not self._is_closing:
            self._be_patient(self._settings.write_s)

    def _be_patient(self, wait_s: float) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._patience = self._loop.call_later(wait_s, self._lose_patience)

    def _lose_patience(self) -> None:
        """Drop the message that the others wait for; when closing, all."""
        while self._waiting:
            data, peer = self._waiting.popleft()
            self._octets_waiting -= len(data)
            self._drop(peer, "the far end does not read")
            if not self._is_closing:
                break
        if self._waiting:
            self._be_patient(self._settings.write_s)
        else:
            self._stop_waiting()

    def _stop_waiting(self) -> None:
        self._loop.remove_writer(self._socket.fileno())
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if self._is_closing:
            self._close()

    def _close(self) -> None:
        self._socket.close()
        self.closed.set_result(None)

    def _drop(self, peer: Address, why: str) -> None:
        self._counters.sends_dropped += 1
        if is_worth_telling(self._counters.sends_dropped):
            _log.warning("messages to %s are lost (%d so far): %s", peer.url, self._counters.sends_dropped, why)


def _bound(local: Address, settings: LinkSettings, new_socket: Callable[[int], socket.socket]) -> socket.socket:
    sock = new_socket(family_of(local))
    try:
        prepare(sock, is_dual=is_any(local.host))
        sock.setsockopt(IPPROTO_SCTP, SCTP_NODELAY, 1)
        sock.setsockopt(IPPROTO_SCTP, SCTP_RECVRCVINFO, 1)
        sock.setsockopt(IPPROTO_SCTP, SCTP_EVENT, event_option(SCTP_ASSOC_CHANGE))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, settings.socket_octets)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, settings.socket_octets)
        sock.bind(to_system(local, sock.family))
        sock.listen(settings.backlog)
    except OSError:
        sock.close()
        raise
    return sock
