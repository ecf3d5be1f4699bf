"""Controllers and gateways on loopback sockets, with short timers, for the tests of the endpoint."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from megaco.association import (
    AssociationConfig,
    RegisteredGateway,
    RegistrarEvent,
)
from megaco.endpoint import Mg, Mgc, Reply
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    ModifyRequest,
)
from megaco.transaction import RequestReceived, TransactionConfig
from megaco.transport import Address

Result = TypeVar("Result")

ACTION = ActionRequest(5, commands=(CommandRequest(ModifyRequest(("t",))),))
DONE = (ActionReply(5),)
ASSOCIATION = AssociationConfig("threegppiq/3", maximum_waiting_delay_s=0.0, retry_s=0.02)
SHORT = TransactionConfig(first_repeat_s=0.01, longest_repeat_s=0.02, lifetime_s=0.06)


async def soon(what: Awaitable[Result]) -> Result:
    """Wait for what should not take long; fail rather than hang."""
    return await asyncio.wait_for(what, 5.0)


def accept(event: RequestReceived) -> Reply:
    """Execute anything: each action took place and says nothing."""
    return tuple(ActionReply(action.context_id) for action in event.request.actions)


@asynccontextmanager
async def controller_at(url: str = "udp://127.0.0.1:0", **options: Any) -> AsyncIterator[Mgc]:
    """Run a controller."""
    mgc = await Mgc.listen(url, **options)
    try:
        yield mgc
    finally:
        await soon(mgc.close())


@asynccontextmanager
async def gateway_of(controller: Address, **options: Any) -> AsyncIterator[Mg]:
    """Run a gateway of the controller at an address."""
    defaults = {"association": ASSOCIATION, "on_request": accept, "local": "udp://127.0.0.1:0"}
    mg = await Mg.connect(f"udp://{controller}", **{**defaults, **options})
    try:
        yield mg
    finally:
        await soon(mg.close())


@asynccontextmanager
async def registered(
    handler: Callable[[RequestReceived], Any] = accept, **options: Any
) -> AsyncIterator[tuple[Mgc, Mg, RegisteredGateway]]:
    """A controller and a gateway that is in service with it."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    async with (
        controller_at(on_gateway=events.put_nowait, **options) as mgc,
        gateway_of(mgc.local, on_request=handler) as mg,
    ):
        await soon(mg.in_service())
        up = await soon(events.get())
        yield mgc, mg, up.gateway


class BareSocket(asyncio.DatagramProtocol):
    """A bare UDP socket: a peer that says only what the test makes it say."""

    def __init__(self) -> None:
        """Keep what comes."""
        self.received: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Keep a datagram and who sent it."""
        self.received.put_nowait((data, Address(*addr[:2])))


@asynccontextmanager
async def bare_socket() -> AsyncIterator[tuple[BareSocket, asyncio.DatagramTransport, Address]]:
    """Open a bare socket: what it receives, what it sends with, where it is."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(BareSocket, local_addr=("127.0.0.1", 0))
    try:
        yield protocol, transport, Address(*transport.get_extra_info("sockname")[:2])
    finally:
        transport.close()
