"""The table of a gateway's association is total, every state is reached, and every state can end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.association.table import GATEWAY, GatewayEffect, GatewayInput, GatewayState, GatewayStep


def _reached(start: GatewayState) -> set[GatewayState]:
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        following = {step.state for (before, _), step in GATEWAY.items() if before is state} - seen
        seen |= following
        waiting += following
    return seen


def _states_with(effect: GatewayEffect) -> set[GatewayState]:
    return {state for (state, _), step in GATEWAY.items() if effect in step.effects}


_SERVING = {GatewayState.IN_SERVICE, GatewayState.LEAVING}


def test_every_pair_has_its_step() -> None:
    """No state meets an input that the table does not know."""
    assert set(GATEWAY) == {(state, what) for state in GatewayState for what in GatewayInput}


def test_every_state_is_reached_and_can_be_left() -> None:
    """Every state comes about from every other."""
    assert all(_reached(state) == set(GatewayState) for state in GatewayState)


def test_stop_closes_at_once() -> None:
    """Whatever the state, after STOP the association is closed."""
    assert all(GATEWAY[state, GatewayInput.STOP].state is GatewayState.CLOSED for state in GatewayState)


def test_every_effect_is_used() -> None:
    """No effect is left over."""
    assert {effect for step in GATEWAY.values() for effect in step.effects} == set(GatewayEffect)


def test_every_input_means_something_somewhere() -> None:
    """No input is left over."""
    for what in GatewayInput:
        assert any(GATEWAY[state, what] != GatewayStep((), state) for state in GatewayState), what


def test_goodbye_is_said_to_whom_knows_us() -> None:
    """Forced is said where the controller may hold the gateway registered, and only there."""
    saying = {state for state in GatewayState if GatewayEffect.SAY_FORCED in GATEWAY[state, GatewayInput.STOP].effects}
    assert saying == {GatewayState.REGISTERING, GatewayState.IN_SERVICE, GatewayState.LEAVING}


def test_a_registration_is_made_where_the_state_says_so() -> None:
    """A step registers, last of all that it does, exactly where it ends in REGISTERING."""
    for (state, what), step in GATEWAY.items():
        registers = step.effects[-1:] == (GatewayEffect.REGISTER,)
        assert registers == (GatewayEffect.REGISTER in step.effects)
        is_ignored = step == GatewayStep((), state)
        assert is_ignored or registers == (step.state is GatewayState.REGISTERING), (state, what)


def test_a_controller_is_looked_up_where_the_state_says_so() -> None:
    """A step looks a controller up exactly where it ends in MOVING."""
    for (state, what), step in GATEWAY.items():
        is_ignored = step == GatewayStep((), state)
        looks_up = GatewayEffect.LOOK_UP in step.effects
        assert is_ignored or looks_up == (step.state is GatewayState.MOVING), (state, what)


def test_waiting_has_a_deadline() -> None:
    """A step into WAITING sets a time, and nothing but its end or a user's wish leads on from there."""
    waits = {GatewayEffect.WAIT_FOR_START, GatewayEffect.WAIT_FOR_RETRY}
    for (state, what), step in GATEWAY.items():
        if step.state is GatewayState.WAITING and state is not GatewayState.WAITING:
            assert waits & set(step.effects), (state, what)
    leaving = {what for what in GatewayInput if GATEWAY[GatewayState.WAITING, what].state is not GatewayState.WAITING}
    assert leaving == {GatewayInput.WAIT_OVER, GatewayInput.LOCAL_ACTIVITY, GatewayInput.STOP}


@pytest.mark.parametrize("what", [GatewayInput.ACCEPTED, GatewayInput.REFUSED, GatewayInput.REDIRECTED])
def test_a_reply_counts_once(what: GatewayInput) -> None:
    """What a controller answers means something to who has just asked it, and to nobody else."""
    assert {state for state in GatewayState if GATEWAY[state, what] != GatewayStep((), state)} == {
        GatewayState.REGISTERING
    }


def test_loss_is_told_by_those_in_service() -> None:
    """Only who has a controller loses it, and nobody loses it without saying so."""
    assert _states_with(GatewayEffect.TELL_LOST) == _SERVING
    for state in _SERVING:
        for what in (GatewayInput.CONTACT_LOST, GatewayInput.ONLY_CONTACT_LOST):
            assert GATEWAY[state, what].effects[0] is GatewayEffect.TELL_LOST


def test_leaving_ends_in_having_left() -> None:
    """However a graceful while ends by itself, it is told; STOP needs no telling."""
    for what in GatewayInput:
        step = GATEWAY[GatewayState.LEAVING, what]
        if step.state is GatewayState.CLOSED and what is not GatewayInput.STOP:
            assert GatewayEffect.TELL_LEFT in step.effects, what


@given(st.lists(st.sampled_from(GatewayInput)))
def test_service_begins_and_ends_in_turn(course: list[GatewayInput]) -> None:
    """However the inputs follow each other, service is told to begin once before it is told to end."""
    state, serves = GatewayState.CLOSED, False
    ends = {
        GatewayEffect.TELL_LOST,
        GatewayEffect.TELL_HANDED_OFF,
    }
    for what in course:
        step = GATEWAY[state, what]
        if GatewayEffect.TELL_IN_SERVICE in step.effects:
            assert not serves
            serves = True
        if ends & set(step.effects):
            assert serves
            serves = False
        state = step.state
        serves = serves and state is not GatewayState.CLOSED
        assert serves == (state in _SERVING)
