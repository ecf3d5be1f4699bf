"""Procedures to actions and outcomes to replies, over every encoding and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iq_profile.procedures import (
    TITLES,
    Acknowledged,
    Outcome,
    Procedure,
    TcpFailed,
    compose,
    compose_outcome,
    compose_probe,
    missing_elements,
    read_outcome,
    recognise,
    recognise_command,
)
from megaco.message import NULL_CONTEXT, ROOT, ActionReply, Command, ModifyRequest, TransactionReply

from .strategies import BY_KEY, ENCODINGS, OUTCOMES, ROLES, carried, carried_reply

_FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
_every_key = pytest.mark.parametrize("key", TITLES)


def _drawn(key: str, data: st.DataObject) -> Procedure:
    procedure = data.draw(BY_KEY[key])
    assert procedure.key == key
    return procedure


def test_every_procedure_is_tried() -> None:
    """There is a strategy for each title."""
    assert BY_KEY.keys() == TITLES.keys()


@_every_key
@_FEW
@given(data=st.data())
def test_what_is_composed_is_recognised(key: str, data: st.DataObject) -> None:
    """Every procedure comes back as it was, to whoever knows the sender, and nothing is too much in it."""
    procedure = _drawn(key, data)
    row = ROLES.procedures[key]
    action = compose(procedure, ROLES)
    assert recognise(action, ROLES, row.sender) == (procedure,)
    for request in action.commands:
        found = recognise_command(action, request, ROLES, row.sender)
        assert found.faults == ()
        assert found.title == procedure.title == TITLES[key]
        assert type(found.command).__name__ == f"{row.command}Request"
        assert found.lacking == tuple(missing_elements(procedure, ROLES))


@_every_key
@_FEW
@given(data=st.data())
def test_what_is_composed_crosses_the_wire(key: str, data: st.DataObject) -> None:
    """Every action can be written in every encoding and is read as it was, and as what it was."""
    procedure = _drawn(key, data)
    action = compose(procedure, ROLES)
    for encoding in ENCODINGS:
        read = carried(action, encoding)
        assert encoding == "binary" or read == action
        assert recognise(read, ROLES, ROLES.procedures[key].sender) == (procedure,)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_probe_crosses_the_wire(encoding: str) -> None:
    """In every encoding."""
    assert carried(compose_probe(ROLES), encoding) == compose_probe(ROLES)


def test_a_cause_is_made_fit_for_a_quoted_string() -> None:
    """Quotation marks and control characters become blanks, and it does not grow beyond 200 characters."""
    (found,) = recognise(compose(TcpFailed(1, "a", 1, 1, 'no "way"\r\n' + "x" * 300), ROLES), ROLES)
    assert isinstance(found, TcpFailed)
    assert found.cause == ("no  way   " + "x" * 300)[:200]


# ----------------------------------------------------------------------------------------------------------- outcomes


@pytest.mark.parametrize("kind", OUTCOMES, ids=lambda kind: kind.__name__)
@_FEW
@given(data=st.data())
def test_an_outcome_is_read_as_it_was_composed(kind: type[Command], data: st.DataObject) -> None:
    """In the reply to its command, over every encoding."""
    command, outcomes = OUTCOMES[kind]
    outcome: Outcome = data.draw(outcomes)
    context_id = getattr(outcome, "context_id", 1)
    replies = compose_outcome(command, outcome)
    assert {type(one).__name__ for one in replies} == {kind.__name__.replace("Request", "Reply")}
    assert read_outcome(TransactionReply(1, (ActionReply(context_id, replies=replies),))) == outcome
    for encoding in ENCODINGS:
        assert read_outcome(carried_reply(context_id, replies, encoding)) == outcome


def test_an_order_about_root_is_acknowledged() -> None:
    """The reply to a Modify of ROOT reserves nothing."""
    outcome = Acknowledged(NULL_CONTEXT, (ROOT,))
    for encoding in ENCODINGS:
        reply = carried_reply(NULL_CONTEXT, compose_outcome(ModifyRequest((ROOT,)), outcome), encoding)
        assert read_outcome(reply) == outcome
