"""The controller's hands on loopback: what ends are told, and what they can and cannot do to each other."""

import asyncio

import pytest

from iq_profile.alg import signalling
from iq_profile.alg.config import AlgConfig, H248Section, SignallingSection
from iq_profile.alg.controller import Controller
from iq_profile.alg.settings import AlgSettings
from iq_profile.alg.signalling import SignallingClient
from iq_profile.procedures import (
    Order,
)
from megaco.errors import TransportError
from megaco.message import (
    ServiceChangeMethod,
)

from .scene import ANSWER, OFFER, heard, running, soon


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
        assert offer.sdp == OFFER.replace("a=3ge2ae:requested\r\n", "")


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
        await gateway.service_change(ServiceChangeMethod.FORCED, "905 Termination taken out of service")
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


async def test_another_offer_within_a_session_is_rejected() -> None:
    """By either end, the same offer too; the session goes on."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.call()
        for end, offer, to in ((bob, ANSWER, "alice"), (alice, OFFER, "bob")):
            end.send(signalling.Offer("1", offer, to=to))
            rejected = await heard(end)
            assert isinstance(rejected, signalling.Reject)
            assert rejected.code == 488
        alice.send(signalling.Bye("1"))
        assert await heard(bob) == signalling.Bye("1", "bye")


async def test_a_name_in_use_is_rejected() -> None:
    """The session of that name goes on."""
    async with running() as scene:
        await scene.gateway()
        await scene.call()
        carol = await scene.end("carol")
        carol.send(signalling.Offer("1", ANSWER, to="alice"))
        assert await heard(carol) == signalling.Reject("1", 491, "a session of this name is there already")


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


async def test_a_name_in_use_cannot_be_taken() -> None:
    """A second end of the same name is told so, and gets nothing that is meant for the first."""
    async with running() as scene:
        alice, bob = await scene.end("alice"), await scene.end("bob")
        thief = await scene.stranger()
        thief.send(signalling.Attach("alice", "core"))
        assert await heard(thief) == signalling.Fault("'alice' is attached already")
        bob.send(signalling.Offer("1", ANSWER, to="alice"))
        assert await heard(bob) == signalling.Reject("1", 503, "no gateway is registered")
        alice.send(signalling.Offer("2", ANSWER, to="nobody"))
        assert isinstance(await heard(alice), signalling.Reject)


async def test_an_offer_that_comes_again_is_being_worked_on() -> None:
    """The same offer twice is one offer."""
    async with running() as scene:
        await scene.gateway()
        alice, bob = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        for _ in range(2):
            alice.send(signalling.Offer("1", OFFER, to="bob"))
        assert isinstance(await heard(bob), signalling.Offer)
        bob.send(signalling.Answer("1", ANSWER))
        assert isinstance(await heard(alice), signalling.Answer)


@pytest.mark.parametrize("line", ["c=IN X a\0", "c=IN IP4 192.0.2.1\0"])
async def test_sdp_that_text_cannot_carry_ends_the_session(line: str) -> None:
    """A zero octet cannot be written: the offer is rejected, and the name is free again."""
    offer = "".join(f"{line}\r\n" if one.startswith("c=") else f"{one}\r\n" for one in OFFER.splitlines())
    async with running() as scene:
        gateway = await scene.gateway()
        alice, _ = await scene.end("alice", "msrp-tls"), await scene.end("bob")
        alice.send(signalling.Offer("1", offer, to="bob"))
        assert isinstance(await heard(alice), signalling.Reject)
        assert await heard(alice) == signalling.Gone("1")
        assert not gateway.fake.held
        assert scene.controller.engine.is_empty


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
