"""Plans as files: fixtures/network has one for each failure that was found, and some that were hard."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from megaco.toml import read_toml

from .associations.plan import Service
from .levels import ASSOCIATIONS, TRANSACTIONS, Showing
from .plan import Plan

FOLDER: Final = Path(__file__).resolve().parents[2] / "fixtures" / "network"
_TABLES: Final = ("controllers", "gateways", "parties", "steps")


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file: a plan as it stands, or the level, weather and seed that draw it."""

    why: str
    """What the run showed when it was found, or what makes it hard."""
    level: Literal["transactions", "associations"] = "transactions"
    weather: str = ""
    seed: int = 0
    transactions: Plan | None = None
    associations: Service | None = None


def replay(path: Path) -> Showing:
    """Run the plan of a file."""
    kept = read_toml(path, Kept)
    if kept.transactions is not None:
        return TRANSACTIONS.run(kept.transactions)
    if kept.associations is not None:
        return ASSOCIATIONS.run(kept.associations)
    if kept.level == "associations":
        return ASSOCIATIONS.run(ASSOCIATIONS.draw(kept.weather, kept.seed))
    return TRANSACTIONS.run(TRANSACTIONS.draw(kept.weather, kept.seed))


def write(path: Path, why: str, plan: Plan | Service) -> None:
    """Write a file that ``replay`` reads."""
    name = "transactions" if isinstance(plan, Plan) else "associations"
    path.write_text("\n".join(_lines(why, name, _told(plan))) + "\n")


def _told(node: Any) -> Any:
    """Return a structure as tables, without what is at its default."""
    if isinstance(node, tuple):
        return [_told(one) for one in node]
    if not isinstance(node, msgspec.Struct):
        return node
    values = {field.name: (getattr(node, field.name), field.default) for field in msgspec.structs.fields(node)}
    return {name: _told(value) for name, (value, default) in values.items() if value != default and value != {}}


def _lines(why: str, name: str, plan: dict[str, Any]) -> Iterator[str]:
    yield from (f"why = {_value(why)}", "", f"[{name}]")
    yield from _pairs({key: value for key, value in plan.items() if key not in _TABLES})
    for key in _TABLES:
        if key in plan:
            yield from (f"{key} = [", *(f"  {_value(one)}," for one in plan[key]), "]")


def _pairs(values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_pairs(value))} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value)
