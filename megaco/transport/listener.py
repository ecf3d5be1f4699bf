"""Accepts connections."""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable

from .address import Address
from .counters import TransportCounters, is_worth_telling
from .settings import LinkSettings
from .sockets import from_system

_log = logging.getLogger("h248.transport")

_NO_FILE_LEFT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class Listener:
    """A listening socket; ``on_accepted`` takes each connection, whose socket may still block, and whose it is."""

    def __init__(
        self,
        sock: socket.socket,
        transport: str,
        settings: LinkSettings,
        counters: TransportCounters,
        on_accepted: Callable[[socket.socket, Address], None],
    ) -> None:
        """Accept on a bound socket that does not block, from now on."""
        self._socket = sock
        self._transport = transport
        self._settings = settings
        self._counters = counters
        self._on_accepted = on_accepted
        self._loop = asyncio.get_running_loop()
        self._pause: asyncio.TimerHandle | None = None
        self.local = from_system(sock.getsockname(), transport)
        """Where it listens."""
        sock.listen(settings.backlog)
        self._loop.add_reader(sock.fileno(), self._accept)

    def close(self) -> None:
        """Listen no more."""
        if self._pause is None:
            self._loop.remove_reader(self._socket.fileno())
        else:
            self._pause.cancel()
        self._socket.close()

    def _accept(self) -> None:
        for _ in range(self._settings.accepts_a_turn):
            try:
                sock, address = self._socket.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                if error.errno in _NO_FILE_LEFT:
                    self._wait(error)
                    return
                continue  # that one connection was gone before it was accepted
            self._on_accepted(sock, from_system(address, self._transport))

    def _wait(self, error: OSError) -> None:
        """Leave what waits to the system for a while, rather than be woken for it all the time."""
        self._counters.accepts_put_off += 1
        if is_worth_telling(self._counters.accepts_put_off):
            why = error.strerror or error
            _log.warning("%s: no connection can be accepted at present: %s", self.local.url, why)
        self._loop.remove_reader(self._socket.fileno())
        self._pause = self._loop.call_later(self._settings.accept_pause_s, self._go_on)

    def _go_on(self) -> None:
        self._pause = None
        self._loop.add_reader(self._socket.fileno(), self._accept)
