"""Endpoints on uvloop as on asyncio's own loop: registration, requests either way, and an end that leaves nothing."""

import asyncio
import os
from collections.abc import Callable

import pytest

from megaco import NoReplyError, TransportError
from megaco.association import ContactLost, GatewayDown, GatewayUp, InService
from megaco.endpoint import Mgc, Reply
from megaco.message import ServiceChangeMethod, TransactionReply
from megaco.transaction import RequestReceived

from .endpoints import ACTION, DONE, accept, soon
from .test_endpoint_associations import TRANSPORTS, Heard, controller, gateway

uvloop = pytest.importorskip("uvloop", reason="the extra uvloop is not installed")

ENCODINGS = ["pretty", "binary"]


@pytest.fixture
def files() -> Callable[[], int]:
    """Count the open files of this process."""
    place = "/proc/self/fd"
    if not os.path.isdir(place):
        pytest.skip("the system does not list open files")
    return lambda: len(os.listdir(place))


async def _a_course(transport: str, encoding: str) -> None:
    """Register, ask either way, leave; nothing runs after that."""
    assert type(asyncio.get_running_loop()).__module__.startswith("uvloop")
    async with controller(transport, encoding=encoding) as (mgc, heard):
        async with gateway(mgc, encoding=encoding) as (mg, _):
            row = (await heard.first(GatewayUp)).gateway
            replies = await soon(asyncio.gather(*(mgc.request(row, ACTION) for _ in range(200))))
            assert all(reply.actions == DONE for reply in replies)
            assert (await soon(mg.request(ACTION))).actions == DONE
            assert mgc.engine.counters.faults == mg.engine.counters.faults == 0
        assert (await heard.first(GatewayDown)).gateway == row
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def _contact_lost(transport: str) -> None:
    """A controller goes with a request under way and comes back: the gateway finds it, Disconnected."""
    started = asyncio.Event()

    async def never(event: RequestReceived) -> Reply:
        started.set()
        await asyncio.Event().wait()
        return ()

    async with controller(transport, on_request=never) as (first, _), gateway(first) as (mg, told):
        await told.first(InService)
        asking = asyncio.ensure_future(mg.request(ACTION))
        await soon(started.wait())
        await soon(first.close())
        await told.first(ContactLost)
        heard = Heard()
        async with await Mgc.listen(first.local.url, on_gateway=heard, on_request=accept) as second:
            up = await heard.first(GatewayUp)
            assert up.method is ServiceChangeMethod.DISCONNECTED
            assert (await soon(second.request(up.gateway, ACTION))).actions == DONE
    (outcome,) = await asyncio.gather(asking, return_exceptions=True)
    assert isinstance(outcome, NoReplyError | TransactionReply)  # the second controller has it where there was time


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_course(transport: str, encoding: str, files: Callable[[], int]) -> None:
    """Over each transport, in text and binary."""
    counts = []
    for _ in range(3):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_a_course(transport, encoding))
        counts.append(files())
    assert counts[1] == counts[2]  # the first loop of a process leaves something of its own behind


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_contact_is_lost_and_regained(transport: str) -> None:
    """Over each transport; the loop is closed with nothing left in it."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_contact_lost(transport))


def test_a_busy_port() -> None:
    """Is told in the words of asyncio's own loop."""

    async def listen_twice() -> None:
        async with controller("tcp") as (mgc, _):
            with pytest.raises(TransportError, match=f"cannot listen on {mgc.local.url}: "):
                await Mgc.listen(mgc.local.url)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(listen_twice())
