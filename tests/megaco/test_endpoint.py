"""Controller and gateway on real loopback sockets: associations and requests."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from megaco import TransportError, decode, encode
from megaco.association import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    ControllerConfig,
    GatewayDown,
    GatewayUp,
    NoAnswer,
    RegisteredGateway,
    RegistrarEvent,
)
from megaco.endpoint import Mg, Mgc, Reply, own_mid
from megaco.message import (
    ActionReply,
    ActionRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    Message,
    ModifyRequest,
    ServiceChangeMethod,
    TransactionReply,
    TransactionRequest,
)
from megaco.transaction import RequestReceived
from megaco.transport import Address

from .endpoints import (
    ACTION,
    DONE,
    SHORT,
    BareSocket,
    accept,
    bare_socket,
    controller_at,
    gateway_of,
    registered,
    soon,
)

# ---------------------------------------------------------------------------------------------------- association


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
async def test_a_gateway_registers(host: str) -> None:
    """The controller hears of the gateway, and both know the version agreed, over IPv4 and IPv6."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    async with (
        controller_at(f"udp://{host}:0", on_gateway=events.put_nowait) as mgc,
        gateway_of(mgc.local, local=f"udp://{host}:0") as mg,
    ):
        assert await soon(mg.in_service()) == 2
        up = await soon(events.get())
        assert isinstance(up, GatewayUp)
        assert up.gateway.time_stamp is not None
        expected = RegisteredGateway(own_mid(mg.local), mg.local, 2, "threegppiq/3", time_stamp=up.gateway.time_stamp)
        assert up.gateway == expected
        assert (await soon(mgc.request(up.gateway, ACTION))).actions == DONE
        assert (await soon(mg.request(ACTION))).error == ErrorDescriptor(443, "Unsupported or Unknown Command")


async def test_a_lower_version_is_agreed() -> None:
    """A controller that can do less answers so, and the gateway writes that version from then on."""
    async with controller_at(controller=ControllerConfig(highest_version=1)) as mgc, gateway_of(mgc.local) as mg:
        assert await soon(mg.in_service()) == 1
        assert mg.engine.version == 1
        assert mgc.engine.terms_of(mg.local) == (1, "pretty")


async def test_a_gateway_is_refused() -> None:
    """A refusal is told with its code to everybody who waits, and to whoever asks later."""
    async with controller_at(controller=ControllerConfig(profiles=("other/1",))) as mgc, gateway_of(mgc.local) as mg:
        outcomes = await soon(asyncio.gather(mg.in_service(), mg.in_service(), return_exceptions=True))
        with pytest.raises(TransportError, match="refused the registration: 459 profiles: other/1"):
            await soon(mg.in_service())
        assert [type(outcome) for outcome in outcomes] == [TransportError] * 2
        assert mgc.registrar.gateways == {}


async def test_a_silent_controller() -> None:
    """A controller that does not answer is a TransportError after T-MAX; the gateway goes on trying."""
    events: asyncio.Queue[AssociationEvent] = asyncio.Queue()
    async with (
        bare_socket() as (silent, _, address),
        gateway_of(address, transactions=SHORT, on_association=events.put_nowait) as mg,
    ):
        with pytest.raises(TransportError, match=f"{address} does not answer"):
            await soon(mg.in_service())
        while not isinstance(await soon(events.get()), NoAnswer):
            pass
        first = decode((await soon(silent.received.get()))[0]).transactions
        while decode((await soon(silent.received.get()))[0]).transactions == first:
            pass


async def test_contact_is_lost_and_regained() -> None:
    """A controller that falls silent is lost; when one answers at its address the gateway comes back, Disconnected."""
    events: asyncio.Queue[AssociationEvent] = asyncio.Queue()
    ups: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    mgc = await Mgc.listen("udp://127.0.0.1:0")
    async with gateway_of(mgc.local, transactions=SHORT, on_association=events.put_nowait) as mg:
        await soon(mg.in_service())
        await soon(mgc.close())
        with pytest.raises(TransportError, match=r"did not answer within 0\.06 s"):
            await soon(mg.request(ACTION))
        while not isinstance(await soon(events.get()), ContactLost):
            pass
        async with controller_at(f"udp://{mg.controller}", on_gateway=ups.put_nowait):
            assert await soon(mg.in_service()) == 2
            up = await soon(ups.get())
            assert isinstance(up, GatewayUp)
            assert up.method is ServiceChangeMethod.DISCONNECTED


async def test_a_gateway_leaves() -> None:
    """Closing a gateway tells the controller, which forgets it."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    async with controller_at(on_gateway=events.put_nowait) as mgc:
        async with gateway_of(mgc.local) as mg:
            await soon(mg.in_service())
        assert isinstance(await soon(events.get()), GatewayUp)
        assert isinstance(await soon(events.get()), GatewayDown)
        assert mgc.registrar.gateways == {}


async def test_a_gateway_is_redirected() -> None:
    """MgcIdToTry leads the gateway to another controller."""
    async with bare_socket() as (first, transport, address), controller_at() as second, gateway_of(address) as mg:
        data, peer = await soon(first.received.get())
        (request,) = decode(data).transactions
        assert isinstance(request, TransactionRequest)
        other = f"[{second.local.host}]:{second.local.port}"
        reply = f"!/1 a P={request.transaction_id}{{C=-{{SC=ROOT{{SV{{MG={other}}}}}}}}}"
        transport.sendto(reply.encode(), peer[:2])
        assert await soon(mg.in_service()) == 2
        assert mg.controller == second.local


# -------------------------------------------------------------------------------------------------------- requests


async def test_requests_go_both_ways() -> None:
    """Controller and gateway ask each other; a handler may be a function or a coroutine function."""

    async def later(event: RequestReceived) -> Reply:
        await asyncio.sleep(0)
        return accept(event)

    async with registered(later, on_request=accept) as (mgc, mg, gateway):
        assert (await soon(mgc.request(gateway, ACTION))).actions == DONE
        assert (await soon(mg.request(ACTION))).actions == DONE


async def test_replies_by_callback() -> None:
    """``submit`` hands the reply to a function instead."""
    async with registered(on_request=accept) as (mgc, mg, gateway):
        replies: asyncio.Queue[TransactionReply | None] = asyncio.Queue()
        mgc.submit(gateway, (ACTION,), replies.put_nowait)
        mg.submit((ACTION,), replies.put_nowait)
        for _ in range(2):
            reply = await soon(replies.get())
            assert reply is not None
            assert reply.actions == DONE, reply


async def test_an_error_for_the_transaction() -> None:
    """A handler may answer an error descriptor for the whole transaction."""
    async with registered(lambda event: ErrorDescriptor(433, "in use")) as (mgc, _, gateway):
        assert (await soon(mgc.request(gateway, ACTION))).error == ErrorDescriptor(433, "in use")


def _raising(event: RequestReceived) -> Reply:
    raise RuntimeError("the secret of the house")


async def _raising_later(event: RequestReceived) -> Reply:
    raise RuntimeError("the secret of the house")


@pytest.mark.parametrize(
    "handler",
    [_raising, _raising_later, lambda event: None, lambda event: [ActionReply(5)], lambda event: (ActionReply(-1),)],
    ids=["raises", "raises later", "returns nothing", "returns a list", "returns what cannot be written"],
)
async def test_a_handler_that_fails(
    handler: Callable[[RequestReceived], Any], caplog: pytest.LogCaptureFixture
) -> None:
    """A handler's failure is answered with 500 and nothing of the reason, which stands in the log."""
    async with registered(handler) as (mgc, _, gateway):
        reply = await soon(mgc.request(gateway, ACTION))
        assert reply.error == ErrorDescriptor(500, "Internal software failure in the MG or MGC")
    assert "transaction" in caplog.text


async def test_a_busy_handler_does_not_hold_up_the_others() -> None:
    """While one request is being executed others are."""
    free = asyncio.Event()

    async def handler(event: RequestReceived) -> Reply:
        if event.request.actions[0].context_id == 1:
            await free.wait()
        return accept(event)

    async with registered(handler) as (mgc, _, gateway):
        other = ActionRequest(1, commands=(CommandRequest(ModifyRequest(("other",))),))
        slow = asyncio.ensure_future(mgc.request(gateway, other))
        assert (await soon(mgc.request(gateway, ACTION))).actions == DONE
        assert not slow.done()
        free.set()
        assert (await soon(slow)).actions == (ActionReply(1),)


async def _asked_by_a_stranger(stranger: BareSocket, transport: asyncio.DatagramTransport, target: Address) -> int:
    """Send a request from a bare socket and return the code of the error that comes back."""
    transport.sendto(encode(Message(1, DeviceName("x"), (TransactionRequest(1, (ACTION,)),))), target[:2])
    (reply,) = decode((await soon(stranger.received.get()))[0]).transactions
    assert isinstance(reply, TransactionReply)
    assert reply.error is not None
    return reply.error.code


async def test_no_association_no_service() -> None:
    """Before registration both sides answer 505, and the gateway also to others than its controller."""
    async with (
        controller_at(on_request=accept) as mgc,
        bare_socket() as (stranger, transport, _),
        gateway_of(Address("127.0.0.1", 9)) as mg,
    ):
        for target in (mgc.local, mg.local):
            assert await _asked_by_a_stranger(stranger, transport, target) == 505


async def test_a_gateway_serves_its_controller_only() -> None:
    """A gateway in service refuses the requests of a stranger."""
    async with registered() as (_, mg, _gateway_row), bare_socket() as (stranger, transport, _):
        assert await _asked_by_a_stranger(stranger, transport, mg.local) == 505


async def test_garbage_does_no_harm() -> None:
    """Octets that are no message, broken messages and refusals leave the association as it is."""
    async with registered() as (mgc, mg, gateway), bare_socket() as (_, transport, _address):
        for octets in (b"", b"\xff" * 100, b"!/1 a T = 1 { Foo }", b"!/9 a x", b"!/1 a ER = 400 { }"):
            for target in (mgc.local, mg.local):
                transport.sendto(octets, target[:2])
        assert (await soon(mgc.request(gateway, ACTION))).actions == DONE


async def test_a_gateway_that_the_controller_has_forgotten_registers_again() -> None:
    """Error 505 to a probe after silence says that the controller restarted; the gateway registers as Disconnected."""
    association = AssociationConfig("p/1", maximum_waiting_delay_s=0.0, retry_s=0.01, probe_s=0.05)
    async with controller_at() as mgc:
        mg = await Mg.connect(
            f"udp://{mgc.local}",
            association=association,
            on_request=lambda event: (),
            local="udp://127.0.0.1:0",
            probe=ACTION,
        )
        assert await soon(mg.in_service()) == 2
        mgc.registrar.forget(mg.local)
        while mg.local not in mgc.registrar.gateways:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.01)
        await mg.close()
