"""The session table: total, and no session gets stuck."""

import pytest

from iq_profile.alg.session import SESSION, SessionEffect, SessionInput, SessionState, SessionStep

TOLD = {SessionEffect.REJECT_OFFERER, SessionEffect.BYE_OFFERER, SessionEffect.BYE_ANSWERER}
ENDS = {SessionState.RELEASING, SessionState.GONE}
MEANT = {key: step for key, step in SESSION.items() if step != SessionStep((), key[0])}


def reachable(start: SessionState) -> set[SessionState]:
    """Return every state that inputs lead to."""
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        new = {SESSION[state, what].state for what in SessionInput} - found
        found |= new
        waiting += new
    return found


def test_every_pair_of_state_and_input_is_there() -> None:
    """The table is total."""
    assert set(SESSION) == {(state, what) for state in SessionState for what in SessionInput}


def test_every_state_is_reached_and_can_end() -> None:
    """From IDLE every state is reached, and from every state GONE."""
    assert reachable(SessionState.IDLE) == set(SessionState)
    assert all(SessionState.GONE in reachable(state) for state in SessionState)


def test_what_is_gone_stays_gone() -> None:
    """Nothing happens to a session that is forgotten."""
    assert reachable(SessionState.GONE) == {SessionState.GONE}
    assert all(not SESSION[SessionState.GONE, what].effects for what in SessionInput)


def test_a_session_is_forgotten_exactly_on_its_way_to_gone() -> None:
    """FORGET comes last on every step into GONE, and on no other."""
    for (state, _), step in MEANT.items():
        forgets = step.effects[-1:] == (SessionEffect.FORGET,)
        assert forgets == (step.state is SessionState.GONE), state
        assert SessionEffect.FORGET not in step.effects[:-1]


def test_a_session_that_ends_asks_for_its_release_or_loses_its_gateway() -> None:
    """Whoever enters RELEASING releases; whoever goes straight to GONE has no gateway any more, or nothing in it."""
    for (state, what), step in MEANT.items():
        if step.state is SessionState.RELEASING:
            assert step.effects[-1] is SessionEffect.RELEASE
        elif step.state is SessionState.GONE and what is not SessionInput.RELEASED:
            assert SessionEffect.FORGET_GATEWAY in step.effects, state


def test_nobody_is_told_twice_and_nobody_after_the_end() -> None:
    """RELEASING tells no end anything: each was told on the way in."""
    for (state, _), step in MEANT.items():
        told = [effect for effect in step.effects if effect in TOLD]
        assert len(told) == len(set(told))
        assert not {SessionEffect.REJECT_OFFERER, SessionEffect.BYE_OFFERER} <= set(told)
        assert state not in ENDS or not told


@pytest.mark.parametrize("state", [SessionState.PREPARING, SessionState.OFFERED, SessionState.ANSWERING])
def test_the_offerer_is_rejected_before_the_answer(state: SessionState) -> None:
    """Until its answer is sent the offerer never gets bye but a rejection, unless it ended the session itself."""
    for what in SessionInput:
        step = SESSION[state, what]
        assert SessionEffect.BYE_OFFERER not in step.effects
        if step.state in ENDS and what is not SessionInput.OFFERER_BYE:
            assert SessionEffect.REJECT_OFFERER in step.effects


def test_the_offerer_is_told_bye_after_the_answer() -> None:
    """An answer cannot be taken back by a rejection."""
    steps = [SESSION[SessionState.ESTABLISHED, what] for what in SessionInput]
    assert all(SessionEffect.REJECT_OFFERER not in step.effects for step in steps)


@pytest.mark.parametrize(
    "state",
    [SessionState.PREPARING, SessionState.OFFERED, SessionState.ANSWERING, SessionState.ESTABLISHED],
)
@pytest.mark.parametrize("what", [SessionInput.OFFERER_BYE, SessionInput.BEARER_LOST, SessionInput.GATEWAY_LOST])
def test_every_live_session_ends_when_asked_to(state: SessionState, what: SessionInput) -> None:
    """The offerer's bye, the loss of the last bearer and of the gateway end a session in any state."""
    assert SESSION[state, what].state in ENDS
