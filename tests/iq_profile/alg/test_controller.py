"""The controller's hands on loopback: a gateway that is made up, ends that speak signalling lines."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from iq_profile.alg import signalling
from iq_profile.alg.config import AlgConfig, H248Section, SignallingSection
from iq_profile.alg.controller import Controller
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.signalling import SignallingClient
from iq_profile.procedures import (
    Heartbeat,
    Indication,
    Order,
    Rejected,
    ReleaseTerminations,
    Reserved,
    TlsFailed,
    compose,
    compose_reserved,
    read_outcome,
    recognise,
)
from iq_profile.profile import shipped_profile
from megaco.association import AssociationConfig
from megaco.endpoint import Mg
from megaco.errors import TransportError
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AddRequest,
    CommandRequest,
    ErrorDescriptor,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    SubtractReply,
    SubtractRequest,
    TransactionReply,
    Value,
)
from megaco.transaction import RequestReceived

from .calls import AUDIO, FakeGateway, asked, plain, sdp

OFFER = sdp(*asked("MSRP")).decode()
ANSWER = sdp(*plain("MSRP", setup="active")).decode()
PROFILE = shipped_profile()


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
        assert not isinstance(order, Indication)
        if self.silent(order):
            return asyncio.get_running_loop().create_future()
        outcome = self.fake.execute(order)
        if isinstance(order, ReleaseTerminations):
            self.released.set()
            return (ActionReply(action.context_id, replies=tuple(SubtractReply((o,)) for o in order.termination_ids)),)
        if isinstance(outcome, Rejected):
            return (ActionReply(action.context_id, error=ErrorDescriptor(outcome.code, outcome.text)),)
        assert isinstance(outcome, Reserved)
        is_add = isinstance(action.commands[0].command, AddRequest)
        return (ActionReply(outcome.context_id, replies=(compose_reserved(outcome, is_add=is_add),)),)

    async def restart(self) -> None:
        """Register as a gateway does that has lost everything."""
        assert self.mg is not None
        services = ServiceChangeParm(
            ServiceChangeMethod.RESTART, Value("901 Cold Boot", quoted=True), profile="threegppiq/3", version=2
        )
        command = CommandRequest(ServiceChangeRequest(("ROOT",), services))
        await asyncio.wait_for(self.mg.request(ActionRequest(NULL_CONTEXT, commands=(command,))), 5.0)

    async def notify(self, indication: Indication) -> TransactionReply:
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

    async def end(self, user: str, mechanism: str = "") -> SignallingClient:
        """Attach an end, a UE where it names a mechanism."""
        client = await SignallingClient.connect("127.0.0.1", self.controller.signalling_port)
        self.ends.append(client)
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
        h248=H248Section(listen="udp://127.0.0.1:0", **h248),  # type: ignore[arg-type]
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


async def test_a_call_from_offer_to_bye() -> None:
    """The answerer hears who offers; after bye both hear that the session is gone, and the gateway is empty."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")
        assert await heard(bob) == signalling.Gone("1")
        assert await heard(alice) == signalling.Gone("1")
        assert not gateway.fake.held
        assert scene.controller.engine.is_empty


async def test_the_offer_says_who_offers() -> None:
    """And is the rewritten one."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        offer = await heard(bob)
        assert isinstance(offer, signalling.Offer)
        assert (offer.user, offer.session) == ("alice", "1")
        assert "TCP/MSRP" in offer.sdp
        assert "fingerprint" not in offer.sdp


async def test_a_rejection_reaches_the_offerer() -> None:
    """With its code; then the session is gone."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        await heard(bob)
        bob.send(signalling.Reject("1", 603))
        assert await heard(alice) == signalling.Reject("1", 603, "rejected by the answerer")
        assert await heard(alice) == signalling.Gone("1")
        assert not gateway.fake.held


async def test_messages_before_attach_are_faults() -> None:
    """Nobody knows whose they are."""
    async with running() as scene:
        client = await SignallingClient.connect("127.0.0.1", scene.controller.signalling_port)
        scene.ends.append(client)
        client.send(signalling.Bye("1"))
        assert await heard(client) == signalling.Fault("attach first")


async def test_a_security_header_that_cannot_be_read_is_a_fault() -> None:
    """The end is not attached by it."""
    async with running() as scene:
        client = await SignallingClient.connect("127.0.0.1", scene.controller.signalling_port)
        scene.ends.append(client)
        client.send(signalling.Attach("alice", "access", ("=;;",)))
        fault = await heard(client)
        assert isinstance(fault, signalling.Fault)
        assert fault.text.startswith("security_client: header value 1, character ")
        client.send(signalling.Bye("1"))
        assert await heard(client) == signalling.Fault("attach first")


async def test_a_mechanism_is_agreed_only_where_both_have_it() -> None:
    """The controller answers with what it supports, and secures nothing else."""
    async with running(AlgSettings(mechanisms=("bfcp-tls",))) as scene:
        await scene.gateway()
        client = await SignallingClient.connect("127.0.0.1", scene.controller.signalling_port)
        scene.ends.append(client)
        client.send(signalling.Attach("alice", "access", ("msrp-tls;mediasec, bfcp-tls;mediasec",)))
        assert await heard(client) == signalling.Attached(("bfcp-tls;mediasec",))
        bob = await scene.end("bob")
        client.send(signalling.Offer("1", OFFER, to="bob"))
        offer = await heard(bob)
        assert isinstance(offer, signalling.Offer)
        assert offer.sdp == OFFER


@pytest.mark.parametrize("to", ["nobody", "", "alice"])
async def test_an_offer_to_nobody_is_404(to: str) -> None:
    """Also one to oneself."""
    async with running() as scene:
        await scene.gateway()
        alice = await scene.end("alice", "msrp-tls")
        alice.send(signalling.Offer("1", OFFER, to=to))
        assert await heard(alice) == signalling.Reject("1", 404, f"nobody called {to!r} is attached")


async def test_without_a_gateway_an_offer_is_503() -> None:
    """Never registered, or gone by its own word."""
    async with running() as scene:
        alice = await scene.end("alice", "msrp-tls")
        await scene.end("bob")
        refused = signalling.Reject("1", 503, "no gateway is registered")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert await heard(alice) == refused
        gateway = await scene.gateway()
        assert gateway.mg is not None
        await soon(gateway.mg.close())
        while scene.controller.gateway is not None:
            await asyncio.sleep(0)
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert await heard(alice) == refused


async def test_a_bad_offer_leaves_its_name_free() -> None:
    """Rejected with its place, gone, and offered again in earnest under the same name."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        for _ in range(2):
            alice.send(signalling.Offer("1", "nonsense", to="bob"))
            rejection = await heard(alice)
            assert isinstance(rejection, signalling.Reject)
            assert rejection.reason.startswith("the offer: SDP line 1")
            assert await heard(alice) == await heard(bob) == signalling.Gone("1")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert isinstance(await heard(bob), signalling.Offer)


async def test_a_name_in_use_is_rejected() -> None:
    """The session of that name goes on."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.call()
        bob.send(signalling.Offer("1", ANSWER, to="alice"))
        assert await heard(bob) == signalling.Reject("1", 488, "a session of this name is there already")
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")


async def test_strangers_and_wrong_roles_are_passed_over() -> None:
    """Only the answerer answers and rejects; a third end has no say in a session."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        carol = await scene.end("carol")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        await heard(bob)
        for message in (signalling.Answer("1", ANSWER), signalling.Reject("1", 603), signalling.Bye("1")):
            carol.send(message)
        alice.send(signalling.Answer("1", ANSWER))
        alice.send(signalling.Reject("1", 603))
        carol.send(signalling.Bye("unknown"))
        for end in (alice, carol):  # a reply to a message behind them tells that they were taken
            end.send(signalling.Offer("2", OFFER, to="nobody"))
            assert isinstance(await heard(end), signalling.Reject)
        bob.send(signalling.Answer("1", ANSWER))
        assert isinstance(await heard(alice), signalling.Answer)


@pytest.mark.parametrize("who", [0, 1])
async def test_an_end_that_is_lost_ends_its_sessions(who: int) -> None:
    """The other one hears bye, and the gateway is emptied."""
    async with running() as scene:
        gateway = await scene.gateway()
        ends = await scene.call()
        await ends[who].close()
        assert await heard(ends[1 - who]) == signalling.Bye("1", "bye")
        assert await heard(ends[1 - who]) == signalling.Gone("1")
        assert not gateway.fake.held


async def test_an_end_has_one_name_at_a_time() -> None:
    """Attaching again under another name frees the first; names do not pile up."""
    async with running() as scene:
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        for number in range(5):
            alice.send(signalling.Attach(f"alice{number}", "access"))
            assert isinstance(await heard(alice), signalling.Attached)
        bob.send(signalling.Offer("1", ANSWER, to="alice"))
        assert await heard(bob) == signalling.Reject("1", 404, "nobody called 'alice' is attached")
        bob.send(signalling.Offer("1", ANSWER, to="alice4"))
        assert await heard(bob) == signalling.Reject("1", 503, "no gateway is registered")


async def test_a_name_that_another_end_took_stays_with_it() -> None:
    """The first end's departure does not take the name along."""
    async with running() as scene:
        first, second, bob = await scene.end("alice"), await scene.end("alice"), await scene.end("bob")
        await first.close()
        second.send(signalling.Offer("1", OFFER, to="nobody"))
        await heard(second)
        bob.send(signalling.Offer("1", ANSWER, to="alice"))
        assert await heard(bob) == signalling.Reject("1", 503, "no gateway is registered")


async def test_an_answer_that_does_not_come_ends_the_session() -> None:
    """The engine's clock is wound by the loop."""
    async with running(AlgSettings(answer_wait_s=0.05)) as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert await heard(alice) == signalling.Reject("1", 488, "no answer came")
        assert isinstance(await heard(bob), signalling.Offer)
        assert await heard(bob) == signalling.Bye("1", "no answer came")
        await soon(gateway.released.wait())
        assert not gateway.fake.held


# ---------------------------------------------------------------------------------------------------------- gateway


async def test_a_gateway_that_refuses_is_told_with_its_code() -> None:
    """The offer is rejected in the gateway's words."""
    async with running() as scene:
        gateway = await scene.gateway()
        gateway.fake.refuse = lambda order: len(gateway.fake.orders) == 2
        alice = await scene.end("alice", "msrp-tls")
        await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        refused = signalling.Reject("1", 488, "the gateway refuses: 510 Insufficient resources")
        assert await heard(alice) == refused
        assert await heard(alice) == signalling.Gone("1")
        assert not gateway.fake.held


async def test_a_gateway_that_does_not_answer_is_told() -> None:
    """After T-MAX the offer is rejected, and the silence is its reason."""
    async with running(first_repeat_s=0.01, lifetime_s=0.1) as scene:
        gateway = await scene.gateway()
        gateway.silent = lambda order: True
        alice = await scene.end("alice", "msrp-tls")
        await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert await heard(alice) == signalling.Reject("1", 488, "the gateway does not answer")
        assert await heard(alice) == signalling.Gone("1")


async def test_a_gateway_that_starts_again_ends_its_sessions() -> None:
    """Nothing of before is there any more; nothing is subtracted, and new sessions are served."""
    async with running() as scene:
        gateway = await scene.gateway()
        ends = await scene.call()
        await gateway.restart()
        await over(*ends)
        assert not gateway.released.is_set()
        ends[0].send(signalling.Offer("2", OFFER, to="bob"))
        assert isinstance(await heard(ends[1]), signalling.Offer)


async def test_a_gateway_that_takes_anothers_place_serves_from_then_on() -> None:
    """What the other one holds is not asked of the new one."""
    async with running() as scene:
        first = await scene.gateway()
        ends = await scene.call()
        second = await scene.gateway()
        await over(*ends)
        assert (len(first.fake.held), second.fake.orders) == (2, [])
        ends[0].send(signalling.Offer("2", OFFER, to="bob"))
        assert isinstance(await heard(ends[1]), signalling.Offer)
        assert len(second.fake.held) == 2


async def over(*ends: SignallingClient) -> None:
    """Wait until ends have heard that the gateway is lost."""
    for end in ends:
        assert await heard(end) == signalling.Bye("1", "the gateway is lost")
        assert await heard(end) == signalling.Gone("1")


async def test_a_gateway_that_leaves_ends_its_sessions() -> None:
    """By its own word: ServiceChange Graceful or Forced on ROOT."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, _ = await scene.call()
        assert gateway.mg is not None
        await soon(gateway.mg.close())
        assert await heard(alice) == signalling.Bye("1", "the gateway is lost")


async def test_a_session_without_the_gateway_outlives_it() -> None:
    """Audio passes by the gateway."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        audio = sdp(*AUDIO).decode()
        alice.send(signalling.Offer("1", audio, to="bob"))
        assert isinstance(await heard(bob), signalling.Offer)
        await scene.gateway()
        bob.send(signalling.Answer("1", audio))
        assert await heard(alice) == signalling.Answer("1", audio)


async def test_an_indication_ends_the_session() -> None:
    """The gateway gets its reply, the ends hear the cause, everything is subtracted."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        name, context = next(iter(gateway.fake.held.items()))
        reply = await gateway.notify(TlsFailed(context, name, 1, 1, "bad certificate"))
        assert [action.error for action in reply.actions] == [None]
        told = signalling.Bye("1", "TLS session establishment failure: bad certificate")
        assert (await heard(alice), await heard(bob)) == (told, told)
        await soon(gateway.released.wait())
        assert not gateway.fake.held


async def test_a_heartbeat_is_answered() -> None:
    """A known termination lives on; one that is not known, or of another gateway, is answered 411."""
    async with running() as scene:
        other, gateway = await scene.gateway(), await scene.gateway()
        await scene.call()
        name, context = next(iter(gateway.fake.held.items()))
        for asked_of, where, code in (
            (gateway, (context, name), None),
            (gateway, (77, name), 411),
            (gateway, (context, "ip/1/core/77"), 411),
            (other, (context, name), 411),
        ):
            outcome = read_outcome(await asked_of.notify(Heartbeat(*where, 1)))
            assert isinstance(outcome, Rejected)  # a reply to Notify is no outcome of an order
            assert outcome.code == (code or 0)
        assert not gateway.released.is_set()


async def test_only_notify_is_taken_from_a_gateway() -> None:
    """Anything else is 443."""
    async with running() as scene:
        gateway = await scene.gateway()
        assert gateway.mg is not None
        action = ActionRequest(1, commands=(CommandRequest(SubtractRequest(("ip/1/core/1",))),))
        reply = await asyncio.wait_for(gateway.mg.request(action), 5.0)
        assert [one.error.code for one in reply.actions if one.error is not None] == [443]


# ------------------------------------------------------------------------------------------------ starting, stopping


async def test_a_busy_signalling_port_leaves_nothing_open() -> None:
    """The gateways' port is free again after the failure."""
    async with running() as scene:
        assert scene.controller.mgc is not None
        busy = SignallingSection(listen=f"127.0.0.1:{scene.controller.signalling_port}")
        config = AlgConfig(h248=H248Section(listen="udp://127.0.0.1:0"), signalling=busy)
        with pytest.raises(TransportError, match="cannot listen for ends"):
            await Controller.start(config)
        taken = AlgConfig(h248=H248Section(listen=f"udp://{scene.controller.mgc.local}"))
        with pytest.raises(TransportError, match="cannot listen"):
            await Controller.start(taken)


async def test_closing_in_the_middle_of_everything() -> None:
    """Requests without replies, sessions half made: close comes back, and no task of the controller stays."""
    async with running() as scene:
        gateway = await scene.gateway()
        reserved = asyncio.Event()

        def silent(order: Order) -> bool:
            if gateway.fake.held:
                reserved.set()
            return bool(gateway.fake.held)

        gateway.silent = silent
        alice = await scene.end("alice", "msrp-tls")
        await scene.end("bob")
        alice.send(signalling.Offer("1", OFFER, to="bob"))
        await soon(reserved.wait())
        before = asyncio.all_tasks()
        await soon(scene.controller.close())
        assert len(asyncio.all_tasks()) < len(before)
