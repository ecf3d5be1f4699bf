"""The gateway on loopback, with a real controller's endpoint, real ports, and faults of its configuration."""

import asyncio
import gc
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from iq_profile.agw.config import AgwConfig, H248Section, MediaSection
from iq_profile.agw.gateway import Gateway
from iq_profile.agw.orders import Accepted, Close, Order, Report
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.relay.relay import Relay
from iq_profile.procedures import (
    BearerReleased,
    Indication,
    Procedure,
    Released,
    ReleaseTerminations,
    ReserveConnectionPoint,
    Reserved,
    StreamTerms,
    TlsFailed,
    compose,
    read_outcome,
    recognise,
)
from megaco.association import GatewayUp, RegistrarEvent
from megaco.endpoint import Mgc, Reply
from megaco.errors import LocalError, TransportError
from megaco.message import CHOOSE_CONTEXT, ActionReply, ErrorDescriptor, IpAddress, TransactionRequest
from megaco.sdp import Sdp
from megaco.transaction import RequestReceived

from .rig import PROFILE, asked, sdp, secured

_LOOPBACK = "127.0.0.1"
_DEADLINE_S = 20
_MID = IpAddress(_LOOPBACK, 2944)
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_CERTIFICATE = Certificate.generate("agw", 30)


class Controller:
    """A controller's endpoint; answers indications with ``refusal``, or takes them."""

    def __init__(self) -> None:
        """Use ``serving``."""
        self.registered: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
        self.told: asyncio.Queue[Procedure] = asyncio.Queue()
        self.refusal: ErrorDescriptor | None = None
        self.mgc: Mgc

    @classmethod
    @asynccontextmanager
    async def serving(cls) -> AsyncIterator["Controller"]:
        """Listen while the block runs, which must not take long."""
        controller = cls()
        controller.mgc = await Mgc.listen(
            f"udp://{_LOOPBACK}:0", on_gateway=controller.registered.put_nowait, on_request=controller._on_request
        )
        try:
            async with asyncio.timeout(_DEADLINE_S):
                yield controller
        finally:
            await controller.mgc.close()

    def _on_request(self, event: RequestReceived) -> Reply:
        for action in event.request.actions:
            for procedure in recognise(action, PROFILE):
                self.told.put_nowait(procedure)
        return self.refusal or tuple(ActionReply(action.context_id) for action in event.request.actions)

    def config(self, media: MediaSection | None = None) -> AgwConfig:
        """Return the configuration of a gateway of this controller."""
        h248 = H248Section(
            controller=f"udp://{self.mgc.local}", listen=f"udp://{_LOOPBACK}:0", maximum_waiting_delay_s=0
        )
        return AgwConfig(h248=h248, media=media or MediaSection())

    async def order(self, procedure: Procedure) -> Reserved | Released:
        """Have the gateway carry out a procedure."""
        (gateway,) = self.mgc.registrar.gateways.values()
        outcome = read_outcome(await self.mgc.request(gateway, compose(procedure, PROFILE)))
        assert isinstance(outcome, Reserved | Released), outcome
        return outcome

    async def reserve(self, local: bytes, interface: str = "core") -> tuple[Reserved, int]:
        """Reserve a stream in a context of its own; return it and its port."""
        wanted = ReserveConnectionPoint(CHOOSE_CONTEXT, 1, interface, (StreamTerms(1, local=local),), asked(300))
        reserved = await self.order(wanted)
        assert isinstance(reserved, Reserved)
        port = Sdp.parse(reserved.locals[1]).media[0].port
        assert isinstance(port, int)
        return reserved, port


@asynccontextmanager
async def _registered(
    controller: Controller, media: MediaSection | None = None, reports: asyncio.Queue[Report] | None = None
) -> AsyncIterator[Gateway]:
    observer = reports.put_nowait if reports is not None else None
    gateway = await Gateway.start(controller.config(media), certificate=_CERTIFICATE, observer=observer)
    try:
        assert gateway.mg is not None
        assert await gateway.mg.in_service() == 2
        assert isinstance(await controller.registered.get(), GatewayUp)
        yield gateway
    finally:
        await gateway.close()


def _tasks() -> set[asyncio.Task[object]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


async def test_a_gateway_registers_and_serves() -> None:
    """An Add over UDP opens a port that can be connected to; a Subtract closes it."""
    reports: asyncio.Queue[Report] = asyncio.Queue()
    async with Controller.serving() as controller, _registered(controller, reports=reports) as gateway:
        reserved, port = await controller.reserve(sdp())
        reader, writer = await asyncio.open_connection(_LOOPBACK, port)
        assert isinstance(await reports.get(), Accepted)
        names = (reserved.termination_id,)
        released = await controller.order(ReleaseTerminations(reserved.context_id, names))
        assert released == Released(reserved.context_id, names)
        assert await reader.read() == b""
        writer.close()
        assert gateway.engine.is_empty


async def test_closing_leaves_nothing() -> None:
    """No task, no port, no connection, and nothing for the garbage collector to complain of."""
    async with Controller.serving() as controller:
        before = _tasks()
        async with _registered(controller):
            _, port = await controller.reserve(sdp())
            _, idle = await controller.reserve(sdp())
            reader, writer = await asyncio.open_connection(_LOOPBACK, port)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
        assert _tasks() == before
        for gone in (port, idle):
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection(_LOOPBACK, gone)
    gc.collect()


async def test_an_order_that_fails_loses_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and what was ordered after it is done: no connection outlives its termination."""
    perform = Relay.perform

    def fail_once(relay: Relay, order: Order) -> None:
        if isinstance(order, Close):
            monkeypatch.setattr(Relay, "perform", perform)
            raise RuntimeError("a bug")
        perform(relay, order)

    async with Controller.serving() as controller, _registered(controller) as gateway:
        streams = (StreamTerms(1, local=sdp()), StreamTerms(2, local=sdp()))
        reserved = await controller.order(ReserveConnectionPoint(CHOOSE_CONTEXT, 1, "core", streams, asked(300)))
        assert isinstance(reserved, Reserved)
        port = Sdp.parse(reserved.locals[2]).media[0].port
        assert isinstance(port, int)
        monkeypatch.setattr(Relay, "perform", fail_once)
        await controller.order(ReleaseTerminations(reserved.context_id, (reserved.termination_id,)))
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(_LOOPBACK, port)
        assert "the relay failed on Close" in caplog.text
        assert gateway.engine.is_empty
        assert not gateway.is_idle


async def test_orders_are_performed_before_the_reply() -> None:
    """What happens on the sockets in the same turn of the event loop finds the relay as the engine thinks it is."""
    async with Controller.serving() as controller, _registered(controller) as gateway:
        reserved, port = await controller.reserve(sdp())
        release = compose(ReleaseTerminations(reserved.context_id, (reserved.termination_id,)), PROFILE)
        gateway._on_request(RequestReceived(controller.mgc.local, _MID, 2, TransactionRequest(1, (release,))))
        with socket.socket() as late, pytest.raises(ConnectionRefusedError):
            late.connect((_LOOPBACK, port))
        assert gateway.is_idle


async def test_a_gateway_can_be_closed_before_it_is_registered() -> None:
    """Nobody answers, and it does not mind."""
    async with Controller.serving() as controller:
        config = controller.config()
    before = _tasks()
    gateway = await Gateway.start(config, certificate=_CERTIFICATE)
    await gateway.close()
    assert _tasks() == before


async def test_what_happens_to_a_connection_is_told() -> None:
    """The end of a connection is notified, and a controller that does not know the termination has it freed."""
    async with Controller.serving() as controller, _registered(controller) as gateway:
        controller.refusal = ErrorDescriptor(430, "Unknown TerminationID")
        freed = asyncio.Event()
        forget = gateway.engine.forget

        def noted(indication: Indication, now: float) -> None:
            forget(indication, now)
            freed.set()

        gateway.engine.forget = noted  # type: ignore[method-assign]
        reserved, port = await controller.reserve(sdp())
        _, writer = await asyncio.open_connection(_LOOPBACK, port)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        writer.transport.abort()
        told = await controller.told.get()
        assert isinstance(told, BearerReleased)
        assert (told.context_id, told.termination_id) == (reserved.context_id, reserved.termination_id)
        await freed.wait()
        assert gateway.engine.is_empty


async def test_an_indication_that_cannot_be_written_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A name that binary has no octets for takes nothing else with it: what is indicated after it is sent."""
    async with Controller.serving() as controller:
        h248 = msgspec.structs.replace(controller.config().h248, encoding="binary")
        gateway = await Gateway.start(AgwConfig(h248=h248), certificate=_CERTIFICATE)
        try:
            assert gateway.mg is not None
            await gateway.mg.in_service()
            lost, told = BearerReleased(1, "elsewhere", 1, 1, "over"), TlsFailed(1, "ip/1/core/1", 1, 1, "bad")
            gateway.engine.take_indications = lambda: [lost, told]  # type: ignore[method-assign]
            gateway._drain()
            assert await controller.told.get() == told
        finally:
            gateway.engine.take_indications = list  # type: ignore[method-assign]
            await gateway.close()
    assert "cannot be sent: " in caplog.text
    assert "TerminationID 'elsewhere'" in caplog.text


async def test_a_fingerprint_that_does_not_come_is_told(tmp_path: Path) -> None:
    """The engine's timer runs on the event loop: a TLS session nobody vouches for ends."""
    ue = Certificate.generate("ue", 30)
    ue.save(tmp_path / "c.pem", tmp_path / "k.pem")
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.load_cert_chain(tmp_path / "c.pem", tmp_path / "k.pem")
    waits = MediaSection(fingerprint_wait_s=0.01)
    async with Controller.serving() as controller, _registered(controller, waits):
        _, port = await controller.reserve(secured(), "access")
        reader, writer = await asyncio.open_connection(_LOOPBACK, port, ssl=client)
        told = await controller.told.get()
        assert isinstance(told, TlsFailed)
        assert told.cause == "no fingerprint came within 0.01 s"
        with pytest.raises((ConnectionResetError, ssl.SSLError)):
            await reader.readexactly(1)
        writer.transport.abort()


async def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    """TransportError with the address; nothing was started."""
    async with Controller.serving() as controller:
        before = _tasks()
        h248 = H248Section(controller=f"udp://{controller.mgc.local}", listen=f"udp://{controller.mgc.local}")
        with pytest.raises(TransportError, match=rf"^cannot listen on udp://{controller.mgc.local}: .+$"):
            await Gateway.start(AgwConfig(h248=h248), certificate=_CERTIFICATE)
        assert _tasks() == before


@pytest.mark.parametrize("mode", [None, 0o640])
async def test_a_key_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, mode: int | None) -> None:
    """A key that is missing, or that others may read, keeps the gateway from starting."""
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    _CERTIFICATE.save(certificate, key)
    key.unlink() if mode is None else key.chmod(mode)
    config = AgwConfig(media=MediaSection(certificate=str(certificate), key=str(key)))
    with pytest.raises(LocalError) as caught:
        await Gateway.start(config)
    assert str(key) in str(caught.value)
    assert "\n" not in str(caught.value)
