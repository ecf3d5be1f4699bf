"""The one loop between a link and the transaction engine; it decides nothing."""

import logging
from collections.abc import Callable
from typing import Literal, Protocol

from megaco.transaction import PeerFault, TransactionEngine, TransactionEvent

from .address import Address
from .alarm import Alarm

_log = logging.getLogger("h248.transport")

Trace = Callable[[Literal["sent", "received"], bytes, Address], None]
"""Called with each datagram as it passes."""


class Link(Protocol):
    """What carries datagrams."""

    def send(self, data: bytes, peer: Address) -> None:
        """Send one message."""

    def close(self) -> None:
        """Stop sending and receiving."""


class Pump:
    """Feeds datagrams and time to the engine; hands out its datagrams and events."""

    def __init__(
        self, engine: TransactionEngine, on_event: Callable[[TransactionEvent], None], trace: Trace | None
    ) -> None:
        """Make a pump without link; set ``link`` before anything is submitted."""
        self.engine = engine
        self.link: Link | None = None
        self.peers: frozenset[str] = frozenset()
        """Hosts that datagrams are taken from; empty: any."""
        self.strangers = 0
        """Datagrams of other hosts, dropped unread."""
        self.faults = 0
        """Datagrams that were no message."""
        self._on_event = on_event
        self._trace = trace
        self._alarm = Alarm(self._due)
        self._is_draining = False
        self._is_closed = False

    def now(self) -> float:
        """Return the clock of this pump, seconds."""
        return self._alarm.now()

    def data_received(self, data: bytes, peer: Address) -> None:
        """Take a datagram from the link."""
        if self.peers and peer.host not in self.peers:
            self.strangers += 1
            return
        if self._trace is not None:
            self._trace("received", data, peer)
        self.engine.receive(data, peer, self.now())
        self.drain()

    def drain(self) -> None:
        """Hand out what the engine has ready; call after every use of the engine. Handlers may use the engine again."""
        if self._is_draining:
            return
        self._is_draining = True
        try:
            self._drain()
        finally:
            self._is_draining = False
            self._alarm.set(None if self._is_closed else self.engine.next_deadline())

    def close(self) -> None:
        """Stop the timer and the link, for good."""
        self._is_closed = True
        self._alarm.set(None)
        if self.link is not None:
            self.link.close()

    def _drain(self) -> None:
        while True:
            datagrams, events = self.engine.take_datagrams(), self.engine.take_events()
            if not datagrams and not events:
                return
            for data, peer in datagrams:
                self._send(data, peer)
            for event in events:
                if isinstance(event, PeerFault):
                    self._count_fault(event)
                try:
                    self._on_event(event)
                except Exception:  # one event that cannot be handled must not take the others with it
                    _log.exception("the handler of %s failed", type(event).__name__)

    def _count_fault(self, fault: PeerFault) -> None:
        """Count octets that are no message; of a flood log the first, second, fourth ... only."""
        self.faults += 1
        if self.faults & (self.faults - 1) == 0:
            _log.warning("%s sent no message (%d so far): %s", fault.peer, self.faults, fault.error.summary)

    def _send(self, data: bytes, peer: object) -> None:
        assert isinstance(peer, Address)
        assert self.link is not None
        if self._trace is not None:
            self._trace("sent", data, peer)
        self.link.send(data, peer)

    def _due(self) -> None:
        self.engine.handle_timer(self.now())
        self.drain()
