"""Run more seeds than CI does: ``python -m tests.network --seeds 1000 --minutes 5``.

Weathers of both levels take turns. A seed that fails is made smaller and written to fixtures/network, where a test
replays it. Set H248_INTERPRETED=1 where the compiled codec is older than its source.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from .files import FOLDER, replay, write
from .levels import ASSOCIATIONS, TRANSACTIONS, Level

_LEVELS = {level.name: level for level in (TRANSACTIONS, ASSOCIATIONS)}


def main() -> int:
    """Run what the command line asks for; return 1 where anything failed."""
    options = _options()
    if options.replay is not None:
        return _replay(options.replay)
    chosen = [
        (level, weather)
        for name, level in _LEVELS.items()
        for weather in level.weathers
        if options.level in (None, name) and (not options.weather or weather in options.weather)
    ]
    totals: dict[str, Counter[str]] = {f"{level.name} {weather}": Counter() for level, weather in chosen}
    until = time.monotonic() + options.minutes * 60.0
    for seed in range(options.first, options.first + options.seeds):
        for level, weather in chosen:
            if time.monotonic() > until:
                return _tell(totals)
            totals[f"{level.name} {weather}"] += _run(level, weather, seed, options.write)
    return _tell(totals)


def _options() -> argparse.Namespace:
    weathers = sorted({weather for level in _LEVELS.values() for weather in level.weathers})
    parser = argparse.ArgumentParser(
        prog="python -m tests.network", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=100, help="of each weather")
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--minutes", type=float, default=5.0, help="at most")
    parser.add_argument("--level", choices=list(_LEVELS), help="one of the two")
    parser.add_argument("--weather", action="append", choices=weathers, help="may be given several times")
    parser.add_argument("--write", type=Path, default=FOLDER, metavar="FOLDER", help="where failures go")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run a file of fixtures/network")
    return parser.parse_args()


def _run(level: Level[Any], weather: str, seed: int, folder: Path) -> Counter[str]:
    plan = level.draw(weather, seed)
    result = level.run(plan)
    counts = result.outcomes + Counter(seeds=1, exchanges=result.exchanges)
    if not result.violations:
        return counts
    print(f"{level.name} {weather} {seed}: {len(result.violations)} violations, the first: {result.violations[0]}")
    small = level.shrunk(plan)
    why = level.run(small).violations[0]
    path = folder / f"{level.name}-{weather}-{seed}.toml"
    write(path, why, small)
    print(f"  {len(small.steps)} steps left of {len(plan.steps)}: {path}\n  {why}", flush=True)
    return counts + Counter(failed=1)


def _tell(totals: dict[str, Counter[str]]) -> int:
    for name, total in totals.items():
        print(f"{name}: {', '.join(f'{what} {count}' for what, count in sorted(total.items()))}")
    everything = sum(totals.values(), Counter[str]())
    print(f"{everything['seeds']} seeds, {everything['exchanges']} exchanges, {everything['failed']} seeds failed")
    return 1 if everything["failed"] else 0


def _replay(path: Path) -> int:
    result = replay(path)
    print(*result.violations, dict(result.outcomes), sep="\n")
    return 1 if result.violations else 0


if __name__ == "__main__":
    sys.exit(main())
