"""Controllers and gateways over each transport: lists of controllers, hand-off, leaving, contact lost and regained."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest

from megaco import CommandRefusedError, NoReplyError
from megaco.association import (
    AssociationConfig,
    ContactLost,
    ControllerConfig,
    GatewayDown,
    GatewayLeaving,
    GatewayLoaded,
    GatewayUp,
    HandedOff,
    InService,
)
from megaco.endpoint import Mg, Mgc
from megaco.errors import LocalError
from megaco.message import (
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    ROOT,
    ActionReply,
    AddReply,
    DomainName,
    EventsDescriptor,
    IpAddress,
    MediaDescriptor,
    NotifyRequest,
    ObservedEvent,
    PropertyParm,
    RequestedEvent,
    ServiceChangeMethod,
    TerminationStateDescriptor,
    Value,
)
from megaco.transaction import RequestReceived, TransactionConfig

from .endpoints import ACTION, DONE, accept, soon

TRANSPORTS = ["udp", "tcp", "memory"]
SWIFT = TransactionConfig(first_repeat_s=0.05, longest_repeat_s=0.1, reliable_repeat_s=0.2, lifetime_s=0.5)
AT_ONCE = AssociationConfig("threegppiq/3", maximum_waiting_delay_s=0.0, retry_s=0.05)

Kind = TypeVar("Kind")
_names = itertools.count(1)


class Heard:
    """Events as they come, to be waited for."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.events: list[Any] = []
        self._new = asyncio.Event()

    def __call__(self, event: Any) -> None:
        """Take an event."""
        self.events.append(event)
        self._new.set()

    async def first(self, kind: type[Kind]) -> Kind:
        """Wait for an event of a kind, and forget it and all before it."""
        while True:
            for index, event in enumerate(self.events):
                if isinstance(event, kind):
                    del self.events[: index + 1]
                    return event
            self._new.clear()
            await soon(self._new.wait())


def url(transport: str) -> str:
    """Return a URL to listen at."""
    return f"memory:controller{next(_names)}" if transport == "memory" else f"{transport}://127.0.0.1:0"


@asynccontextmanager
async def controller(transport: str, **options: Any) -> AsyncIterator[tuple[Mgc, Heard]]:
    """Run a controller; it executes everything."""
    heard = Heard()
    defaults: dict[str, Any] = {"on_request": accept, "transactions": SWIFT}
    mgc = await Mgc.listen(url(transport), on_gateway=heard, **(defaults | options))
    try:
        yield mgc, heard
    finally:
        await soon(mgc.close())


@asynccontextmanager
async def gateway(*controllers: Mgc, **options: Any) -> AsyncIterator[tuple[Mg, Heard]]:
    """Run a gateway of these controllers, in service; it executes everything."""
    heard = Heard()
    defaults: dict[str, Any] = {"on_request": accept, "transactions": SWIFT, "association": AT_ONCE}
    urls = [mgc.local.url for mgc in controllers]
    mg = await Mg.connect(*urls, on_association=heard, **(defaults | options))
    try:
        await soon(mg.in_service())
        yield mg, heard
    finally:
        await soon(mg.close())


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_requests_go_both_ways(transport: str) -> None:
    """Over every transport; the gateway's leaving is heard."""
    async with controller(transport) as (mgc, heard):
        async with gateway(mgc) as (mg, _):
            up = await heard.first(GatewayUp)
            assert (await soon(mgc.request(up.gateway, ACTION))).actions == DONE
            assert (await soon(mg.request(ACTION))).actions == DONE
        assert (await heard.first(GatewayDown)).gateway == up.gateway
        assert mgc.registrar.gateways == {}


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_secondary_controller_takes_over(transport: str) -> None:
    """The primary dies: the gateway says Failover to the other one, and asks that from then on."""
    async with (
        controller(transport) as (second, heard),
        controller(transport) as (first, _),
        gateway(first, second) as (mg, told),
    ):
        assert (await told.first(InService)).controller == first.local
        await first.close()
        with contextlib.suppress(NoReplyError):  # over TCP the loss is seen at once, and the request goes on
            await soon(mg.request(ACTION))
        await told.first(ContactLost)
        assert (await told.first(InService)).controller == mg.controller == second.local
        assert (await heard.first(GatewayUp)).method is ServiceChangeMethod.FAILOVER
        assert (await soon(mg.request(ACTION))).actions == DONE


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_dead_primary_is_passed_over(transport: str) -> None:
    """The first controller never answers: the next one gets the Restart."""
    async with controller(transport) as (second, heard), controller(transport) as (first, _):
        await first.close()
        async with gateway(first, second):
            assert (await heard.first(GatewayUp)).method is ServiceChangeMethod.RESTART


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_gateway_is_handed_off(transport: str) -> None:
    """HandOff leads to the named controller; the former one hears that the gateway is gone, and says no more to it."""
    async with (
        controller(transport) as (first, one),
        controller(transport) as (second, other),
        gateway(first) as (mg, told),
    ):
        up = await one.first(GatewayUp)
        await soon(first.hand_off(up.gateway, second.engine.mid))
        await told.first(HandedOff)
        assert (await one.first(GatewayDown)).reason == "handed off"
        up = await other.first(GatewayUp)
        assert up.method is ServiceChangeMethod.HAND_OFF
        assert await soon(mg.in_service()) == 2
        assert (await soon(second.request(up.gateway, ACTION))).actions == DONE


async def test_a_hand_off_to_nowhere_leads_back() -> None:
    """A controller that cannot be found is a silent one: after a wait the former one is asked, Disconnected."""
    async with controller("udp") as (mgc, heard), gateway(mgc) as (mg, _):
        up = await heard.first(GatewayUp)
        await soon(mgc.hand_off(up.gateway, DomainName("nowhere.invalid", 2944)))
        assert (await heard.first(GatewayUp)).method is ServiceChangeMethod.DISCONNECTED
        assert await soon(mg.in_service()) == 2


async def test_a_redirection_by_name() -> None:
    """MgcIdToTry may be a host name; what registers goes to where it is."""
    async with controller("tcp") as (second, heard):
        elsewhere = ControllerConfig(elsewhere=DomainName("localhost", second.local.port))
        async with controller("tcp", controller=elsewhere) as (first, none), gateway(first) as (mg, _):
            await heard.first(GatewayUp)
            assert mg.controller == second.local
            assert none.events == []


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_leaving_gracefully(transport: str) -> None:
    """New calls are kept away, the others go on; with the last of them the gateway is gone."""
    async with controller(transport) as (mgc, heard), gateway(mgc) as (mg, _):
        row = (await heard.first(GatewayUp)).gateway
        leaving = asyncio.ensure_future(mg.leave(60))
        assert (await heard.first(GatewayLeaving)).delay_s == 60
        with pytest.raises(LocalError, match="is leaving service: no new calls"):
            await mgc.commands(row).add(CHOOSE_CONTEXT, "$")
        assert (await soon(mgc.request(row, ACTION))).actions == DONE
        mg.is_empty()
        await soon(leaving)
        assert (await heard.first(GatewayDown)).reason == "905 Termination taken out of service"


async def test_a_broken_connection_is_mended() -> None:
    """A request is being executed when its connection breaks: the gateway comes back and the answer comes, once."""
    executed, started, free = [], asyncio.Event(), asyncio.Event()

    async def slowly(event: RequestReceived) -> tuple[ActionReply, ...]:
        executed.append(event.request.transaction_id)
        started.set()
        await free.wait()
        return DONE

    patient = TransactionConfig(reliable_repeat_s=0.1, lifetime_s=4.0)
    async with (
        controller("tcp", transactions=patient) as (mgc, heard),
        gateway(mgc, on_request=slowly, transactions=patient) as (_, told),
    ):
        row = (await heard.first(GatewayUp)).gateway
        await told.first(InService)
        asking = asyncio.ensure_future(mgc.request(row, ACTION))
        await soon(started.wait())
        for connection in list(mgc.pump.links[0]._connections.values()):  # type: ignore[attr-defined]
            connection._socket.shutdown(2)
        await told.first(ContactLost)
        up = await heard.first(GatewayUp)
        assert up.method is ServiceChangeMethod.DISCONNECTED
        assert (up.is_new, up.before) == (False, row)
        free.set()
        assert (await soon(asking)).actions == DONE
        assert len(executed) == 1


async def test_an_address_for_requests() -> None:
    """ServiceChangeAddress: requests go there, replies to where the requests came from (clause 7.2.8)."""
    async with controller("udp") as (mgc, heard), controller("udp") as (other, _):
        # The other socket plays the gateway's second port: what arrives there shows where requests are sent.
        assert isinstance(other.engine.mid, IpAddress)
        there = AssociationConfig(maximum_waiting_delay_s=0.0, address=other.engine.mid)
        async with gateway(mgc, association=there):
            row = (await heard.first(GatewayUp)).gateway
            assert row.address == other.engine.mid
            with pytest.raises(CommandRefusedError) as caught:
                await mgc.commands(row).modify(1, "t")
            assert caught.value.code == 505


async def test_a_silent_gateway_is_asked() -> None:
    """After ``audit_s`` a gateway gets an empty AuditValue of ROOT; one that does not answer is gone."""
    asked = Heard()

    def execute(event: RequestReceived) -> tuple[ActionReply, ...]:
        asked(event)
        return accept(event)  # type: ignore[return-value]

    watching = ControllerConfig(audit_s=0.05)
    async with controller("udp", controller=watching) as (mgc, heard), gateway(mgc, on_request=execute) as (mg, _):
        event = await asked.first(RequestReceived)
        assert event.request.actions[0].commands[0].command.termination_ids == (ROOT,)
        await asked.first(RequestReceived)
        assert heard.events[1:] == []
        mg.pump.close()
        assert (await heard.first(GatewayDown)).reason == "no answer"


async def test_the_inactivity_timer() -> None:
    """The controller asks for it/ito on ROOT: a silent controller is notified, and lost where it does not answer."""
    asked = Heard()

    def execute(event: RequestReceived) -> tuple[ActionReply, ...]:
        asked(event)
        return accept(event)  # type: ignore[return-value]

    async with controller("udp", on_request=execute) as (mgc, heard), gateway(mgc) as (_, told):
        row = (await heard.first(GatewayUp)).gateway
        wanted = RequestedEvent("it/ito", parameters=(PropertyParm("mit", Value("5")),))
        await soon(mgc.commands(row).modify(NULL_CONTEXT, ROOT, EventsDescriptor(17, (wanted,))))
        event = await asked.first(RequestReceived)
        command = event.request.actions[0].commands[0].command
        assert isinstance(command, NotifyRequest)
        assert (command.termination_ids, command.observed_events.request_id) == ((ROOT,), 17)
        mgc.pump.close()
        await told.first(ContactLost)


async def test_congestion_keeps_calls_away() -> None:
    """chp/mgcon with 100 percent: no new call goes out, everything else does; with 0 it is over."""
    adds: Callable[[RequestReceived], Any] = lambda event: (ActionReply(7, replies=(AddReply(("t",)),)),)  # noqa: E731
    async with controller("udp") as (mgc, heard), gateway(mgc, on_request=adds) as (mg, _):
        row = (await heard.first(GatewayUp)).gateway
        for share, refused in (("100", True), ("0", False)):
            event = ObservedEvent("chp/mgcon", parameters=(PropertyParm("reduction", Value(share)),))
            await soon(mg.commands.notify(NULL_CONTEXT, ROOT, 1, event))
            assert (await heard.first(GatewayLoaded)).share == float(share)
            if refused:
                with pytest.raises(LocalError, match="100 % of new calls are kept away"):
                    await mgc.commands(row).add(CHOOSE_CONTEXT, "$")
            else:
                answer = await soon(mgc.commands(row).add(CHOOSE_CONTEXT, "$"))
                assert (answer.context_id, answer.reply) == (7, AddReply(("t",)))
            assert (await soon(mgc.request(row, ACTION))).error is None


async def test_the_controller_sets_the_gateways_timers() -> None:
    """Properties of package root on ROOT become the gateway's own timers and limits once they are acknowledged."""
    async with controller("udp") as (mgc, heard), gateway(mgc) as (mg, _):
        row = (await heard.first(GatewayUp)).gateway
        properties = (
            PropertyParm("root/normalMGExecutionTime", Value("700")),
            PropertyParm("root/MGProvisionalResponseTimerValue", Value("300")),
            PropertyParm("root/MGOriginatedPendingLimit", Value("9")),
        )
        state = MediaDescriptor(TerminationStateDescriptor(properties=properties))
        await soon(mgc.commands(row).modify(NULL_CONTEXT, ROOT, state))
        config = mg.engine.config
        assert (config.execution_s, config.provisional_s, config.most_pendings) == (0.7, 0.3, 9)


async def test_a_request_that_takes_too_long_is_given_up() -> None:
    """After the last TransactionPending the far end gets 506, and the handler is cancelled."""
    cancelled = asyncio.Event()

    async def for_ever(event: RequestReceived) -> tuple[ActionReply, ...]:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return ()

    hasty = TransactionConfig(provisional_s=0.02, execution_s=0.02, most_pendings=2)
    async with controller("udp") as (mgc, heard), gateway(mgc, on_request=for_ever, transactions=hasty) as (mg, _):
        row = (await heard.first(GatewayUp)).gateway
        with pytest.raises(CommandRefusedError) as caught:
            await soon(mgc.commands(row).modify(1, "t"))
        assert caught.value.code == 506
        await soon(cancelled.wait())
        assert mgc.engine.counters.pendings_received == mg.engine.counters.pendings_sent == 2


async def test_giving_up_a_request() -> None:
    """A request that nobody waits for any more is not repeated, and its reply is not taken."""
    async with controller("udp") as (mgc, heard), gateway(mgc, on_request=_never) as (_, _told):
        row = (await heard.first(GatewayUp)).gateway
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await mgc.request(row, ACTION)
        assert mgc.engine.outstanding == 0
        assert mgc.engine.counters.requests_cancelled == 1


async def _never(event: RequestReceived) -> tuple[ActionReply, ...]:
    await asyncio.Event().wait()
    return ()


async def test_several_urls() -> None:
    """One controller listens on several transports; each gateway is asked on its own."""
    heard = Heard()
    mgc = await Mgc.listen("udp://127.0.0.1:0", "tcp://127.0.0.1:0", "memory:several", on_gateway=heard)
    gateways = [await Mg.connect(one.url, on_request=accept, association=AT_ONCE) for one in mgc.locals]
    try:
        for mg in gateways:
            await soon(mg.in_service())
        rows = [(await heard.first(GatewayUp)).gateway for _ in gateways]
        assert {row.peer.transport for row in rows} == {"udp", "tcp", "memory"}  # type: ignore[attr-defined]
        for row in rows:
            assert (await soon(mgc.request(row, ACTION))).actions == DONE
    finally:
        for mg in gateways:
            await soon(mg.close())
        await soon(mgc.close())


async def test_a_thousand_gateways() -> None:
    """They register at once, are each asked once, and leave; nothing is left."""
    async with controller("memory", transactions=TransactionConfig()) as (mgc, heard):
        gateways = [
            await Mg.connect(mgc.local.url, on_request=accept, association=AT_ONCE, transactions=TransactionConfig())
            for _ in range(1000)
        ]
        await asyncio.gather(*(mg.in_service() for mg in gateways))
        rows = list(mgc.registrar.gateways.values())
        assert len(rows) == 1000
        replies = await asyncio.gather(*(mgc.request(row, ACTION) for row in rows))
        assert all(reply.actions == DONE for reply in replies)
        await asyncio.gather(*(mg.close() for mg in gateways))
        assert mgc.registrar.gateways == {}
        assert sum(isinstance(event, GatewayDown) for event in heard.events) == 1000
