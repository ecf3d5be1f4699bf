"""The controller's hands and its gateways: those that refuse, fall silent, start again, leave, and notify."""

import asyncio

from iq_profile.alg import signalling
from iq_profile.procedures import (
    Acknowledged,
    Heartbeat,
    Rejected,
    TlsFailed,
    read_outcome,
)
from megaco.message import (
    ActionRequest,
    CommandRequest,
    NotifyRequest,
    ObservedEvent,
    ObservedEventsDescriptor,
    ServiceChangeMethod,
    SubtractRequest,
)

from .calls import AUDIO, sdp
from .scene import OFFER, heard, over, running, soon


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
        await gateway.service_change(ServiceChangeMethod.RESTART, "901 Cold Boot")
        await over(*ends)
        assert not gateway.released.is_set()
        ends[0].send(signalling.Offer("2", OFFER, to="bob"))
        assert isinstance(await heard(ends[1]), signalling.Offer)


async def test_a_second_gateway_waits_until_the_first_has_left() -> None:
    """Registering does not take a gateway's place; what the first one held is not asked of the second."""
    async with running() as scene:
        first = await scene.gateway()
        ends = await scene.call()
        second = await scene.gateway()
        assert first.mg is not None
        await soon(first.mg.close())
        await over(*ends)
        assert second.fake.orders == []
        ends[0].send(signalling.Offer("2", OFFER, to="bob"))
        assert isinstance(await heard(ends[1]), signalling.Offer)
        assert len(second.fake.held) == 2


async def test_a_gateway_that_leaves_ends_its_sessions() -> None:
    """By its own word: ServiceChange Graceful or Forced on ROOT."""
    async with running() as scene:
        gateway = await scene.gateway()
        ends = await scene.call()
        assert gateway.mg is not None
        await soon(gateway.mg.close())
        await over(*ends)


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
        gateway, other = await scene.gateway(), await scene.gateway()
        await scene.call()
        name, context = next(iter(gateway.fake.held.items()))
        for asked_of, where, code in (
            (gateway, (context, name), None),
            (gateway, (77, name), 411),
            (gateway, (context, "ip/1/core/77"), 411),
            (other, (context, name), 411),
        ):
            outcome = read_outcome(await asked_of.notify(Heartbeat(*where, 1)))
            if code is None:
                assert outcome == Acknowledged(context, (name,))
            else:
                assert isinstance(outcome, Rejected)
                assert outcome.code == code
        assert not gateway.released.is_set()


async def test_only_notify_is_taken_from_a_gateway() -> None:
    """Anything else is 443."""
    async with running() as scene:
        gateway = await scene.gateway()
        assert gateway.mg is not None
        action = ActionRequest(1, commands=(CommandRequest(SubtractRequest(("ip/1/core/1",))),))
        reply = await asyncio.wait_for(gateway.mg.request(action), 5.0)
        assert [one.error.code for one in reply.actions if one.error is not None] == [443]


async def test_each_notify_of_an_action_is_answered_by_itself() -> None:
    """One that is not known is 430 beside one that is; one with an event of no use is 451, and has done nothing."""
    async with running() as scene:
        gateway = await scene.gateway()
        await scene.call()
        assert gateway.mg is not None
        name, context = next(iter(gateway.fake.held.items()))
        heartbeat, strange = ObservedEvent("hangterm/thb"), ObservedEvent("g/sc")
        told = [
            NotifyRequest((one,), ObservedEventsDescriptor(1, events))
            for one, events in ((name, (heartbeat,)), ("ip/1/core/77", (heartbeat,)), (name, (strange, heartbeat)))
        ]
        action = ActionRequest(context, commands=tuple(map(CommandRequest, told)))
        (reply,) = (await asyncio.wait_for(gateway.mg.request(action), 5.0)).actions
        errors = [getattr(one, "error", None) for one in reply.replies]
        assert [one.code if one is not None else None for one in errors] == [None, 430, 451]
        assert reply.error is None
