"""Where packages come from: those that are shipped, installed distributions, and folders that a user names.

What is shipped is read from ``shipped.json``, which ``make grammar`` builds from the files in ``grammars/``: reading
the files themselves takes tens of milliseconds. A distribution offers packages by an entry point of the group
``megaco.packages`` whose value is an importable package that holds ``*.toml`` files; none of its code is run.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from megaco.data import data_folder
from megaco.errors import DataFileError
from megaco.packages.annex_c import StreamProperty, read_annex_c
from megaco.packages.codes import Code, read_codes
from megaco.packages.items import Package, Parameter, Typed, typed_of
from megaco.packages.registry import Registry, RegistryFile, RegistryRow
from megaco.packages.values import TypedValues
from megaco.toml import read_toml

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "megaco.packages"
"""Group of entry points of installed distributions that bring packages."""
SHIPPED_FILE = Path(__file__).with_name("shipped.json")


class Shipped(msgspec.Struct, frozen=True):
    """Everything about packages that comes with the library."""

    packages: dict[str, Package]
    """By the name of their file."""
    rows: dict[int, RegistryRow]
    annex_c: tuple[StreamProperty, ...]
    errors: dict[int, Code]
    reasons: dict[int, Code]


def build_shipped(grammars: Path | None = None) -> bytes:
    """Return ``shipped.json`` for the files in a folder like ``grammars``, None: the one that is shipped."""
    folder = data_folder() if grammars is None else grammars
    built = Shipped(
        {Path(source).name: package for source, package in read_folder(folder / "packages")},
        read_toml(folder / "registry.toml", RegistryFile).by_number,
        read_annex_c(folder / "annex_c.toml"),
        read_codes(folder / "errors.toml"),
        read_codes(folder / "reasons.toml"),
    )
    return msgspec.json.format(msgspec.json.encode(built), indent=1) + b"\n"


@cache
def shipped() -> Shipped:
    """Return what comes with the library, read once."""
    return msgspec.json.decode(SHIPPED_FILE.read_bytes(), type=Shipped)


@cache
def default_registry() -> Registry:
    """Return the packages that are shipped or installed, read once; raises DataFileError for a broken file."""
    return load_registry()


def load_registry(folders: Iterable[Path] = ()) -> Registry:
    """Return the packages that are shipped or installed, and those of folders, which win.

    Raises DataFileError for a folder or file that cannot be read, with file, line, key and cause.
    """
    packages: list[tuple[str, Package]] = list(shipped().packages.items())
    for folder in (*_installed_folders(), *folders):
        packages += read_folder(folder)
    return Registry(packages, shipped().rows)


def read_folder(folder: Path) -> Iterator[tuple[str, Package]]:
    """Yield each ``*.toml`` in a folder as a package, with its path."""
    if not folder.is_dir():
        raise DataFileError(f"{folder}: no such folder")
    for path in sorted(folder.glob("*.toml")):
        package = read_toml(path, Package)
        for name, typed in typed_of(package):
            if typed.default is not None and not typed.type.endswith("enumeration"):
                _check_default(path, name, typed)
        yield str(path), package


def _check_default(path: Path, name: str, typed: Typed) -> None:
    """Hold a default to its type; words of an enumeration may be added by a package that extends this one."""
    default = typed.default
    try:
        TypedValues(typed).to_value(bytes.fromhex(default) if _is_hex(typed) and isinstance(default, str) else default)
    except ValueError as error:
        raise DataFileError(f"{path}: {name}: default = {error}") from None


def _is_hex(typed: Typed) -> bool:
    return typed.type == "octet string" and not (isinstance(typed, Parameter) and typed.text)


def _installed_folders() -> Iterator[Path]:
    """Yield the folders of installed distributions that bring packages."""
    from importlib.metadata import entry_points  # its import takes longer than that of the codec

    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda one: (one.name, one.value)):
        yield _folder_of(point)


def _folder_of(point: "EntryPoint") -> Path:
    """Find an entry point's package without importing it or its parents."""
    places: list[str] | None = None
    for name in point.value.partition(":")[0].strip().split("."):
        spec = PathFinder.find_spec(name, places) if name.isidentifier() else None
        places = list(spec.submodule_search_locations or ()) if spec is not None else []
        if not places:
            owner = point.dist.name if point.dist is not None else "a distribution"
            told = f"{owner}: entry point {point.name} of {ENTRY_POINTS} names {point.value!r}"
            raise DataFileError(f"{told}, which is no package that can be imported")
    assert places is not None
    return Path(places[0])
