"""The package registry: what packages there are and what stands in them, as data (H.248.1 clause 12).

One TOML file a package in ``grammars/packages``; more folders can be added. ``grammars/package_names.toml`` has the
numbers of packages whose items are not known, ``grammars/annex_c.toml`` the properties that binary has instead of SDP
(`megaco.packages.annex_c`). Nothing here knows a package by name, and nothing is read on import.
"""

from .items import (
    Event,
    Item,
    Number,
    Package,
    Parameter,
    Property,
    Provenance,
    Signal,
    SignalType,
    Statistic,
    Typed,
    ValueType,
)
from .registry import Registry, default_registry

__all__ = [
    "Event",
    "Item",
    "Number",
    "Package",
    "Parameter",
    "Property",
    "Provenance",
    "Registry",
    "Signal",
    "SignalType",
    "Statistic",
    "Typed",
    "ValueType",
    "default_registry",
]
