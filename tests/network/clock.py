"""The clock that everybody shares, and what is to happen when."""

import heapq
from collections.abc import Callable

_MOST_STEPS = 300_000


class NeverAtRestError(Exception):
    """Things go on happening long after everything should have ended."""


class Clock:
    """Seconds that pass at once: whatever is next happens now."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Let something happen at a time; at once where that has passed. What is due at one time keeps its order."""
        self._count += 1
        heapq.heappush(self._due, (max(when, self.now), self._count, what))

    def run(self, until: float) -> None:
        """Let everything happen; raises NeverAtRestError where that does not end by ``until``."""
        due = self._due
        for _ in range(_MOST_STEPS):
            if not due:
                return
            when, _, what = heapq.heappop(due)
            if when > until:
                raise NeverAtRestError(f"not at rest at {until:.1f} s")
            self.now = when
            what()
        raise NeverAtRestError(f"not at rest after {_MOST_STEPS} steps, at {self.now:.1f} s")
