"""The tables are total, every state is reached, and every state can end."""

from collections.abc import Iterable
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert _reached(_REQUESTER_PAIRS, RequesterState.HELD_BACK) == set(RequesterState)
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
    assert delivering == {RequesterState.SENT, RequesterState.PENDING, RequesterState.COLLECTING}
    assert (Effect.SEND_ACK in REQUESTER[RequesterState.ANSWERED, what].effects) == (
        what is RequesterInput.REPLY_WANTS_ACK
    )


def test_a_forgotten_transaction_does_nothing() -> None:
    """Nothing that comes after the end has an effect."""
    assert all(not REQUESTER[RequesterState.FORGOTTEN, what].effects for what in RequesterInput)
    assert all(not RESPONDER[ResponderState.FORGOTTEN, what].effects for what in ResponderInput)


_OUTSTANDING = (
    RequesterState.HELD_BACK,
    RequesterState.SENT,
    RequesterState.PENDING,
    RequesterState.COLLECTING,
)
_EXECUTING = (ResponderState.EXECUTING, ResponderState.PROVISIONAL)
_OUTCOMES = {Effect.DELIVER, *(effect for effect in Effect if effect.name.startswith("FAIL_"))}
_ANSWERS = {Effect.SEND_REPLY, Effect.SEND_REPLY_WANTING_ACK, Effect.SEND_SEGMENTS, Effect.GIVE_UP}


def test_a_request_has_one_outcome() -> None:
    """It is delivered or fails exactly where it stops being outstanding, save one that its own side gave up."""
    for (state, what), step in REQUESTER.items():
        ends = state in _OUTSTANDING and step.state not in _OUTSTANDING
        outcomes = [effect for effect in step.effects if effect in _OUTCOMES]
        assert len(outcomes) == (1 if ends and what is not RequesterInput.CANCELLED else 0), (state, what)
        assert not (state not in _OUTSTANDING and step.state in _OUTSTANDING)


def test_a_request_has_one_answer() -> None:
    """A responder replies, in segments or whole, or gives up, exactly where it stops executing."""
    for (state, what), step in RESPONDER.items():
        ends = state in _EXECUTING and step.state not in _EXECUTING
        assert len([effect for effect in step.effects if effect in _ANSWERS]) == (1 if ends else 0), (state, what)
        assert not (state not in _EXECUTING and step.state in _EXECUTING)


def test_nothing_is_sent_of_a_request_held_back() -> None:
    """Its first input that sends anything is that its turn has come, and nothing else begins it."""
    for what in RequesterInput:
        sends = Effect.SEND_REQUEST in REQUESTER[RequesterState.HELD_BACK, what].effects
        assert sends == (what is RequesterInput.SUBMITTED)
    others = [step for (state, _), step in REQUESTER.items() if state is not RequesterState.HELD_BACK]
    assert not any(Effect.SEND_REQUEST in step.effects for step in others)


def test_what_was_provisional_wants_an_acknowledgement() -> None:
    """Whoever was told that it takes longer is asked to acknowledge the reply; nobody else is (Annex D.1.4)."""
    wanting = {state for (state, _), step in RESPONDER.items() if Effect.SEND_REPLY_WANTING_ACK in step.effects}
    plain = {state for (state, _), step in RESPONDER.items() if Effect.SEND_REPLY in step.effects}
    assert (wanting, plain) == ({ResponderState.PROVISIONAL}, {ResponderState.EXECUTING})


@pytest.mark.parametrize("state", ResponderState)
def test_pendings_are_said_while_executing_only(state: ResponderState) -> None:
    """Neither a repeat nor the clock makes a responder say so of what is answered."""
    says = any(Effect.SEND_PENDING in RESPONDER[state, what].effects for what in ResponderInput)
    assert says == (state in _EXECUTING)


@given(st.lists(st.sampled_from(RequesterInput)))
def test_any_course_of_events_ends_in_one_outcome(course: list[RequesterInput]) -> None:
    """However the inputs follow each other, T-MAX and then LONG-TIMER end it, with at most one outcome told."""
    state, told = RequesterState.HELD_BACK, 0
    for what in (*course, RequesterInput.LIFETIME_OVER, RequesterInput.LONG_TIMER_OVER):
        step = REQUESTER[state, what]
        told += len(_OUTCOMES & set(step.effects))
        state = step.state
    assert state is RequesterState.FORGOTTEN
    assert told <= 1
    assert told == 1 or RequesterInput.CANCELLED in course
