"""The one loop between links and the transaction engine; it decides nothing."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Literal

from megaco.errors import LocalError
from megaco.transaction import PeerFault, TransactionEngine, TransactionEvent

from .address import MEMORY, Address, one_form
from .alarm import Alarm
from .counters import TransportCounters, is_worth_telling
from .link import Link

_log = logging.getLogger("h248.transport")

Trace = Callable[[Literal["sent", "received"], bytes, Address, Address], None]
"""Called with each message as it passes: which way, its octets, the peer, and the own address it came to or left by."""

_MOST_ROUNDS = 16
"""Times that one drain looks for more, before it leaves the rest to the next turn of the event loop."""


class Pump:
    """Feeds messages and time to the engine; hands out its messages and events.

    After messages were received it drains the engine at once. Whoever submits or replies otherwise calls ``schedule``:
    the engine is then drained once in the next turn of the event loop, so that what was said in this turn goes out
    together.
    """

    def __init__(
        self,
        engine: TransactionEngine,
        on_event: Callable[[TransactionEvent], None],
        trace: Trace | None = None,
        *,
        on_lost: Callable[[Address], None] | None = None,
    ) -> None:
        """Make a pump without link; ``on_lost`` hears of peers whose connection has ended or could not be opened."""
        self.engine = engine
        self.links: list[Link] = []
        self.on_lost = on_lost
        self._peers: frozenset[str] = frozenset()
        self._counters: dict[str, TransportCounters] = {}
        self._on_event = on_event
        self._trace = trace
        self._trace_failures = 0
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(self._due)
        self._scheduled: asyncio.Handle | None = None
        self._is_draining = False
        self._is_closed = False

    @property
    def peers(self) -> frozenset[str]:
        """Hosts that are listened to, on every transport between hosts; empty: any. ``resolve_hosts`` takes names."""
        return self._peers

    @peers.setter
    def peers(self, hosts: Iterable[str]) -> None:
        """Listen to these hosts alone; raises LocalError for what is none. Connections that are open stay."""
        try:
            self._peers = frozenset(map(one_form, hosts))
        except ValueError as error:
            raise LocalError(str(error)) from None

    def now(self) -> float:
        """Return the clock of this pump, seconds."""
        return self._loop.time()

    def counters(self, transport: str) -> TransportCounters:
        """Return the counters of a transport."""
        counters = self._counters.get(transport)
        if counters is None:
            counters = self._counters[transport] = TransportCounters()
        return counters

    # ------------------------------------------------------------------------------------------------------ links

    def add_link(self, link: Link) -> None:
        """Send through a link too: the first that reaches a peer carries to it."""
        self.links.append(link)

    def link_to(self, peer: Address) -> Link | None:
        """Return the link that carries to a peer; None: there is none."""
        for link in self.links:
            if link.reaches(peer):
                return link
        return None

    def admits(self, peer: Address) -> bool:
        """Tell whether a host is listened to; if not, count and log it."""
        if not self._peers or peer.host in self._peers or peer.transport == MEMORY:
            return True
        counters = self.counters(peer.transport)
        counters.strangers += 1
        if is_worth_telling(counters.strangers):
            _log.warning("%s is a stranger, dropped unread (%d so far)", peer.url, counters.strangers)
        return False

    def take(self, data: bytes, peer: Address, local: Address) -> None:
        """Take a message from a link, which calls ``drain`` after the last of those that it has."""
        counters = self.counters(peer.transport)
        counters.messages_received += 1
        counters.octets_received += len(data)
        if self._trace is not None:
            self._note("received", data, peer, local)
        self.engine.receive(data, peer, self._loop.time())

    def sent(self, data: bytes, peer: Address, local: Address) -> None:
        """Hear from a link that it has sent a message."""
        counters = self.counters(peer.transport)
        counters.messages_sent += 1
        counters.octets_sent += len(data)
        if self._trace is not None:
            self._note("sent", data, peer, local)

    def _note(self, way: Literal["sent", "received"], data: bytes, peer: Address, local: Address) -> None:
        assert self._trace is not None
        try:
            self._trace(way, data, peer, local)
        except Exception:  # the application's own code; the message goes its way all the same
            self._trace_failures += 1
            if is_worth_telling(self._trace_failures):
                _log.exception("the trace failed (%d times so far)", self._trace_failures)

    def connection_lost(self, peer: Address) -> None:
        """Tell ``on_lost``, in the next turn of the event loop, that a peer's connection is no more."""
        if self.on_lost is not None and not self._is_closed:
            self._loop.call_soon(self._tell_lost, peer)

    def _tell_lost(self, peer: Address) -> None:
        if self.on_lost is None or self._is_closed:
            return
        try:
            self.on_lost(peer)
        except Exception:  # the application's own code
            _log.exception("the handler of the lost connection with %s failed", peer.url)
        self.drain()

    # --------------------------------------------------------------------------------------------------- draining

    def schedule(self) -> None:
        """Drain in the next turn of the event loop; call after any use of the engine from outside."""
        if self._scheduled is None and not self._is_draining and not self._is_closed:
            self._scheduled = self._loop.call_soon(self._drain_scheduled)

    def drain(self) -> None:
        """Hand out at once what the engine has ready. Handlers may use the engine again."""
        if self._is_draining:
            return
        if self._scheduled is not None:
            self._scheduled.cancel()
            self._scheduled = None
        self._is_draining = True
        try:
            is_done = self._drain()
        finally:
            self._is_draining = False
            self._alarm.set(None if self._is_closed else self.engine.next_deadline())
        if not is_done:
            self.schedule()

    def close(self) -> None:
        """Hand out what is scheduled, then stop the timer and the links, for good."""
        if self._scheduled is not None:
            self.drain()
        self._is_closed = True
        self._alarm.set(None)
        if self._scheduled is not None:
            self._scheduled.cancel()
            self._scheduled = None
        for link in self.links:
            link.close()

    def _drain_scheduled(self) -> None:
        self._scheduled = None
        self.drain()

    def _drain(self) -> bool:
        """Events first, for their handlers add to the messages, and to the events. False: there may be more."""
        for _ in range(_MOST_ROUNDS):
            events = self.engine.take_events()
            for event in events:
                self._handle(event)
            for data, peer in self.engine.take_datagrams():
                assert isinstance(peer, Address)
                self._send(data, peer)
            if not events:
                return True
        return False

    def _handle(self, event: TransactionEvent) -> None:
        if isinstance(event, PeerFault):
            self._count_fault(event)
        try:
            self._on_event(event)
        except Exception:  # one event that cannot be handled must not take the others with it
            _log.exception("the handler of %s failed", type(event).__name__)

    def _count_fault(self, fault: PeerFault) -> None:
        """Count octets that are no message; of a flood log the first, second, fourth ... only."""
        peer = fault.peer
        counters = self.counters(peer.transport)
        counters.faults += 1
        if is_worth_telling(counters.faults):
            _log.warning("%s sent no message (%d so far): %s", peer.url, counters.faults, fault.error.summary)

    def _send(self, data: bytes, peer: Address) -> None:
        link = self.link_to(peer)
        if link is None:
            counters = self.counters(peer.transport)
            counters.sends_dropped += 1
            if is_worth_telling(counters.sends_dropped):
                _log.warning("no link carries to %s (%d messages dropped so far)", peer.url, counters.sends_dropped)
            return
        link.send(data, peer)

    def _due(self) -> None:
        self.engine.handle_timer(self._loop.time())
        self.drain()
