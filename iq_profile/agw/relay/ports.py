"""The TCP ports of a relay: which are given out, and sockets bound to them."""

import asyncio
import errno
import os
import socket
import struct
from collections.abc import Iterator
from typing import Any

from iq_profile.agw.relay.settings import RelaySettings

_EPHEMERAL_ATTEMPTS = 64
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class PortUnavailable(OSError):  # noqa: N818
    """No port of the configured range is free at the address, or the address cannot be listened at."""


class Ports:
    """The configured range of ports, and which of them are in use here, at which address."""

    def __init__(self, settings: RelaySettings) -> None:
        """Begin with the whole range free; of the settings the range and ``backlog`` count here."""
        self._settings = settings
        self._in_use: set[tuple[str, int]] = set()
        self._next = settings.port_low

    def listen(self, address: str) -> socket.socket:
        """Return a listener at the next free port; the port is in use until ``free``, longer than the listener.

        ``address`` is a literal IPv4 or IPv6 address. Ports are taken in turn, so that a freed one is not reused at
        once. Raises ``PortUnavailable``.
        """
        for port in self._candidates():
            listener = self._try_to_listen(address, port)
            if listener is not None:
                self._in_use.add((address, listener.getsockname()[1]))
                self._next = port + 1
                return listener
        low, high = self._settings.port_low, self._settings.port_high
        raise PortUnavailable(errno.EADDRINUSE, f"{address}: every port of {low}..{high} is in use")

    def free(self, address: str, port: int) -> None:
        """Let a port be given out again; nothing happens when it was not in use."""
        self._in_use.discard((address, port))

    def _candidates(self) -> Iterator[int]:
        low, high = self._settings.port_low, self._settings.port_high
        if low == 0:
            yield from [0] * _EPHEMERAL_ATTEMPTS
            return
        start = self._next
        yield from range(start, high + 1)
        yield from range(low, start)

    def _try_to_listen(self, address: str, port: int) -> socket.socket | None:
        """Listen at a port, or return None when it is in use, be it only by a connection of ours."""
        if (address, port) in self._in_use:
            return None
        try:
            listener = bound_socket(address, port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return None
            raise PortUnavailable(error.errno, f"{address}: {error.strerror}") from error
        if (address, listener.getsockname()[1]) in self._in_use:
            listener.close()
            return None
        listener.listen(self._settings.backlog)
        return listener


async def connected_socket(source: tuple[str, int], far_end: tuple[str, int], timeout_s: float) -> socket.socket:
    """Return a TCP socket connected from one literal address and port to another.

    Raises ``OSError``, with the cause in ``strerror``, when that fails or takes longer than ``timeout_s`` seconds, and
    when the addresses are not of one IP version or are none.
    """
    family, sockaddr = _socket_address(*far_end)
    if family != _socket_address(*source)[0]:
        raise OSError(errno.EAFNOSUPPORT, f"cannot be reached from {source[0]}, of the other IP version")
    connection = bound_socket(*source)
    try:
        async with asyncio.timeout(timeout_s):
            await asyncio.get_running_loop().sock_connect(connection, sockaddr)
    except TimeoutError as error:
        connection.close()
        raise TimeoutError(errno.ETIMEDOUT, f"no answer within {timeout_s:g} s") from error
    except OSError as error:
        connection.close()
        raise OSError(error.errno, os.strerror(error.errno or 0)) from error  # asyncio's text has no cause
    except asyncio.CancelledError:
        connection.close()
        raise
    return connection


def bound_socket(address: str, port: int) -> socket.socket:
    """Return a non-blocking TCP socket bound to a literal address and a port, 0 for any; ``OSError`` when it cannot."""
    family, sockaddr = _socket_address(address, port)
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setblocking(False)
        # The port may still serve a connection that lingers, or be in TIME_WAIT after one.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(sockaddr)
    except OSError:
        bound.close()
        raise
    return bound


def reset_on_close(connection: socket.socket) -> None:
    """Let the closing of a TCP connection reset it; what was not sent yet is lost."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


def _socket_address(address: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    family, _, _, _, sockaddr = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=flags)[0]
    return family, sockaddr
