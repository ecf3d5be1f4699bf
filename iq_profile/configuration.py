"""Configuration files: TOML read into a typed structure, with errors that name file, key, value and what is allowed."""

import ast
import enum
import inspect
import sys
import textwrap
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta

from megaco.errors import LocalError

Port = Annotated[int, Meta(ge=0, le=65535)]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]

Configuration = TypeVar("Configuration", bound=msgspec.Struct)

_UNKNOWN_KEY = "Object contains unknown field `"
"""How the library begins."""


def read_configuration(path: str, kind: type[Configuration]) -> Configuration:
    """Read a file, ``-`` for stdin; raises LocalError with ``FILE: KEY = VALUE: what is allowed``."""
    name = file_name(path)
    try:
        text = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        content = tomllib.loads(text.decode("utf-8"))
    except OSError as error:
        raise LocalError(f"{name}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise LocalError(f"{name}: not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise LocalError(f"{name}: not TOML: {error}") from None
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise LocalError(f"{name}: {_explain(str(error), content, kind)}") from None


def check_key(path: str, key: str, value: str, check: Callable[[str], object]) -> None:
    """Hold a value to a check of its own; raises LocalError in the words of every configuration error."""
    try:
        check(value)
    except (ValueError, LocalError) as error:
        raise LocalError(f"{file_name(path)}: {key} = {value!r}: {str(error).removeprefix(f'{value}: ')}") from None


def file_name(path: str) -> str:
    """Return what an error message calls the file."""
    return "stdin" if path == "-" else path


def _explain(problem: str, content: dict[str, Any], kind: type[msgspec.Struct]) -> str:
    """Turn the library's words and its path into key, value and what is allowed."""
    what, found, place = problem.rpartition(" - at `$")
    what, place = (what, place) if found else (problem, "")
    keys = [key for key in place.rstrip("`").split(".") if key]
    value: Any = content
    for key in keys:
        value = _member(value, key)
    key = ".".join(keys)
    if what.startswith(_UNKNOWN_KEY):
        unknown = what.removeprefix(_UNKNOWN_KEY).removesuffix("`")
        allowed = ", ".join(sorted(_keys_of(kind, keys)))
        return f"unknown key {'.'.join([*keys, unknown])}; allowed here: {allowed}"
    shown = f"{key} = {value!r}" if keys and not isinstance(value, dict) else key
    wanted = _allowed(kind, keys)
    return f"{shown}: {what}{f'; allowed: {wanted}' if wanted else ''}".removeprefix(": ")


def _member(value: Any, key: str) -> Any:
    """Return what a step of a path leads to: a key of a table, with ``[INDEX]`` an element of an array in it."""
    name, _, index = key.partition("[")
    found = value.get(name) if isinstance(value, dict) else None
    return found[int(index.rstrip("]"))] if index and isinstance(found, list) else found


def _field(kind: type[msgspec.Struct], keys: list[str]) -> Any:
    """Return the type of the field that a path of keys names."""
    found: Any = kind
    for key in keys:
        fields = {info.encode_name: info.type for info in msgspec.structs.fields(found)} if _is_struct(found) else {}
        found = fields.get(key)
    return found


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _keys_of(kind: type[msgspec.Struct], keys: list[str]) -> list[str]:
    found = _field(kind, keys)
    return [info.encode_name for info in msgspec.structs.fields(found)] if _is_struct(found) else []


def _allowed(kind: type[msgspec.Struct], keys: list[str]) -> str:
    """Say in words what a field takes, where its type alone does not say it."""
    found = _field(kind, keys)
    if isinstance(found, type) and issubclass(found, enum.Enum):
        return ", ".join(str(member.value) for member in found)
    if get_origin(found) is Literal:
        return ", ".join(map(str, get_args(found)))
    for meta in getattr(found, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.le is not None:
            return f"{meta.ge} to {meta.le}" if meta.ge is not None else f"above {meta.gt}, at most {meta.le}"
    return ""


def print_configuration(kind: type[msgspec.Struct]) -> str:
    """Return a TOML file with every key at its default and its meaning as a comment."""
    return "\n".join(_section(kind, "")).strip() + "\n"


def _section(kind: type[msgspec.Struct], prefix: str) -> list[str]:
    lines: list[str] = []
    tables: list[tuple[str, Any]] = []
    meanings = field_meanings(kind)
    for info in msgspec.structs.fields(kind):
        if _is_struct(info.type):
            tables.append((info.encode_name, info.type))
            continue
        lines += [f"# {line}" for line in meanings.get(info.name, "").splitlines()]
        default = info.default if info.default is not msgspec.NODEFAULT else None
        if info.default_factory is not msgspec.NODEFAULT:
            default = info.default_factory()
        lines += [f"{'# ' if default is None else ''}{info.encode_name} = {_toml(default)}", ""]
    for name, table in tables:
        documentation = (table.__doc__ or "").strip().splitlines()
        lines += [f"# {documentation[0]}" if documentation else "", f"[{prefix}{name}]", ""]
        lines += _section(table, f"{prefix}{name}.")
    return lines


def _toml(value: Any) -> str:
    match value:
        case None:
            return '""'
        case enum.Enum():
            return _toml(value.value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list() | tuple():
            return "[" + ", ".join(_toml(one) for one in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def field_meanings(kind: type) -> dict[str, str]:
    """Return the docstrings that stand below a class's fields, base classes included."""
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__[:-1]):
        if owner.__module__.startswith("msgspec"):
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(owner))).body[0]
        assert isinstance(tree, ast.ClassDef)
        for node, after in zip(tree.body, tree.body[1:], strict=False):
            if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
                continue
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                found[node.target.id] = inspect.cleandoc(str(after.value.value))
    return found
