"""Configuration files: values held to checks of their own, and every key with its default and meaning printed."""

import ast
import enum
import inspect
import textwrap
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from megaco.errors import LocalError
from megaco.toml import convert, file_name, is_struct, read_text, wrong_value

_Config = TypeVar("_Config", bound=msgspec.Struct)

Port = Annotated[int, Meta(ge=0, le=65535)]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]


class ConfigFile(NamedTuple):
    """A file of keys, as its errors name it."""

    path: str
    text: str

    @classmethod
    def read(cls, path: str) -> "ConfigFile":
        """Read a file, or standard input for ``-``; raises LocalError where there is none."""
        return cls(path, read_text(path))

    def convert(self, kind: type[_Config]) -> _Config:
        """Return the file as a ``kind``; raises LocalError with line, key, value and what is allowed."""
        return convert(self.path, self.text, kind)

    def check(self, key: str, value: str, check: Callable[[str], object]) -> None:
        """Hold a value to a check of its own; raises LocalError in the words of every configuration error."""
        try:
            check(value)
        except (ValueError, LocalError) as error:
            what = str(error).removeprefix(f"{value}: ")
            raise wrong_value(self.path, self.text, key.split("."), value, what) from None

    def error(self, what: str) -> LocalError:
        """Return the error of values that do not go together."""
        return LocalError(f"{file_name(self.path)}: {what}")


def print_configuration(kind: type[msgspec.Struct]) -> str:
    """Return a TOML file with every key at its default and its meaning as a comment."""
    return "\n".join(_section(kind, "")).strip() + "\n"


def _section(kind: type[msgspec.Struct], prefix: str) -> list[str]:
    lines: list[str] = []
    tables: list[tuple[str, Any]] = []
    meanings = field_meanings(kind)
    for info in sorted(msgspec.structs.fields(kind), key=lambda info: _distance(kind, info.name)):
        if is_struct(info.type):
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


def _distance(kind: type, name: str) -> int:
    """Return how far up among the base classes a field stands: what is a section's own comes first."""
    return next(distance for distance, owner in enumerate(kind.__mro__) if name in inspect.get_annotations(owner))


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
