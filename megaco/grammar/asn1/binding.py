"""``megaco.asn.toml``, read and checked against the module and the message tree."""

from enum import Enum
from typing import Any

import msgspec

import megaco.message

from .module import Asn1Type, Component

OF_CHOICE = "$"
"""Stands for the class that the CHOICE above a type names."""


class BindingError(ValueError):
    """Module, file and message tree do not fit together."""


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of several alternatives a value of one class is."""

    by: str
    """The function that gives the number of the alternative."""
    among: tuple[str, ...]


class TypeBinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a type yields; the file's head says what each key is."""

    node: str = ""
    fields: dict[str, str] = {}
    spread: tuple[str, ...] = ()
    made: str = ""
    yields: str = ""
    parts: dict[str, str] = {}
    element: str = ""
    of: dict[str, str] = {}
    constants: dict[str, str] = {}
    picks: dict[str, Pick] = {}
    scope: str = ""
    without: tuple[str, ...] = ()
    """Fields of the node that are at their default wherever the tree has this type."""
    old: dict[str, str] = {}
    """What older peers have: component that is one string -> allowance; of a CHOICE, type in its place -> allowance."""
    remembered: str = ""
    """Where values are kept by their octets, and octets by their values: the same few come again and again."""
    element_remembered: str = ""
    """The same for the elements of a list."""


class Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"cls": "class"}):
    """What the values of an enumeration, or named bits, stand for."""

    cls: str
    values: dict[str, str]
    also: dict[str, str] = {}
    """Further number -> ``value allowance``: taken under the allowance only."""

    def members(self, numbers: dict[str, int], where: str) -> dict[int, str]:
        """Return the members by their numbers, least first."""
        found: type = getattr(megaco.message, self.cls, object)
        if not issubclass(found, Enum):
            raise BindingError(f"{where}: {self.cls} is no enumeration of the message tree")
        for name in numbers:
            if self.values.get(name) not in found.__members__:
                raise BindingError(f"{where}: {name} stands for no member of {self.cls}")
        return {number: self.values[name] for name, number in sorted(numbers.items(), key=lambda row: row[1])}


class Allowance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deviation from the letter that the default decoding takes."""

    what: str
    expected: str
    who: str


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parts of a type that are known when the rest cannot be read."""

    type: str
    parts: tuple[str, ...]


class Binding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    header: Header
    codes: dict[str, int]
    types: dict[str, TypeBinding]
    enums: dict[str, Values]
    bits: dict[str, Values]
    allowances: dict[str, Allowance]

    def of(self, asn1_type: Asn1Type) -> TypeBinding:
        """Return what is said of a type."""
        return self.types.get(asn1_type.name, _NOTHING)


_NOTHING = TypeBinding()


def is_spread(component: Component, bound: TypeBinding) -> bool:
    """Whether the components of a component are parts of the type that it stands in."""
    return component.name in bound.spread or (component.type.kind == "CHOICE" and not component.type.name)


def load_binding(content: dict[str, Any]) -> Binding:
    """Check the parsed TOML; raises ``msgspec.ValidationError`` with the place of what is wrong.

    What is said of types, components or values that the module does not have is not looked at: the module decides.
    """
    return msgspec.convert(content, Binding)


def node_fields(name: str) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the fields of a node class of the message tree."""
    found: type = getattr(megaco.message, name, object)
    if not issubclass(found, msgspec.Struct):
        raise BindingError(f"{name} is no node of the message tree")
    return msgspec.structs.fields(found)


def is_plain_flag(component: Component, bound: TypeBinding) -> bool:
    """Whether an optional BOOLEAN fills a field that is false where it is absent."""
    target = bound.fields.get(component.name)
    if component.type.kind != "BOOLEAN" or target is None or bound.node in ("", OF_CHOICE):
        return False
    return any(info.name == target and info.default is False for info in node_fields(bound.node))
