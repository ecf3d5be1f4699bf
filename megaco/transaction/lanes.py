"""Timers that all run for the same time: first set, first due."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lane(Generic[Item]):
    """Items that become due in the order in which they came; setting and cancelling cost nothing worth counting.

    Nothing is cancelled: ``is_waiting`` tells whether an item still waits for this. Where the time is made shorter
    meanwhile, items wait for those before them.
    """

    def __init__(self, is_waiting: Callable[[Item], bool]) -> None:
        self._is_waiting = is_waiting
        self._items: deque[tuple[float, Item]] = deque()

    def add(self, deadline: float, item: Item) -> None:
        """Let ``item`` be due at ``deadline``, seconds on the caller's clock."""
        self._items.append((deadline, item))

    def next_deadline(self) -> float | None:
        """Return when the first item is due; None where none waits."""
        items = self._items
        while items and not self._is_waiting(items[0][1]):
            items.popleft()
        return items[0][0] if items else None

    def due(self, now: float) -> Iterator[Item]:
        """Yield, and take out, each item whose time has come."""
        while (deadline := self.next_deadline()) is not None and deadline <= now:
            yield self._items.popleft()[1]

    def beyond(self, most: int) -> Iterator[Item]:
        """Yield, and take out, the oldest items as long as there are more than ``most``."""
        while len(self._items) > most:
            item = self._items.popleft()[1]
            if self._is_waiting(item):
                yield item
