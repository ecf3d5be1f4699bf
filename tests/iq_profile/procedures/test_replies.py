"""What replies mean, and what becomes of refusals."""

import pytest

from iq_profile.procedures import (
    Acknowledged,
    Audited,
    Outcome,
    Rejected,
    Released,
    Reserved,
    ServiceChanged,
    compose_outcome,
    read_outcome,
    refusal,
)
from megaco.message import (
    ROOT,
    ActionReply,
    AddReply,
    AddRequest,
    AuditCapabilityReply,
    AuditValueReply,
    AuditValueRequest,
    Command,
    CommandReply,
    ErrorDescriptor,
    ModifyReply,
    ModifyRequest,
    NotifyReply,
    ServiceChangeReply,
    SubtractReply,
    TransactionReply,
)

from .strategies import CHOSEN, OUTCOMES

_REFUSED = ErrorDescriptor(510, "no ports")


def _reply(*replies: CommandReply) -> TransactionReply:
    return TransactionReply(1, (ActionReply(5, replies=replies),))


@pytest.mark.parametrize(
    "reply",
    [
        TransactionReply(1, error=_REFUSED),
        TransactionReply(1, (ActionReply(5, error=_REFUSED),)),
        _reply(AddReply(("a",), (_REFUSED,))),
        _reply(SubtractReply(("a",)), SubtractReply(("b",), (_REFUSED,))),
        _reply(NotifyReply(("a",), error=_REFUSED)),
        _reply(ServiceChangeReply((ROOT,), error=_REFUSED)),
        _reply(AuditValueReply(("a",), (_REFUSED,))),
        TransactionReply(1, (ActionReply(5, replies=(AddReply(("a",)),)), ActionReply(6, error=_REFUSED))),
        TransactionReply(1, (ActionReply(5, replies=(AddReply(("a",)),), error=_REFUSED),)),
    ],
)
def test_an_error_at_any_level_is_a_rejection(reply: TransactionReply) -> None:
    """Transaction, action or command, also after commands that went well."""
    assert read_outcome(reply) == Rejected(510, "no ports")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (None, Rejected(0, "the gateway does not answer")),
        (TransactionReply(1), Rejected(0, "the gateway's reply holds no command reply")),
        (TransactionReply(1, (ActionReply(5),)), Rejected(0, "the gateway's reply holds no command reply")),
        (TransactionReply(1, error=ErrorDescriptor(500)), Rejected(500, "")),
        (_reply(AddReply(("a",))), Reserved(5, "a", {})),
        (_reply(ModifyReply(("a",))), Reserved(5, "a", {})),
        (_reply(ModifyReply(("root",))), Acknowledged(5, ("root",))),
        (_reply(NotifyReply(("a",))), Acknowledged(5, ("a",))),
        (_reply(SubtractReply(("*",))), Released(5, ("*",))),
        (_reply(SubtractReply(("a",)), SubtractReply(("b",))), Released(5, ("a", "b"))),
        (_reply(ServiceChangeReply((ROOT,))), ServiceChanged(5, (ROOT,))),
        (_reply(AuditValueReply(("a",))), Audited(5, ("a",))),
        (_reply(AuditCapabilityReply(("a",))), Audited(5, ("a",))),
    ],
)
def test_replies_are_read(reply: TransactionReply | None, outcome: Outcome) -> None:
    """No reply at all is a rejection too."""
    assert read_outcome(reply) == outcome


@pytest.mark.parametrize("command", [AddRequest(("ip/1/core/$",)), ModifyRequest(("ip/1/core/1",))])
def test_a_reply_brings_back_what_the_gateway_chose(command: Command) -> None:
    """Stream by stream, and nothing for a stream that was not asked about."""
    reserved = Reserved(5, "ip/1/core/1", {3: CHOSEN, 1: CHOSEN})
    (reply,) = compose_outcome(command, reserved)
    assert isinstance(reply, AddReply | ModifyReply)
    assert reply.media is not None
    assert [stream.stream_id for stream in reply.media.streams] == [1, 3]
    assert read_outcome(_reply(reply)) == reserved
    bare = Reserved(5, "ip/1/core/1", {})
    assert compose_outcome(command, bare) == (type(reply)(("ip/1/core/1",)),)


@pytest.mark.parametrize("kind", OUTCOMES, ids=lambda kind: kind.__name__)
def test_every_command_can_be_refused(kind: type[Command]) -> None:
    """In a reply of its own kind, which names what it named."""
    command, _ = OUTCOMES[kind]
    reply = refusal(command, _REFUSED)
    assert type(reply).__name__ == kind.__name__.replace("Request", "Reply")
    assert reply.termination_ids == command.termination_ids
    assert compose_outcome(command, Rejected(510, "no ports")) == (reply,)


def test_an_audit_of_several_is_answered_for_each() -> None:
    """One reply a termination."""
    command, _ = OUTCOMES[AuditValueRequest]
    assert compose_outcome(command, Audited(5, ("a", "b"))) == (AuditValueReply(("a",)), AuditValueReply(("b",)))
