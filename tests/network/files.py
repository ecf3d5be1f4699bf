"""Plans as files: fixtures/network has one for each failure that was found, and some that were hard."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from megaco.toml import read_toml

from .draw import draw
from .plan import Kept, Plan

FOLDER: Final = Path(__file__).resolve().parents[2] / "fixtures" / "network"


def plan_of(path: Path) -> Plan:
    """Return the plan of a file."""
    kept = read_toml(path, Kept)
    return draw(kept.weather, kept.seed) if kept.plan is None else kept.plan


def write(path: Path, kept: Kept) -> None:
    """Write a file that ``plan_of`` reads."""
    path.write_text("\n".join(_lines(msgspec.to_builtins(kept))) + "\n")


def _lines(kept: dict[str, Any]) -> Iterator[str]:
    yield from _pairs({name: value for name, value in kept.items() if name != "plan"})
    plan: dict[str, Any] = kept.get("plan", {})
    if plan:
        yield from ("", "[plan]")
        yield from _pairs({name: value for name, value in plan.items() if name not in ("network", "parties", "steps")})
        yield f"network = {_value(plan['network'])}"
        for name in ("parties", "steps"):
            yield from (f"{name} = [", *(f"  {_value(one)}," for one in plan[name]), "]")


def _pairs(values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_pairs(value))} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value)
