"""Packages and their items by text name or by number, in constant time."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, TypeVar

import msgspec

from megaco.errors import DataFileError
from megaco.packages.items import (
    Event,
    Item,
    Number,
    Package,
    Parameter,
    Property,
    Provenance,
    Signal,
    Statistic,
    Version,
    distinct,
    typed_of,
)

_Kind = TypeVar("_Kind", bound=Item)


class RegistryRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What the registry of numbers says of a package, whether or not its items are known."""

    title: str
    name: str = ""
    """Text id; "" where it is not known."""
    name_provenance: Provenance = "recalled"
    version: Version | None = None
    """None: not known."""
    spec: str = ""

    def __post_init__(self) -> None:
        """Refuse a name that text could not write."""
        if "/" in self.name:
            raise ValueError(f"`name` {self.name!r} is no package id")


class Registry:
    """Packages and items; names are compared without case, an item's number is ``package << 16 | item``."""

    def __init__(self, packages: Iterable[tuple[str, Package]], rows: Mapping[int, RegistryRow] | None = None) -> None:
        """Take packages with where they come from; a later one replaces an earlier one of its id.

        ``rows`` has the packages of which no more than names and numbers are known; packages win over it. Raises
        DataFileError where two packages have one number, or one adds values to another that has them already.
        """
        sources: dict[str, tuple[str, Package]] = {}
        for source, package in packages:
            sources.pop(package.id.lower(), None)  # one that replaces another comes where it was read
            sources[package.id.lower()] = (source, package)
        self.rows: Mapping[int, RegistryRow] = MappingProxyType(dict(rows or {}))
        self._packages = {key: package for key, (_, package) in sources.items()}
        _numbered_apart(sources.values())
        for source, package in sources.values():
            self._add_values(source, package)
        self._by_number = {package.number: package for package in self._packages.values()}
        self._numbers = _numbers(self._packages.values(), self.rows)
        self._numbers_by_key = {name.lower(): number for name, number in self._numbers.items()}
        self._properties: dict[str | int, Property] = self._index("properties")
        self._events: dict[str | int, Event] = self._index("events")
        self._signals: dict[str | int, Signal] = self._index("signals")
        self._statistics: dict[str | int, Statistic] = self._index("statistics")

    @property
    def numbers(self) -> Mapping[str, int]:
        """Numbers of all packages of which a name is known, by that name."""
        return MappingProxyType(self._numbers)

    def number(self, name: str) -> int | None:
        """Return a package's number by its text name; None where it is not known."""
        return self._numbers_by_key.get(name.lower())

    def package(self, key: str | int) -> Package | None:
        """Return a package by its text name or number; None where its items are not known."""
        return self._by_number.get(key) if isinstance(key, int) else self._packages.get(key.lower())

    def property(self, key: str | int) -> Property | None:
        """Return the property that ``package/item`` or a number names; None where none is known.

        The package may be one that extends the property's own (clause 12.1.1); so for every kind of item.
        """
        return self._properties.get(key.lower() if isinstance(key, str) else key)

    def event(self, key: str | int) -> Event | None:
        """Return an event likewise."""
        return self._events.get(key.lower() if isinstance(key, str) else key)

    def signal(self, key: str | int) -> Signal | None:
        """Return a signal likewise."""
        return self._signals.get(key.lower() if isinstance(key, str) else key)

    def statistic(self, key: str | int) -> Statistic | None:
        """Return a statistic likewise."""
        return self._statistics.get(key.lower() if isinstance(key, str) else key)

    def family(self, package: Package) -> tuple[Package, ...]:
        """Return a package and, in order, those that it extends as far as they are known."""
        found = {package.id.lower(): package}
        while (extended := self.package(package.extends)) is not None and extended.id.lower() not in found:
            found[extended.id.lower()] = package = extended
        return tuple(found.values())

    def __iter__(self) -> Iterator[Package]:
        return iter(self._packages.values())

    def __len__(self) -> int:
        return len(self._packages)

    def _index(self, kind: str) -> dict[str | int, _Kind]:
        """Return the items of a kind by name and number; a package's own win over those that it extends."""
        found: dict[str | int, _Kind] = {}
        for key, package in self._packages.items():
            for one in reversed(self.family(package)):
                items: Mapping[str, _Kind] = getattr(one, kind)
                for name, item in items.items():
                    found[f"{key}/{name.lower()}"] = item
                    found[package.number << 16 | item.number] = item
        return found

    def _add_values(self, source: str, package: Package) -> None:
        """Put the values that a package adds into those that it extends."""
        if not package.adds:
            return
        below = self.family(package)[1:]
        known = {name for one in below for name, _ in typed_of(one)}
        for name in package.adds.keys() - known if below else ():
            raise DataFileError(f"{source}: adds.{name}: no package that it extends has this parameter")
        for extended in below:
            try:
                self._packages[extended.id.lower()] = _with_values(extended, package.adds)
            except ValueError as error:
                raise DataFileError(f"{source}: adds to {extended.id}: {error}") from None


Rows = dict[Annotated[str, msgspec.Meta(pattern="^0x[0-9a-f]{4}$")], RegistryRow]
"""Rows as a file has them, by the number in hexadecimal."""


class RegistryFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``registry.toml``: what is known of every package that has a number."""

    packages: Rows

    def __post_init__(self) -> None:
        """Refuse a name that stands twice, and numbers that none can have."""
        rows = self.by_number
        distinct("names", ((row.name, number) for number, row in rows.items() if row.name))
        for number in rows:
            msgspec.convert(number, Number)

    @property
    def by_number(self) -> dict[int, RegistryRow]:
        """The rows by number."""
        return {int(number, 16): row for number, row in self.packages.items()}


def _numbers(packages: Iterable[Package], rows: Mapping[int, RegistryRow]) -> dict[str, int]:
    """Return numbers by name, those of packages first; where they differ the registry's row is left out."""
    numbers = {package.id: package.number for package in packages}
    keys, taken = {name.lower() for name in numbers}, set(numbers.values())
    for number, row in rows.items():
        if row.name and row.name.lower() not in keys and number not in taken:
            numbers[row.name] = number
    return numbers


def _numbered_apart(sources: Iterable[tuple[str, Package]]) -> None:
    """Refuse two packages with one number: in binary nobody could tell them apart."""
    owners: dict[int, str] = {}
    for source, package in sources:
        owner = owners.setdefault(package.number, package.id)
        if owner != package.id:
            raise DataFileError(f"{source}: number {package.number:#06x} is that of package {owner}")


def _with_values(package: Package, added: Mapping[str, Mapping[str, int]]) -> Package:
    """Return a package with more values for its enumerated parameters."""

    def widened(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
        return {
            name: msgspec.structs.replace(one, values=_joined(one.values, added[name])) if name in added else one
            for name, one in parameters.items()
        }

    events = {
        name: msgspec.structs.replace(one, parameters=widened(one.parameters), observed=widened(one.observed))
        for name, one in package.events.items()
    }
    signals = {
        name: msgspec.structs.replace(one, parameters=widened(one.parameters)) for name, one in package.signals.items()
    }
    return msgspec.structs.replace(package, events=events, signals=signals)


def _joined(values: Mapping[str, int], added: Mapping[str, int]) -> dict[str, int]:
    distinct("values", (*values.items(), *added.items()))
    return {**values, **added}
