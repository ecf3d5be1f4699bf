"""Reading profiles: the shipped one, and those of one's own, which may extend another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from iq_profile.procedures import TITLES, element_names
from iq_profile.procedures.wording import EVENTS, PROPERTIES, SIGNALS
from iq_profile.roles import Change, Item, Naming, ProfileIdentity, RoleItems, Roles
from megaco.data import data_folder
from megaco.errors import DataFileError, LocalError
from megaco.packages import Event, Items, Parameter, Registry, default_items
from megaco.toml import convert_tables, parse, read_text, wrong_value

from .model import AnyRule, PackageUse, ProfileFile

SHIPPED = ("iq",)
"""Profiles that come with the library."""
_MOST_EXTENDED = 8
"""Files that a profile extends, one after the other."""


@dataclass(frozen=True)
class Profile:
    """A profile, as read."""

    name: str
    """What people call it: ``iq``, or the name of its file."""
    identity: ProfileIdentity | None
    """What a gateway says of it when it registers; None: nothing is said of that."""
    rules: Mapping[str, AnyRule]
    packages: Mapping[str, PackageUse]
    """By id in lower case."""
    vocabulary: Items
    """The packages that its messages are judged by."""
    terminations: Naming | None
    """How terminations are named; None: nothing is said of that."""
    roles_or_none: Roles | None

    @property
    def roles(self) -> Roles:
        """What the procedures need; raises LocalError where the profile has none of it."""
        if self.roles_or_none is None:
            raise LocalError(f"profile {self.name}: [profile], [terminations] and [items] are needed to run by it")
        return self.roles_or_none


def load_profile(source: str | Path | None = None, registry: Registry | None = None) -> Profile:
    """Read a profile: ``iq``, a file, None for ``iq``; its items are of a registry's packages, None: those shipped.

    Raises DataFileError with file, line, key and cause.
    """
    if registry is None and source in (None, "iq"):
        return shipped_profile()
    return _load("iq" if source is None else source, default_items() if registry is None else Items(registry))


@cache
def shipped_profile() -> Profile:
    """Return the Iq profile that comes with the program, read once."""
    return _load("iq", default_items())


def shipped_path(name: str) -> Path:
    """Return the file of a profile that is shipped."""
    return data_folder() / "profiles" / f"{name}.toml"


def _load(source: str | Path, vocabulary: Items) -> Profile:
    path = shipped_path(source) if isinstance(source, str) and source in SHIPPED else Path(source)
    text = read_text(path)
    file = _checked(path, text, _tables(path, text, vocabulary, 0), vocabulary)
    roles = None
    if file.profile is not None and file.terminations is not None and file.items is not None:
        roles = Roles(file.profile, file.terminations, file.items, file.procedures, vocabulary)
    uses = {name.lower(): use for name, use in file.packages.items()}
    return Profile(path.stem, file.profile, file.rules, uses, vocabulary, file.terminations, roles)


def _checked(path: Path, text: str, tables: dict[str, Any], vocabulary: Items) -> ProfileFile:
    """Return tables as a profile whose names mean something; raises DataFileError."""
    file = convert_tables(path, text, tables, ProfileFile)
    for keys, value, what in _faults(file, vocabulary):
        raise wrong_value(path, text, keys, value, what)
    return file


def _tables(path: Path, text: str, vocabulary: Items, depth: int) -> dict[str, Any]:
    """Return the tables of a file over those of what it extends: an entry of a table takes the place of its like."""
    own = parse(path, text)
    extended = own.get("extends", "")
    if not isinstance(extended, str) or not extended:
        return own
    if depth == _MOST_EXTENDED:
        raise DataFileError(f"{path}: extends = {extended!r}: more than {_MOST_EXTENDED} files extend each other")
    below = shipped_path(extended) if extended in SHIPPED else path.parent / extended
    tables = _tables(below, read_text(below), vocabulary, depth + 1)
    if extended not in SHIPPED:  # so that what is wrong there is told of that file
        _checked(below, read_text(below), tables, vocabulary)
    for name, table in own.items():
        known = tables.get(name)
        tables[name] = {**known, **table} if isinstance(known, dict) and isinstance(table, dict) else table
    return tables


# -------------------------------------------------------------------------------------------------------- what is wrong

_Wrong = tuple[tuple[str, ...], object, str]
"""Keys, value, and what is wrong with it."""


def _faults(file: ProfileFile, vocabulary: Items) -> Iterator[_Wrong]:
    """Yield what types cannot say: names that mean nothing."""
    if file.items is not None:
        yield from _wrong_roles(file.items, vocabulary)
    for name, use in file.packages.items():
        if vocabulary.registry.number(name) is None:
            yield ("packages", name), use.use, "no package of this id is known; add its file to a folder of packages"
        for item in use.items:
            if not _is_item(f"{name}/{item}", vocabulary):
                yield ("packages", name, "items"), item, f"package {name} has no such item"
    for key, row in file.procedures.items():
        if key not in TITLES:
            yield ("procedures", key), row.clause, f"no such procedure; known: {', '.join(sorted(TITLES))}"
            continue
        for element in row.elements.keys() - element_names(key):
            yield ("procedures", key, "elements", element), row.elements[element].title, "no such information element"


def _is_item(name: str, vocabulary: Items) -> bool:
    registry = vocabulary.registry
    kinds = (registry.property(name), registry.event(name), registry.signal(name), registry.statistic(name))
    return any(one is not None for one in kinds)


_KINDS = {
    **dict.fromkeys(("realm", *PROPERTIES), "property"),
    **dict.fromkeys(("latching", *SIGNALS.values()), "signal"),
    **dict.fromkeys((*EVENTS, "inactivity", "congestion", "realm_change"), "event"),
}
"""What each role is."""
_NUMBERS = ("integer", "unsigned integer", "double")
_TYPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("realm", "source_mask", "source_ports"), ("string",)),
    **dict.fromkeys(("source_filter", "source_port_filter", "policing", "rtcp"), ("boolean",)),
    **dict.fromkeys(("dscp", "sustainable_rate", "burst_size", "peak_rate", "delay_tolerance"), _NUMBERS),
}
"""What each role that is a property can be, by the field of the procedures that holds it."""
_OBSERVED = {"cause", "text", "type", "reduction", "available", "unavailable"}
"""Keys of a role that name a parameter of ObservedEvents."""
_ASKED = {"timer", "time", "direction", "mode"}
"""Keys of a role that name a parameter of Events or of a signal."""


def _wrong_roles(items: RoleItems, vocabulary: Items) -> Iterator[_Wrong]:
    """Yield roles whose item, or a parameter of it, is not in its package."""
    for role in items.__struct_fields__:
        item: Item = getattr(items, role)
        kind = _KINDS[role]
        found = getattr(vocabulary.registry, kind)(item.name)
        if found is None:
            yield ("items", role, "name"), item.name, f"no package has this {kind}; add it to a package file"
            continue
        wanted = _TYPES.get(role)
        if wanted is not None and found.type not in wanted:
            yield ("items", role, "name"), item.name, f"a {found.type}; expected {' or '.join(wanted)}"
        observed: dict[str, Parameter] = found.observed if isinstance(found, Event) else {}
        asked: dict[str, Parameter] = getattr(found, "parameters", {})
        for key, value in msgspec.structs.asdict(item).items():
            known = observed if key in _OBSERVED else asked if key in _ASKED else None
            if known is not None and value not in known:
                yield ("items", role, key), value, f"{item.name} has no such parameter; it has {', '.join(known)}"
        if isinstance(item, Change) and item.type in observed:
            yield from _wrong_changes(role, item, observed, items.bearer_released.text)


def _wrong_changes(role: str, item: Change, observed: Mapping[str, Parameter], text: str) -> Iterator[_Wrong]:
    """Yield values of a change that its type does not have, and a cause that the event has no room for."""
    words = observed[item.type].values
    for key in ("failed", "released"):
        if getattr(item, key) not in words:
            yield ("items", role, key), getattr(item, key), f"{item.name} {item.type} has {', '.join(words)}"
    if text not in observed:
        yield ("items", "bearer_released", "text"), text, f"{item.name} has no such parameter"
