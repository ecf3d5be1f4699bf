"""Host names to IP addresses."""

import asyncio
import socket
from collections.abc import Iterable
from typing import cast

from megaco.errors import LocalError, TransportError

from .address import MEMORY, Address, is_ip_address, is_ipv6, one_form
from .settings import DEFAULT_SETTINGS
from .sockets import SocketAddress, family_of, from_system, to_system


async def resolve(
    address: Address, *, local: Address | None = None, wait_s: float = DEFAULT_SETTINGS.resolve_s
) -> Address:
    """Return an address whose host is an IP address in its one form; one that has an IP address already at once.

    Of a name's addresses it is the first that the system prefers and ``local`` can reach (None: any). Raises
    TransportError where there is none within ``wait_s``, and for a zone that this machine does not have.
    """
    if address.transport == MEMORY:
        return address
    if is_ip_address(address.host):
        return _numeric(address)
    found = [from_system(one, address.transport) for one in await _look_up(address.host, address.port, wait_s)]
    for one in found:
        if local is None or is_ipv6(one.host) == is_ipv6(local.host) or local.host == "::":
            return one
    raise TransportError(f"{address.host} has no address that {local} can reach")


def near_host(peer: Address) -> str:
    """Return the own IP address from which this machine reaches a peer; raises TransportError where there is no way."""
    family = family_of(peer)
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(to_system(peer._replace(port=peer.port or 9), family))  # sends nothing
            return from_system(probe.getsockname(), peer.transport).host
        except OSError as error:
            raise TransportError(f"no way to {peer.url}: {error.strerror or error}") from None


async def resolve_hosts(hosts: Iterable[str], *, wait_s: float = DEFAULT_SETTINGS.resolve_s) -> frozenset[str]:
    """Return every IP address of hosts, for ``Pump.peers``; names are looked up once, now.

    Raises LocalError for what is no host, TransportError for a name without address.
    """
    try:
        names = {one_form(host) for host in hosts}
    except ValueError as error:
        raise LocalError(str(error)) from None
    found = {name for name in names if is_ip_address(name)}
    for name in sorted(names - found):
        found.update(from_system(one, MEMORY).host for one in await _look_up(name, 0, wait_s))
    return frozenset(found)


def _numeric(address: Address) -> Address:
    try:
        one = address._replace(host=one_form(address.host))
        return from_system(to_system(one, family_of(one)), address.transport)
    except (OSError, ValueError) as error:
        raise TransportError(f"{address}: {error}") from None


async def _look_up(host: str, port: int, wait_s: float) -> list[SocketAddress]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(wait_s):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except TimeoutError:
        raise TransportError(f"{host}: no address within {wait_s:g} s") from None
    except (OSError, UnicodeError) as error:
        raise TransportError(f"{host}: {getattr(error, 'strerror', None) or error}") from None
    return [cast(SocketAddress, one[4]) for one in found if one[0] in (socket.AF_INET, socket.AF_INET6)]
