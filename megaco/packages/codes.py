"""Error codes (H.248.8) and reasons of ServiceChange (H.248.1 clause 7.2.8) with their texts, as data."""

from pathlib import Path

import msgspec

from megaco.packages.items import Provenance
from megaco.toml import read_toml


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a number means."""

    text: str
    provenance: Provenance


def read_codes(path: Path) -> dict[int, Code]:
    """Return the codes of a file like ``grammars/errors.toml``, which has them in one table."""
    tables = read_toml(path, dict[str, dict[int, Code]])
    return {code: row for table in tables.values() for code, row in table.items()}
