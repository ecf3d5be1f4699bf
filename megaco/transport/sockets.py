"""Addresses as the system has them, and sockets that do not block."""

import asyncio
import errno
import os
import socket
from collections.abc import Callable

from megaco.errors import TransportError

from .address import Address, is_ip_address, is_ipv6, one_form

SocketAddress = tuple[str, int] | tuple[str, int, int, int]
"""Host and port; of IPv6 flow label and number of the zone too."""


SocketMaker = Callable[[int, int, int], socket.socket]
"""Makes a socket of a family, a type and a protocol, as ``socket.socket`` does."""


class AddressBook:
    """The two forms of a peer's address, each worked out once: the system's, and the one that a peer is known by.

    A socket of IPv6 that is bound to ``::`` meets peers of IPv4 too; they are known by their IPv4 address.
    """

    def __init__(self, transport: str, family: int, most: int) -> None:
        """Serve sockets of a family; ``most`` bounds each direction."""
        self._transport = transport
        self._family = family
        self._most = most
        self._peers: dict[SocketAddress, Address] = {}
        self._targets: dict[Address, SocketAddress] = {}

    def peer(self, address: SocketAddress) -> Address:
        """Return the key of a peer."""
        known = self._peers.get(address)
        if known is None:
            if len(self._peers) >= self._most:
                self._peers.clear()
            known = self._peers[address] = from_system(address, self._transport)
        return known

    def target(self, peer: Address) -> SocketAddress:
        """Return where the system sends to; raises OSError for what cannot be sent to."""
        known = self._targets.get(peer)
        if known is None:
            target = to_system(peer, self._family)
            if len(self._targets) >= self._most:
                self._targets.clear()
            known = self._targets[peer] = target
        return known


def family_of(address: Address) -> socket.AddressFamily:
    """Return the family of an IP address."""
    return socket.AF_INET6 if is_ipv6(address.host) else socket.AF_INET


def from_system(address: SocketAddress, transport: str) -> Address:
    """Return the key of a peer: its host in its one form, the zone by name."""
    host = one_form(address[0])
    if len(address) == 4 and address[3] and is_ipv6(host):
        host = f"{host.partition('%')[0]}%{_zone_name(address[3])}"
    return Address(host, address[1], transport)


def to_system(address: Address, family: int) -> SocketAddress:
    """Return what a socket of a family is bound to or sends to; raises OSError where that cannot be."""
    host, _, zone = address.host.partition("%")
    if not is_ip_address(host) or not 0 <= address.port <= 65535:
        raise OSError(errno.EDESTADDRREQ, "not an IP address and a port")
    if not is_ipv6(host):
        return (host, address.port) if family == socket.AF_INET else (f"::ffff:{host}", address.port, 0, 0)
    if family == socket.AF_INET:
        raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))
    return host, address.port, 0, _zone_number(zone)


def prepare(sock: socket.socket, *, is_dual: bool) -> None:
    """Let a new socket not block; one of IPv6 meets IPv4 only where ``is_dual``, whatever the system's default."""
    sock.setblocking(False)
    if sock.family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if is_dual else 1)


def is_any(host: str) -> bool:
    """Tell the addresses that mean every address of this machine."""
    return host in ("0.0.0.0", "::")  # noqa: S104  # compared with, not bound to


def cannot_listen(local: Address, error: OSError) -> TransportError:
    """Return what to tell where an address cannot be had."""
    return TransportError(f"cannot listen on {local.url}: {error.strerror or error}")


async def connected(sock: socket.socket, target: SocketAddress) -> None:
    """Wait until a socket is connected; raises OSError where it cannot be."""
    try:
        sock.connect(target)
        return
    except (BlockingIOError, InterruptedError):
        pass
    loop = asyncio.get_running_loop()
    writable = loop.create_future()
    loop.add_writer(sock.fileno(), lambda: None if writable.done() else writable.set_result(None))
    try:
        await writable
    finally:
        loop.remove_writer(sock.fileno())
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


def _zone_name(number: int) -> str:
    try:
        return socket.if_indextoname(number)
    except OSError:  # gone since
        return str(number)


def _zone_number(zone: str) -> int:
    if not zone:
        return 0
    return int(zone) if zone.isdecimal() else socket.if_nametoindex(zone)
