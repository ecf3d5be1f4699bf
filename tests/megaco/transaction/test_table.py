"""The tables are total, every state is reached, and every state can end."""

from collections.abc import Iterable
from enum import Enum

import pytest

from megaco.transaction.table import (
    REQUESTER,
    RESPONDER,
    Effect,
    RequesterInput,
    RequesterState,
    ResponderInput,
    ResponderState,
)


def _reached(pairs: Iterable[tuple[Enum, Enum]], start: Enum) -> set[Enum]:
    pairs, seen, waiting = list(pairs), {start}, [start]
    while waiting:
        state = waiting.pop()
        following = {after for before, after in pairs if before is state} - seen
        seen |= following
        waiting += following
    return seen


_REQUESTER_PAIRS = [(state, step.state) for (state, _), step in REQUESTER.items()]
_RESPONDER_PAIRS = [(state, step.state) for (state, _), step in RESPONDER.items()]


def test_every_pair_has_its_step() -> None:
    """No state meets an input that its table does not know."""
    assert set(REQUESTER) == {(state, what) for state in RequesterState for what in RequesterInput}
    assert set(RESPONDER) == {(state, what) for state in ResponderState for what in ResponderInput}


def test_every_state_is_reached() -> None:
    """From the first state every other one can come about."""
    assert _reached(_REQUESTER_PAIRS, RequesterState.SENT) == set(RequesterState)
    assert _reached(_RESPONDER_PAIRS, ResponderState.EXECUTING) == set(ResponderState)


def test_every_state_ends() -> None:
    """From every state the end can be reached, and nothing leads out of it."""
    for state in RequesterState:
        assert RequesterState.FORGOTTEN in _reached(_REQUESTER_PAIRS, state)
    for other in ResponderState:
        assert ResponderState.FORGOTTEN in _reached(_RESPONDER_PAIRS, other)
    assert _reached(_REQUESTER_PAIRS, RequesterState.FORGOTTEN) == {RequesterState.FORGOTTEN}
    assert _reached(_RESPONDER_PAIRS, ResponderState.FORGOTTEN) == {ResponderState.FORGOTTEN}


def test_every_effect_is_used() -> None:
    """No effect is left over."""
    used = {effect for table in (REQUESTER, RESPONDER) for step in table.values() for effect in step.effects}
    assert used == set(Effect)


@pytest.mark.parametrize("what", [RequesterInput.REPLY, RequesterInput.REPLY_WANTS_ACK])
def test_a_reply_is_delivered_once(what: RequesterInput) -> None:
    """A reply that comes again reaches nobody a second time, but is acknowledged again where that is wanted."""
    delivering = {state for state in RequesterState if Effect.DELIVER in REQUESTER[state, what].effects}
    assert delivering == {RequesterState.SENT, RequesterState.PENDING}
    assert (Effect.SEND_ACK in REQUESTER[RequesterState.ANSWERED, what].effects) == (
        what is RequesterInput.REPLY_WANTS_ACK
    )


def test_a_forgotten_transaction_does_nothing() -> None:
    """Nothing that comes after the end has an effect."""
    assert all(not REQUESTER[RequesterState.FORGOTTEN, what].effects for what in RequesterInput)
    assert all(not RESPONDER[ResponderState.FORGOTTEN, what].effects for what in ResponderInput)
