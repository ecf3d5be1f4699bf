"""The package registry: what packages there are and what stands in them, as data (H.248.1 clause 12).

One TOML file a package in ``grammars/packages``; more folders can be added. Nothing here knows a package by name.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from megaco.errors import LocalError

Provenance = Literal["standard", "recalled", "assumed"]
"""How sure an item is: read in its Recommendation, known but not read, or chosen for want of a source."""


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A parameter of an event or a signal."""

    number: int
    type: str
    provenance: Provenance
    unit: str = ""
    values: dict[str, int] = {}


class Property(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A property."""

    number: int
    title: str
    type: str
    descriptor: str
    provenance: Provenance


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event with its parameters in Events and in ObservedEvents."""

    number: int
    title: str
    provenance: Provenance
    parameters: dict[str, Parameter] = {}
    observed: dict[str, Parameter] = {}


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signal with its parameters."""

    number: int
    title: str
    type: str
    provenance: Provenance
    parameters: dict[str, Parameter] = {}


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A package."""

    id: str
    number: int
    version: int
    title: str
    spec: str
    properties: dict[str, Property] = {}
    events: dict[str, Event] = {}
    signals: dict[str, Signal] = {}


class Registry:
    """Packages by name; names are compared without case."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Read every ``*.toml`` in the folders; a later file replaces a package of an earlier one."""
        self._packages = {
            package.id.lower(): package for folder in folders for package in map(_read, sorted(folder.glob("*.toml")))
        }

    def package(self, name: str) -> Package | None:
        """Return a package by its text name; None where it is not known."""
        return self._packages.get(name.lower())

    def item(self, name: str) -> Property | Event | Signal | None:
        """Return what ``package/item`` names; None where it is not known."""
        package_name, _, item = name.partition("/")
        package = self.package(package_name)
        if package is None:
            return None
        for items in (package.properties, package.events, package.signals):
            for key, value in items.items():
                if key.lower() == item.lower():
                    return value
        return None

    def __len__(self) -> int:
        return len(self._packages)


def _read(path: Path) -> Package:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Package)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LocalError(f"{path}: {error}") from None
