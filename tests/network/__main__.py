"""Run more seeds than CI does: ``python -m tests.network --seeds 1000 --minutes 5``.

Weathers take turns. A seed that fails is made smaller and written to fixtures/network, where a test replays it.
Set H248_INTERPRETED=1 where the compiled codec is older than its source.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from .draw import WEATHERS, draw
from .files import FOLDER, plan_of, write
from .plan import Kept, Plan
from .shrink import shrunk
from .simulation import Result, run


def main() -> int:
    """Run what the command line asks for; return 1 where anything failed."""
    options = _options()
    if options.replay is not None:
        return _replay(options.replay)
    weathers = options.weather or list(WEATHERS)
    until = time.monotonic() + options.minutes * 60.0
    totals = {weather: Counter[str]() for weather in weathers}
    failed = 0
    for seed in range(options.first, options.first + options.seeds):
        for weather in weathers:
            if time.monotonic() > until:
                return _tell(totals, failed)
            plan = draw(weather, seed)
            result = run(plan)
            totals[weather] += result.outcomes + Counter(seeds=1, datagrams=result.datagrams)
            if result.violations:
                failed += 1
                _keep(plan, result, options.write)
    return _tell(totals, failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100, help="of each weather")
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--minutes", type=float, default=5.0, help="at most")
    parser.add_argument("--weather", action="append", choices=list(WEATHERS), help="may be given several times")
    parser.add_argument("--write", type=Path, default=FOLDER, metavar="FOLDER", help="where failures go")
    parser.add_argument("--replay", type=Path, metavar="FILE")
    return parser.parse_args()


def _keep(plan: Plan, result: Result, folder: Path) -> None:
    print(f"{plan.weather} {plan.seed}: {len(result.violations)} violations, the first: {result.violations[0]}")
    small = shrunk(plan)
    violations = run(small).violations
    path = folder / f"{plan.weather}-{plan.seed}.toml"
    write(path, Kept(why=violations[0], plan=small))
    print(f"  {len(small.steps)} steps left of {len(plan.steps)}: {path}\n  {violations[0]}")


def _tell(totals: dict[str, Counter[str]], failed: int) -> int:
    for weather, total in totals.items():
        print(f"{weather}: {', '.join(f'{name} {count}' for name, count in sorted(total.items()))}")
    print(f"{sum(total['seeds'] for total in totals.values())} seeds, {failed} failed")
    return 1 if failed else 0


def _replay(path: Path) -> int:
    result = run(plan_of(path))
    print(*result.violations, result, sep="\n")
    return 1 if result.violations else 0


if __name__ == "__main__":
    sys.exit(main())
