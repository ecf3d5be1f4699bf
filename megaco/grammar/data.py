"""The files in ``grammars/`` that the codecs are made from."""

import tomllib
from typing import Any

from megaco.data import data_folder

__all__ = ["data_folder", "data_text", "grammar_text", "read_toml"]


def grammar_text() -> str:
    """Return ``megaco.lark`` as text."""
    return data_text("megaco.lark")


def data_text(name: str) -> str:
    """Return a data file, ``name`` relative to ``grammars/``, as text."""
    return (data_folder() / name).read_text("utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """Return a data file, ``name`` relative to ``grammars/``, as a dictionary."""
    return tomllib.loads(data_text(name))
