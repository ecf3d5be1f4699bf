"""``h248 packages``: the registry of packages, as a table, and a page for each one."""

import os
import re
import shutil
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from megaco import DataFileError, load_registry
from megaco.packages import Item, Package, Registry, RegistryRow, default_registry

from .dictionaries import packages_option
from .inputs import EXIT_CODES
from .package_page import KINDS, Member, counted, item_page, members, package_page, row_page
from .tree_view import printable

_UNCUT = 1000
"""Columns of the table where no terminal says how many it has."""
_WIDE = 100
"""Columns from which the table has room for specifications as they are, and for wider gaps."""
_ID_COLUMNS = 20
_SPEC_COLUMNS = 15
"""Most of a specification in a narrower one; of an id in any."""
_PAGE_COLUMNS = (40, 80, 100)
"""Of a page: the fewest, those where no terminal says how many it has, and the most."""
_MOST_ECHOED = 60
"""Characters of a name that an error repeats."""
_NUMBER_ONLY = "number only"
_MARKS = {"standard": "", "recalled": "~", "assumed": "?"}
_LEGEND = "Of id and version: ~ recalled, not read in the specification; ? assumed, for want of a source."
_HEADINGS = ("number", "id", "", "ver", "items", "spec", "title")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,4}|x[0-9a-f]{4}|[0-9]{1,5}")
"""A number, or the name that ``decode`` makes of one that it does not know."""


class Entry(NamedTuple):
    """A package, or the registry's row of one of which no more is known."""

    number: int
    package: Package | None
    row: RegistryRow | None
    id: str
    """"" where it is not known."""


class UnknownNameError(Exception):
    """A name that the registry does not have; says so in one line."""


@click.command(epilog=EXIT_CODES)
@click.option("--json", "is_json", is_flag=True, help="Print JSON: one array of all packages, or a document a NAME.")
@packages_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
def packages(is_json: bool, packages: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Show what is known of packages: all of them in a table, or each NAME in full.

    NAME is a package's id, in any case, or its number (0x8c, 140); with /ITEM behind it, that item alone, by name or
    number. "number only" marks packages of which no items are known; a file of one's own in a DIR adds them.

    What was not read in the specification is marked: recalled is known all the same, assumed was chosen for want of a
    source. Of each item there is an example of how text writes it. JSON of a NAME has the keys of a package file, with
    what is at its default left out, and under "inherited" the items of packages that it extends.

    \b
    Examples:
      h248 packages
      h248 packages gm 0x8d
      h248 packages nt/os
      h248 packages --json rtp
      h248 packages --packages my-packages acme
    """
    registry = _registry(packages)
    if names:
        _show_each(registry, names, is_json=is_json)
    elif is_json:
        _print_json([_summary(entry) for entry in entries(registry)])
    else:
        _print(_table(list(entries(registry)), shutil.get_terminal_size((_UNCUT, 24)).columns))


def _registry(folders: tuple[Path, ...]) -> Registry:
    try:
        return load_registry(folders) if folders else default_registry()
    except DataFileError as error:
        raise click.ClickException(" ".join(str(error).split())) from None


def _show_each(registry: Registry, names: tuple[str, ...], *, is_json: bool) -> None:
    """Show the names; those that are unknown are told on standard error, and end the command with exit code 1."""
    is_all_known = True
    is_first = True
    for name in names:
        try:
            _show(registry, name, is_json=is_json, is_first=is_first)
            is_first = False
        except UnknownNameError as error:
            click.echo(f"Error: {error}", err=True)
            is_all_known = False
    if not is_all_known:
        raise click.exceptions.Exit(1)


def _show(registry: Registry, name: str, *, is_json: bool, is_first: bool) -> None:
    package, slash, item = name.partition("/")
    entry = _entry(registry, package)
    found = _members(registry, entry, item) if slash else []
    if is_json:
        documents = [_item_data(entry, one) for one in found] if slash else [_data(registry, entry)]
        for document in documents:
            _print_json(document)
        return
    if not is_first:
        click.echo()
    fewest, usual, most = _PAGE_COLUMNS
    width = max(fewest, min(most, shutil.get_terminal_size((usual, 24)).columns))
    if entry.package is None:
        assert entry.row is not None
        _print(row_page(entry.number, entry.id, entry.row, width))
    elif slash:
        _print(item_page(entry.package, found, width))
    else:
        _print(package_page(registry, entry.package, width))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def _print_json(document: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))


# ------------------------------------------------------------------------------------------------------------- finding


def entries(registry: Registry) -> Iterator[Entry]:
    """Yield all packages in the order of their numbers."""
    for number in sorted({*registry.rows, *(package.number for package in registry)}):
        yield _entry_of(registry, number)


def _entry_of(registry: Registry, number: int) -> Entry:
    package, row = registry.package(number), registry.rows.get(number)
    if package is not None:
        return Entry(number, package, row, package.id)
    named = row.name if row is not None and registry.number(row.name) == number else ""  # else another has the name
    return Entry(number, None, row, named)


def _entry(registry: Registry, name: str) -> Entry:
    """Find a package by its id or number; raises UnknownNameError."""
    number = registry.number(name)
    if number is None:
        number = _number(name)
    if number is not None and (registry.package(number) is not None or number in registry.rows):
        return _entry_of(registry, number)
    raise UnknownNameError(f"no package {_echoed(name)}; {_close(name, registry.numbers)}")


def _members(registry: Registry, entry: Entry, name: str) -> list[Member]:
    """Find the items of a package, or of those that it extends, by name or number; raises UnknownNameError."""
    if entry.package is None:
        called = entry.id or f"{entry.number:#06x}"
        raise UnknownNameError(
            f"package {called} is known by its number only; "
            "its items would be in a file of your own (--packages DIR names its folder)"
        )
    known = list(members(registry, entry.package))
    found = [one for one in known if one.name.lower() == name.lower()]
    found = found or [one for one in known if one.item.number == _number(name)]
    if not found:
        close = _close(f"{entry.id}/{name}", {f"{entry.id}/{one.name}": 0 for one in known})
        raise UnknownNameError(f"package {entry.id} has no item {_echoed(name)}; {close}")
    return found


def _number(text: str) -> int | None:
    if _NUMBER.fullmatch(text) is None:
        return None
    digits = text.lower().lstrip("0")
    return int(digits[1:], 16) if digits.startswith("x") else int(text)


def _echoed(name: str) -> str:
    return f"'{printable(name[:_MOST_ECHOED])}'{'...' if len(name) > _MOST_ECHOED else ''}"


def _close(name: str, names: Any) -> str:
    """Say which names are like one."""
    by_key = {one.lower(): one for one in names}
    found = get_close_matches(name[:_MOST_ECHOED].lower(), by_key, n=4, cutoff=0.5)
    return f"close: {', '.join(by_key[key] for key in found)}" if found else "h248 packages lists what is known"


# --------------------------------------------------------------------------------------------------------------- table


def _table(rows: list[Entry], width: int) -> Iterator[str]:
    """Yield the lines of the table, none longer than the width."""
    cells = [_cells(entry, width) for entry in rows]
    columns = [max(map(len, column)) for column in zip(_HEADINGS, *cells, strict=True)][:-1]
    gap = " " if width < _WIDE else "  "
    room = max(10, width - sum(columns) - len(gap) * len(columns))
    yield click.style(_line(_HEADINGS, columns, gap, room)[0] + _HEADINGS[-1], bold=True)
    for entry, one in zip(rows, cells, strict=True):
        head, title = _line(one, columns, gap, room)
        yield head + (click.style(title, dim=True) if entry.package is None else title)
    if any(mark for _, _, mark, *_ in cells):
        yield ""
        yield from (click.style(line, dim=True) for line in click.wrap_text(_LEGEND, min(width, 100)).splitlines())


def _line(cells: tuple[str, ...], columns: list[int], gap: str, room: int) -> tuple[str, str]:
    """Return a line in two parts: all columns but the title, and the title."""
    head = "".join(cell.ljust(columns[index]) + gap for index, cell in enumerate(cells[:-1]))
    return head, _cut(cells[-1], room)


def _cells(entry: Entry, width: int) -> tuple[str, ...]:
    package = entry.package
    summary = _summary(entry)
    spec = printable(summary["spec"])
    return (
        f"{entry.number:#06x}",
        _cut(printable(entry.id), _ID_COLUMNS),
        _MARKS[summary["provenance"] or "standard"],
        "" if summary["version"] is None else f"{summary['version']:>3}",
        _NUMBER_ONLY if package is None else str(counted(package)),
        spec if width >= _WIDE else _cut(spec, _SPEC_COLUMNS),
        printable(summary["title"]),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


# ---------------------------------------------------------------------------------------------------------------- JSON


def _summary(entry: Entry) -> dict[str, Any]:
    """Return what the table has of a package; null is not known."""
    if entry.package is not None:
        one = entry.package
        summary: dict[str, Any] = {"id": one.id, "number": one.number, "version": one.version, "title": one.title}
        summary |= {"spec": one.spec, "clause": one.clause, "provenance": one.provenance}
        return {**summary, "known": True, "items": counted(one)}
    row = entry.row
    assert row is not None
    summary = {"id": entry.id or None, "number": entry.number, "version": row.version, "title": row.title}
    summary |= {"spec": row.spec, "clause": "", "provenance": row.name_provenance if entry.id else None}
    return {**summary, "known": False, "items": None}


def _data(registry: Registry, entry: Entry) -> dict[str, Any]:
    """Return all that is known of a package."""
    data = _summary(entry)
    del data["items"]
    if entry.package is None:
        return data
    data |= msgspec.to_builtins(entry.package)
    inherited: dict[str, Any] = {}
    for one in members(registry, entry.package):
        if one.owner is not entry.package:
            kinds = inherited.setdefault(one.owner.id, {})
            kinds.setdefault(KINDS[one.kind], {})[one.name] = msgspec.to_builtins(one.item)
    return {**data, "inherited": inherited}


def _item_data(entry: Entry, member: Member) -> dict[str, Any]:
    item: Item = member.item
    head = {"package": entry.id, "owner": member.owner.id, "kind": member.kind, "name": member.name}
    return {**head, **msgspec.to_builtins(item)}
