"""``megaco.asn.toml``, read and checked against the module and the message tree."""

import builtins
import keyword
import re
from enum import Enum
from typing import Any

import msgspec

import megaco.message

from .module import Asn1Type, Component

OF_CHOICE = "$"
"""Stands for the class that the CHOICE above a type names."""


class BindingError(ValueError):
    """The file speaks of what is not in the module or in the tree."""


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

    def members(self, numbers: dict[str, int], where: str) -> list[str]:
        """Return the members in the order of their numbers, which begin at 0 and leave none out."""
        found: type = getattr(megaco.message, self.cls, object)
        if not issubclass(found, Enum):
            raise BindingError(f"{where}: {self.cls} is no enumeration of the message tree")
        if set(numbers) != set(self.values) or sorted(numbers.values()) != list(range(len(numbers))):
            raise BindingError(f"{where}: the values are not {', '.join(numbers)} with numbers from 0 on")
        for member in self.values.values():
            if member not in found.__members__:
                raise BindingError(f"{where}: {self.cls} has no member {member}")
        return [self.values[name] for name in sorted(numbers, key=numbers.__getitem__)]


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

    def check(self, module: dict[str, Asn1Type]) -> None:
        """Raise BindingError where a type or component is named that the module does not have."""
        for name, bound in self.types.items():
            if name not in module:
                raise BindingError(f"types.{name}: the module has no such type")
            there = {component.name for component in _all_components(module[name], bound)}
            named = {*bound.fields, *bound.spread, *bound.parts, *bound.of, *bound.constants}
            named.update(*(pick.among for pick in bound.picks.values()))
            if alien := sorted(named - there):
                raise BindingError(f"types.{name}: the type has no {', '.join(alien)}")
        for name in self.codes:
            if name not in module:
                raise BindingError(f"codes.{name}: the module has no such type")


_NOTHING = TypeBinding()


def _all_components(asn1_type: Asn1Type, bound: TypeBinding) -> list[Component]:
    """Return the components of a type, and of what is spread in it."""
    found = []
    for component in asn1_type.components:
        found.append(component)
        if is_spread(component, bound):
            found.extend(_all_components(component.type, bound))
    return found


def is_spread(component: Component, bound: TypeBinding) -> bool:
    """Whether the components of a component are parts of the type that it stands in."""
    return component.name in bound.spread or (component.type.kind == "CHOICE" and not component.type.name)


def load_binding(content: dict[str, Any], module: dict[str, Asn1Type]) -> Binding:
    """Check the parsed TOML; raises ``msgspec.ValidationError`` or BindingError with the place of what is wrong."""
    binding = msgspec.convert(content, Binding)
    binding.check(module)
    return binding


def node_fields(name: str) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the fields of a node class of the message tree."""
    found: type = getattr(megaco.message, name, object)
    if not issubclass(found, msgspec.Struct):
        raise BindingError(f"{name} is no node of the message tree")
    return msgspec.structs.fields(found)


def snake(name: str) -> str:
    """Return an ASN.1 name as Python writes it."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.replace("-", "_")).lower()
    return f"{spaced}_" if keyword.iskeyword(spaced) or hasattr(builtins, spaced) else spaced


def is_plain_flag(component: Component, bound: TypeBinding) -> bool:
    """Whether an optional BOOLEAN fills a field that is false where it is absent."""
    target = bound.fields.get(component.name)
    if component.type.kind != "BOOLEAN" or target is None or bound.node in ("", OF_CHOICE):
        return False
    return any(info.name == target and info.default is False for info in node_fields(bound.node))
