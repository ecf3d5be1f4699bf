"""The two levels at which the network is simulated: what draws their plans, runs them, and makes them smaller."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from . import draw, simulation
from .associations import draw as associations_draw
from .associations import simpler as associations_simpler
from .associations import town
from .associations.plan import Service
from .plan import Plan
from .shrink import PlanLike, shrunk
from .simpler import SIMPLER

_Plan = TypeVar("_Plan", bound=PlanLike)


class Showing(Protocol):
    """What a run showed."""

    @property
    def violations(self) -> tuple[str, ...]:
        """What should not have been."""

    @property
    def outcomes(self) -> Counter[str]:
        """How requests ended."""

    @property
    def exchanges(self) -> int:
        """How many requests were made."""


class Level(NamedTuple, Generic[_Plan]):
    """What can be done with plans of one kind."""

    name: str
    weathers: tuple[str, ...]
    draw: Callable[[str, int], _Plan]
    run: Callable[[_Plan], Showing]
    simpler: tuple[Callable[[_Plan], Iterator[_Plan]], ...]

    def shrunk(self, plan: _Plan) -> _Plan:
        """Return a smaller plan that fails as this one does."""
        return shrunk(plan, lambda one: self.run(one).violations, self.simpler)


TRANSACTIONS: Final[Level[Plan]] = Level("transactions", tuple(draw.WEATHERS), draw.draw, simulation.run, SIMPLER)
ASSOCIATIONS: Final[Level[Service]] = Level(
    "associations", tuple(associations_draw.WEATHERS), associations_draw.draw, town.run, associations_simpler.SIMPLER
)
