"""Seeds of each weather, as many as CI has time for; ``python -m tests.network`` runs more."""

import time
from collections import Counter
from typing import Final

import pytest

from .draw import WEATHERS, draw
from .simulation import run

_SEEDS: Final = 30
"""Of each weather: some 3,000 exchanges."""
_FEWEST: Final = 5
_MOST_S: Final = 2.0
"""A machine that is so slow runs fewer."""
_SHARE_ANSWERED: Final = {"calm": 1.0, "lossy": 0.98, "hostile": 0.97, "crowded": 0.95}
"""Of the requests made: so many are answered where nothing but chance is in their way."""


@pytest.mark.parametrize("weather", WEATHERS)
def test_weather(weather: str) -> None:
    """Whatever the network does: at most one execution, one outcome in time, nothing left."""
    since = time.monotonic()
    total: Counter[str] = Counter()
    for seed in range(_SEEDS):
        if seed >= _FEWEST and time.monotonic() - since > _MOST_S:
            break
        result = run(draw(weather, seed))
        assert not result.violations, f"python -m tests.network --weather {weather} --first {seed} --seeds 1"
        total += result.outcomes
    executed = total.pop("executed")
    assert executed >= total["answered"] * 0.5  # the rest was refused for want of room
    assert total["answered"] >= _SHARE_ANSWERED.get(weather, 0.5) * total.total()
