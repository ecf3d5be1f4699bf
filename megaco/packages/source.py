"""Reading a data file into a struct, and telling what is wrong with it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from megaco.errors import LocalError

_T = TypeVar("_T")


def read(path: Path, kind: type[_T]) -> _T:
    """Return a TOML file as a ``kind``; LocalError with file and cause where it is none."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind)
    except (OSError, ValueError, RecursionError) as error:  # whatever the file holds, its name is to be told
        raise LocalError(f"{path}: {error}") from None


def distinct(kind: str, numbered: Iterable[tuple[str, int]]) -> None:
    """Refuse what has one name, case aside, or one number."""
    names: set[str] = set()
    numbers: set[int] = set()
    for name, number in numbered:
        if name.lower() in names:
            raise ValueError(f"`{kind}`: the name {name} stands twice")
        if number in numbers:
            raise ValueError(f"`{kind}`: the number {number:#06x} stands twice, at {name}")
        names.add(name.lower())
        numbers.add(number)
