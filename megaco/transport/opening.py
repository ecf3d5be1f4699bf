"""Links by address: the transport says which."""

from .address import MEMORY, TCP, UDP, Address
from .connections import ConnectionLink
from .link import Link
from .memory import Fate, MemoryLink
from .pump import Pump
from .resolving import resolve
from .sctp import open_sctp
from .settings import DEFAULT_SETTINGS, LinkSettings
from .tcp import TcpCarrier
from .udp import UdpLink


async def open_link(
    local: Address,
    pump: Pump,
    settings: LinkSettings = DEFAULT_SETTINGS,
    *,
    listen: bool = True,
    fate: Fate | None = None,
) -> Link:
    """Open a link at an address and join it to the pump.

    A host name is resolved first; port 0 is any that is free. TCP and SCTP listen there, and open a connection where
    something is sent to a peer without one; ``listen`` False: they only open. ``fate`` is that of a link in memory.
    Raises TransportError where the address cannot be had, or the system does not have the protocol.
    """
    local = await resolve(local, wait_s=settings.resolve_s)
    if local.transport == MEMORY:
        return MemoryLink(local, pump, settings, fate=fate)
    if local.transport == UDP:
        return await UdpLink.bind(local, pump, settings)
    if local.transport == TCP:
        return await ConnectionLink.open(TcpCarrier(), local, pump, settings, listen=listen)
    return await open_sctp(local, pump, settings, listen=listen)
