"""The package registry: what packages there are, what stands in them, and their values as Python has them.

One TOML file a package in ``grammars/packages`` (H.248.1 clause 12.1); more come from folders that a user names and
from installed distributions. ``grammars/registry.toml`` has names and numbers of packages whose items are not known,
``grammars/annex_c.toml`` the properties that binary has instead of SDP (`megaco.packages.annex_c`). Nothing here knows
a package by name, and nothing is read on import.
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
from .loading import default_registry, load_registry, shipped
from .registry import Registry, RegistryRow
from .use import Found, Items, default_items, find
from .values import Alternatives, Bound, PythonValue, Scalar, Span, Wildcard

__all__ = [
    "Alternatives",
    "Bound",
    "Event",
    "Found",
    "Item",
    "Items",
    "Number",
    "Package",
    "Parameter",
    "Property",
    "Provenance",
    "PythonValue",
    "Registry",
    "RegistryRow",
    "Scalar",
    "Signal",
    "SignalType",
    "Span",
    "Statistic",
    "Typed",
    "ValueType",
    "Wildcard",
    "default_items",
    "default_registry",
    "find",
    "load_registry",
    "shipped",
]
