"""The bearer table: every pair is there, every state can end, and nothing is joined before its time."""

import pytest

from iq_profile.agw.bearer import BEARER, BearerEffect, BearerInput, BearerState

_FAILURES = {
    BearerInput.CONNECT_FAILED,
    BearerInput.TLS_FAILED,
    BearerInput.WAIT_OVER,
    BearerInput.ENDED,
}
_TELLS = {BearerEffect.TELL_TCP_FAILED, BearerEffect.TELL_TLS_FAILED, BearerEffect.TELL_RELEASED}
_CLOSES = {BearerEffect.CLOSE, BearerEffect.ABORT}


def test_the_table_is_total() -> None:
    """There is a step for every pair of state and input."""
    assert set(BEARER) == {(state, what) for state in BearerState for what in BearerInput}


@pytest.mark.parametrize("state", [state for state in BearerState if state is not BearerState.CLOSED])
def test_every_state_can_be_released(state: BearerState) -> None:
    """A release closes the leg at once, says nothing, and leaves the other side alone."""
    assert BEARER[state, BearerInput.RELEASE] == ((BearerEffect.CLOSE,), BearerState.CLOSED)


@pytest.mark.parametrize("state", [state for state in BearerState if state is not BearerState.CLOSED])
def test_every_state_can_be_reached(state: BearerState) -> None:
    """No state of the table is dead letter."""
    reached = {BearerState.LISTENING}
    for _ in BearerState:
        reached |= {BEARER[one, what].state for one in reached for what in BearerInput}
    assert state in reached


def test_a_closed_bearer_stays_closed() -> None:
    """Nothing that comes late does anything."""
    assert {BEARER[BearerState.CLOSED, what] for what in BearerInput} == {((), BearerState.CLOSED)}


def test_what_means_nothing_changes_nothing() -> None:
    """A step without effects keeps the state."""
    assert all(step.state is state for (state, _), step in BEARER.items() if not step.effects)


@pytest.mark.parametrize("pair", [pair for pair in BEARER if pair[1] in _FAILURES and BEARER[pair].effects])
def test_a_failure_is_told_once_and_closes_both_sides(pair: tuple[BearerState, BearerInput]) -> None:
    """Tell, close, close the other: in this order, each once, and then it is over."""
    effects, state = BEARER[pair]
    assert len(effects) == 3
    assert effects[0] in _TELLS
    assert effects[1] in _CLOSES
    assert effects[2] is BearerEffect.CLOSE_OTHER
    assert state is BearerState.CLOSED


@pytest.mark.parametrize("state", list(BearerState)[1:-1])
def test_a_connection_that_ends_ends_its_bearer(state: BearerState) -> None:
    """In every state with a connection, or one in the making, its end is the end."""
    assert BEARER[state, BearerInput.ENDED].state is BearerState.CLOSED


def test_only_what_opens_joins() -> None:
    """A bearer is joined on the step to OPEN and on no other: after plain TCP, or once the certificate is verified."""
    joining = {pair for pair, step in BEARER.items() if BearerEffect.JOIN in step.effects}
    opening = {pair for pair, step in BEARER.items() if step.state is BearerState.OPEN is not pair[0]}
    assert joining == opening
    assert {what for _, what in joining} == {
        BearerInput.ACCEPTED_PLAIN,
        BearerInput.CONNECTED_PLAIN,
        BearerInput.VERIFIED,
    }
    assert {state for state, what in joining if what is BearerInput.VERIFIED} == {BearerState.UNVERIFIED}


def test_a_simultaneous_open_is_a_connection() -> None:
    """A far end that connects while it is connected to ends the wait for TCP, as if the gateway's SYN had won."""
    for accepted, connected in (
        (BearerInput.ACCEPTED_PLAIN, BearerInput.CONNECTED_PLAIN),
        (BearerInput.ACCEPTED_SECURED, BearerInput.CONNECTED_SECURED),
    ):
        assert BEARER[BearerState.CONNECTING, accepted] == BEARER[BearerState.CONNECTING, connected]


def test_secured_bearers_cannot_leave_tls_out() -> None:
    """From a secured connection there is one way to OPEN: start, handshake, verdict."""
    assert BEARER[BearerState.CONNECTED, BearerInput.START_TLS].state is BearerState.HANDSHAKING
    for state in (BearerState.CONNECTED, BearerState.HANDSHAKING):
        assert all(BEARER[state, what].state is not BearerState.OPEN for what in BearerInput)
