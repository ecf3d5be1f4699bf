"""H.248 over UDP (H.248.1 Annex D.1): one message a datagram.

Datagrams are read by hand, several each time the socket is ready: the event loop's own datagram transport reads one a
turn and asks the system for a quarter of a mebioctet of memory each time, which costs seven times as much.
"""

import asyncio
import logging
import socket

from .address import UDP, Address, is_of_version
from .counters import is_worth_telling
from .pump import Pump
from .settings import DEFAULT_SETTINGS, LinkSettings
from .sockets import AddressBook, cannot_listen, family_of, from_system, is_any, prepare, to_system

_log = logging.getLogger("h248.transport")

_LONGEST_DATAGRAM = 65_535


class UdpLink:
    """A UDP socket that feeds a pump."""

    is_reliable = False

    def __init__(self, pump: Pump, sock: socket.socket, settings: LinkSettings = DEFAULT_SETTINGS) -> None:
        """Serve a bound socket that does not block; ``bind`` makes one."""
        self._pump = pump
        self._socket = sock
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._counters = pump.counters(UDP)
        self._addresses = AddressBook(UDP, sock.family, settings.known_addresses)
        self._is_open = True
        self.local = from_system(sock.getsockname(), UDP)
        """The address that the socket is bound to."""
        self.most_octets = settings.udp_most_octets
        self.closed: asyncio.Future[None] = self._loop.create_future()
        self._loop.add_reader(sock.fileno(), self._read)

    @classmethod
    async def bind(cls, local: Address, pump: Pump, settings: LinkSettings = DEFAULT_SETTINGS) -> "UdpLink":
        """Bind a socket and join it to the pump; raises TransportError where the address cannot be had.

        ``local`` is an IP address; ``::`` is IPv4 too.
        """
        try:
            sock = _bound(local, settings.socket_octets)
        except OSError as error:
            raise cannot_listen(local, error) from None
        link = cls(pump, sock, settings)
        pump.add_link(link)
        return link

    def reaches(self, peer: Address) -> bool:
        """Tell whether the socket is of the peer's IP version, or of both."""
        return peer.transport == UDP and is_of_version(self.local, peer)

    def send(self, data: bytes, peer: Address) -> None:
        """Send a datagram; one that the system refuses is lost, as any datagram may be, and counted."""
        if not self._is_open or len(data) > self.most_octets:
            self._drop(peer, "closed" if not self._is_open else f"{len(data)} octets are too long")
            return
        try:
            self._socket.sendto(data, self._addresses.target(peer))
        except OSError as error:  # EMSGSIZE, ENOBUFS, EAGAIN, ECONNREFUSED of an earlier one, no route ...
            self._drop(peer, error.strerror or str(error))
            return
        self._pump.sent(data, peer, self.local)

    def close(self) -> None:
        """Close the socket."""
        if self._is_open:
            self._is_open = False
            self._loop.remove_reader(self._socket.fileno())
            self._socket.close()
            self.closed.set_result(None)

    def _read(self) -> None:
        """Take what is there, as many as one turn may have; the engine then speaks once to all of it."""
        receive, take, pump = self._socket.recvfrom, self._pump.take, self._pump
        try:
            for _ in range(self._settings.messages_a_turn):
                data, address = receive(_LONGEST_DATAGRAM)
                peer = self._addresses.peer(address)
                if pump.admits(peer):
                    take(data, peer, self.local)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:  # what the system says of an earlier datagram; repetition takes care of the loss
            _log.debug("udp: %s", error)
        if self._is_open:
            pump.drain()

    def _drop(self, peer: Address, why: str) -> None:
        self._counters.sends_dropped += 1
        if is_worth_telling(self._counters.sends_dropped):
            _log.warning("a datagram to %s is lost (%d so far): %s", peer, self._counters.sends_dropped, why)


def _bound(local: Address, octets: int) -> socket.socket:
    sock = socket.socket(family_of(local), socket.SOCK_DGRAM)
    try:
        prepare(sock, is_dual=is_any(local.host))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, octets)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, octets)
        sock.bind(to_system(local, sock.family))
    except OSError:
        sock.close()
        raise
    return sock
