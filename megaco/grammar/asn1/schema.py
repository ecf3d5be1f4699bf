"""Writes the module as a table: what stands where, for whoever has to find a place in octets or show them."""

from .binding import Binding, is_spread
from .module import Asn1Type, Component

_HEAD = '''"""The types of megaco.asn as a table. Generated from it by ``make grammar``; do not edit."""

from typing import Final

from .outline import Entry

TYPES: Final[dict[str, Entry]] = {
'''


def schema_source(module: dict[str, Asn1Type], binding: Binding) -> str:
    """Return the source of the table's module."""
    rows: dict[str, str] = {}
    for name, asn1_type in module.items():
        _add(name, asn1_type, binding.codes.get(name, 0), binding, rows)
    lines = "".join(f"    {name!r}: {row},\n" for name, row in rows.items())
    tail = f"}}\nSTART: Final = {binding.header.type!r}\n"
    return _HEAD + lines + tail + _allowances(binding)


def _add(name: str, asn1_type: Asn1Type, code: int, binding: Binding, rows: dict[str, str]) -> None:
    element = ""
    parts = []
    if asn1_type.element is not None:
        element = _key(f"{name}.", asn1_type.element)
        _add_nameless(element, asn1_type.element, binding, rows)
    for component in asn1_type.components:
        key = _key(f"{name}.{component.name}", component.type)
        parts.append(f"0x{component.tag:02X}: ({_shown(component, asn1_type, binding)!r}, {key!r})")
        _add_nameless(key, component.type, binding, rows)
    tag = 0 if asn1_type.kind == "CHOICE" else asn1_type.universal_tag
    rows[name] = f"Entry({asn1_type.kind!r}, {tag}, {{{', '.join(parts)}}}, {element!r}, {code}, {_words(asn1_type)!r})"


def _add_nameless(key: str, asn1_type: Asn1Type, binding: Binding, rows: dict[str, str]) -> None:
    if not asn1_type.name:
        _add(key, asn1_type, 0, binding, rows)


def _key(place: str, asn1_type: Asn1Type) -> str:
    """Return the name of a type, for one without name the place where it is written."""
    return asn1_type.name or place


def _shown(component: Component, owner: Asn1Type, binding: Binding) -> str:
    """Return the name of a component in a path; "" for what is no place of its own in the tree."""
    is_alternative = owner.kind == "CHOICE" and bool(owner.name)
    return "" if is_alternative or is_spread(component, binding.of(owner)) else component.name


def _words(asn1_type: Asn1Type) -> dict[int, str]:
    return {number: word for word, number in asn1_type.values.items()}


def _allowances(binding: Binding) -> str:
    rows = "".join(
        f"    {name!r}: ({one.what!r}, {one.expected!r}, {one.who!r}),\n" for name, one in binding.allowances.items()
    )
    return f"ALLOWANCES: Final[dict[str, tuple[str, str, str]]] = {{\n{rows}}}\n"
