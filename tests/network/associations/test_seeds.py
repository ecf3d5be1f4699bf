"""Seeds of each weather of associations, as many as CI has time for; ``python -m tests.network`` runs more."""

import time
from collections import Counter
from typing import Final

import pytest

from .draw import WEATHERS, draw
from .town import run

_SEEDS: Final = 15
"""Of each weather: some 600 calls, and twice as many questions whether somebody is still there."""
_FEWEST: Final = 3
_MOST_S: Final = 1.0
"""A machine that is so slow runs fewer."""


@pytest.mark.parametrize("weather", WEATHERS)
def test_weather(weather: str) -> None:
    """Whatever befalls: one controller a gateway, and in the end both sides know it."""
    since = time.monotonic()
    total: Counter[str] = Counter()
    for seed in range(_SEEDS):
        if seed >= _FEWEST and time.monotonic() - since > _MOST_S:
            break
        result = run(draw(weather, seed))
        again = f"python -m tests.network --level associations --weather {weather} --first {seed} --seeds 1"
        assert not result.violations, again
        total += result.outcomes
    assert total["answered"] > 10 * total["NO_REPLY"]
    assert total["registrations"] > 0
