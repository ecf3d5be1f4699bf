"""H.248 over UDP (H.248.1 Annex D.1): one message a datagram."""

import asyncio
import logging
from typing import cast

from megaco.errors import TransportError

from .address import Address
from .pump import Pump

_log = logging.getLogger("h248.transport")


class UdpLink(asyncio.DatagramProtocol):
    """A UDP socket that feeds a pump."""

    def __init__(self, pump: Pump) -> None:
        self._pump = pump
        self._transport: asyncio.DatagramTransport | None = None
        self.closed = asyncio.get_running_loop().create_future()

    @classmethod
    async def bind(cls, local: Address, pump: Pump) -> "UdpLink":
        """Bind a socket and join it to the pump; raises TransportError where the address cannot be had."""
        loop = asyncio.get_running_loop()
        try:
            _, link = await loop.create_datagram_endpoint(lambda: cls(pump), local_addr=(local.host, local.port))
        except OSError as error:
            raise TransportError(f"cannot listen on udp://{local}: {error.strerror or error}") from None
        pump.link = link
        return link

    @property
    def local(self) -> Address:
        """The address that the socket is bound to."""
        assert self._transport is not None
        name = self._transport.get_extra_info("sockname")
        return Address(name[0], name[1])

    def send(self, data: bytes, peer: Address) -> None:
        """Send a datagram; one that the system refuses is lost, as any datagram may be."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(data, tuple(peer))

    def close(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the socket."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Hand a datagram up."""
        self._pump.data_received(data, Address(addr[0], addr[1]))

    def error_received(self, exc: Exception) -> None:
        """Note what the system says of an earlier datagram; repetition takes care of the loss."""
        _log.debug("udp: %s", exc)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits for the end."""
        if not self.closed.done():
            self.closed.set_result(None)
