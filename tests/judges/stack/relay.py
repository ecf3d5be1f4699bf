"""A UDP relay between a gateway and its controller, which loses what it is told to and keeps all that passes."""

import asyncio
from collections.abc import Callable
from typing import Literal, NamedTuple

Way = Literal["up", "down"]
"""``up`` to the controller, ``down`` to the gateway."""


Loses = Callable[[Way, bytes], bool]
"""Tells whether a datagram is lost; asked once about each, in the order in which they come."""


class Passed(NamedTuple):
    """A datagram that came to the relay."""

    way: Way
    octets: bytes


def losing_first(count: int, way: Way) -> Loses:
    """Lose the next so many datagrams of one way."""
    left = count

    def loses(this_way: Way, _octets: bytes) -> bool:
        nonlocal left
        is_lost = this_way == way and left > 0
        left -= is_lost
        return is_lost

    return loses


class Relay:
    """Joins one gateway to a controller; the gateway is whoever sent to the relay's port last."""

    def __init__(self) -> None:
        self.loses: Loses = lambda _way, _octets: False
        self.copies = 1
        """How often each datagram arrives that is not lost."""
        self.delay_s = 0.0
        """How long each is under way."""
        self.passed: list[Passed] = []
        self.port = 0
        self._gateway: tuple[str, int] | None = None
        self._front: asyncio.DatagramTransport | None = None
        self._back: asyncio.DatagramTransport | None = None

    @classmethod
    async def start(cls, controller_port: int) -> "Relay":
        """Open the relay's two sockets."""
        relay = cls()
        loop = asyncio.get_running_loop()
        relay._front, _ = await loop.create_datagram_endpoint(
            lambda: _Socket(relay._from_gateway), local_addr=("127.0.0.1", 0)
        )
        relay.port = relay._front.get_extra_info("sockname")[1]
        await relay.lead_to(controller_port)
        return relay

    async def lead_to(self, controller_port: int) -> None:
        """Join the gateway to another controller; it is the same to the gateway."""
        if self._back is not None:
            self._back.close()
        self._back, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Socket(self._from_controller), remote_addr=("127.0.0.1", controller_port)
        )

    def close(self) -> None:
        """Close both sockets."""
        for transport in (self._front, self._back):
            assert transport is not None
            transport.close()

    def sent(self, way: Way) -> list[bytes]:
        """Return what came a way, lost or not."""
        return [one.octets for one in self.passed if one.way == way]

    def inject_up(self, octets: bytes) -> None:
        """Send a datagram to the controller as if the gateway had."""
        _send(self._back, octets)

    def inject_down(self, octets: bytes) -> None:
        """Send a datagram to the gateway as if the controller had."""
        _send(self._front, octets, self._gateway)

    def _from_gateway(self, octets: bytes, address: tuple[str, int]) -> None:
        self._gateway = address
        self._pass("up", octets, self.inject_up)

    def _from_controller(self, octets: bytes, _address: tuple[str, int]) -> None:
        self._pass("down", octets, self.inject_down)

    def _pass(self, way: Way, octets: bytes, send: Callable[[bytes], None]) -> None:
        is_lost = self.loses(way, octets)
        self.passed.append(Passed(way, octets))
        for _ in range(0 if is_lost else self.copies):
            if self.delay_s:
                asyncio.get_running_loop().call_later(self.delay_s, send, octets)
            else:
                send(octets)


def _send(socket: asyncio.DatagramTransport | None, octets: bytes, address: tuple[str, int] | None = None) -> None:
    """Send unless the relay has been closed meanwhile."""
    assert socket is not None
    if not socket.is_closing():
        socket.sendto(octets, address)


class _Socket(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, tuple[str, int]], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._received(data, addr)
