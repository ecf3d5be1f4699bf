"""The controller and gateways that leave, have too much to do, speak from elsewhere, or lose terminations."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from iq_profile.alg import signalling
from iq_profile.alg.signalling import SignallingClient
from iq_profile.procedures import (
    Activate,
    ActivateCongestion,
    ActivateInactivity,
    Congestion,
    Rejected,
    ServiceChanged,
    TerminationOutOfService,
    TerminationRestoration,
    compose,
    read_outcome,
    recognise,
)
from megaco.association import AssociationConfig
from megaco.endpoint import Mg
from megaco.message import (
    ALL_CONTEXTS,
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    IpAddress,
    ModifyReply,
    ServiceChangeMethod,
)
from megaco.transaction import RequestReceived

from .calls import AUDIO, sdp
from .scene import OFFER, PROFILE, Gateway, Scene, heard, over, running, soon

LEAVING = signalling.Reject("2", 503, "the gateway is leaving service")
BUSY = signalling.Reject("2", 503, "the gateway has too much to do")
OUT = "905 Termination taken out of service"


async def offers_again(scene: Scene, end: SignallingClient, refused: signalling.Reject) -> None:
    """Offer a second session and hear why there is none."""
    end.send(signalling.Offer("2", OFFER, to="bob"))
    assert await heard(end) == refused
    assert await heard(end) == signalling.Gone("2")


async def served_again(end: SignallingClient, bob: SignallingClient) -> None:
    """Offer a second session, which is served."""
    end.send(signalling.Offer("2", OFFER, to="bob"))
    offer = await heard(bob)
    while offer == signalling.Gone("2"):  # of the one that was refused
        offer = await heard(bob)
    assert isinstance(offer, signalling.Offer)


# ----------------------------------------------------------------------------------------------------------- leaving


async def test_a_gateway_that_is_leaving_gets_no_new_session() -> None:
    """The one that it has goes on and ends as usual; should the gateway stay after all, all is as before."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        await gateway.service_change(ServiceChangeMethod.GRACEFUL, OUT)
        await offers_again(scene, alice, LEAVING)
        assert len(gateway.fake.held) == 2
        await gateway.service_change(ServiceChangeMethod.RESTART, "918 Cancel Graceful")
        await served_again(alice, bob)
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")


async def test_what_passes_by_the_gateway_is_served_while_it_leaves() -> None:
    """Audio needs no gateway."""
    async with running() as scene:
        gateway = await scene.gateway()
        await gateway.service_change(ServiceChangeMethod.GRACEFUL, OUT)
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", sdp(*AUDIO).decode(), to="bob"))
        assert isinstance(await heard(bob), signalling.Offer)


async def test_a_gateway_that_stays_takes_over_from_one_that_left() -> None:
    """Rather than one that is leaving too."""
    async with running() as scene:
        first, second, third = [await scene.gateway() for _ in range(3)]
        ends = await scene.call()
        for gateway in (second, first):
            await gateway.service_change(ServiceChangeMethod.GRACEFUL, OUT)
        await first.service_change(ServiceChangeMethod.FORCED, OUT)
        await over(*ends)
        await served_again(*ends)
        assert (len(second.fake.held), len(third.fake.held)) == (0, 2)


async def test_a_gateway_that_is_handed_off_ends_its_sessions_here() -> None:
    """It keeps them, and its new controller may free them; nobody here can release them any more."""
    async with running() as scene:
        gateway = await scene.gateway()
        ends = await scene.call()
        assert scene.controller.mgc is not None
        assert scene.controller.gateway is not None
        await soon(scene.controller.mgc.hand_off(scene.controller.gateway, IpAddress("127.0.0.1", 1)))
        await over(*ends)
        assert len(gateway.fake.held) == 2
        ends[0].send(signalling.Offer("2", OFFER, to="bob"))
        assert await heard(ends[0]) == signalling.Reject("2", 503, "no gateway is registered")


# -------------------------------------------------------------------------------------------------------------- load


@pytest.mark.parametrize("lines", [(OFFER,), (OFFER, sdp(*AUDIO).decode().partition("t=0 0\r\n")[2])])
async def test_a_congested_gateway_gets_fewer_sessions(lines: tuple[str, ...]) -> None:
    """As the share says that it told (chp): at 100 percent none, at 0 all. The session that it has goes on.

    An offer with audio beside is unavailable as a whole: once the gateway has room it can be made again.
    """
    offer = "".join(lines)
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        reply = await gateway.notify(Congestion(NULL_CONTEXT, 1, 100))
        assert not isinstance(read_outcome(reply), Rejected)
        alice.send(signalling.Offer("2", offer, to="bob"))
        assert await heard(alice) == BUSY
        await gateway.notify(Congestion(NULL_CONTEXT, 1, 0))
        assert await heard(alice) == signalling.Gone("2")
        await served_again(alice, bob)
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")


async def test_a_request_that_cannot_be_written_is_not_the_gateways_fault() -> None:
    """Without congestion the offer is not acceptable, rather than unavailable."""
    offer = OFFER.replace("c=IN IP4 ", "c=IN IP4 a\0")
    async with running() as scene:
        await scene.gateway()
        alice, _ = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", offer, to="bob"))
        rejected = await heard(alice)
        assert isinstance(rejected, signalling.Reject)
        assert rejected.code == 488


# ------------------------------------------------------------------------------------------------------------- watch


async def registered(scene: Scene, told: "asyncio.Queue[tuple[Activate, ...]]") -> Mg:
    """Register a gateway that notes what it is asked to report."""

    def on_request(event: RequestReceived) -> tuple[ActionReply, ...]:
        (action,) = event.request.actions
        told.put_nowait(tuple(one for one in recognise(action, PROFILE) if isinstance(one, Activate)))
        return (ActionReply(action.context_id, replies=(ModifyReply(("ROOT",)),)),)

    assert scene.controller.mgc is not None
    association = AssociationConfig("threegppiq/3", maximum_waiting_delay_s=0.0)
    mg = await Mg.connect(scene.controller.mgc.local.url, association=association, on_request=on_request)
    await soon(mg.in_service())
    return mg


async def test_gateways_are_asked_to_report_of_themselves() -> None:
    """All of it in one command, for later events take the place of earlier ones."""
    told: asyncio.Queue[tuple[Activate, ...]] = asyncio.Queue()
    async with running(watch_congestion=True, inactivity_s=2.5) as scene:
        mg = await registered(scene, told)
        asked = await asyncio.wait_for(told.get(), 5.0)
        assert [type(one) for one in asked] == [ActivateCongestion, ActivateInactivity]
        assert isinstance(asked[1], ActivateInactivity)
        assert asked[1].time == 250
        await mg.close()


async def test_gateways_are_asked_nothing_unless_told_so() -> None:
    """By default."""
    told: asyncio.Queue[tuple[Activate, ...]] = asyncio.Queue()
    async with running() as scene:
        mg = await registered(scene, told)
        assert mg.engine.remembered == 0
        await mg.close()
        assert told.empty()


# ---------------------------------------------------------------------------------------------------- another place


class Wire:
    """Carries TCP between gateways and a controller until it is cut; the gateways then come from another port."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self.port = 0

    @classmethod
    @asynccontextmanager
    async def to(cls, port: int) -> "AsyncIterator[Wire]":
        """Carry to a port."""
        wire = cls(port)
        server = await asyncio.start_server(wire._connected, "127.0.0.1", 0)
        wire.port = server.sockets[0].getsockname()[1]
        try:
            yield wire
        finally:
            wire.cut()
            server.close()
            await asyncio.gather(*wire._tasks, return_exceptions=True)

    def cut(self) -> None:
        """End every connection at once."""
        writers, self._writers = self._writers, []
        for writer in writers:
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers += [writer, other]
        for source, target in ((reader, other), (other_reader, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._tasks.add(task)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while octets := await source.read(65536):
                target.write(octets)
        except ConnectionError:
            target.transport.abort()


async def test_a_session_outlives_the_connection_that_it_was_made_over() -> None:
    """The gateway comes back from another port, Disconnected, and is asked there to release what it holds."""
    async with running(listen="tcp://127.0.0.1:0") as scene:
        assert scene.controller.mgc is not None
        async with Wire.to(scene.controller.mgc.local.port) as wire:
            gateway = Gateway()
            association = AssociationConfig("threegppiq/3", maximum_waiting_delay_s=0.0, retry_s=0.05)
            gateway.mg = await Mg.connect(
                f"tcp://127.0.0.1:{wire.port}", association=association, on_request=gateway._on_request
            )
            scene.gateways.append(gateway)
            await soon(gateway.mg.in_service())
            alice, bob = await scene.call()
            before = scene.controller.gateway
            assert before is not None
            while scene.controller.mgc.engine.outstanding:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
            wire.cut()
            while scene.controller.gateway == before:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
            assert scene.controller.gateway is not None
            assert scene.controller.gateway.mid == before.mid
            assert len(gateway.fake.held) == 2
            alice.send(signalling.Bye("1"))
            assert await heard(bob) == signalling.Bye("1", "bye")
            assert await heard(bob) == signalling.Gone("1")
            assert not gateway.fake.held


# ------------------------------------------------------------------------------------------------------ terminations


def change(context: int, name: str, method: ServiceChangeMethod = ServiceChangeMethod.FORCED) -> ActionRequest:
    """Return a ServiceChange of a termination."""
    return compose(TerminationOutOfService(method, 905, context, (name,), "Termination taken out of service"), PROFILE)


@pytest.mark.parametrize(("context", "pattern"), [(None, None), (ALL_CONTEXTS, "*"), (None, "ip/1/*/*")])
async def test_a_termination_that_is_out_of_service_ends_its_session(context: int | None, pattern: str | None) -> None:
    """Named by itself, or by a wildcard; what is left of the session is subtracted."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        name, held_in = next(iter(gateway.fake.held.items()))
        where = held_in if context is None else context
        assert gateway.mg is not None
        reply = await asyncio.wait_for(gateway.mg.request(change(where, pattern or name)), 5.0)
        assert read_outcome(reply) == ServiceChanged(where, (pattern or name,))
        told = signalling.Bye("1", "a termination is out of service: Termination taken out of service")
        assert (await heard(alice), await heard(bob)) == (told, told)
        await soon(gateway.released.wait())
        assert not gateway.fake.held


async def test_a_termination_that_goes_soon_or_comes_back_changes_nothing() -> None:
    """Graceful and Restart are acknowledged; the session goes on."""
    async with running() as scene:
        gateway = await scene.gateway()
        alice, bob = await scene.call()
        name, context = next(iter(gateway.fake.held.items()))
        assert gateway.mg is not None
        restored = TerminationRestoration(ServiceChangeMethod.RESTART, 900, context, (name,), "Service Restored")
        for action in (change(context, name, ServiceChangeMethod.GRACEFUL), compose(restored, PROFILE)):
            reply = await asyncio.wait_for(gateway.mg.request(action), 5.0)
            assert read_outcome(reply) == ServiceChanged(context, (name,))
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")


async def test_a_termination_that_is_not_known_is_told() -> None:
    """Of another context, of nobody, or of a gateway that does not serve; the session goes on."""
    async with running() as scene:
        gateway, other = await scene.gateway(), await scene.gateway()
        await scene.call()
        name, context = next(iter(gateway.fake.held.items()))
        for sender, where, what in ((gateway, 77, name), (gateway, context, "ip/1/core/77"), (other, context, name)):
            assert sender.mg is not None
            outcome = read_outcome(await asyncio.wait_for(sender.mg.request(change(where, what)), 5.0))
            assert isinstance(outcome, Rejected)
            assert outcome.code == 411
        assert not gateway.released.is_set()
