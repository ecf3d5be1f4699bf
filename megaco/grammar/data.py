"""Where the files of ``grammars/`` are: inside the installed package, or beside it in a source tree."""

import tomllib
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder that holds the protocol's data files."""
    installed = _PACKAGE / "grammars"
    return installed if installed.is_dir() else _PACKAGE.parent / "grammars"


def grammar_text() -> str:
    """Return ``megaco.lark`` as text."""
    return (data_folder() / "megaco.lark").read_text("utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """Return a data file, ``name`` relative to ``grammars/``, as a dictionary."""
    return tomllib.loads((data_folder() / name).read_text("utf-8"))
