"""A failing plan made smaller, as long as it fails in the same way."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Generic, Protocol, TypeVar, cast

import msgspec

_MOST_RUNS: Final = 1500
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_LENGTH: Final = 40


class PlanLike(Protocol):
    """A plan that has steps."""

    @property
    def steps(self) -> tuple[Any, ...]:
        """What happens, in order."""


_Plan = TypeVar("_Plan", bound=PlanLike)
Simpler = Callable[[_Plan], Iterator[_Plan]]
"""Yields plans that are a little simpler than one."""


def kind(violation: str) -> str:
    """Return what a violation says but for its time and its numbers."""
    text = violation.partition(": ")[2] or violation
    return _NUMBER.sub("#", text)[:_LENGTH]


def shrunk(
    plan: _Plan,
    violations: Callable[[_Plan], tuple[str, ...]],
    simpler: tuple[Simpler[_Plan], ...],
    most_runs: int = _MOST_RUNS,
) -> _Plan:
    """Return a plan with as few steps and troubles as were found, that fails as the given one does first."""
    return _Shrinking(plan, violations, most_runs).result(simpler)


def replaced(node: Any, **changes: object) -> Any:
    """Return a structure with some fields changed."""
    return msgspec.structs.replace(node, **changes)


class _Shrinking(Generic[_Plan]):
    def __init__(self, plan: _Plan, violations: Callable[[_Plan], tuple[str, ...]], most_runs: int) -> None:
        self._plan = plan
        self._violations = violations
        self._runs_left = most_runs
        self._kinds = {kind(one) for one in violations(plan)[:1]}

    def result(self, simpler: tuple[Simpler[_Plan], ...]) -> _Plan:
        before: _Plan | None = None
        while before != self._plan and self._runs_left > 0:
            before = self._plan
            self._drop_steps()
            for one in simpler:
                self._try_each(one)
        return self._plan

    def _take(self, plan: _Plan) -> bool:
        if self._runs_left <= 0 or plan == self._plan:
            return False
        self._runs_left -= 1
        fails = any(kind(one) in self._kinds for one in self._violations(plan))
        if fails:
            self._plan = plan
        return fails

    def _drop_steps(self) -> None:
        """Take out as many steps at once as can be, halves first."""
        length = max(len(self._plan.steps) // 2, 1)
        while length and self._runs_left > 0:
            start = 0
            while start < len(self._plan.steps):
                steps = self._plan.steps
                fewer = cast(_Plan, replaced(self._plan, steps=steps[:start] + steps[start + length :]))
                if not self._take(fewer):
                    start += length
            length //= 2

    def _try_each(self, simpler: Simpler[_Plan]) -> None:
        found = True
        while found and self._runs_left > 0:
            found = any(self._take(plan) for plan in simpler(self._plan))
