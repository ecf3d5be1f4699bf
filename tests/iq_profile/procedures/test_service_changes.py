"""ServiceChanges: those that fit no procedure, and those that look alike."""

import pytest

from iq_profile.procedures import (
    TITLES,
    ControllerRestoration,
    GatewayRegistration,
    GatewayReRegistration,
    GatewayRestoration,
    OrderedReRegistration,
    Procedure,
    compose,
    recognise,
    recognise_command,
)
from iq_profile.roles import Sender
from megaco.message import (
    NULL_CONTEXT,
    ROOT,
    ActionRequest,
    CommandRequest,
    IpAddress,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeRequest,
    Value,
)

from .strategies import ROLES
from .written import codes, recognised


def _changed(method: ServiceChangeMethod, reason: str, *names: str, version: int | None = None) -> ActionRequest:
    services = ServiceChangeParm(method, Value(reason, quoted=True), version=version)
    return ActionRequest(NULL_CONTEXT, commands=(CommandRequest(ServiceChangeRequest(names or (ROOT,), services)),))


@pytest.mark.parametrize(
    ("method", "reason", "names", "sender", "nearest"),
    [
        ("Restart", "999", (), "gateway", "gateway_registration"),
        ("Restart", "", (), "gateway", "gateway_registration"),
        ("Forced", "901 Cold Boot", (), "gateway", "gateway_registration"),
        ("Restart", "901", ("ip/1/core/1",), "gateway", "gateway_registration"),
        ("Restart", "905 Termination Taken Out of Service", ("ip/1/core/1",), "gateway", "termination_out_of_service"),
        ("Forced", "999", (), "controller", "controller_out_of_service"),
        ("Failover", "909", (), "controller", "ordered_re_registration"),
        ("Disconnected", "901", (), "gateway", "gateway_registration"),
    ],
)
def test_a_service_change_that_fits_none_names_the_nearest(
    method: str, reason: str, names: tuple[str, ...], sender: Sender, nearest: str
) -> None:
    """443 says what has no procedure; the title is that of the nearest, by which people find their mistake."""
    action = _changed(ServiceChangeMethod(method), reason, *names)
    found = recognise_command(action, action.commands[0], ROLES, sender)
    assert (found.procedures, found.nearest, found.title) == ((), nearest, TITLES[nearest])
    assert codes(found) == [443]
    assert method in found.faults[0].what


@pytest.mark.parametrize(
    ("method", "reason", "of_gateway", "of_controller"),
    [
        ("Restart", "901", GatewayRegistration, ControllerRestoration),
        ("Restart", "902", GatewayRestoration, ControllerRestoration),
        ("HandOff", "903", GatewayReRegistration, OrderedReRegistration),
    ],
)
@pytest.mark.parametrize("version", [None, 2])
def test_procedures_that_look_alike_are_told_apart_by_their_sender(
    method: str, reason: str, of_gateway: type[Procedure], of_controller: type[Procedure], version: int | None
) -> None:
    """Where it is not known, a Restart that tells no version is one that has none to tell: the controller's."""
    action = _changed(ServiceChangeMethod(method), reason, version=version)
    unknown = of_controller if version is None and method == "Restart" else of_gateway
    for sender, kind in (("gateway", of_gateway), ("controller", of_controller), (None, unknown)):
        assert [type(one) for one in recognise(action, ROLES, sender)] == [kind]  # type: ignore[arg-type]


def test_an_order_to_register_elsewhere_names_where() -> None:
    """Without MgcIdToTry the controller's HandOff sends the gateway nowhere."""
    command = 'ServiceChange = ROOT { Services { Method = HandOff, Reason = "903 MGC directed change" } }'
    found = recognised(command, "-", "controller")
    assert [type(one) for one in found.procedures] == [OrderedReRegistration]
    assert found.missing == ("MGC Identity",)


def test_an_order_to_register_elsewhere_says_where() -> None:
    """MgcIdToTry is its MGC Identity."""
    where = IpAddress("192.0.2.7", 2944)
    order = OrderedReRegistration(ServiceChangeMethod.HAND_OFF, 903, NULL_CONTEXT, controller=where)
    action = compose(order, ROLES)
    found = recognise_command(action, action.commands[0], ROLES, "controller")
    assert (found.procedures, found.missing) == ((order,), ())
