"""Controller and gateway on real loopback sockets: mistakes of the caller, and the end."""

import asyncio
from collections.abc import Awaitable

import pytest

from megaco import LocalError, TransportError
from megaco.association import (
    AssociationEvent,
    InService,
    RegistrarEvent,
)
from megaco.endpoint import Mg, Mgc, Reply, own_mid
from megaco.message import (
    DeviceName,
    DomainName,
    IpAddress,
)
from megaco.transaction import RequestReceived
from megaco.transport import Address

from .endpoints import (
    ACTION,
    ASSOCIATION,
    accept,
    bare_socket,
    controller_at,
    gateway_of,
    registered,
    soon,
)


async def test_a_busy_port() -> None:
    """A port that is taken is told in one line, by controller and gateway alike."""
    async with controller_at() as mgc:
        for attempt in (
            Mgc.listen(f"udp://{mgc.local}"),
            Mg.connect("udp://127.0.0.1:9", association=ASSOCIATION, on_request=accept, local=f"udp://{mgc.local}"),
        ):
            with pytest.raises(TransportError) as caught:
                await attempt
            assert str(caught.value).startswith(f"cannot listen on udp://{mgc.local}: ")
            assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "dccp://127.0.0.1:2944", "udp://nowhere-.example:2944", "udp://[::1"])
async def test_a_wrong_url(url: str) -> None:
    """A URL that is none is the caller's mistake, wherever it is given."""
    for attempt in (
        Mgc.listen(url),
        Mg.connect(url, association=ASSOCIATION, on_request=accept),
        Mg.connect("udp://127.0.0.1:9", association=ASSOCIATION, on_request=accept, local=url),
    ):
        with pytest.raises(LocalError):
            await attempt


async def test_the_own_name_may_be_given() -> None:
    """``mid`` names an endpoint otherwise than by its address."""
    events: asyncio.Queue[RegistrarEvent] = asyncio.Queue()
    async with (
        controller_at(mid=DomainName("alg.example.net"), on_gateway=events.put_nowait) as mgc,
        gateway_of(mgc.local, mid=DeviceName("agw/1"), encoding="compact") as mg,
    ):
        await soon(mg.in_service())
        assert (await soon(events.get())).gateway.mid == DeviceName("agw/1")
        assert mgc.engine.mid == DomainName("alg.example.net")


def test_a_zone_is_left_out_of_a_name() -> None:
    """The zone of a link-local address means nothing elsewhere, and no message can carry it."""
    assert own_mid(Address("fe80::1%eth0", 2944)) == IpAddress("fe80::1", 2944)


async def test_everything_is_traced() -> None:
    """The trace of an endpoint sees registration and reply."""
    seen: list[tuple[str, Address]] = []
    async with (
        controller_at(trace=lambda way, data, peer, local: seen.append((way, peer))) as mgc,
        gateway_of(mgc.local) as mg,
    ):
        await soon(mg.in_service())
        assert seen[:2] == [("received", mg.local), ("sent", mg.local)]


def _running() -> list[object]:
    """Return the tasks besides this one, and the timers of the loop."""
    loop = asyncio.get_running_loop()
    scheduled: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]  # nothing public tells
    timers = [handle for handle in scheduled if not handle.cancelled()]
    return [*(asyncio.all_tasks() - {asyncio.current_task()}), *timers]


async def test_closing_leaves_nothing() -> None:
    """Closing ends every task and timer, though requests are being executed and replies awaited."""
    started = asyncio.Event()

    async def for_ever(event: RequestReceived) -> Reply:
        started.set()
        await asyncio.Event().wait()
        return ()

    async with registered(for_ever) as (mgc, _, gateway):
        waiting = asyncio.ensure_future(mgc.request(gateway, ACTION))
        await soon(started.wait())
    with pytest.raises(TransportError, match="the peer has gone"):
        await waiting
    assert _running() == []


async def test_closing_before_a_handler_begins() -> None:
    """A request whose coroutine has not begun when the gateway closes leaves no warning behind."""
    closing: asyncio.Future[asyncio.Task[None]] = asyncio.get_running_loop().create_future()

    async def never(event: RequestReceived) -> Reply:
        raise AssertionError("the gateway is closed")

    def handler(event: RequestReceived) -> Awaitable[Reply]:
        closing.set_result(asyncio.ensure_future(mg.close()))
        return never(event)

    async with registered(handler) as (mgc, mg, gateway):
        mgc.submit(gateway, (ACTION,), lambda reply: None)
        await soon(await soon(closing))


async def test_closing_while_registering() -> None:
    """Whoever waits for service is told that the gateway is closed, and a request after that fails at once."""
    async with bare_socket() as (_, _transport, address):
        async with gateway_of(address) as mg:
            waiting = asyncio.ensure_future(mg.in_service())
            await asyncio.sleep(0)
        with pytest.raises(TransportError, match="the gateway is closed"):
            await soon(waiting)
        for late in (mg.in_service(), mg.request(ACTION)):
            with pytest.raises(TransportError, match="is closed"):
                await soon(late)
        await soon(mg.close())
    assert _running() == []


async def test_waiting_for_service_may_be_given_up() -> None:
    """One who stops waiting does not disturb another who goes on."""
    async with controller_at() as mgc, gateway_of(mgc.local) as mg:
        given_up, going_on = asyncio.ensure_future(mg.in_service()), asyncio.ensure_future(mg.in_service())
        await asyncio.sleep(0)
        given_up.cancel()
        assert await soon(going_on) == 2


async def test_the_association_is_told() -> None:
    """``on_association`` hears what becomes of the registration."""
    events: asyncio.Queue[AssociationEvent] = asyncio.Queue()
    async with controller_at() as mgc, gateway_of(mgc.local, on_association=events.put_nowait):
        while not isinstance(event := await soon(events.get()), InService):
            pass
        assert event.version == 2
