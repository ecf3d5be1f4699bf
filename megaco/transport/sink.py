"""A file that records go to from a thread of its own: a slow disk, a full one, a stuck reader delay no message."""

import logging
import os
import select
import stat
import sys
import threading
from collections import deque

from megaco.errors import LocalError

_log = logging.getLogger("h248.trace")

STANDARD_OUTPUT = "-"
MOST_WAITING_OCTETS = 16_777_216
"""Octets that may wait to be written; what comes beyond is dropped, and that is logged."""
CLOSE_S = 2.0
"""How long ``close`` waits for what has not been written yet, seconds."""


class Sink:
    """Writes records in their order, each whole; ``write`` never waits and never fails.

    The first error of the file, such as a full disk or a reader that is gone, is logged once and ends the writing.
    ``write`` and ``close`` belong to one thread.
    """

    def __init__(self, descriptor: int, name: str, *, most_waiting_octets: int = MOST_WAITING_OCTETS) -> None:
        """Take over an open file descriptor, which is closed at the end; messages of the log call it ``name``."""
        self.name = name
        self.dropped = 0
        """Records dropped because too many waited."""
        self._descriptor = descriptor
        self._most_waiting_octets = most_waiting_octets
        self._taken_octets = 0
        self._written_octets = 0
        self._records: deque[bytes] = deque()
        self._work = threading.Event()
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name=f"h248 writes {name}", daemon=True)
        self._thread.start()

    @property
    def is_open(self) -> bool:
        """Whether records are still written: False once closed, and after an error of the file."""
        return self._is_open

    def write(self, record: bytes) -> None:
        """Hand over a record."""
        if not self._is_open:
            return
        if self._taken_octets - self._written_octets + len(record) > self._most_waiting_octets:
            self._drop()
            return
        self._taken_octets += len(record)
        self._records.append(record)
        if not self._work.is_set():
            self._work.set()

    def close(self, wait_s: float = CLOSE_S) -> None:
        """Write what waits and close the file; what a stuck one does not take within ``wait_s`` is lost, and logged."""
        self._is_open = False
        self._work.set()
        self._thread.join(wait_s)
        if self._thread.is_alive():
            lost = self._taken_octets - self._written_octets
            _log.error("%s takes no more: %d octets are lost", self.name, lost)

    def _drop(self) -> None:
        """Count a record that is not written; log the first, second, fourth ... only."""
        self.dropped += 1
        if self.dropped & (self.dropped - 1) == 0:
            _log.warning("%s is too slow: %d records dropped so far", self.name, self.dropped)

    # ---------------------------------------------------------------------------------------- in the thread of its own

    def _run(self) -> None:
        try:
            while self._is_open or self._records:
                self._work.wait()
                self._work.clear()
                self._write_all()
        except OSError as error:
            self._is_open = False
            _log.error("%s: %s; nothing more is written to it", self.name, error.strerror or error)
            self._records.clear()
        finally:
            os.close(self._descriptor)

    def _write_all(self) -> None:
        """Write what waits in as few turns as can be: after each the event loop has the interpreter for a while."""
        while self._records:
            batch = b"".join(self._records.popleft() for _ in range(len(self._records)))
            rest = memoryview(batch)
            while rest:
                rest = rest[self._write_some(rest) :]
            self._written_octets += len(batch)

    def _write_some(self, octets: memoryview) -> int:
        try:
            return os.write(self._descriptor, octets)
        except BlockingIOError:  # standard output that somebody else set to be so
            select.select([], [self._descriptor], [])
            return 0


def open_sink(file: str | os.PathLike[str], *, most_waiting_octets: int = MOST_WAITING_OCTETS) -> Sink:
    """Open a file to write to from its beginning, ``-`` being standard output; raises LocalError that says why not.

    A file is for its owner only (mode 0600), one that is there already becomes so. It is appended to after it was
    emptied, so that somebody else may empty it again in the meantime.
    """
    name = os.fspath(file)
    shown = "standard output" if name == STANDARD_OUTPUT else name
    try:
        descriptor = _standard_output() if name == STANDARD_OUTPUT else _emptied(name)
    except OSError as error:
        raise LocalError(f"{shown}: {error.strerror or error}") from None
    return Sink(descriptor, shown, most_waiting_octets=most_waiting_octets)


def _standard_output() -> int:
    if sys.__stdout__ is None:
        raise LocalError("standard output is closed")
    return os.dup(sys.__stdout__.fileno())


def _emptied(name: str) -> int:
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # a pipe or a device keeps its mode
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, 0o600)
            os.ftruncate(descriptor, 0)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
