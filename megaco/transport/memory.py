"""Links in memory: endpoints of one event loop by name, in order and without loss, unless a test wants otherwise."""

import asyncio
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from megaco.errors import TransportError

from .address import MEMORY, Address
from .pump import Pump
from .settings import DEFAULT_SETTINGS, LinkSettings

Fate = Callable[[bytes, Address, Address], Sequence[float]]
"""What becomes of a message, its sender and its receiver: the delays, seconds, after which copies of it arrive. No
delay: it is lost. Several: it is doubled. Unlike ones: messages overtake each other."""

_names: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, "MemoryLink"]] = WeakKeyDictionary()


class MemoryLink:
    """A name in the running event loop that feeds a pump."""

    def __init__(
        self, local: Address, pump: Pump, settings: LinkSettings = DEFAULT_SETTINGS, *, fate: Fate | None = None
    ) -> None:
        """Take a name and join it to the pump; raises TransportError where it is taken.

        ``fate`` decides on what this link sends, which is then no longer reliable; None: each message arrives, once,
        in the next turn of the event loop.
        """
        self._loop = asyncio.get_running_loop()
        self._links = _names.setdefault(self._loop, {})
        if local.host in self._links:
            raise TransportError(f"cannot listen on {local.url}: the name is in use")
        self._links[local.host] = self
        self._pump = pump
        self._fate = fate
        self._counters = pump.counters(MEMORY)
        self.local = local
        """The name."""
        self.most_octets = settings.memory_most_octets
        self.is_reliable = fate is None
        self.closed: asyncio.Future[None] = self._loop.create_future()
        pump.add_link(self)

    def reaches(self, peer: Address) -> bool:
        """Tell whether a peer is in memory too."""
        return peer.transport == MEMORY

    def send(self, data: bytes, peer: Address) -> None:
        """Send a message; one to a name that nobody has when it arrives is lost."""
        if self.closed.done() or len(data) > self.most_octets:
            self._counters.sends_dropped += 1
            return
        self._pump.sent(data, peer, self.local)
        if self._fate is None:
            self._loop.call_soon(self._deliver, data, peer)
            return
        for delay_s in self._fate(data, self.local, peer):
            self._loop.call_later(delay_s, self._deliver, data, peer)

    def close(self) -> None:
        """Give the name back; what is under way to it is lost."""
        if not self.closed.done():
            del self._links[self.local.host]
            self.closed.set_result(None)

    def _deliver(self, data: bytes, peer: Address) -> None:
        receiver = self._links.get(peer.host)
        if receiver is None:
            self._counters.sends_dropped += 1
            return
        receiver._pump.take(data, self.local, receiver.local)
        receiver._pump.drain()
