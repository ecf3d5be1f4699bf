"""Packages by name, read from folders of files."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from megaco.data import data_folder
from megaco.errors import LocalError
from megaco.packages.items import Item, Number, Package, Parameter
from megaco.packages.source import distinct, read


class Registry:
    """Packages by name; names are compared without case."""

    def __init__(self, folders: Iterable[Path], names: Path | None = None) -> None:
        """Read every ``*.toml`` in the folders; a later file replaces a package of an earlier one.

        ``names`` is a file of package names and numbers; packages that are read win over it.
        """
        files: dict[str, tuple[Path, Package]] = {}
        for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
            package = read(path, Package)
            files[package.id.lower()] = (path, package)
        self._packages = {key: package for key, (_, package) in files.items()}
        _numbered_apart(files.values())
        for path, package in files.values():
            self._add_values(path, package)
        self._items = {
            f"{key}/{name.lower()}": item
            for key, package in self._packages.items()
            for name, item in self._named(package)
        }
        self._numbers = _package_numbers(names, self)
        self._numbers_by_key = {name.lower(): number for name, number in self._numbers.items()}

    @property
    def numbers(self) -> Mapping[str, int]:
        """Numbers of all packages of which a name is known, by that name."""
        return MappingProxyType(self._numbers)

    def number(self, name: str) -> int | None:
        """Return a package's number by its text name; None where it is not known."""
        return self._numbers_by_key.get(name.lower())

    def package(self, name: str) -> Package | None:
        """Return a package by its text name; None where it is not known."""
        return self._packages.get(name.lower())

    def family(self, package: Package) -> tuple[Package, ...]:
        """Return a package and, in order, those that it extends as far as they are known."""
        found = {package.id.lower(): package}
        while (extended := self.package(package.extends)) is not None and extended.id.lower() not in found:
            found[extended.id.lower()] = package = extended
        return tuple(found.values())

    def item(self, name: str) -> Item | None:
        """Return what ``package/item`` names, in the package or in those that it extends; None where it is not known.

        Of a property, an event, a signal and a statistic with one name it is the first.
        """
        return self._items.get(name.lower())

    def __iter__(self) -> Iterator[Package]:
        return iter(self._packages.values())

    def __len__(self) -> int:
        return len(self._packages)

    def _named(self, package: Package) -> Iterator[tuple[str, Item]]:
        """Yield what can be named with a package's id, that which wins last."""
        for one in reversed(self.family(package)):
            for items in (one.statistics, one.signals, one.events, one.properties):
                yield from items.items()

    def _add_values(self, path: Path, package: Package) -> None:
        """Put the values that a package adds into those that it extends."""
        if not package.adds:
            return
        for extended in self.family(package)[1:]:
            try:
                self._packages[extended.id.lower()] = _with_values(extended, package.adds)
            except ValueError as error:
                raise LocalError(f"{path}: adds to {extended.id}: {error}") from None


@cache
def default_registry() -> Registry:
    """Return the packages that are shipped, read once."""
    return Registry([data_folder() / "packages"], data_folder() / "package_names.toml")


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``package_names.toml``: names by how sure they are."""

    standard: dict[str, Number] = {}
    recalled: dict[str, Number] = {}

    def __post_init__(self) -> None:
        """Refuse a name or a number that stands twice."""
        distinct("names", (*self.standard.items(), *self.recalled.items()))


def _package_numbers(path: Path | None, packages: Iterable[Package]) -> dict[str, int]:
    """Return numbers by name, those of packages first; where they differ the file's row is left out."""
    numbers = {package.id: package.number for package in packages}
    if path is None:
        return numbers
    keys, taken = {name.lower() for name in numbers}, set(numbers.values())
    names = read(path, _Names)
    for name, number in (*names.standard.items(), *names.recalled.items()):
        if name.lower() not in keys and number not in taken:
            numbers[name] = number
    return numbers


def _numbered_apart(files: Iterable[tuple[Path, Package]]) -> None:
    """Refuse two packages with one number: in binary nobody could tell them apart."""
    owners: dict[int, str] = {}
    for path, package in files:
        owner = owners.setdefault(package.number, package.id)
        if owner != package.id:
            raise LocalError(f"{path}: number {package.number:#06x} is that of package {owner}")


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
