"""Which of the two forms of a module runs: compiled by mypyc, or the source that lies beside it."""

import sys
from importlib.abc import PathEntryFinder
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Literal

_PACKAGE = Path(__file__).parent
_SOURCES = FileFinder.path_hook((SourceFileLoader, SOURCE_SUFFIXES))


def use_sources() -> None:
    """Make every import from this package pass over compiled modules, as if there were none."""
    sys.path_hooks.insert(0, _finder)
    sys.path_importer_cache.pop(str(_PACKAGE), None)


def _finder(folder: str) -> PathEntryFinder:
    if not Path(folder).is_relative_to(_PACKAGE):
        raise ImportError(folder)  # this is how a path hook leaves a folder to the next one
    return _SOURCES(folder)


def mode(module: ModuleType) -> Literal["compiled", "interpreted"]:
    """Tell the form in which a module was loaded."""
    return "compiled" if str(module.__file__).endswith(tuple(EXTENSION_SUFFIXES)) else "interpreted"
