"""A gateway's association on a virtual clock: what it says, and what it makes of the answers."""

import pytest

from megaco.association import (
    AssociationConfig,
    ContactLost,
    GatewayAssociation,
    InService,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
)
from megaco.association.table import GatewayState
from megaco.message import (
    NULL_CONTEXT,
    ActionReply,
    ActionRequest,
    CommandReply,
    DomainName,
    ErrorDescriptor,
    IpAddress,
    MessageIdentifier,
    NotifyReply,
    ServiceChangeMethod,
    ServiceChangeParm,
    ServiceChangeReply,
    ServiceChangeRequest,
    ServiceChangeResParm,
    TransactionReply,
)

_OTHER = IpAddress("192.0.2.9", 2944)


def _association(**options: int) -> GatewayAssociation:
    return GatewayAssociation(AssociationConfig("threegppiq/3", **options), lambda: 0.5)


def _registering(**options: int) -> GatewayAssociation:
    association = _association(**options)
    association.start(0.0)
    association.handle_timer(1.5)
    association.take_events()
    return association


def _in_service() -> GatewayAssociation:
    association = _registering()
    association.receive_reply(_reply(version=1), 2.0)
    association.take_events()
    return association


def _reply(version: int | None = None, other: MessageIdentifier | None = None) -> TransactionReply:
    return _command_reply(ServiceChangeReply(("ROOT",), ServiceChangeResParm(version=version, mgc_id_to_try=other)))


def _command_reply(command: CommandReply) -> TransactionReply:
    return TransactionReply(1, (ActionReply(NULL_CONTEXT, replies=(command,)),))


def _services(actions: tuple[ActionRequest, ...]) -> ServiceChangeParm:
    (action,) = actions
    (request,) = action.commands
    assert isinstance(request.command, ServiceChangeRequest)
    assert (action.context_id, request.command.termination_ids) == (NULL_CONTEXT, ("ROOT",))
    return request.command.services


def _said(association: GatewayAssociation) -> ServiceChangeParm:
    (register,) = association.take_events()
    assert isinstance(register, Register)
    return _services(register.actions)


def test_registration_waits_a_random_while() -> None:
    """The first registration comes after a random part of MWD, as a Restart with profile and version."""
    association = _association(version=3)
    association.start(10.0)
    assert association.next_deadline() == 10.0 + 3.0 * 0.5
    association.handle_timer(11.4)
    assert association.take_events() == []
    association.handle_timer(11.5)
    services = _said(association)
    assert (services.method, services.reason.text, services.reason.quoted) == (
        ServiceChangeMethod.RESTART,
        "901 Cold Boot",
        True,
    )
    assert (services.profile, services.version) == ("threegppiq/3", 3)
    assert association.next_deadline() is None


@pytest.mark.parametrize(("answered", "agreed"), [(1, 1), (2, 2), (3, 2), (None, 2)])
def test_the_version_agreed(answered: int | None, agreed: int) -> None:
    """The controller may answer a lower version; a higher one than offered, or none, means the one offered."""
    association = _registering(version=2)
    association.receive_reply(_reply(version=answered), 2.0)
    assert association.take_events() == [InService(agreed)]
    assert association.state is GatewayState.IN_SERVICE


def test_a_bare_reply_accepts() -> None:
    """A reply to ServiceChange without parameters accepts what was offered."""
    association = _registering()
    association.receive_reply(_command_reply(ServiceChangeReply(("ROOT",))), 2.0)
    assert association.take_events() == [InService(2)]


_ERROR = ErrorDescriptor(402, "Unauthorized")


@pytest.mark.parametrize(
    "reply",
    [
        TransactionReply(1, error=_ERROR),
        TransactionReply(1, (ActionReply(NULL_CONTEXT, error=_ERROR),)),
        _command_reply(ServiceChangeReply(("ROOT",), error=_ERROR)),
        _command_reply(NotifyReply(("ROOT",), error=_ERROR)),
    ],
)
def test_an_error_at_any_level_refuses(reply: TransactionReply) -> None:
    """Transaction, action or command: an error is a refusal, and only a new start tries again."""
    association = _registering()
    association.receive_reply(reply, 2.0)
    assert association.take_events() == [Refused(_ERROR)]
    assert association.next_deadline() is None
    association.start(3.0)
    association.handle_timer(9.0)
    assert _said(association).method is ServiceChangeMethod.RESTART


def test_redirection_is_followed() -> None:
    """MgcIdToTry moves the registration to the controller that it names."""
    association = _registering()
    association.receive_reply(_reply(other=_OTHER), 2.0)
    move, register = association.take_events()
    assert move == MoveTo(_OTHER)
    assert isinstance(register, Register)
    assert association.state is GatewayState.REGISTERING


def test_redirection_has_an_end() -> None:
    """Controllers that send a gateway in circles are left after the limit; a new start counts anew."""
    association = _registering(most_redirects=2)
    for _ in range(2):
        association.receive_reply(_reply(other=DomainName("other.example.net")), 2.0)
    association.take_events()
    association.receive_reply(_reply(other=_OTHER), 2.0)
    (refused,) = association.take_events()
    assert isinstance(refused, Refused)
    assert refused.error.text == "redirected 3 times in a row"
    association.start(3.0)
    association.handle_timer(9.0)
    association.take_events()
    association.receive_reply(_reply(other=_OTHER), 10.0)
    assert association.take_events()[0] == MoveTo(_OTHER)


def test_nobody_answers() -> None:
    """Without answer the gateway says so, waits, and registers again, still with Restart."""
    association = _registering()
    association.receive_reply(None, 20.0)
    assert association.take_events() == [NoAnswer()]
    assert association.next_deadline() == 25.0
    association.handle_timer(25.0)
    assert _said(association).method is ServiceChangeMethod.RESTART


def test_contact_lost() -> None:
    """A controller that was there and answers no more is told Disconnected, 900, until it answers again."""
    association = _in_service()
    association.contact_lost(100.0)
    assert association.take_events() == [ContactLost()]
    assert association.next_deadline() == 105.0
    association.handle_timer(105.0)
    services = _said(association)
    assert (services.method, services.reason.text) == (ServiceChangeMethod.DISCONNECTED, "900 Service Restored")
    association.receive_reply(None, 130.0)
    association.handle_timer(135.0)
    events = association.take_events()
    assert events[0] == NoAnswer()
    assert isinstance(events[1], Register)
    association.receive_reply(_reply(version=2), 136.0)
    assert association.take_events() == [InService(2)]


def test_leaving_service() -> None:
    """``stop`` says Forced and waits for no answer."""
    association = _in_service()
    association.stop(50.0)
    (register,) = association.take_events()
    assert isinstance(register, Register)
    assert not register.expects_reply
    assert _services(register.actions).method is ServiceChangeMethod.FORCED
    assert association.state is GatewayState.CLOSED
    association.start(60.0)
    association.handle_timer(69.0)
    assert _said(association).method is ServiceChangeMethod.RESTART


def test_stopping_before_registration_says_nothing() -> None:
    """A gateway that never registered leaves without a word and without a timer."""
    association = _association()
    association.start(0.0)
    association.stop(0.5)
    assert association.next_deadline() is None
    association.handle_timer(9.0)
    assert association.take_events() == []


@pytest.mark.parametrize("late", [_reply(version=1), None])
def test_what_comes_late_is_ignored(late: TransactionReply | None) -> None:
    """A reply, or the lack of one, after ``stop`` changes nothing; nor does a loss before service."""
    association = _registering()
    association.contact_lost(1.0)
    association.stop(2.0)
    association.take_events()
    association.receive_reply(late, 3.0)
    association.contact_lost(3.0)
    assert association.take_events() == []
    assert association.state is GatewayState.CLOSED
