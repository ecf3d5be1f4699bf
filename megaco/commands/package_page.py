"""Pages for ``h248 packages NAME``: a package, one item of it, or a package of which only the number is known."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import click

from megaco.message import AnyValue, Value, ValueList
from megaco.packages import (
    Event,
    Item,
    Package,
    Parameter,
    Property,
    PythonValue,
    Registry,
    RegistryRow,
    Signal,
    Statistic,
    Typed,
)
from megaco.packages.items import Default
from megaco.packages.places import Kind
from megaco.packages.values import Scalar, TypedValues

from .tree_view import printable

KINDS: dict[Kind, str] = {
    "property": "properties",
    "event": "events",
    "signal": "signals",
    "statistic": "statistics",
}
"""Kinds of items, and the field of a package that has them."""
_PROVENANCES = {
    "standard": "standard",
    "recalled": "recalled, known but not read in the specification",
    "assumed": "assumed, chosen for want of a source",
}
_LEVELS = {"termination": "of terminations", "stream": "of streams", "either": "of terminations and streams"}
_SUB_LIST = "sub-list of "
_SAMPLES: dict[str, str | bytes] = {"string": "text", "character": "t", "octet string": b"\x0a\x1b\x2c\x3d"}
"""What examples of a type are made from."""
_LONGEST_EXAMPLE = 64
_INDENT = "    "


class Member(NamedTuple):
    """An item of a package, or of one that it extends."""

    kind: Kind
    name: str
    item: Item
    owner: Package


class Line(NamedTuple):
    """A line of a page before it is broken: its depth, its text, and how many characters of it are bold."""

    depth: int
    text: str
    bold: int = 0
    hangs: bool = True
    """Whether it goes on further in, as where another line follows it."""


def members(registry: Registry, package: Package) -> Iterator[Member]:
    """Yield the items of a package and of those that it extends, but for those that it has itself."""
    family = registry.family(package)
    for kind in KINDS:
        seen: set[str] = set()
        for owner in family:
            own = items_of(owner, kind)
            yield from (Member(kind, name, item, owner) for name, item in own.items() if name.lower() not in seen)
            seen |= {name.lower() for name in own}


def items_of(package: Package, kind: Kind) -> Mapping[str, Item]:
    """Return a package's own items of a kind by name."""
    found: Mapping[str, Item] = getattr(package, KINDS[kind])
    return found


def counted(package: Package) -> int:
    """Return how many items a package has of its own."""
    return sum(len(items_of(package, kind)) for kind in KINDS)


# --------------------------------------------------------------------------------------------------------------- pages


def package_page(registry: Registry, package: Package, width: int) -> Iterator[str]:
    """Yield the lines of a package's page, styled."""
    return _laid_out(_package_lines(registry, package), width)


def item_page(package: Package, found: Iterable[Member], width: int) -> Iterator[str]:
    """Yield the lines for the items that one name stands for."""
    return _laid_out(_item_page_lines(package, found), width)


def row_page(number: int, identifier: str, row: RegistryRow, width: int) -> Iterator[str]:
    """Yield the lines of a package of which no more is known than the registry's row."""
    return _laid_out(_row_lines(number, identifier, row), width)


def _laid_out(lines: Iterable[Line], width: int) -> Iterator[str]:
    """Break lines at the width and put what is bold in bold."""
    for depth, text, bold, hangs in lines:
        indent = _INDENT * depth
        broken = textwrap.wrap(
            printable(" ".join(text.split())),
            width,
            initial_indent=indent,
            subsequent_indent=indent + ("  " if hangs else ""),
            break_on_hyphens=False,
        )
        for index, line in enumerate(broken or [""]):
            end = len(indent) + bold if index == 0 and bold else 0
            yield click.style(line[:end], bold=True) + line[end:] if end else line


def _package_lines(registry: Registry, package: Package) -> Iterator[Line]:
    yield from _head(package.id, package.title)
    if package.description:
        yield from _section("DESCRIPTION")
        yield Line(1, package.description, hangs=False)
    yield from _section("PACKAGE")
    yield from _package_facts(package)
    known = list(members(registry, package))
    for kind, heading in KINDS.items():
        of_kind = [one for one in known if one.kind == kind]
        if of_kind:
            yield from _section(heading.upper())
            yield from _kind_lines(package, of_kind)
    if package.errors:
        yield from _section("ERRORS")
        yield from (Line(1, f"{code} {text}", len(code)) for code, text in package.errors.items())
    if package.adds:
        yield from _section("VALUES ADDED")
        yield Line(1, f"To parameters of {package.extends}:")
        yield from (Line(1, f"{name}: {_words(values)}", len(name)) for name, values in package.adds.items())


def _row_lines(number: int, identifier: str, row: RegistryRow) -> Iterator[Line]:
    yield from _head(identifier or f"{number:#06x}", row.title)
    yield from _section("PACKAGE")
    yield _fact("number", f"{number:#06x} ({number})")
    if not identifier:
        yield _fact("id", "not known")
    yield _fact("version", "not known" if row.version is None else str(row.version))
    if row.spec:
        yield _fact("spec", row.spec)
    if identifier:
        yield _fact("provenance", f"{_PROVENANCES[row.name_provenance]}; of the id")
    yield from _section("ITEMS")
    yield Line(1, "Not known: this package is known by its number only.")
    file = f"A file {identifier}.toml" if identifier else "A file"
    told = f"{file} of your own, in a folder that --packages DIR names, adds them; see docs/packages.md."
    yield Line(1, told, hangs=False)


def _item_page_lines(package: Package, found: Iterable[Member]) -> Iterator[Line]:
    for index, one in enumerate(found):
        if index:
            yield Line(0, "")
        owner = one.owner
        extended = "" if owner is package else f", which {package.id} extends"
        heading = one.kind.upper()
        where = f"{owner.title}, {owner.number:#06x} version {owner.version}, {owner.source}"
        yield Line(0, f"{heading} of package {owner.id} ({where}){extended}", len(heading))
        yield from _item_lines(package, one.name, one.item)


def _head(name: str, title: str) -> Iterator[Line]:
    yield Line(0, "NAME", 4)
    yield Line(1, f"{name} - {title}", len(name))


def _section(heading: str) -> Iterator[Line]:
    yield Line(0, "")
    yield Line(0, heading, len(heading))


def _fact(name: str, value: str) -> Line:
    return Line(1, f"{name}: {value}")


def _package_facts(package: Package) -> Iterator[Line]:
    yield _fact("number", f"{package.number:#06x} ({package.number})")
    yield _fact("version", str(package.version))
    if package.extends:
        yield _fact("extends", package.extends)
    if package.extended_only:
        yield _fact("extended only", "its items are of those that extend it, and it is not reported in Packages")
    yield _fact("spec", package.source)
    yield _fact("provenance", f"{_PROVENANCES[package.provenance]}; of id, number and version")
    if not counted(package):
        yield _fact("items", "none of its own are known")


def _kind_lines(package: Package, of_kind: list[Member]) -> Iterator[Line]:
    """Yield a package's own items in full, those that it has from others by name."""
    inherited: dict[str, list[str]] = {}
    blocks: list[list[Line]] = []
    for one in of_kind:
        if one.owner is package:
            blocks.append(list(_item_lines(package, one.name, one.item)))
        else:
            inherited.setdefault(one.owner.id, []).append(f"{package.id}/{one.name}")
    blocks += [[Line(1, f"also, of {owner}: {', '.join(names)}")] for owner, names in inherited.items()]
    for index, block in enumerate(blocks):
        if index and len(block) + len(blocks[index - 1]) > 2:  # items of one line each stand close
            yield Line(0, "")
        yield from block


# --------------------------------------------------------------------------------------------------------------- items


def _item_lines(package: Package, name: str, item: Item) -> Iterator[Line]:
    whole = f"{package.id}/{name}"
    yield _titled(1, whole, item)
    if isinstance(item, Event):
        yield from _remark(2, item)
        if item.parameters or item.observed:
            yield from _parameter_lines("in Events", whole, item.parameters)
            yield from _parameter_lines("in ObservedEvents", whole, item.observed)
    elif isinstance(item, Signal):
        yield Line(2, "; ".join(_signal_facts(item)))
        yield from _remark(2, item)
        if item.parameters:
            yield from _parameter_lines("in Signals", whole, item.parameters)
    else:
        yield Line(2, "; ".join([*_type_facts(item), *_place_facts(item)]))
        yield from _remark(2, item)
        yield Line(2, f"{whole} = {example(item)}")


def _titled(depth: int, name: str, item: Item | Parameter) -> Line:
    """Name and number, title, and the provenance where it is none of the best."""
    provenance = "" if item.provenance == "standard" else f" [{item.provenance}]"
    return Line(depth, f"{name} {item.number:#06x} {item.title}{provenance}", len(name))


def _remark(depth: int, item: Item | Parameter) -> Iterator[Line]:
    since = f"since version {item.since}" if item.since > 1 else ""
    said = "; ".join(filter(None, (item.remark, since)))
    if said:
        yield Line(depth, said)


def _parameter_lines(where: str, whole: str, parameters: Mapping[str, Parameter]) -> Iterator[Line]:
    """Yield how an event or a signal is written, with all its parameters, and each of them."""
    given = ", ".join(f"{name} = {example(one)}" for name, one in parameters.items())
    yield Line(2, f"{where}: {whole} {{ {given} }}" if given else f"{where}: {whole}")
    for name, one in parameters.items():
        yield _titled(3, name, one)
        yield Line(4, "; ".join(_type_facts(one)))
        yield from _remark(4, one)


def _signal_facts(signal: Signal) -> Iterator[str]:
    yield signal.type
    if signal.duration is not None:
        yield f"duration {signal.duration / 100:g} s"


def _place_facts(item: Property | Statistic) -> Iterator[str]:
    if isinstance(item, Statistic):
        yield _LEVELS[item.level]
        return
    yield f"in {' or '.join(item.descriptors)}"
    yield item.access


def _type_facts(typed: Typed) -> Iterator[str]:
    """Say what values there are."""
    is_item_name = isinstance(typed, Parameter) and typed.text == "package/item"
    yield f"{typed.type} (written package/item)" if is_item_name else typed.type
    if typed.fraction_bits:
        yield f"{typed.fraction_bits} bits of it are fraction"
    if typed.unit:
        yield f"unit {typed.unit}"
    if typed.values:
        yield _words(typed.values)
    if typed.minimum is not None or typed.maximum is not None:
        yield _range(typed)
    if typed.default is not None:
        yield f"default {_default(typed, typed.default)}"
    if isinstance(typed, Parameter) and typed.required:
        yield "required"


def _words(values: Mapping[str, int]) -> str:
    return ", ".join(f"{word} ({number})" for word, number in values.items())


def _range(typed: Typed) -> str:
    name = typed.type.removeprefix(_SUB_LIST)
    what = {"string": " characters", "octet string": " octets"}.get(name, "")
    if typed.minimum is None:
        return f"at most {typed.maximum}{what}"
    if typed.maximum is None:
        return f"at least {typed.minimum}{what}"
    bounds = str(typed.minimum) if typed.minimum == typed.maximum else f"{typed.minimum} to {typed.maximum}"
    return bounds + what


# -------------------------------------------------------------------------------------------------------------- values


def example(typed: Typed) -> str:
    """Return how text writes a value of a type: the first of some that the type takes, ... where it takes none."""
    if isinstance(typed, Parameter) and typed.text:
        return typed.text
    values = TypedValues(typed)
    for scalar in _candidates(typed):
        try:
            return _text(values.to_value(scalar))
        except ValueError:
            continue
    return "..."


def _candidates(typed: Typed) -> Iterator[Scalar]:
    """Yield values of a type, those first that say most; the last are for types with narrow ranges."""
    words = [word for word in typed.values if word not in ("$", "*")]
    yield from sorted(words, key=lambda word: word == typed.default)
    yield from typed.values
    name = typed.type.removeprefix(_SUB_LIST)
    sample = _SAMPLES.get(name)
    least, most = typed.minimum or 0, typed.maximum
    if name == "boolean":
        yield typed.default is not True
    elif sample is None:
        yield from (Decimal("0.5"), 10, least, least if most is None else most)
    else:
        length = max(least, len(sample) if most is None else min(most, len(sample)))
        yield (sample * _LONGEST_EXAMPLE)[: min(length, _LONGEST_EXAMPLE)]


def _default(typed: Typed, default: Default) -> str:
    """Return how text writes the default; as the file has it where it is no value of the type."""
    scalars = default if isinstance(default, tuple) else (default,)
    try:
        python = tuple(_scalar(typed, one) for one in scalars)
        value: PythonValue = python if isinstance(default, tuple) else python[0]
        return _text(TypedValues(typed).to_value(value))
    except ValueError:
        return str(default)


def _scalar(typed: Typed, one: Default) -> Scalar:
    """Return a value of a file as Python has it."""
    if typed.fraction_bits:
        return Decimal(str(one))
    if typed.type.endswith("octet string") and isinstance(one, str):
        return bytes.fromhex(one)
    if isinstance(one, bool | int | str):
        return one
    raise ValueError(f"{one!r} has no place")


def _text(value: AnyValue) -> str:
    if isinstance(value, ValueList):
        return f"[{', '.join(map(_text, value.values))}]"
    assert isinstance(value, Value)
    return f'"{value.text}"' if value.quoted else str(value.text)
