"""A failing plan made smaller, as long as it fails in the same way."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from .plan import Network, Plan, Step
from .simulation import run

_MOST_RUNS: Final = 1500
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_LENGTH: Final = 60


def kind(violation: str) -> str:
    """Return what a violation says but for its time and its numbers."""
    text = violation.partition(": ")[2] or violation
    return _NUMBER.sub("#", text)[:_LENGTH]


def shrunk(plan: Plan, most_runs: int = _MOST_RUNS) -> Plan:
    """Return a plan with as few steps, parties and troubles as were found, that fails as the given one does first."""
    return _Shrinking(plan, most_runs).result()


class _Shrinking:
    def __init__(self, plan: Plan, most_runs: int) -> None:
        self._plan = plan
        self._runs_left = most_runs
        self._kinds = {kind(one) for one in run(plan).violations[:1]}

    def result(self) -> Plan:
        before: Plan | None = None
        while before != self._plan and self._runs_left > 0:
            before = self._plan
            self._drop_steps()
            for simpler in (_without_parties, _with_a_better_network, _with_plain_parties, _with_plain_steps):
                self._try_each(simpler)
        return self._plan

    def _fails(self, plan: Plan) -> bool:
        self._runs_left -= 1
        return any(kind(one) in self._kinds for one in run(plan).violations)

    def _take(self, plan: Plan) -> bool:
        if self._runs_left <= 0 or plan == self._plan or not self._fails(plan):
            return False
        self._plan = plan
        return True

    def _drop_steps(self) -> None:
        """Take out as many steps at once as can be, halves first."""
        length = max(len(self._plan.steps) // 2, 1)
        while length and self._runs_left > 0:
            start = 0
            while start < len(self._plan.steps):
                steps = self._plan.steps
                if not self._take(msgspec.structs.replace(self._plan, steps=steps[:start] + steps[start + length :])):
                    start += length
            length //= 2

    def _try_each(self, simpler: Callable[[Plan], Iterator[Plan]]) -> None:
        found = True
        while found and self._runs_left > 0:
            found = any(self._take(plan) for plan in simpler(self._plan))


def _without_parties(plan: Plan) -> Iterator[Plan]:
    needed = {name for step in plan.steps for name in (step.who, step.to, step.other)}
    for party in plan.parties:
        if party.name not in needed:
            yield msgspec.structs.replace(plan, parties=tuple(one for one in plan.parties if one is not party))


def _with_a_better_network(plan: Plan) -> Iterator[Plan]:
    plain = Network()
    for name in Network.__struct_fields__:
        network = msgspec.structs.replace(plan.network, **{name: getattr(plain, name)})
        yield msgspec.structs.replace(plan, network=network)


def _with_plain_parties(plan: Plan) -> Iterator[Plan]:
    for index, party in enumerate(plan.parties):
        simpler = [msgspec.structs.replace(party, **{name: value}) for name, value in _PLAIN.items()]
        for key in party.config:
            if key != "long_timer_s" and key != "lifetime_s":  # the one depends on the other, and on the network
                config = {name: value for name, value in party.config.items() if name != key}
                simpler.append(msgspec.structs.replace(party, config=config))
        for one in simpler:
            yield msgspec.structs.replace(plan, parties=(*plan.parties[:index], one, *plan.parties[index + 1 :]))


_PLAIN: Final[dict[str, object]] = {
    "mid": "domain",
    "encoding": "compact",
    "version": 1,
    "most_octets": 65_507,
    "grain_s": 0.0,
    "turn_s": 0.0,
    "fidgets": False,
}


def _with_plain_steps(plan: Plan) -> Iterator[Plan]:
    for index, step in enumerate(plan.steps):
        for one in _plainer(step):
            yield msgspec.structs.replace(plan, steps=(*plan.steps[:index], one, *plan.steps[index + 1 :]))


def _plainer(step: Step) -> Iterator[Step]:
    if step.takes_s:
        yield msgspec.structs.replace(step, takes_s=0.0)
    if step.says != "done":
        yield msgspec.structs.replace(step, says="done")
    for index, action in enumerate(step.actions):
        rest = (*step.actions[:index], *step.actions[index + 1 :])
        if rest:
            yield msgspec.structs.replace(step, actions=rest)
        context, _, commands = action.partition(": ")
        several = commands.split(", ")
        for place in range(len(several) if len(several) > 1 else 0):
            fewer = ", ".join(several[:place] + several[place + 1 :])
            yield msgspec.structs.replace(
                step, actions=(*step.actions[:index], f"{context}: {fewer}", *step.actions[index + 1 :])
            )
