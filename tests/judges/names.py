"""The names that our fixtures use beyond those that are shipped: numbers that two ends would have to agree on."""

from functools import cache
from pathlib import Path

import megaco
from megaco.packages import Registry, load_registry

_HERE = Path(__file__).parent
_PACKAGES = _HERE / "packages"


@cache
def dictionary() -> megaco.Dictionary:
    """Return what binary is written and read by."""
    return megaco.dictionary([_PACKAGES], _HERE / "provisioning.toml")


@cache
def registry() -> Registry:
    """Return the packages of the dictionary."""
    return load_registry([_PACKAGES])
