"""What makes a plan of transactions simpler."""

from collections.abc import Callable, Iterator
from typing import Final

from .plan import Network, Plan, Step
from .shrink import replaced

_PLAIN: Final[dict[str, object]] = {
    "host": "",
    "mid": "domain",
    "encoding": "compact",
    "version": 1,
    "most_octets": 65_507,
    "grain_s": 0.0,
    "turn_s": 0.0,
    "fidgets": False,
}
_NEEDED: Final = ("lifetime_s", "long_timer_s")
"""Settings that depend on each other, and on the network."""


def without_parties(plan: Plan) -> Iterator[Plan]:
    """Leave parties out that do nothing."""
    needed = {name for step in plan.steps for name in (step.who, step.to, step.other)}
    for party in plan.parties:
        if party.name not in needed:
            yield replaced(plan, parties=tuple(one for one in plan.parties if one is not party))


def with_a_better_network(plan: Plan) -> Iterator[Plan]:
    """Take one trouble away from the network."""
    for network in better(plan.network):
        yield replaced(plan, network=network)


def better(network: Network) -> Iterator[Network]:
    """Yield networks with one trouble less."""
    plain = Network()
    for name in Network.__struct_fields__:
        yield replaced(network, **{name: getattr(plain, name)})


def with_plain_parties(plan: Plan) -> Iterator[Plan]:
    """Take one peculiarity away from a party."""
    for index, party in enumerate(plan.parties):
        simpler = [replaced(party, **{name: value}) for name, value in _PLAIN.items()]
        for key in party.config:
            if key not in _NEEDED:
                config = {name: value for name, value in party.config.items() if name != key}
                simpler.append(replaced(party, config=config))
        for one in simpler:
            yield replaced(plan, parties=(*plan.parties[:index], one, *plan.parties[index + 1 :]))


def with_plain_steps(plan: Plan) -> Iterator[Plan]:
    """Make one step simpler."""
    for index, step in enumerate(plan.steps):
        for one in _plainer(step):
            yield replaced(plan, steps=(*plan.steps[:index], one, *plan.steps[index + 1 :]))


def _plainer(step: Step) -> Iterator[Step]:
    if step.takes_s:
        yield replaced(step, takes_s=0.0)
    if step.says != "done":
        yield replaced(step, says="done")
    for index, action in enumerate(step.actions):
        rest = (*step.actions[:index], *step.actions[index + 1 :])
        if rest:
            yield replaced(step, actions=rest)
        for fewer in _fewer_commands(action):
            yield replaced(step, actions=(*step.actions[:index], fewer, *step.actions[index + 1 :]))


def _fewer_commands(action: str) -> Iterator[str]:
    context, _, commands = action.partition(": ")
    several = commands.split(", ")
    if len(several) > 1:
        for place in range(len(several)):
            yield f"{context}: {', '.join(several[:place] + several[place + 1 :])}"


SIMPLER: Final[tuple[Callable[[Plan], Iterator[Plan]], ...]] = (
    without_parties,
    with_a_better_network,
    with_plain_parties,
    with_plain_steps,
)
