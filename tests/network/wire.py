"""The network: what becomes of a datagram between two places."""

from collections import deque
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from .clock import Clock
from .plan import Network

_MOST_SEEN = 400
"""Datagrams that an eavesdropper remembers."""
_GARBAGE = (b"", b"\x00", b"MEGACO/1", b"!/3 ", b"\x30\x80", b"{" * 200, b"\xff" * 64, b"MEGACO/1 [1.2.3.4] T=1{")


class Place(NamedTuple):
    """Where a party speaks from; the host stays when it starts anew."""

    host: str
    port: int


class Seen(NamedTuple):
    """A datagram as an eavesdropper remembers it."""

    octets: bytes
    source: Place
    target: Place


Deliver = Callable[[bytes, Place, Place], None]
"""Takes octets, source and target."""


class Wire:
    """Carries datagrams as its Network says; which of them suffer, the seed decides, by link and by count."""

    def __init__(self, clock: Clock, network: Network, seed: int, deliver: Deliver) -> None:
        self.seen: deque[Seen] = deque(maxlen=_MOST_SEEN)
        self.carried = 0
        self._clock = clock
        self._network = network
        self._seed = seed
        self._deliver = deliver
        self._chances: dict[tuple[str, str], Random] = {}
        self._cuts: dict[tuple[str, str], float] = {}
        """Until when nothing passes, by the hosts of source and target."""
        self._newest: dict[tuple[str, str], float] = {}
        """When the last datagram arrives, where none overtakes another."""

    def cut(self, source: str, target: str, until: float) -> None:
        """Let nothing pass from one host to another; what is under way is lost."""
        self._cuts[source, target] = max(until, self._cuts.get((source, target), 0.0))

    def send(self, octets: bytes, source: Place, target: Place) -> None:
        """Carry a datagram, or lose it, or double it, or spoil it."""
        self.seen.append(Seen(octets, source, target))
        self.carried += 1
        network, link = self._network, (source.host, target.host)
        chance = self._chances.get(link)
        if chance is None:
            chance = self._chances[link] = Random(f"{self._seed} {source.host} {target.host}")
        fate, doubled = chance.random(), chance.random()
        if self._is_cut(link) or fate < network.loss:
            return
        for _ in range(2 if doubled < network.duplication else 1):
            self._carry(octets, source, target, chance)

    def _carry(self, octets: bytes, source: Place, target: Place, chance: Random) -> None:
        network, link = self._network, (source.host, target.host)
        arrives = self._clock.now + network.shortest_s + network.jitter_s * chance.random()
        if network.spikes and chance.random() < network.spikes:
            arrives += network.spike_s * chance.random()
        if network.corruption and chance.random() < network.corruption:
            octets = spoiled(octets, chance)
        if network.in_order:
            arrives = self._newest[link] = max(arrives, self._newest.get(link, 0.0))
        self._clock.at(arrives, lambda: self._arrive(octets, source, target))

    def _arrive(self, octets: bytes, source: Place, target: Place) -> None:
        if not self._is_cut((source.host, target.host)):
            self._deliver(octets, source, target)

    def _is_cut(self, link: tuple[str, str]) -> bool:
        return self._clock.now < self._cuts.get(link, 0.0)


def spoiled(octets: bytes, chance: Random) -> bytes:
    """Return octets that were cut short, have bits turned round, or are something else."""
    kind = chance.randrange(8)
    if kind == 0 or not octets:
        return chance.choice(_GARBAGE)
    if kind == 1:
        return chance.randbytes(chance.randrange(200))
    return shortened(octets, chance) if kind < 5 else flipped(octets, chance)


def shortened(octets: bytes, chance: Random) -> bytes:
    """Return the beginning of octets."""
    return octets[: chance.randrange(len(octets))]


def flipped(octets: bytes, chance: Random) -> bytes:
    """Return octets with up to four bits turned round."""
    changed = bytearray(octets)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)
