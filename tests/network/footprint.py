"""How much an engine remembers, counted from outside: the entries of whatever containers it has."""

from collections import deque

_SETTINGS = (
    "terms",
    "mid",
    "config",
    "counters",
    "_counters",
    "_limits",
    "_dictionary",
    "_identifiers",
    "_as_configured",
)
"""Attributes that are not about transactions; ``terms`` stay with a peer until it is forgotten."""
_CONTAINERS = (dict, list, set, deque)


def footprint(engine: object) -> int:
    """Return the number of entries in the containers of an engine and of its parts, and in containers inside these."""
    return _entries(engine, set())


def _entries(thing: object, known: set[int]) -> int:
    if id(thing) in known:
        return 0
    known.add(id(thing))
    if isinstance(thing, _CONTAINERS):
        inner = thing.values() if isinstance(thing, dict) else thing
        return len(thing) + sum(_entries(one, known) for one in inner if isinstance(one, _CONTAINERS))
    if not type(thing).__module__.startswith("megaco."):
        return 0
    parts = getattr(thing, "__dict__", {})
    return sum(_entries(value, known) for name, value in parts.items() if name not in _SETTINGS)
