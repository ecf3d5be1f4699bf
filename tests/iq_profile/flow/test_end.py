"""An end of a call against a controller that is made up: what it offers, answers, and makes of what it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import msgspec
import pytest

from iq_profile.agw.relay import Certificate
from iq_profile.alg import signalling
from iq_profile.flow.end import Application, End, EndPlan
from iq_profile.flow.recorder import Recorder
from iq_profile.profile import shipped_profile
from megaco.errors import TransportError
from megaco.sdp import MediaDescription, Sdp, Setup

Message = TypeVar("Message")


class FakeController:
    """Answers an end's attach; the rest is the test's."""

    def __init__(self) -> None:
        self.writer: asyncio.StreamWriter | None = None
        self.heard: asyncio.Queue[signalling.FromEnd] = asyncio.Queue()
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen; return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        decoder = msgspec.json.Decoder(signalling.FromEnd)
        while line := await reader.readline():
            message = decoder.decode(line)
            self.heard.put_nowait(message)
            if isinstance(message, signalling.Attach):
                self.say(signalling.Attached(("msrp-tls;mediasec",)))

    def say(self, message: signalling.ToEnd) -> None:
        """Send a message to the end."""
        assert self.writer is not None
        self.writer.write(msgspec.json.encode(message) + b"\n")

    async def hears(self, kind: type[Message]) -> Message:
        """Wait for what the end says next."""
        message = await asyncio.wait_for(self.heard.get(), 5.0)
        assert isinstance(message, kind), message
        return message

    async def close(self) -> None:
        """Close."""
        if self.writer is not None:
            self.writer.close()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


@asynccontextmanager
async def attached(plan: EndPlan) -> AsyncIterator[tuple[End, FakeController]]:
    """Run an end that is attached to a controller."""
    controller = FakeController()
    port = await controller.start()
    end = End(plan, Recorder(shipped_profile().roles, {}))
    try:
        await asyncio.wait_for(end.attach("127.0.0.1", port), 5.0)
        yield end, controller
    finally:
        await asyncio.wait_for(end.close(), 5.0)
        await controller.close()


def ue(application: Application = "msrp", address: str = "127.0.0.1", setup: Setup = Setup.PASSIVE) -> EndPlan:
    """Return a UE."""
    certificate = Certificate.generate("UE", validity_days=1)
    return EndPlan("UE", application, address, setup, certificate, certificate.fingerprint(), f"{application}-tls")


def peer(application: Application = "msrp", address: str = "127.0.0.1", setup: Setup = Setup.PASSIVE) -> EndPlan:
    """Return a core peer."""
    return EndPlan("peer", application, address, setup)


def line_of(text: str) -> MediaDescription:
    """Read the one line of an SDP."""
    sdp = Sdp.parse(text.encode())
    sdp.validate()
    (media,) = sdp.media
    return media


async def test_a_ue_announces_its_mechanism_and_hears_the_controllers() -> None:
    """It attaches on the access side; what it hears is recorded."""
    async with attached(ue()) as (end, controller):
        attach = await controller.hears(signalling.Attach)
        assert attach == signalling.Attach("UE", "access", ("msrp-tls;mediasec",))
        assert list(end.recorder.tags) == ["security-server:msrp-tls"]


async def test_a_core_peer_announces_nothing() -> None:
    """It attaches on the core side."""
    async with attached(peer()) as (end, controller):
        assert await controller.hears(signalling.Attach) == signalling.Attach("peer", "core", ())
        assert not end.recorder.tags


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("application", ["msrp", "bfcp"])
async def test_a_ue_offers_tls_with_its_fingerprint(application: Application, address: str) -> None:
    """Transport, address, roles, and the request for end-to-access-edge security."""
    plan = ue(application, address)
    async with attached(plan) as (end, controller):
        await controller.hears(signalling.Attach)
        end.offer("1", to="peer")
        offer = await controller.hears(signalling.Offer)
        media = line_of(offer.sdp)
        assert (offer.session, offer.to) == ("1", "peer")
        assert media.protocol == f"TCP/TLS/{application.upper()}"
        assert (media.setup, media.end_to_access_edge) == (Setup.ACTPASS, "requested")
        assert media.fingerprints == (plan.announced,)
        assert media.connection is not None
        assert media.connection.address == address
        assert media.msrp_cema == (application == "msrp")


@pytest.mark.parametrize("application", ["msrp", "bfcp"])
async def test_a_peer_offers_plain_tcp(application: Application) -> None:
    """Nothing of TLS, and nothing of end-to-access-edge security."""
    async with attached(peer(application)) as (end, controller):
        await controller.hears(signalling.Attach)
        end.offer("1", to="UE")
        offer = await controller.hears(signalling.Offer)
        assert line_of(offer.sdp).protocol == f"TCP/{application.upper()}"
        assert "fingerprint" not in offer.sdp
        assert "3ge2ae" not in offer.sdp


async def test_a_passive_end_answers_at_once() -> None:
    """It says passive and listens; a UE's answer has its fingerprint and no 3ge2ae."""
    plan = ue()
    async with attached(plan) as (end, controller):
        await controller.hears(signalling.Attach)
        controller.say(signalling.Offer("1", OFFER, user="peer"))
        answer = await controller.hears(signalling.Answer)
        media = line_of(answer.sdp)
        assert (media.setup, media.end_to_access_edge) == (Setup.PASSIVE, None)
        assert media.fingerprints == (plan.announced,)
        assert "offer:ALG>UE:TCP/TLS/MSRP+actpass" in end.recorder.tags
        _, writer = await asyncio.open_connection("127.0.0.1", int(str(media.port)))
        writer.close()


async def test_an_active_end_connects_first() -> None:
    """Its answer comes once TCP is up, so that the connection outruns it."""
    connected = asyncio.Event()
    server = await asyncio.start_server(lambda reader, writer: _accepted(writer, connected), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with attached(peer(setup=Setup.ACTIVE)) as (_, controller):
        await controller.hears(signalling.Attach)
        controller.say(signalling.Offer("1", OFFER.replace("9000", str(port)).replace("TLS/", ""), user="UE"))
        answer = await controller.hears(signalling.Answer)
        assert connected.is_set()
        assert line_of(answer.sdp).setup is Setup.ACTIVE
    server.close()
    await server.wait_closed()


def _accepted(writer: asyncio.StreamWriter, connected: asyncio.Event) -> None:
    connected.set()
    writer.close()


OFFER = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=message 9000 TCP/TLS/MSRP *\r\na=setup:actpass\r\na=path:msrp://127.0.0.1:9000/x;tcp\r\na=msrp-cema\r\n"
)


@pytest.mark.parametrize(
    ("message", "reason", "tag"),
    [
        (signalling.Reject("1", 503, "no gateway"), "503 no gateway", "reject:UE"),
        (signalling.Bye("1", "bye"), "bye", "bye:UE"),
        (signalling.Fault("attach first"), "attach first", None),
    ],
)
async def test_a_call_that_is_over_says_why(message: signalling.ToEnd, reason: str, tag: str | None) -> None:
    """Whatever ends it, ``ended`` has the reason, once."""
    async with attached(ue()) as (end, controller):
        end.offer("1", to="peer")
        controller.say(message)
        controller.say(message)
        controller.say(signalling.Gone("1"))
        await asyncio.wait_for(end.gone, 5.0)
        assert end.ended.result() == reason
        assert tag is None or tag in end.recorder.tags
        assert not end.finished.done()


async def test_hanging_up_is_said() -> None:
    """Under the name of the session."""
    async with attached(ue()) as (end, controller):
        end.offer("1", to="peer")
        end.hang_up()
        await controller.hears(signalling.Attach)
        await controller.hears(signalling.Offer)
        assert await controller.hears(signalling.Bye) == signalling.Bye("1")


async def test_a_controller_that_goes_ends_the_call() -> None:
    """The end does not wait for what cannot come any more."""
    async with attached(ue()) as (end, controller):
        end.offer("1", to="peer")
        await controller.hears(signalling.Attach)
        await controller.hears(signalling.Offer)
        await controller.close()
        assert await asyncio.wait_for(end.ended, 5.0) == "the controller closed the connection"


async def test_nobody_to_attach_to_is_told() -> None:
    """One line; the end can be closed all the same."""
    controller = FakeController()
    port = await controller.start()
    await controller.close()
    end = End(ue(), Recorder(shipped_profile().roles, {}))
    with pytest.raises(TransportError, match=f"no controller at 127.0.0.1 port {port}"):
        await end.attach("127.0.0.1", port)
    await asyncio.wait_for(end.close(), 5.0)


@pytest.mark.parametrize("says", ["fault", "nothing"])
async def test_a_controller_that_does_not_attach_an_end_is_told(says: str) -> None:
    """A fault, or the end of the connection, in place of the answer: attach fails rather than wait for ever."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        if says == "fault":
            writer.write(msgspec.json.encode(signalling.Fault("no")) + b"\n")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    end = End(ue(), Recorder(shipped_profile().roles, {}))
    reason = "no" if says == "fault" else "the controller closed the connection"
    with pytest.raises(TransportError, match=f"the controller does not attach UE: {reason}"):
        await asyncio.wait_for(end.attach("127.0.0.1", server.sockets[0].getsockname()[1]), 5.0)
    await asyncio.wait_for(end.close(), 5.0)
    server.close()
    await server.wait_closed()
