"""A link of connections: those accepted, and those opened to peers when there is something to say to them."""

import asyncio
import logging
import resource
import socket
from typing import Protocol

from megaco.errors import TransportError

from .address import Address, is_ipv6
from .backoff import Backoff
from .connection import Conduit, Connection, Ending
from .counters import TransportCounters, is_worth_telling
from .listener import Listener
from .pump import Pump
from .settings import LinkSettings
from .sockets import cannot_listen, connected, family_of, from_system, is_any, prepare, to_system

_log = logging.getLogger("h248.transport")


class Carrier(Protocol):
    """What TCP and SCTP do differently."""

    transport: str

    def most_octets(self, settings: LinkSettings) -> int:
        """Return the longest message that it carries."""

    def new_socket(self, family: int) -> socket.socket:
        """Return a socket; raises OSError, or TransportError where the system does not have the protocol."""

    def prepare(self, sock: socket.socket, settings: LinkSettings) -> None:
        """Set the options of a socket before it listens or connects, or when it was accepted. Raises OSError."""

    def conduit(self, sock: socket.socket, settings: LinkSettings, counters: TransportCounters) -> Conduit:
        """Return how messages stand on a connected socket."""


class _Opening:
    """A connection that is being opened, and what is to be said on it."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.octets = 0
        self.task: asyncio.Task[None] | None = None


class ConnectionLink:
    """Connections of one transport; a peer is known by the far end's host and port, whoever connected."""

    is_reliable = True

    def __init__(self, carrier: Carrier, local: Address, pump: Pump, settings: LinkSettings) -> None:
        """Use ``open``."""
        self._carrier = carrier
        self.pump = pump
        self.settings = settings
        self._loop = asyncio.get_running_loop()
        self._counters = pump.counters(carrier.transport)
        self._connections: dict[Address, Connection] = {}
        self._openings: dict[Address, _Opening] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._backoff = Backoff(settings.first_backoff_s, settings.longest_backoff_s, settings.known_addresses)
        self._most = min(settings.most_connections, max(1, _most_files() // 2))
        self._listener: Listener | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._is_closing = False
        self.octets_held = 0
        """Octets held for all connections and openings together."""
        self.local = local
        """Where it listens, or would; its host is the one that connections are opened from."""
        self.most_octets = carrier.most_octets(settings)
        self.closed: asyncio.Future[None] = self._loop.create_future()

    @classmethod
    async def open(
        cls, carrier: Carrier, local: Address, pump: Pump, settings: LinkSettings, *, listen: bool
    ) -> "ConnectionLink":
        """Listen at an IP address, or only take it as that which connections are opened from; join it to the pump.

        Raises TransportError where the address cannot be had.
        """
        link = cls(carrier, local, pump, settings)
        try:
            if listen:
                link._listen()
            else:
                carrier.new_socket(family_of(local)).close()
        except OSError as error:
            raise cannot_listen(local, error) from None
        pump.add_link(link)
        return link

    @property
    def connections(self) -> int:
        """Connections that are open."""
        return len(self._connections)

    def reaches(self, peer: Address) -> bool:
        """Tell whether the transport is this one, and the own address of the peer's IP version."""
        return peer.transport == self._carrier.transport and (
            is_any(self.local.host) or is_ipv6(peer.host) == is_ipv6(self.local.host)
        )

    def send(self, data: bytes, peer: Address) -> None:
        """Send a message on the peer's connection; without one, hold it until one is open."""
        if self._is_closing or len(data) > self.most_octets:
            self._drop(1, peer, "closed" if self._is_closing else f"{len(data)} octets are too long")
            return
        connection = self._connections.get(peer)
        if connection is not None:
            self._send(connection, data)
        else:
            self._hold(data, peer)

    def close(self) -> None:
        """Listen no more, finish every connection; after ``close_s`` cut those that are left."""
        if self._is_closing:
            return
        self._is_closing = True
        if self._listener is not None:
            self._listener.close()
        for peer, opening in list(self._openings.items()):
            self._give_up(peer, opening, "closed")
        for connection in list(self._connections.values()):
            connection.finish()
        self._patience = self._loop.call_later(self.settings.close_s, self._cut_all)
        self._settle()

    # -------------------------------------------------------------------------------------------------- accepting

    def _listen(self) -> None:
        sock = self._carrier.new_socket(family_of(self.local))
        try:
            prepare(sock, is_dual=is_any(self.local.host))
            self._carrier.prepare(sock, self.settings)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(to_system(self.local, sock.family))
            self._listener = Listener(sock, self._carrier.transport, self.settings, self._counters, self._accepted)
        except OSError:
            sock.close()
            raise
        self.local = self._listener.local

    def _accepted(self, sock: socket.socket, peer: Address) -> None:
        counters = self._counters
        if not self.pump.admits(peer):
            sock.close()
        elif len(self._connections) + len(self._openings) >= self._most:
            sock.close()
            counters.connections_refused += 1
            if is_worth_telling(counters.connections_refused):
                _log.warning(
                    "%s is refused, %d connections are open (%d so far)",
                    peer.url,
                    self._most,
                    counters.connections_refused,
                )
        else:
            self._serve(sock, peer)

    def _serve(self, sock: socket.socket, peer: Address) -> None:
        try:
            sock.setblocking(False)
            self._carrier.prepare(sock, self.settings)
        except OSError:  # it was gone before it was accepted
            sock.close()
            return
        self._counters.connections_accepted += 1
        self._add(sock, peer, is_accepted=True)

    # ---------------------------------------------------------------------------------------------------- opening

    def _hold(self, data: bytes, peer: Address) -> None:
        opening = self._openings.get(peer)
        if opening is None:
            if self._backoff.is_barred(peer, self._loop.time()):
                self._drop(1, peer, "its connection has ended")
                return
            if len(self._connections) + len(self._openings) >= self._most:
                self._drop(1, peer, f"{self._most} connections are open")
                return
            opening = self._openings[peer] = _Opening()
            opening.task = self._loop.create_task(self._open(peer, opening))
            self._tasks.add(opening.task)
            opening.task.add_done_callback(self._opened)
        most, octets = self.settings, len(data)
        if opening.octets + octets > most.held_octets or self.octets_held + octets > most.octets_in_all:
            self._drop(1, peer, f"{opening.octets} octets are held until its connection is open")
            return
        opening.held.append(data)
        opening.octets += octets
        self.octets_held += octets

    def _opened(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._settle()

    async def _open(self, peer: Address, opening: _Opening) -> None:
        wait_s = self._backoff.remaining(peer, self._loop.time())
        if wait_s:
            await asyncio.sleep(wait_s)
        try:
            async with asyncio.timeout(self.settings.connect_s):
                sock = await self._connect(peer)
        except (OSError, TimeoutError, TransportError) as error:
            self._could_not_open(peer, opening, error)
            return
        self._counters.connections_opened += 1
        opening.task = None
        self._add(sock, peer, is_accepted=False)

    async def _connect(self, peer: Address) -> socket.socket:
        sock = self._carrier.new_socket(family_of(peer))
        try:
            prepare(sock, is_dual=False)
            self._carrier.prepare(sock, self.settings)
            if not is_any(self.local.host):
                sock.bind(to_system(self.local._replace(port=0), sock.family))
            await connected(sock, to_system(peer, sock.family))
        except BaseException:
            sock.close()
            raise
        return sock

    def _could_not_open(self, peer: Address, opening: _Opening, error: Exception) -> None:
        opening.task = None
        self._counters.connections_failed += 1
        self._backoff.failed(peer, self._loop.time())
        self._give_up(peer, opening, getattr(error, "strerror", None) or str(error) or "no answer")
        self.pump.connection_lost(peer)

    def _give_up(self, peer: Address, opening: _Opening, why: str) -> None:
        del self._openings[peer]
        self.octets_held -= opening.octets
        if opening.task is not None:
            opening.task.cancel()
        if opening.held:
            self._drop(len(opening.held), peer, why)

    # -------------------------------------------------------------------------------------------------- connected

    def _add(self, sock: socket.socket, peer: Address, *, is_accepted: bool) -> None:
        """Serve a connection, and say on it what was held for the peer."""
        earlier = self._connections.get(peer)
        if earlier is not None:
            earlier.cut(Ending.REPLACED)
        ends = from_system(sock.getsockname(), self._carrier.transport), peer
        conduit = self._carrier.conduit(sock, self.settings, self._counters)
        connection = Connection(sock, conduit, ends, self, is_accepted=is_accepted)
        self._connections[peer] = connection
        opening = self._openings.pop(peer, None)
        if opening is None:
            return
        self.octets_held -= opening.octets
        if opening.task is not None:
            opening.task.cancel()
        for data in opening.held:
            self._send(connection, data)

    def _send(self, connection: Connection, data: bytes) -> None:
        if connection.send(data):
            self.pump.sent(data, connection.peer, connection.local)
        else:
            self._drop(1, connection.peer, "its connection has ended")

    def ended(self, connection: Connection, why: Ending, words: str) -> None:
        """Hear of the end of a connection of this link."""
        peer, counters = connection.peer, self._counters
        del self._connections[peer]
        counters.sends_dropped += connection.messages_waiting
        counters.broken_frames += connection.is_partial and why is not Ending.LYING
        if why is not Ending.CLOSED and not self._is_closing:
            self._lost(connection, why, words)
        self._settle()

    def _lost(self, connection: Connection, why: Ending, words: str) -> None:
        peer, counters = connection.peer, self._counters
        counters.connections_lost += 1
        counters.silent += why is Ending.SILENT
        counters.stalled += why is Ending.STALLED
        counters.unread += why is Ending.UNREAD
        counters.no_room += why is Ending.NO_ROOM
        counters.lying_frames += why is Ending.LYING
        if is_worth_telling(counters.connections_lost):
            shown = f"{why.value}: {words}" if words else why.value
            _log.info("the connection with %s has ended (%d so far): %s", peer.url, counters.connections_lost, shown)
        if connection.is_accepted:
            self._backoff.bar(peer, self._loop.time())
        elif connection.has_spoken:
            self._backoff.succeeded(peer)
        else:
            self._backoff.failed(peer, self._loop.time())
        if why is not Ending.REPLACED:
            self.pump.connection_lost(peer)

    def _drop(self, count: int, peer: Address, why: str) -> None:
        self._counters.sends_dropped += count
        if is_worth_telling(self._counters.sends_dropped, count):
            _log.warning("messages to %s are lost (%d so far): %s", peer.url, self._counters.sends_dropped, why)

    # ---------------------------------------------------------------------------------------------------- closing

    def _cut_all(self) -> None:
        for connection in list(self._connections.values()):
            connection.cut(Ending.CLOSED)

    def _settle(self) -> None:
        if self._is_closing and not self._connections and not self._tasks and not self.closed.done():
            if self._patience is not None:
                self._patience.cancel()
            self.closed.set_result(None)


def _most_files() -> int:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 30 if soft == resource.RLIM_INFINITY else soft
