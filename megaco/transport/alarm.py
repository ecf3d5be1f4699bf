"""One timer of the event loop, kept at an engine's next deadline."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls ``ring`` when the deadline has come; setting another deadline replaces it.

    Deadlines of an engine move later all the time, with every message; the loop's timer is then left where it is and
    set anew when it goes off.
    """

    __slots__ = ("_at", "_deadline", "_handle", "_loop", "_ring")

    def __init__(self, ring: Callable[[], None]) -> None:
        """Bind to the running event loop; nothing is set."""
        self._loop = asyncio.get_running_loop()
        self._ring = ring
        self._handle: asyncio.TimerHandle | None = None
        self._at = 0.0
        """When the handle goes off."""
        self._deadline = 0.0

    def now(self) -> float:
        """Return the clock that deadlines are on, seconds."""
        return self._loop.time()

    def set(self, deadline: float | None) -> None:
        """Ring at ``deadline``; None: not at all."""
        if deadline is None:
            self._cancel()
            return
        self._deadline = deadline
        if self._handle is not None and deadline >= self._at:
            return
        self._cancel()
        self._arm()

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _arm(self) -> None:
        self._at = self._deadline
        self._handle = self._loop.call_at(self._deadline, self._go_off)

    def _go_off(self) -> None:
        self._handle = None
        if self._deadline > self._at:
            self._arm()
        else:
            self._ring()
