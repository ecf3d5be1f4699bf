"""The ASN.1 module as the generator sees it: read by asn1tools, references followed, automatic tags counted."""

import re
from dataclasses import dataclass, field
from typing import Any

import asn1tools

_COMMENT = re.compile(r"--.*?(?:--|$)", re.MULTILINE)
_BRACKETS = re.compile(r"\[\[(?:\s*(\d+)\s*:)?")
_STRINGS = ("OCTET STRING", "IA5String", "BIT STRING")
_KINDS = ("SEQUENCE", "SET", "CHOICE", "SEQUENCE OF", "INTEGER", "BOOLEAN", "NULL", "ENUMERATED", *_STRINGS)
_UNIVERSAL = {
    "BOOLEAN": 0x01,
    "INTEGER": 0x02,
    "BIT STRING": 0x03,
    "OCTET STRING": 0x04,
    "NULL": 0x05,
    "OBJECT IDENTIFIER": 0x06,
    "ENUMERATED": 0x0A,
    "IA5String": 0x16,
    "SEQUENCE": 0x30,
    "SEQUENCE OF": 0x30,
    "SET": 0x31,
}
_CONTEXT = 0x80
_CONSTRUCTED = 0x20
_HIGHEST_SHORT_TAG = 30


class ModuleError(ValueError):
    """The module holds what no codec is generated for: where, and what."""


@dataclass(eq=False, repr=False)
class Asn1Type:
    """One type; a reference is the very type that it names."""

    kind: str
    """The ASN.1 keyword."""
    name: str
    """Of the definition; "" for a type written where it is used."""
    components: "list[Component]" = field(default_factory=list)
    """Of SEQUENCE, SET and CHOICE."""
    is_extensible: bool = False
    element: "Asn1Type | None" = None
    """Of SEQUENCE OF."""
    low: int | None = None
    """Least value of an INTEGER, least length of a string; None: no bound."""
    high: int | None = None
    values: dict[str, int] = field(default_factory=dict)
    """Of ENUMERATED, and the named bits of BIT STRING."""

    @property
    def is_string(self) -> bool:
        """Whether BER may cut it into segments."""
        return self.kind in _STRINGS

    @property
    def is_constructed(self) -> bool:
        """Whether its octets are those of other types."""
        return self.kind in ("SEQUENCE", "SET", "SEQUENCE OF", "CHOICE")

    @property
    def universal_tag(self) -> int:
        """The identifier octet where no tag is put on it; a CHOICE has none."""
        return _UNIVERSAL[self.kind]


@dataclass
class Component:
    """A component of a SEQUENCE or SET, an alternative of a CHOICE."""

    name: str
    type: Asn1Type
    number: int
    """Of its context-specific tag."""
    is_optional: bool
    since: int
    """The protocol version that it came with."""

    @property
    def tag(self) -> int:
        """The identifier octet: implicit, but explicit on a CHOICE (X.680 clause 31.2.7)."""
        return _CONTEXT | (_CONSTRUCTED if self.type.is_constructed else 0) | self.number


def load_module(text: str) -> dict[str, Asn1Type]:
    """Return the types of a module by name; raises ModuleError with the place of what is wrong."""
    try:
        ((_, module),) = asn1tools.parse_string(text).items()
    except asn1tools.ParseError as error:
        raise ModuleError(str(error)) from None
    if module["tags"] != "AUTOMATIC":
        raise ModuleError("the module has no AUTOMATIC TAGS")
    return _Loader(module["types"], _versions(text)).types


def _versions(text: str) -> list[int]:
    """Return the version numbers of all version brackets in the order written: the parser drops them."""
    return [int(found.group(1) or 1) for found in _BRACKETS.finditer(_COMMENT.sub("", text))]


class _Loader:
    """Builds the types; version brackets are met in the order in which they stand in the text."""

    def __init__(self, rows: dict[str, dict[str, Any]], versions: list[int]) -> None:
        self.types = {name: Asn1Type("", name) for name in rows}
        self._versions = iter(versions)
        aliases = {name: row["type"] for name, row in rows.items() if row["type"] in rows}
        for name, row in rows.items():
            if name not in aliases:
                self._fill(self.types[name], row, name)
        for name, target in aliases.items():
            self._alias(self.types[name], self._followed(target, aliases))
        if next(self._versions, None) is not None:
            raise ModuleError("version brackets stand where none are expected")

    def _followed(self, name: str, aliases: dict[str, str]) -> Asn1Type:
        seen = set()
        while name in aliases:
            if name in seen:
                raise ModuleError(f"{name} is defined by itself")
            seen.add(name)
            name = aliases[name]
        return self.types[name]

    @staticmethod
    def _alias(alias: Asn1Type, target: Asn1Type) -> None:
        """Make a type that is defined as another one: the same, by another name."""
        name = alias.name
        vars(alias).update(vars(target))
        alias.name = name

    def _fill(self, made: Asn1Type, row: dict[str, Any], where: str) -> None:
        kind = row["type"]
        if kind not in _KINDS and kind != "OBJECT IDENTIFIER":
            raise ModuleError(f"{where}: no codec is generated for {kind}")
        made.kind = kind
        if kind == "SEQUENCE OF":
            made.element = self._type(row["element"], where)
        elif "members" in row:
            self._fill_components(made, row["members"], where)
        elif kind == "ENUMERATED":
            made.is_extensible = None in row["values"]
            made.values = dict(value for value in row["values"] if value is not None)
        elif kind == "BIT STRING":
            made.values = {name: int(bit) for name, bit in row.get("named-bits", [])}
        made.low, made.high = _bounds(row.get("restricted-to") or row.get("size"))

    def _fill_components(self, made: Asn1Type, members: list[Any], where: str) -> None:
        """Count the tags; what stands in version brackets goes on counting."""
        for member in members:
            if member is None:
                made.is_extensible = True
                continue
            group = member if isinstance(member, list) else [member]
            since = next(self._versions) if isinstance(member, list) else 1
            for row in group:
                number = len(made.components)
                if number > _HIGHEST_SHORT_TAG:
                    raise ModuleError(f"{where}: more than {_HIGHEST_SHORT_TAG + 1} components")
                component_type = self._type(row, f"{where}.{row['name']}")
                made.components.append(
                    Component(row["name"], component_type, number, row.get("optional", False), since)
                )

    def _type(self, row: dict[str, Any], where: str) -> Asn1Type:
        if row["type"] in self.types:
            return self.types[row["type"]]
        made = Asn1Type("", "")
        self._fill(made, row, where)
        return made


def _bounds(rows: list[Any] | None) -> tuple[int | None, int | None]:
    """Return the least and greatest of a value range or size."""
    if not rows:
        return None, None
    (first,) = [row for row in rows if row is not None][:1]
    return first if isinstance(first, tuple) else (first, first)
