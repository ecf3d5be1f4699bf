"""Reading a TOML file into a structure, with errors that name file, line, key, value and what is allowed.

gm.toml:12: properties.saf.type = 'bool': Invalid enum value 'bool'; allowed: boolean, string, ...
"""

import enum
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from megaco.errors import DataFileError

STDIN = "-"
"""The file name that means standard input."""

MOST_OCTETS = 4 << 20
"""Read of one file; a longer one is refused."""

_T = TypeVar("_T")
_Key = str | int
_UNKNOWN_KEY = "Object contains unknown field `"
"""How msgspec begins where a key is not of the structure."""
_SOME_KEY = "[...]"
"""What msgspec writes for a key of a table with keys of one's own."""
_HEADER = re.compile(r"\s*\[(\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?")
_MARKS = re.compile(r'"""|\'\'\'')
_ASSIGNMENT = re.compile(r"\s*((?:\"[^\"]*\"|'[^']*'|[^=#\[\"'])+?)\s*=")


def read_toml(path: str | Path, kind: type[_T]) -> _T:
    """Return a file, or standard input for ``-``, as a ``kind``; raises DataFileError where it is none."""
    return convert(path, read_text(path), kind)


def convert(path: str | Path, text: str, kind: type[_T]) -> _T:
    """Return the text of a file as a ``kind``; raises DataFileError as if it had been read from ``path``."""
    return convert_tables(path, text, parse(path, text), kind)


def parse(path: str | Path, text: str) -> dict[str, Any]:
    """Return the tables of a file; raises DataFileError where its text is no TOML."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise DataFileError(f"{file_name(path)}: tables nested too deep") from None
    except ValueError as error:  # TOMLDecodeError among them; some of int's and date's come through as they are
        raise DataFileError(f"{file_name(path)}: not TOML: {error}") from None


def convert_tables(path: str | Path, text: str, content: dict[str, Any], kind: type[_T]) -> _T:
    """Return the tables of a file, or what was made of them, as a ``kind``; raises DataFileError, lines by ``text``."""
    try:
        return msgspec.convert(content, kind, str_keys=True)
    except RecursionError:
        raise DataFileError(f"{file_name(path)}: tables nested too deep") from None
    except ValueError as error:  # msgspec's ValidationError is one
        raise DataFileError(f"{file_name(path)}{_explain(str(error), text, content, kind)}") from None


def wrong_value(path: str | Path, text: str, keys: Sequence[_Key], value: object, what: str) -> DataFileError:
    """Return the error of a value that is of the right type and still wrong."""
    return DataFileError(f"{file_name(path)}{_line_prefix(text, keys)}: {_dotted(keys)} = {value!r}: {what}")


def read_text(path: str | Path) -> str:
    """Return the text of a file, of standard input for ``-``; raises DataFileError where there is none."""
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb") as file:
            octets = file.read(MOST_OCTETS + 1)
        if len(octets) > MOST_OCTETS:
            raise DataFileError(f"{file_name(path)}: longer than {MOST_OCTETS} octets, the most that is read")
        return octets.decode("utf-8-sig")
    except OSError as error:
        raise DataFileError(f"{file_name(path)}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise DataFileError(f"{file_name(path)}: not UTF-8") from None
    except ValueError as error:  # a name that the system has no files by
        raise DataFileError(f"{file_name(path)}: {error}") from None


def file_name(path: str | Path) -> str:
    """Return what an error message calls the file."""
    return "stdin" if path == STDIN else _printable(str(path))


def _explain(problem: str, text: str, content: dict[str, Any], kind: type) -> str:
    """Return ``:LINE: KEY = VALUE: cause; allowed: ...`` for what the library said."""
    what, found, place = problem.rpartition(" - at `$")
    what, place = (what, place.rstrip("`")) if found else (problem, "")
    keys = _keys_of_place(place, problem, content, kind)
    if what.startswith(_UNKNOWN_KEY):
        keys.append(what.removeprefix(_UNKNOWN_KEY).removesuffix("`"))
        allowed = ", ".join(sorted(_names_in(_type_at(kind, keys[:-1], content))))
        return f"{_line_prefix(text, keys)}: unknown key {_dotted(keys)}; allowed here: {allowed}"
    value = _value_at(content, keys)
    is_shown = keys and isinstance(value, str | int | float | list) and not _is_deep(value)
    shown = f"{_dotted(keys)} = {value!r}" if is_shown else _dotted(keys)
    wanted = _allowed(_type_at(kind, keys, content))
    told = f"{shown}: {what}" if shown else what
    return f"{_line_prefix(text, keys)}: {told}{f'; allowed: {wanted}' if wanted else ''}"


def _is_deep(value: Any) -> bool:
    """Tell whether a list has tables in it, which nobody wants to read in an error."""
    return isinstance(value, list) and any(isinstance(one, dict | list) for one in value)


def _keys_of_place(place: str, problem: str, content: dict[str, Any], kind: type) -> list[_Key]:
    """Return the keys of the library's path; a key that it leaves out is the one without which all is well."""
    keys: list[_Key] = []
    for step in re.findall(r"\.([^.\[]+)|(\[[^\]]*\])", place):
        if step[0]:
            keys.append(step[0])
        elif step[1] != _SOME_KEY:
            keys.append(int(step[1][1:-1]))
        else:
            table = _value_at(content, keys)
            keys.append(next((key for key in table if _is_culprit(content, keys, key, problem, kind)), "?"))
    return keys


def _is_culprit(content: dict[str, Any], keys: Sequence[_Key], key: str, problem: str, kind: type) -> bool:
    try:
        msgspec.convert(_with_only(content, keys, key), kind, str_keys=True)
    except ValueError as error:
        return str(error) == problem
    return False


def _with_only(value: Any, keys: Sequence[_Key], key: str) -> Any:
    """Return a copy of a document in which the table at ``keys`` has one key."""
    if not keys:
        return {key: value[key]}
    changed = value.copy()
    changed[keys[0]] = _with_only(value[keys[0]], keys[1:], key)
    return changed


def _value_at(value: Any, keys: Sequence[_Key]) -> Any:
    for key in keys:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _dotted(keys: Sequence[_Key]) -> str:
    dotted = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return _printable(dotted.removeprefix("."))


def _printable(text: str) -> str:
    """Return text with every character that is not printable as an escape: an error is one line, and steers nothing."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


# ------------------------------------------------------------------------------------------------------------- lines


def _line_prefix(text: str, keys: Sequence[_Key]) -> str:
    line = line_of(text, keys)
    return "" if line is None else f":{line}"


def line_of(text: str, keys: Sequence[_Key]) -> int | None:
    """Return the line, from 1, on which a key stands, or the table that would hold it; None for the whole file."""
    best: tuple[int, int] | None = None
    for line, found in _places(text):
        common = _common(found, keys)
        if common == min(len(found), len(keys)) and common > (best[0] if best is not None else 0):
            best = common, line
    return best[1] if best is not None else None


def _common(one: Sequence[_Key], other: Sequence[_Key]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _places(text: str) -> Iterator[tuple[int, list[_Key]]]:
    """Yield each line that opens a table or assigns a key, with the whole path of keys."""
    table: list[_Key] = []
    elements: dict[tuple[_Key, ...], int] = {}
    """Arrays of tables, and the number of the last element of each."""
    is_inside = ""
    """The marks that end the string of several lines that the line is in."""
    for number, line in enumerate(text.split("\n"), 1):
        opened = is_inside
        is_inside = _still_inside(line, is_inside)
        if opened:
            continue
        if header := _HEADER.fullmatch(line.rstrip("\r")):
            table = _in_elements(_keys_of(header.group(2)), elements, is_array=bool(header.group(1)))
            yield number, table
        elif assignment := _ASSIGNMENT.match(line):
            yield number, [*table, *_keys_of(assignment.group(1))]


def _still_inside(line: str, marks: str) -> str:
    """Return the marks that end the string of several lines that is open behind a line; "" where none is."""
    for found in _MARKS.findall(line):
        marks = "" if found == marks else marks or found
    return marks


def _in_elements(keys: list[_Key], elements: dict[tuple[_Key, ...], int], *, is_array: bool) -> list[_Key]:
    """Return the path of a table's header with the number of the element behind each array of tables."""
    path: list[_Key] = []
    for index, key in enumerate(keys):
        path.append(key)
        array = tuple(path)
        if is_array and index == len(keys) - 1:
            elements[array] = elements.get(array, -1) + 1
        if array in elements:
            path.append(elements[array])
    return path


def _keys_of(written: str) -> list[_Key]:
    """Return the keys of ``a."b.c".d`` as TOML reads them."""
    try:
        table: Any = tomllib.loads(f"{written} = 0")
    except ValueError:
        return []
    keys: list[_Key] = []
    while isinstance(table, dict) and table:
        ((key, table),) = table.items()
        keys.append(key)
    return keys


# ------------------------------------------------------------------------------------------------------ what is allowed


def _type_at(kind: Any, keys: Sequence[_Key], content: Any) -> Any:
    """Return the type of the field that a path of keys names; None where it is not known."""
    found, value = kind, content
    for key in keys:
        found = _member_type(_bare(found), key)
        value = _value_at(value, [key])
        found = _of_tag(found, value)
    return found


def _of_tag(kind: Any, value: Any) -> Any:
    """Of structures that are told apart by a tag return the one that a table is; where it is none, the tags."""
    members = [one for one in get_args(kind) if is_struct(one)] if get_origin(kind) in (Union, UnionType) else []
    fields = {one.__struct_config__.tag_field for one in members}
    if len(members) < 2 or None in fields or not isinstance(value, dict):
        return kind
    tag = value.get(fields.pop())
    by_tag = {one.__struct_config__.tag: one for one in members}
    found = by_tag.get(tag) if isinstance(tag, str) else None
    return found or Literal[tuple(sorted(by_tag))]


def _bare(kind: Any) -> Any:
    """Return a type without its annotations, and without None where it is optional."""
    kind = _present(kind)
    return kind.__origin__ if hasattr(kind, "__metadata__") else kind


def _present(kind: Any) -> Any:
    """Return a type without None."""
    members = [one for one in get_args(kind) if one is not NoneType]
    is_optional = get_origin(kind) in (Union, UnionType) and len(members) == 1
    return members[0] if is_optional else kind


def _member_type(kind: Any, key: _Key) -> Any:
    if is_struct(kind):
        return {info.encode_name: info.type for info in msgspec.structs.fields(kind)}.get(str(key))
    members = get_args(kind)
    if get_origin(kind) is Literal:  # the tags of a union, of which the table has none
        return kind
    if get_origin(kind) is dict:
        return members[1]
    if get_origin(kind) in (list, tuple) and members:
        return members[0]
    return None


def is_struct(kind: Any) -> bool:
    """Tell whether a type is a table with keys that are given."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _names_in(kind: Any) -> list[str]:
    kind = _bare(kind)
    if not is_struct(kind):
        return []
    tag = kind.__struct_config__.tag_field
    return [info.encode_name for info in msgspec.structs.fields(kind)] + ([tag] if tag else [])


def _allowed(found: Any) -> str:
    """Say in words what a field takes, where its type alone does not say it."""
    found = _present(found)
    if isinstance(found, type) and issubclass(found, enum.Enum):
        return ", ".join(str(member.value) for member in found)
    if get_origin(found) is Literal:
        return ", ".join(map(str, get_args(found)))
    for meta in getattr(found, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.le is not None:
            return f"{meta.ge} to {meta.le}" if meta.ge is not None else f"above {meta.gt}, at most {meta.le}"
    return ""
