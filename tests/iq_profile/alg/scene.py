"""A controller on loopback, gateways that are made up, and ends that speak signalling lines."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from iq_profile.alg import signalling
from iq_profile.alg.config import AlgConfig, H248Section, SignallingSection
from iq_profile.alg.controller import Controller
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.signalling import SignallingClient
from iq_profile.procedures import (
    Indication,
    Order,
    Rejected,
    ReleaseTerminations,
    RootIndication,
    compose,
    compose_outcome,
    recognise,
)
from iq_profile.profile import shipped_profile
from megaco.association import AssociationConfig
from megaco.endpoint import Mg
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    CommandRequest,
    ErrorDescriptor,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    TransactionReply,
    Value,
)
from megaco.transaction import RequestReceived

from .calls import FakeGateway, asked, plain, sdp

OFFER = sdp(*asked("MSRP")).decode()
ANSWER = sdp(*plain("MSRP", setup="active")).decode()
PROFILE = shipped_profile().roles


async def soon(what: Awaitable[object]) -> None:
    """Wait for what should not take long; fail rather than hang."""
    await asyncio.wait_for(what, 5.0)


class Gateway:
    """Registers, and carries out procedures as ``FakeGateway`` does; may fall silent."""

    def __init__(self) -> None:
        self.fake = FakeGateway()
        self.silent: Callable[[Order], bool] = lambda order: False
        self.released = asyncio.Event()
        self.mg: Mg | None = None

    async def start(self, controller: Controller, local: str = "udp://127.0.0.1:0") -> "Gateway":
        """Come into service."""
        assert controller.mgc is not None
        association = AssociationConfig("threegppiq/3", maximum_waiting_delay_s=0.0)
        self.mg = await Mg.connect(
            f"udp://{controller.mgc.local}", association=association, on_request=self._on_request, local=local
        )
        await asyncio.wait_for(self.mg.in_service(), 5.0)
        return self

    def _on_request(self, event: RequestReceived) -> tuple[ActionReply, ...] | Awaitable[tuple[ActionReply, ...]]:
        (action,) = event.request.actions
        (order,) = recognise(action, PROFILE)
        assert isinstance(order, Order)
        if self.silent(order):
            return asyncio.get_running_loop().create_future()
        outcome = self.fake.execute(order)
        if isinstance(order, ReleaseTerminations):
            self.released.set()
        if isinstance(outcome, Rejected):
            return (ActionReply(action.context_id, error=ErrorDescriptor(outcome.code, outcome.text)),)
        return (ActionReply(outcome.context_id, replies=compose_outcome(action.commands[0].command, outcome)),)

    async def service_change(self, method: ServiceChangeMethod, reason: str) -> None:
        """Register again, or leave, and wait for the reply."""
        assert self.mg is not None
        services = ServiceChangeParm(method, Value(reason, quoted=True), profile="threegppiq/3", version=2)
        command = CommandRequest(ServiceChangeRequest(("ROOT",), services))
        await asyncio.wait_for(self.mg.request(ActionRequest(NULL_CONTEXT, commands=(command,))), 5.0)

    async def notify(self, indication: Indication | RootIndication) -> TransactionReply:
        """Send a Notify and return its reply."""
        assert self.mg is not None
        return await asyncio.wait_for(self.mg.request(compose(indication, PROFILE)), 5.0)


@dataclass
class Scene:
    """A running controller and what talks to it."""

    controller: Controller
    gateways: list[Gateway] = field(default_factory=list)
    ends: list[SignallingClient] = field(default_factory=list)

    async def gateway(self, local: str = "udp://127.0.0.1:0") -> Gateway:
        """Add a gateway."""
        self.gateways.append(await Gateway().start(self.controller, local))
        return self.gateways[-1]

    async def stranger(self) -> SignallingClient:
        """Connect and say nothing."""
        client = await SignallingClient.connect("127.0.0.1", self.controller.signalling_port)
        self.ends.append(client)
        return client

    async def end(self, user: str, mechanism: str = "") -> SignallingClient:
        """Attach an end, a UE where it names a mechanism."""
        client = await self.stranger()
        values = (f"{mechanism};mediasec",) if mechanism else ()
        client.send(signalling.Attach(user, "access" if mechanism else "core", values))
        assert isinstance(await heard(client), signalling.Attached)
        return client

    async def call(self) -> tuple[SignallingClient, SignallingClient]:
        """Set up an MSRP call between alice, a UE, and bob."""
        alice, bob = await self.end("alice", "msrp-tls"), await self.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert isinstance(await heard(bob), signalling.Offer)
        bob.send(signalling.Answer("1", ANSWER))
        assert isinstance(await heard(alice), signalling.Answer)
        return alice, bob


async def heard(client: SignallingClient) -> signalling.ToEnd | None:
    """Wait for what an end is told."""
    return await asyncio.wait_for(client.receive(), 5.0)


@asynccontextmanager
async def running(policy: AlgSettings | None = None, **h248: object) -> AsyncIterator[Scene]:
    """Run a controller."""
    config = AlgConfig(
        h248=H248Section(**{"listen": "udp://127.0.0.1:0", **h248}),  # type: ignore[arg-type]
        signalling=SignallingSection(listen="127.0.0.1:0"),
        policy=policy or AlgSettings(),
    )
    scene = Scene(await Controller.start(config))
    try:
        yield scene
    finally:
        for end in scene.ends:
            await end.close()
        await soon(scene.controller.close())
        for gateway in scene.gateways:
            assert gateway.mg is not None
            await soon(gateway.mg.close())


async def over(*ends: SignallingClient) -> None:
    """Wait until ends have heard that the gateway is lost."""
    for end in ends:
        assert await heard(end) == signalling.Bye("1", "the gateway is lost")
        assert await heard(end) == signalling.Gone("1")
