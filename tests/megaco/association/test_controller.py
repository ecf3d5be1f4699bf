"""Which gateways a controller accepts, and how it answers them."""

import pytest

from megaco.association import ControllerConfig, GatewayDown, GatewayUp, RegisteredGateway, Registrar
from megaco.message import (
    NULL_CONTEXT,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandRequest,
    DeviceName,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    TransactionRequest,
    Value,
)

_MID = DeviceName("gw")


def _request(*commands: Command) -> TransactionRequest:
    return TransactionRequest(1, (ActionRequest(NULL_CONTEXT, commands=tuple(map(CommandRequest, commands))),))


def _change(
    method: ServiceChangeMethod = ServiceChangeMethod.RESTART,
    version: int | None = 2,
    profile: str | None = "threegppiq/3",
    termination: str = "ROOT",
) -> ServiceChangeRequest:
    services = ServiceChangeParm(method, Value("901 Cold Boot", quoted=True), profile=profile, version=version)
    return ServiceChangeRequest((termination,), services)


def _answer(registrar: Registrar, command: Command, peer: str = "peer") -> ServiceChangeReply:
    actions = registrar.receive(_request(command), _MID, peer)
    assert actions is not None
    ((reply,),) = (action.replies for action in actions)
    assert isinstance(reply, ServiceChangeReply)
    return reply


def _refusal(registrar: Registrar, command: Command, peer: str = "peer") -> int:
    reply = _answer(registrar, command, peer)
    assert reply.services is None
    assert reply.error is not None
    return reply.error.code


def test_a_gateway_registers() -> None:
    """A registration is accepted with the version and the profile, and the gateway is known from then on."""
    registrar = Registrar(ControllerConfig())
    reply = _answer(registrar, _change())
    assert reply == ServiceChangeReply(("ROOT",), ServiceChangeResParm(profile="threegppiq/3", version=2))
    gateway = RegisteredGateway(_MID, "peer", 2, "threegppiq/3")
    assert registrar.gateways == {"peer": gateway}
    assert registrar.take_events() == [GatewayUp(gateway, ServiceChangeMethod.RESTART, is_new=True)]
    assert registrar.take_events() == []


@pytest.mark.parametrize(("offered", "answered"), [(1, 1), (2, 2), (3, 2), (9, 2), (None, 1)])
def test_the_version_answered(offered: int | None, answered: int) -> None:
    """A gateway that offers more is answered the highest; one that offers none speaks version 1."""
    reply = _answer(Registrar(ControllerConfig(highest_version=2)), _change(version=offered))
    assert reply.services is not None
    assert reply.services.version == answered


def test_a_gateway_that_comes_back_is_not_new() -> None:
    """A known gateway that restarts or was disconnected is told apart from a new one."""
    registrar = Registrar(ControllerConfig())
    for method in (ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED):
        _answer(registrar, _change(method))
    events = registrar.take_events()
    assert [(event.method, event.is_new) for event in events if isinstance(event, GatewayUp)] == [
        (ServiceChangeMethod.RESTART, True),
        (ServiceChangeMethod.DISCONNECTED, False),
    ]


@pytest.mark.parametrize("version", [1, None])
def test_a_version_too_low_is_refused(version: int | None) -> None:
    """A gateway that can do less than is needed is refused with 406."""
    registrar = Registrar(ControllerConfig(lowest_version=2))
    assert _refusal(registrar, _change(version=version)) == 406
    assert registrar.gateways == {}
    assert registrar.take_events() == []


@pytest.mark.parametrize("profile", ["other/1", "threegppiq/2", None])
def test_a_profile_not_accepted_is_refused(profile: str | None) -> None:
    """A profile that is not listed, or none, is refused with 459."""
    registrar = Registrar(ControllerConfig(profiles=("threegppiq/3",)))
    assert _refusal(registrar, _change(profile=profile)) == 459


def test_profiles_have_no_letter_case() -> None:
    """A profile's name is compared without regard to letter case."""
    registrar = Registrar(ControllerConfig(profiles=("ThreeGPPiq/3",)))
    assert _answer(registrar, _change()).error is None


def test_gateways_are_limited() -> None:
    """Beyond the limit a new gateway is refused with 510; one that is known may come back."""
    registrar = Registrar(ControllerConfig(most_gateways=1))
    _answer(registrar, _change(), "first")
    assert _refusal(registrar, _change(), "second") == 510
    assert _answer(registrar, _change(), "first").error is None


def test_a_gateway_leaves() -> None:
    """A gateway that says Forced on ROOT is known no more; one not known is answered all the same."""
    registrar = Registrar(ControllerConfig())
    _answer(registrar, _change())
    registrar.take_events()
    for _ in range(2):
        assert _answer(registrar, _change(ServiceChangeMethod.FORCED)) == ServiceChangeReply(("ROOT",))
    (down,) = registrar.take_events()
    assert isinstance(down, GatewayDown)
    assert (down.gateway.peer, down.reason) == ("peer", "901 Cold Boot")
    assert registrar.gateways == {}


def test_a_gateway_that_will_leave_is_still_there() -> None:
    """Graceful ends nothing: what is up stays up until the gateway says Forced, or falls silent."""
    registrar = Registrar(ControllerConfig())
    _answer(registrar, _change())
    registrar.take_events()
    assert _answer(registrar, _change(ServiceChangeMethod.GRACEFUL)) == ServiceChangeReply(("ROOT",))
    assert registrar.take_events() == []
    assert len(registrar.gateways) == 1


@pytest.mark.parametrize("reason", ["916 Packages Change", "917 Capabilities Change"])
def test_changed_packages_are_no_restart(reason: str) -> None:
    """The gateway has lost nothing."""
    registrar = Registrar(ControllerConfig())
    _answer(registrar, _change())
    registrar.take_events()
    services = ServiceChangeParm(ServiceChangeMethod.RESTART, Value(reason, quoted=True))
    assert registrar.receive(_request(ServiceChangeRequest(("ROOT",), services)), _MID, "peer") is not None
    assert registrar.take_events() == []


@pytest.mark.parametrize(
    "command",
    [_change(termination="ip/1/2"), AuditValueRequest(("ROOT",), AuditDescriptor())],
    ids=["termination", "audit"],
)
def test_other_requests_are_not_its_business(command: Command) -> None:
    """A ServiceChange of a termination, or another command, is left to the user."""
    assert Registrar(ControllerConfig()).receive(_request(command), _MID, "peer") is None


def test_root_has_no_letter_case() -> None:
    """``root`` is ROOT (H.248.1 Annex B: identifiers are compared without regard to letter case)."""
    registrar = Registrar(ControllerConfig())
    _answer(registrar, _change(termination="root"))
    assert "peer" in registrar.gateways
