"""When a peer that could not be reached is tried again. Sans-IO."""

from typing import NamedTuple

from .address import Address


class _Entry(NamedTuple):
    until: float
    wait_s: float
    is_barred: bool


class Backoff:
    """Waits that double with each failure, peer by peer."""

    def __init__(self, first_s: float, longest_s: float, most: int) -> None:
        """Start with nothing; at most ``most`` peers are remembered, those that failed last."""
        self._first_s = first_s
        self._longest_s = longest_s
        self._most = most
        self._entries: dict[Address, _Entry] = {}

    def remaining(self, peer: Address, now: float) -> float:
        """Return how long to wait before a peer is tried, seconds."""
        entry = self._entries.get(peer)
        return max(0.0, entry.until - now) if entry else 0.0

    def is_barred(self, peer: Address, now: float) -> bool:
        """Tell whether a peer is not to be tried at all at present."""
        entry = self._entries.get(peer)
        return entry is not None and entry.is_barred and entry.until > now

    def failed(self, peer: Address, now: float) -> None:
        """Note that a peer could not be reached, or left without a word."""
        entry = self._entries.get(peer)
        wait_s = self._first_s if entry is None or entry.is_barred else min(entry.wait_s * 2, self._longest_s)
        self._remember(peer, _Entry(now + wait_s, wait_s, False), now)

    def bar(self, peer: Address, now: float) -> None:
        """Do not try a peer for the longest wait: it came by itself, and nobody listens where it came from."""
        self._remember(peer, _Entry(now + self._longest_s, self._longest_s, True), now)

    def succeeded(self, peer: Address) -> None:
        """Forget the failures of a peer."""
        self._entries.pop(peer, None)

    def _remember(self, peer: Address, entry: _Entry, now: float) -> None:
        self._entries.pop(peer, None)
        if len(self._entries) >= self._most:
            self._sweep(now)
        self._entries[peer] = entry

    def _sweep(self, now: float) -> None:
        """Forget those whose wait is long over; then the oldest, a quarter at once, so as not to sweep each time."""
        kept = [(peer, entry) for peer, entry in self._entries.items() if entry.until + self._longest_s > now]
        self._entries = dict(kept[max(0, len(kept) - self._most * 3 // 4) :])

    def __len__(self) -> int:
        return len(self._entries)
