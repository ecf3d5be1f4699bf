"""What two ends must know of names to speak binary: packages and their items, TerminationIDs, digit maps.

A name of which no number is known cannot be written. A number of which no name is known is read as an opaque name,
``al/x0077`` or ``x8001/x0001``, which goes back to the same octets; values under it are their octets, ``0x...``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn

from megaco.message import Value
from megaco.packages import Event, Parameter, Registry, Signal, Typed, default_registry, load_registry, shipped

from .terminations import Octets, Provisioning, read_provisioning, shipped_provisioning
from .types import ValueCodec

_MOST_KNOWN: Final = 4096
"""Names and ids that are remembered of each kind; more make it begin anew."""
_MOST_VALUES: Final = 64
"""Values that are remembered of each property, parameter and statistic."""
_LONGEST_VALUE: Final = 64
_OPAQUE = re.compile(r"x([0-9a-f]{4})")
_WILDCARD = b"\xff\xff"
_ANNEX_C = b"\0\0"


def remember(memory: dict[Any, Any], key: Any, value: Any) -> None:
    """Keep a value; where too much is kept, begin anew."""
    if len(memory) >= _MOST_KNOWN:
        memory.clear()
    memory[key] = value


class Term:
    """A parameter, a property or a statistic: its name, its octets, how its values are written."""

    def __init__(self, name: str, octets: bytes, typed: Typed | None) -> None:
        self.name = name
        self.octets = octets
        self.codec = ValueCodec(typed)
        self.is_item_name = isinstance(typed, Parameter) and typed.text == "package/item"
        self.written: dict[str, bytes] = {}
        """Octets of values that were written, by their text."""
        self.read: dict[bytes, Value] = {}
        """Values that were read, by their octets."""

    def remember(self, octets: bytes, value: Value) -> None:
        """Keep a value that was read, if its type is known and it is short."""
        if self.codec.is_known and len(octets) <= _LONGEST_VALUE:
            if len(self.read) >= _MOST_VALUES:
                self.read.clear()
            self.read[octets] = value

    def remember_written(self, text: str, octets: bytes) -> None:
        """Keep the octets of a value that was written, if its type is known and they are few."""
        if self.codec.is_known and len(octets) <= _LONGEST_VALUE:
            if len(self.written) >= _MOST_VALUES:
                self.written.clear()
            self.written[text] = octets


class Scope:
    """The parameters of one event or signal."""

    def __init__(self, rows: Iterable[tuple[str, Typed]]) -> None:
        terms = [Term(name, row.number.to_bytes(2, "big"), row) for name, row in rows]
        self.by_octets = {term.octets: term for term in terms}
        self.by_name = {term.name.lower(): term for term in terms} | {term.name: term for term in terms}

    def term(self, octets: bytes) -> Term:
        """Return the parameter of a number, an opaque one where none is known."""
        found = self.by_octets.get(octets)
        return Term(f"x{octets.hex()}", octets, None) if found is None else found

    def named(self, name: str) -> Term:
        """Return the parameter of a name; raises ValueError where no number is known."""
        found = self.by_name.get(name)
        if found is None:
            found = self.by_name.get(name.lower())
        if found is None:
            opaque = _OPAQUE.fullmatch(name)
            if opaque is None:
                raise ValueError(f"the package has no parameter {name!r} here; add it to the package's file")
            found = Term(name, bytes.fromhex(opaque.group(1)), None)
        return found


NO_SCOPE: Final = Scope(())
"""Of what has no parameters that are known."""


class Item(Term):
    """A property, event, signal or statistic of a package."""

    def __init__(self, name: str, octets: bytes, typed: Typed | None, requested: Scope, observed: Scope) -> None:
        super().__init__(name, octets, typed)
        self.requested = requested
        self.observed = observed


class Kind:
    """All items of one kind, by name and by number."""

    def __init__(self, what: str, dictionary: Dictionary) -> None:
        self.what = what
        self._dictionary = dictionary
        self.by_octets: dict[bytes, Item] = {}
        self.by_name: dict[str, Item] = {}

    def add(self, item: Item) -> None:
        """Add an item."""
        self.by_octets[item.octets] = item
        self.by_name[item.name] = self.by_name[item.name.lower()] = item

    def item(self, octets: bytes) -> Item:
        """Return the item of four octets, an opaque one where none is known."""
        found = self.by_octets.get(octets)
        if found is None:
            found = Item(self._dictionary.opaque_name(octets), octets, None, NO_SCOPE, NO_SCOPE)
            if len(self.by_octets) < _MOST_KNOWN:
                self.by_octets[octets] = found
        return found

    def named(self, name: str) -> Item:
        """Return the item of ``package/item``; raises ValueError where no number is known."""
        found = self.by_name.get(name)
        if found is None:
            found = self.by_name.get(name.lower())
        return self._dictionary.opaque_item(name, self.what) if found is None else found


class Dictionary:
    """Names and numbers, and what is remembered of both."""

    def __init__(self, registry: Registry | None = None, provisioning: Provisioning | None = None) -> None:
        """Take packages and provisioning; None: those that are shipped."""
        self._registry = default_registry() if registry is None else registry
        self.provisioning = shipped_provisioning("default") if provisioning is None else provisioning
        self._packages = {number.to_bytes(2, "big"): name for name, number in self._registry.numbers.items()}
        self.properties = Kind("property", self)
        self.events = Kind("event", self)
        self.signals = Kind("signal", self)
        self.statistics = Kind("statistic", self)
        # What was read, by its octets, and what was written, by its value.
        self._digit_maps: dict[bytes, str] = {}
        self._digit_map_octets: dict[str, bytes] = {}
        self.read_terminations: dict[bytes, Any] = {}
        self.read_addresses: dict[bytes, Any] = {}
        self.read_properties: dict[bytes, Any] = {}
        self.read_lines: dict[bytes, Any] = {}
        self.written_numbers: dict[int, bytes] = {}
        self.written_strings: dict[str, bytes] = {}
        self.written_terminations: dict[Any, bytes] = {}
        self.written_addresses: dict[Any, bytes] = {}
        self.written_properties: dict[Any, bytes] = {}
        self.written_lines: dict[Any, bytes] = {}
        self.sdp_lines: dict[bytes, bytes] = {}
        """Octets of the property of an SDP line -> what the line begins with, ``v=``."""
        self.sdp_octets: dict[bytes, bytes] = {}
        """The same the other way."""
        self._fill()

    def _fill(self) -> None:
        for package in self._registry:
            for one in reversed(self._registry.family(package)):
                head = package.number.to_bytes(2, "big")
                for kind, rows in ((self.properties, one.properties), (self.statistics, one.statistics)):
                    self._add(kind, package.id, head, rows)
                for name, event in one.events.items():
                    self._add_event(package.id, head, name, event)
                for name, signal in one.signals.items():
                    self._add_signal(package.id, head, name, signal)
        for row in shipped().annex_c:
            octets = _ANNEX_C + row.number.to_bytes(2, "big")
            self.properties.add(Item(row.name, octets, row, NO_SCOPE, NO_SCOPE))
            if row.line:
                self.sdp_lines[octets] = f"{row.line}=".encode()
        self.sdp_octets = {line: octets for octets, line in self.sdp_lines.items()}

    @staticmethod
    def _add(kind: Kind, package: str, head: bytes, rows: Mapping[str, Typed]) -> None:
        for name, row in rows.items():
            kind.add(Item(f"{package}/{name}", head + row.number.to_bytes(2, "big"), row, NO_SCOPE, NO_SCOPE))

    def _add_event(self, package: str, head: bytes, name: str, event: Event) -> None:
        # A parameter that stands in one of the two descriptors only is still known where it stands in the other.
        requested = Scope([*event.observed.items(), *event.parameters.items()])
        observed = Scope([*event.parameters.items(), *event.observed.items()])
        octets = head + event.number.to_bytes(2, "big")
        self.events.add(Item(f"{package}/{name}", octets, None, requested, observed))

    def _add_signal(self, package: str, head: bytes, name: str, signal: Signal) -> None:
        scope = Scope(signal.parameters.items())
        octets = head + signal.number.to_bytes(2, "big")
        self.signals.add(Item(f"{package}/{name}", octets, None, scope, scope))

    @property
    def registry(self) -> Registry:
        """The packages whose names it knows."""
        return self._registry

    # ------------------------------------------------------------------------------------------ packages by name

    def package_name(self, octets: bytes) -> str:
        """Return the name of a package, an opaque one where none is known."""
        return "*" if octets == _WILDCARD else self._packages.get(octets) or f"x{octets.hex()}"

    def package_octets(self, name: str) -> bytes:
        """Return the two octets of a package's name; raises ValueError where no number is known."""
        if name == "*":
            return _WILDCARD
        number = self._registry.number(name)
        if number is not None:
            return number.to_bytes(2, "big")
        opaque = _OPAQUE.fullmatch(name)
        if opaque is None:
            raise ValueError(f"package {name!r} is not known; add a file {name.lower()}.toml that has its number")
        return bytes.fromhex(opaque.group(1))

    def opaque_name(self, octets: bytes) -> str:
        """Return ``package/item`` of octets of which no item is known, or which are wildcards."""
        item = "*" if octets[2:] == _WILDCARD else f"x{octets[2:].hex()}"
        package = "C" if octets[:2] == _ANNEX_C else self.package_name(octets[:2])
        return f"{package}/{item}"

    def opaque_item(self, name: str, what: str) -> Item:
        """Return the item of a name that is opaque or a wildcard; raises ValueError for any other."""
        package, _, item = name.partition("/")
        octets = _ANNEX_C if package == "C" else self.package_octets(package)
        if item == "*":
            octets += _WILDCARD
        elif (found := _OPAQUE.fullmatch(item)) is not None:
            octets += bytes.fromhex(found.group(1))
        else:
            self._unknown(package, item, what)
        return Item(name, octets, None, NO_SCOPE, NO_SCOPE)

    def _unknown(self, package: str, item: str, what: str) -> NoReturn:
        file = f"{package.lower()}.toml"
        if self._registry.package(package) is None:
            raise ValueError(f"package {package!r} is known by its number only; add a file {file} that has {item!r}")
        raise ValueError(f"package {package!r} has no {what} {item!r}; add it to {file}")

    # -------------------------------------------------------------------------------------------- terminations

    def termination_text(self, wildcards: tuple[bytes, ...], octets: bytes) -> str:
        """Return the text of a TerminationID; raises ValueError where its wildcards fit no layout."""
        return self.provisioning.termination_text(Octets(wildcards, octets))

    def digit_map_text(self, octets: bytes) -> str:
        """Return the name of a digit map."""
        text = self._digit_maps.get(octets)
        if text is None:
            text = self.provisioning.digit_map_text(octets)
            remember(self._digit_maps, octets, text)
        return text

    def digit_map_octets(self, text: str) -> bytes:
        """Return the two octets of a digit map's name; raises ValueError where it has none."""
        octets = self._digit_map_octets.get(text)
        if octets is None:
            octets = self.provisioning.digit_map_octets(text)
            remember(self._digit_map_octets, text, octets)
        return octets


@cache
def default_dictionary() -> Dictionary:
    """Return the dictionary of the packages and the provisioning that are shipped, made once."""
    return Dictionary()


def dictionary(packages: Iterable[Path] = (), provisioning: str | Path | None = None) -> Dictionary:
    """Return a dictionary with more folders of packages, and with a provisioning by name or file.

    Raises LocalError where a file is broken or not there.
    """
    known = load_registry(packages)
    if provisioning is None:
        return Dictionary(known)
    if isinstance(provisioning, str) and provisioning in SHIPPED:
        return Dictionary(known, shipped_provisioning(provisioning))
    return Dictionary(known, read_provisioning(Path(provisioning)))


SHIPPED: Final = ("default", "otp")
"""Provisionings that come with the library."""
