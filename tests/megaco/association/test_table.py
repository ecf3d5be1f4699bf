"""The table of a gateway's association is total, every state is reached, and every state can end."""

from megaco.association.table import GATEWAY, GatewayEffect, GatewayInput, GatewayState


def _reached(start: GatewayState) -> set[GatewayState]:
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        following = {step.state for (before, _), step in GATEWAY.items() if before is state} - seen
        seen |= following
        waiting += following
    return seen


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


def test_goodbye_is_said_to_whom_knows_us() -> None:
    """Forced is said where the controller may hold the gateway registered, and only there."""
    saying = {state for state in GatewayState if GatewayEffect.SAY_FORCED in GATEWAY[state, GatewayInput.STOP].effects}
    assert saying == {GatewayState.REGISTERING, GatewayState.IN_SERVICE}
