"""The gateway's hands and its association: leaving gracefully, a controller that leaves, and who watches whom."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from iq_profile.agw.config import AgwConfig
from iq_profile.agw.gateway import Gateway
from iq_profile.agw.relay import Certificate
from iq_profile.procedures import (
    Acknowledged,
    ActivateCongestion,
    ActivateInactivity,
    ControllerOutOfService,
    ControllerRestoration,
    Inactivity,
    Outcome,
    Procedure,
    Rejected,
    ReleaseTerminations,
    ServiceChanged,
    compose,
    read_outcome,
)
from megaco.association import (
    AssociationEvent,
    ContactLost,
    GatewayDown,
    GatewayLeaving,
    GatewayUp,
    InService,
    Leaving,
    Left,
)
from megaco.message import NULL_CONTEXT, ServiceChangeMethod

from .rig import PROFILE, sdp
from .test_gateway import Controller

_CERTIFICATE = Certificate.generate("agw", 1)
OUT = ServiceChangeMethod.FORCED, 905, NULL_CONTEXT


@asynccontextmanager
async def registered(
    controller: Controller, heard: list[AssociationEvent] | None = None, **keys: object
) -> AsyncIterator[Gateway]:
    """Run a gateway with some keys of its own."""
    config = controller.config()
    h248 = msgspec.structs.replace(config.h248, **keys)
    gateway = await Gateway.start(
        AgwConfig(h248=h248),
        certificate=_CERTIFICATE,
        on_association=heard.append if heard is not None else None,
    )
    try:
        assert gateway.mg is not None
        await gateway.mg.in_service()
        assert isinstance(await controller.registered.get(), GatewayUp)
        yield gateway
    finally:
        await gateway.close()


async def asked(controller: Controller, procedure: Procedure) -> Outcome:
    """Ask the one gateway."""
    (gateway,) = controller.mgc.registrar.gateways.values()
    return read_outcome(await controller.mgc.request(gateway, compose(procedure, PROFILE)))


# ----------------------------------------------------------------------------------------------------------- leaving


async def test_a_gateway_that_leaves_gracefully_waits_for_its_last_context() -> None:
    """It says how long at most; the Subtract is answered before it goes."""
    heard: list[AssociationEvent] = []
    async with Controller.serving() as controller, registered(controller, heard, leave_s=60) as gateway:
        reserved, _ = await controller.reserve(sdp())
        leaving = asyncio.create_task(gateway.leave())
        told = await controller.registered.get()
        assert isinstance(told, GatewayLeaving)
        assert told.delay_s == 60
        assert not leaving.done()
        await controller.order(ReleaseTerminations(reserved.context_id, (reserved.termination_id,)))
        await leaving
        assert isinstance(await controller.registered.get(), GatewayDown)
        assert [one for one in heard if isinstance(one, Leaving | Left)] == [Leaving(60), Left()]


async def test_a_gateway_that_leaves_gracefully_goes_when_the_time_is_over() -> None:
    """With the context that there still is."""
    async with Controller.serving() as controller, registered(controller, leave_s=1) as gateway:
        await controller.reserve(sdp())
        await gateway.leave()
        told = [await controller.registered.get() for _ in range(2)]
        assert [type(one) for one in told] == [GatewayLeaving, GatewayDown]
        assert not gateway.engine.is_empty
    assert gateway.is_idle


@pytest.mark.parametrize(("leave_s", "has_context"), [(0, True), (60, False)])
async def test_a_gateway_with_nothing_to_wait_for_leaves_at_once(leave_s: int, has_context: bool) -> None:
    """No time for it, or no context: Forced, as ever."""
    async with Controller.serving() as controller, registered(controller, leave_s=leave_s) as gateway:
        if has_context:
            await controller.reserve(sdp())
        await gateway.leave()
        await gateway.close()
        assert isinstance(await controller.registered.get(), GatewayDown)


async def test_leaving_ends_where_the_controller_is_gone() -> None:
    """Nobody is left to subtract anything."""
    async with Controller.serving() as controller:
        short = {"lifetime_s": 0.05, "first_repeat_s": 0.01, "probe_s": 0.05}
        async with registered(controller, None, leave_s=60, **short) as gateway:
            await controller.reserve(sdp())
            await controller.mgc.close()
            await gateway.leave()


# ------------------------------------------------------------------------------------------------ ServiceChange of ROOT


async def test_a_controller_that_leaves_is_lost_at_once() -> None:
    """It is answered; then the gateway registers again, Disconnected, with what it has."""
    heard: list[AssociationEvent] = []
    async with Controller.serving() as controller, registered(controller, heard, retry_s=0.01) as gateway:
        reserved, _ = await controller.reserve(sdp())
        farewell = ControllerOutOfService(*OUT, reason_text="Termination taken out of service")
        assert await asked(controller, farewell) == ServiceChanged(NULL_CONTEXT, ("ROOT",))
        again = await controller.registered.get()
        assert isinstance(again, GatewayUp)
        assert again.method is ServiceChangeMethod.DISCONNECTED
        assert gateway.mg is not None
        await gateway.mg.in_service()
        assert [type(one) for one in heard if isinstance(one, ContactLost | InService)] == [
            InService,
            ContactLost,
            InService,
        ]
        assert not gateway.engine.is_empty
        await controller.order(ReleaseTerminations(reserved.context_id, (reserved.termination_id,)))


async def test_other_service_changes_of_a_controller_are_refused() -> None:
    """443; the association goes on."""
    async with Controller.serving() as controller, registered(controller):
        restored = ControllerRestoration(ServiceChangeMethod.RESTART, 901, NULL_CONTEXT, reason_text="Cold Boot")
        outcome = await asked(controller, restored)
        assert isinstance(outcome, Rejected)
        assert outcome.code == 443
        assert controller.registered.empty()


# ------------------------------------------------------------------------------------------------------------- watch


async def test_the_controller_sets_the_time_of_the_probe() -> None:
    """Asked for it/ito the gateway reports by the controller's RequestID, and sends no probe of its own beside."""
    async with Controller.serving() as controller, registered(controller, probe_s=0.02) as gateway:
        assert await asked(controller, ActivateInactivity(NULL_CONTEXT, 77, 5)) == Acknowledged(NULL_CONTEXT, ("ROOT",))
        told = [await controller.told.get() for _ in range(4)]
        while told[0] == Inactivity(NULL_CONTEXT, 0):  # probes from before it was asked
            told = [*told[1:], await controller.told.get()]
        assert told == [Inactivity(NULL_CONTEXT, 77)] * 4
        await asked(controller, ActivateCongestion(NULL_CONTEXT, 78))
        while await controller.told.get() != Inactivity(NULL_CONTEXT, 0):
            pass
        assert gateway.engine.watches_controller is False


async def test_what_was_asked_for_on_root_ends_with_the_association() -> None:
    """After contact was lost the gateway asks by itself again."""
    async with Controller.serving() as controller, registered(controller, probe_s=30, retry_s=0.01) as gateway:
        assert gateway.mg is not None
        await asked(controller, ActivateInactivity(NULL_CONTEXT, 77, 6000))
        assert gateway.mg.association.config.probe_s == 0
        await asked(controller, ControllerOutOfService(*OUT))
        assert isinstance(await controller.registered.get(), GatewayUp)
        assert gateway.mg.association.config.probe_s == 30
