"""The media stream properties of H.248.1 Annex C, package 0000 of the binary encoding, as data.

They have no name in the text encoding. Their names repeat across clauses, so a tree names them by clause and name:
``C.4/AESA`` and ``C.7/AESA``.
"""

from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec

from megaco.errors import DataFileError
from megaco.packages.items import Typed, distinct, enumerated
from megaco.toml import read_toml

Letter: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z]?$")]


class StreamProperty(Typed, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A property; ``name`` is CLAUSE/NAME, ``line`` the letter of the SDP line that it holds, or ""."""

    name: str
    line: Letter = ""


def read_annex_c(path: Path) -> tuple[StreamProperty, ...]:
    """Return the properties of a file like ``grammars/annex_c.toml``, in its order."""
    clauses = read_toml(path, dict[str, _Clause])
    found = tuple(
        StreamProperty(name=f"{clause.replace('_', '.')}/{name}", **msgspec.structs.asdict(row))
        for clause, rows in clauses.items()
        for name, row in rows.properties.items()
    )
    try:
        distinct("properties", ((one.name, one.number) for one in found))
    except ValueError as error:
        raise DataFileError(f"{path}: {error}") from None
    return found


class _Row(Typed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A property in the file; its name is its key."""

    line: Letter = ""


class _Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clause in the file, by ``C_4`` for C.4."""

    title: str
    properties: dict[str, _Row]

    def __post_init__(self) -> None:
        """Refuse an enumeration without values."""
        enumerated(self.properties.items())
