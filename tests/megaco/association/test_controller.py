"""Which gateways a controller accepts, and how it answers them."""

from typing import Any

import pytest

from megaco.association import GatewayUp, RegisteredGateway, Registrar
from megaco.association.controller import ControllerConfig
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    AuditDescriptor,
    AuditValueRequest,
    Command,
    CommandRequest,
    DeviceName,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    ServiceChangeMethod,
    ServiceChangeReply,
    ServiceChangeResParm,
    TransactionRequest,
)

from .office import CLOCK, Office
from .station import PROFILE, STAMP, change, request_of

_MID = DeviceName("gw")
_AUDIT = AuditValueRequest(("ROOT",), AuditDescriptor())
_COMING = (
    ServiceChangeMethod.RESTART,
    ServiceChangeMethod.DISCONNECTED,
    ServiceChangeMethod.FAILOVER,
    ServiceChangeMethod.HAND_OFF,
)


@pytest.mark.parametrize("method", _COMING)
def test_a_gateway_registers(method: ServiceChangeMethod) -> None:
    """It is accepted with version, profile and the time (clause 7.2.8), and known from then on."""
    office = Office()
    reply = office.registers(method)
    assert reply == ServiceChangeReply(("ROOT",), ServiceChangeResParm(profile=PROFILE, version=2, time_stamp=CLOCK))
    gateway = RegisteredGateway(_MID, "peer", 2, PROFILE)
    assert office.registrar.gateways == {"peer": gateway}
    assert office.events() == [GatewayUp(gateway, method, is_new=True)]
    assert office.events() == []


def test_without_a_clock() -> None:
    """A registrar that has no time says none."""
    registrar = Registrar(ControllerConfig())
    actions = registrar.receive(request_of(change(version=2)), _MID, "peer")
    assert actions == (
        ActionReply(NULL_CONTEXT, replies=(ServiceChangeReply(("ROOT",), ServiceChangeResParm(version=2)),)),
    )


@pytest.mark.parametrize(("offered", "answered"), [(1, 1), (2, 2), (3, 2), (9, 2), (None, 1), (0, 1)])
def test_the_version_answered(offered: int | None, answered: int) -> None:
    """A gateway that offers more is answered the highest; one that offers none speaks version 1."""
    office = Office(highest_version=2)
    reply = office.registers(version=offered)
    assert reply.services is not None
    assert reply.services.version == office.gateway().version == answered


def test_a_gateway_that_comes_back_is_not_new() -> None:
    """A known gateway that restarts or was disconnected is told apart from a new one, with what was known of it."""
    office = Office()
    office.registers(at="10000000")
    first = office.gateway()
    office.registers(ServiceChangeMethod.DISCONNECTED, at="10010000", version=1)
    up, again = office.events()
    assert isinstance(up, GatewayUp)
    assert (up.method, up.is_new, up.before) == (ServiceChangeMethod.RESTART, True, None)
    assert again == GatewayUp(office.gateway(), ServiceChangeMethod.DISCONNECTED, is_new=False, before=first)


@pytest.mark.parametrize("version", [1, None, 0])
def test_a_version_too_low_is_refused(version: int | None) -> None:
    """A gateway that can do less than is needed is refused with 406 (clause 11.3)."""
    office = Office(lowest_version=2)
    assert office.refusal(version=version) == 406
    assert office.registrar.gateways == {}
    assert office.log() == []


@pytest.mark.parametrize("profile", ["other/1", "threegppiq/2", None, ""])
@pytest.mark.parametrize("code", [459, 461])
def test_a_profile_not_accepted_is_refused(profile: str | None, code: int) -> None:
    """A profile that is not listed, or none, is refused with the code that is set."""
    assert Office(profiles=("threegppiq/3",), profile_error=code).refusal(profile=profile) == code


def test_profiles_have_no_letter_case() -> None:
    """A profile's name is compared without regard to letter case."""
    reply = Office(profiles=("x/1", "ThreeGPPiq/3")).registers()
    assert reply.services is not None
    assert reply.services.profile == PROFILE


def test_gateways_are_limited() -> None:
    """Beyond the limit a new gateway is refused with 510; one that is known may come back, and another in its place."""
    office = Office(most_gateways=2)
    office.registers(mid="first", peer=1)
    office.registers(mid="second", peer=2)
    assert office.refusal(mid="third", peer=3) == 510
    assert office.registers(mid="first", peer=1).error is None
    assert office.registers(mid="first", peer=4).error is None
    office.changes(ServiceChangeMethod.FORCED, mid="second", peer=2)
    assert office.registers(mid="third", peer=3).error is None
    assert set(office.registrar.gateways) == {3, 4}


def test_a_gateway_leaves() -> None:
    """A gateway that says Forced on ROOT is known no more; one not known is answered all the same."""
    office = Office()
    office.registers()
    office.events()
    for _ in range(2):
        assert office.changes(ServiceChangeMethod.FORCED, "905 out") == ServiceChangeReply(("ROOT",))
    assert office.log() == ["-gw@peer 905 out"]
    assert office.registrar.gateways == {}


@pytest.mark.parametrize(("delay", "told"), [(None, None), (0, None), (30, 30)])
def test_a_gateway_that_will_leave_is_still_there(delay: int | None, told: int | None) -> None:
    """Graceful ends nothing but new calls: what is up stays up until the gateway says Forced, or falls silent."""
    office = Office()
    office.registers()
    office.events()
    assert office.changes(ServiceChangeMethod.GRACEFUL, delay=delay) == ServiceChangeReply(("ROOT",))
    assert office.log() == [f"leaving gw@peer {told}"]
    assert not office.registrar.may_begin(office.gateway())
    office.changes(ServiceChangeMethod.FORCED)
    assert office.log() == ["-gw@peer 901 Cold Boot"]


def test_a_gateway_that_stays_after_all() -> None:
    """918 takes Graceful back."""
    office = Office()
    office.registers()
    office.changes(ServiceChangeMethod.GRACEFUL)
    office.events()
    assert office.changes(reason="918 Cancel Graceful") == ServiceChangeReply(("ROOT",))
    assert office.log() == ["staying gw@peer 918 Cancel Graceful"]
    assert office.registrar.may_begin(office.gateway())


@pytest.mark.parametrize("method", [ServiceChangeMethod.RESTART, ServiceChangeMethod.DISCONNECTED])
def test_a_gateway_that_comes_back_stays(method: ServiceChangeMethod) -> None:
    """Whoever registers anew is no longer leaving."""
    office = Office()
    office.registers(at="10000000")
    office.changes(ServiceChangeMethod.GRACEFUL)
    office.registers(method, at="10010000")
    assert office.registrar.may_begin(office.gateway())


def test_leaving_ends_with_the_gateway() -> None:
    """Whoever registers in the place of a gateway that had left is not leaving."""
    office = Office()
    for _ in range(2):
        office.registers()
        assert office.registrar.may_begin(office.gateway())
        office.changes(ServiceChangeMethod.GRACEFUL)
        office.changes(ServiceChangeMethod.FORCED)
    assert office.registrar.leaving == set()


def test_a_stranger_that_will_leave() -> None:
    """Graceful of a gateway that is not known is acknowledged, and nothing else."""
    office = Office()
    assert office.changes(ServiceChangeMethod.GRACEFUL) == ServiceChangeReply(("ROOT",))
    assert (office.log(), office.registrar.leaving) == ([], set())


@pytest.mark.parametrize("reason", ["916 Packages Change", "917 Capabilities Change", " 917 "])
def test_changed_packages_are_no_restart(reason: str) -> None:
    """The gateway has lost nothing, and its terms hold on."""
    office = Office()
    office.registers()
    before = office.gateway()
    office.events()
    assert office.changes(reason=reason) == ServiceChangeReply(("ROOT",))
    assert office.log() == [f"staying gw@peer {reason}"]
    assert office.gateway() == before


@pytest.mark.parametrize("reason", ["916", "917", "918"])
def test_the_method_counts_before_the_reason(reason: str) -> None:
    """Only a Restart can mean that nothing was lost: Forced ends, and Disconnected registers, whatever the reason."""
    office = Office()
    office.registers()
    office.events()
    office.changes(ServiceChangeMethod.DISCONNECTED, reason)
    office.changes(ServiceChangeMethod.FORCED, reason)
    assert office.log() == ["~gw@peer Disconnected", f"-gw@peer {reason}"]


def test_a_stranger_with_changed_packages_registers() -> None:
    """A Restart on ROOT is a registration (clause 7.2.8) where none went before."""
    office = Office()
    office.changes(reason="917 Capabilities Change")
    assert office.log() == ["+gw@peer Restart"]


@pytest.mark.parametrize("is_known", [False, True])
def test_a_method_that_is_not_known(is_known: bool) -> None:
    """An extension means nothing here: it is refused, and ends nothing."""
    office = Office()
    if is_known:
        office.registers()
        office.events()
    reply = office.changes(None, "X-reason")
    assert reply.error is not None
    assert (reply.error.code, reply.services) == (501, None)
    assert (office.log(), len(office.registrar.gateways)) == ([], is_known)


@pytest.mark.parametrize("method", _COMING)
@pytest.mark.parametrize("elsewhere", [IpAddress("192.0.2.9", 2944), DomainName("other.example.net")])
def test_a_controller_that_sends_gateways_elsewhere(
    method: ServiceChangeMethod, elsewhere: IpAddress | DomainName
) -> None:
    """It accepts nobody, and says whom to ask and, as each reply to a registration does, the time (clause 7.2.8)."""
    office = Office(elsewhere=elsewhere)
    away = ServiceChangeResParm(mgc_id_to_try=elsewhere, time_stamp=CLOCK)
    assert office.registers(method) == ServiceChangeReply(("ROOT",), away)
    assert (office.log(), office.registrar.gateways) == ([], {})


@pytest.mark.parametrize(
    ("config", "error"),
    [
        ({"elsewhere": IpAddress("192.0.2.9")}, None),
        ({"lowest_version": 3}, 406),
        ({"profiles": ("other/1",)}, 459),
    ],
    ids=["sent elsewhere", "version", "profile"],
)
def test_a_known_gateway_that_is_not_accepted_again(config: dict[str, Any], error: int | None) -> None:
    """What was agreed before its Restart is over all the same: it holds nothing any more."""
    office = Office()
    office.registers()
    office.events()
    office.registrar.config = ControllerConfig(**config)
    reply = office.registers()
    assert (None if reply.error is None else reply.error.code) == error
    assert [line[:9] for line in office.log()] == ["-gw@peer "]
    assert office.registrar.gateways == {}


def test_a_stranger_that_is_refused_harms_nobody() -> None:
    """Only who speaks from where the gateway does ends its association by a bad registration."""
    office = Office(lowest_version=2)
    office.registers()
    office.events()
    assert office.refusal(peer="stranger", version=1) == 406
    assert (office.log(), len(office.registrar.gateways)) == ([], 1)


@pytest.mark.parametrize(
    "command",
    [change(name="ip/1/2"), change(name="*"), _AUDIT],
    ids=["termination", "all terminations", "audit"],
)
def test_other_requests_are_not_its_business(command: Command) -> None:
    """A ServiceChange of terminations, or another command, is left to the user."""
    office = Office()
    assert office.says(command) is None
    office.registers()
    office.events()
    assert office.says(command) is None
    assert office.log() == []


def test_root_has_no_letter_case() -> None:
    """``root`` is ROOT (H.248.1 Annex B: identifiers are compared without regard to letter case)."""
    office = Office()
    assert office.changes(name="root").termination_ids == ("root",)
    assert "peer" in office.registrar.gateways


_REFUSED = ErrorDescriptor(501, "Not Implemented: commands beside a ServiceChange on ROOT")


def _action(*commands: Command, context: int = NULL_CONTEXT) -> ActionRequest:
    return ActionRequest(context, commands=tuple(map(CommandRequest, commands)))


def _receive(office: Office, *actions: ActionRequest) -> tuple[ActionReply, ...]:
    replies = office.registrar.receive(TransactionRequest(1, actions), _MID, "peer", office.now)
    assert replies is not None
    return replies


def test_commands_after_a_registration() -> None:
    """The registration is executed, the next command is refused, and nothing after it is executed (clause 8)."""
    office = Office()
    first = change(version=2)
    (action,) = _receive(office, _action(first, _AUDIT, change(ServiceChangeMethod.FORCED)))
    assert [type(reply) for reply in action.replies] == [ServiceChangeReply]
    assert action.error == _REFUSED
    assert office.log() == ["+gw@peer Restart"]


@pytest.mark.parametrize("before", [_AUDIT, change(name="ip/1")], ids=["audit", "termination"])
def test_commands_before_a_registration(before: Command) -> None:
    """They are refused, and the registration with them: ServiceChange comes first (clause 9.1)."""
    office = Office()
    assert _receive(office, _action(before, change())) == (ActionReply(NULL_CONTEXT, error=_REFUSED),)
    assert _receive(office, _action(before), _action(change())) == (ActionReply(NULL_CONTEXT, error=_REFUSED),)
    assert office.log() == []


def test_actions_after_a_registration() -> None:
    """What was executed is answered, action by action, up to the one that is refused."""
    office = Office()
    replies = _receive(office, _action(change()), _action(_AUDIT, context=5), _action(change()))
    assert [(action.context_id, len(action.replies), action.error) for action in replies] == [
        (NULL_CONTEXT, 1, None),
        (5, 0, _REFUSED),
    ]
    assert len(office.log()) == 1


def test_several_service_changes() -> None:
    """They are executed in order."""
    office = Office()
    replies = office.says(change(version=2), change(ServiceChangeMethod.GRACEFUL), change(ServiceChangeMethod.FORCED))
    assert replies is not None
    assert [reply.services is None for reply in replies] == [False, True, True]
    assert office.log() == ["+gw@peer Restart", "leaving gw@peer None", "-gw@peer 901 Cold Boot"]


@pytest.mark.parametrize(
    "address", [{"address": IpAddress("192.0.2.7", 55555)}, {"address": DomainName("gw.example.net")}, {}]
)
@pytest.mark.parametrize("port", [None, 2955])
def test_where_a_gateway_wants_requests(address: dict[str, Any], port: int | None) -> None:
    """ServiceChangeAddress is kept, whole or only a port, and so is the time of the gateway's clock."""
    office = Office()
    office.registers(**address, address_port=port, time_stamp=STAMP)
    gateway = office.gateway()
    assert (gateway.address, gateway.address_port, gateway.time_stamp) == (address.get("address"), port, STAMP)


def test_a_hand_off() -> None:
    """The words that send a gateway elsewhere; once it has acknowledged them, it is gone (clause 11.5)."""
    office = Office()
    office.registers()
    office.events()
    other = DeviceName("x")
    wanted = change(ServiceChangeMethod.HAND_OFF, "903 MGC Directed Change", mgc_id_to_try=other)
    assert office.registrar.hand_off(other) == request_of(wanted).actions
    office.registrar.lost("peer", "handed off")
    office.registrar.lost("peer", "handed off")
    assert office.log() == ["-gw@peer handed off"]


def test_a_gateway_that_is_lost() -> None:
    """It is down, and has to register again."""
    office = Office()
    office.registers()
    office.registrar.lost("peer")
    assert office.log() == ["+gw@peer Restart", "-gw@peer no answer"]
    office.registrar.lost("nobody")
    office.registers(ServiceChangeMethod.DISCONNECTED)
    assert office.log() == ["+gw@peer Disconnected"]


def test_a_gateway_that_is_lost_and_has_come_back() -> None:
    """What is known of a registration does not end the next one, however alike they are."""
    office = Office()
    office.registers()
    first = office.gateway()
    office.registers()
    office.events()
    office.registrar.lost("peer", "late", first)
    assert (office.log(), first == office.gateway()) == ([], True)
    office.registrar.lost("peer", "now", office.gateway())
    assert office.log() == ["-gw@peer now"]


def test_a_gateway_that_is_forgotten() -> None:
    """Nothing is told, and nothing stays."""
    office = Office(most_gateways=1, audit_s=10.0)
    office.registers()
    office.changes(ServiceChangeMethod.GRACEFUL)
    office.events()
    office.registrar.forget("peer")
    office.registrar.forget("peer")
    assert (office.log(), office.registrar.leaving, office.registrar.next_deadline()) == ([], set(), None)
    office.registers(mid="other", peer="elsewhere")
    assert office.log() == ["+other@elsewhere Restart"]
