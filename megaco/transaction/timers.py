"""One heap of deadlines: the earliest is known at any time, a cancelled one costs nothing."""

import heapq
from collections.abc import Hashable, Iterator

_SPARE = 64
"""Cancelled entries that the heap may hold, besides as many as there are deadlines."""


class Timers:
    """Named deadlines; setting a name again moves its deadline."""

    def __init__(self) -> None:
        self._deadlines: dict[Hashable, tuple[float, int]] = {}
        """With the number of its entry in the heap: all others of that name are void."""
        self._heap: list[tuple[float, int, Hashable]] = []
        self._count = 0

    def set(self, name: Hashable, deadline: float) -> None:
        """Let ``name`` fire at ``deadline``, seconds on the caller's clock."""
        self._count += 1
        self._deadlines[name] = deadline, self._count
        heapq.heappush(self._heap, (deadline, self._count, name))
        if len(self._heap) > 2 * len(self._deadlines) + _SPARE:
            self._sweep()

    def cancel(self, name: Hashable) -> None:
        """Let ``name`` fire no more; harmless where it is not set."""
        self._deadlines.pop(name, None)

    def next_deadline(self) -> float | None:
        """Return the earliest deadline; None where nothing is set."""
        while self._heap and not self._is_valid(self._heap[0]):
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def due(self, now: float) -> Iterator[Hashable]:
        """Yield, and cancel, each name whose deadline has come, earliest first."""
        while (deadline := self.next_deadline()) is not None and deadline <= now:
            name = heapq.heappop(self._heap)[2]
            del self._deadlines[name]
            yield name

    def _sweep(self) -> None:
        """Drop what was cancelled or moved, so that a peer who makes us move a deadline does not fill the heap."""
        self._heap = list(filter(self._is_valid, self._heap))
        heapq.heapify(self._heap)

    def _is_valid(self, entry: tuple[float, int, Hashable]) -> bool:
        return self._deadlines.get(entry[2]) == entry[:2]

    def __len__(self) -> int:
        return len(self._deadlines)
