"""What stands in a package (H.248.1 clause 12.1): the schema of the files in ``grammars/packages``."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

import msgspec

from megaco.packages.source import distinct

Provenance = Literal["standard", "recalled", "assumed"]
"""How sure an item is: read in its Recommendation, known but not read, or chosen for want of a source."""

ValueType = Literal[
    "boolean",
    "string",
    "octet string",
    "integer",
    "unsigned integer",
    "double",
    "character",
    "enumeration",
    "sub-list of boolean",
    "sub-list of string",
    "sub-list of octet string",
    "sub-list of integer",
    "sub-list of unsigned integer",
    "sub-list of double",
    "sub-list of character",
    "sub-list of enumeration",
]
"""Types of values (H.248.1 clause 12.1.2); ``unsigned integer`` is Annex C's and later packages'."""

SignalType = Literal["on/off", "timeout", "brief"]
"""How a signal ends by default (clause 12.1.4)."""

Number: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=0xFFFE)]
"""A binary identifier: two octets, of which 0 is Annex C and 0xFFFF is ALL where packages and items are named."""


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has a value: a property, a parameter or a statistic.

    ``values`` maps the words of an enumeration to their numbers; an integer may have words for some numbers.
    ``unit`` is for people.
    """

    number: Number
    type: ValueType
    provenance: Provenance
    unit: str = ""
    values: dict[str, int] = {}
    fraction_bits: int = 0
    """Bits of a number that are its fraction: text then writes it with a decimal point (rtp/pl)."""

    def __post_init__(self) -> None:
        """Refuse words with one number, and words for what has none."""
        distinct("values", self.values.items())
        if self.values and not self.type.endswith(("enumeration", "integer")):
            raise ValueError(f"`values` of a {self.type}")


class Parameter(Typed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter of an event or a signal.

    ``text`` is how Annex B writes the value where the type does not say so: "package/item" for an octet string that in
    binary is the four octets of a package and an item (g/sc SigID).
    """

    text: Literal["", "package/item"] = ""


class Property(Typed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A property; ``descriptor`` is where it stands: LocalControl or TerminationState, as a rule."""

    title: str
    descriptor: str


class Statistic(Typed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A statistic."""

    title: str


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event with its parameters in Events and in ObservedEvents."""

    number: Number
    title: str
    provenance: Provenance
    parameters: dict[str, Parameter] = {}
    observed: dict[str, Parameter] = {}

    def __post_init__(self) -> None:
        """Refuse two parameters with one name or number."""
        _numbered("parameters", self.parameters)
        _numbered("observed", self.observed)


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signal with its parameters."""

    number: Number
    title: str
    type: SignalType
    provenance: Provenance
    parameters: dict[str, Parameter] = {}

    def __post_init__(self) -> None:
        """Refuse two parameters with one name or number."""
        _numbered("parameters", self.parameters)


Item: TypeAlias = Property | Event | Signal | Statistic
"""What ``package/item`` can name."""


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A package.

    ``extends`` is the id of the package that this one extends, whose items may be named with either id. ``adds`` are
    the values that this one adds to parameters of what it extends, by the parameter's name; a `Registry` holds the
    extended package with these values in it. Packages that are ``extended_only`` are not reported in Packages
    (clause 12.1.1).
    """

    id: str
    number: Number
    version: int
    title: str
    spec: str
    extends: str = ""
    extended_only: bool = False
    properties: dict[str, Property] = {}
    events: dict[str, Event] = {}
    signals: dict[str, Signal] = {}
    statistics: dict[str, Statistic] = {}
    adds: dict[str, dict[str, int]] = {}

    def __post_init__(self) -> None:
        """Refuse two items of a kind with one name or number, and enumerations of which no value can be known."""
        _numbered("properties", self.properties)
        _numbered("events", self.events)
        _numbered("signals", self.signals)
        _numbered("statistics", self.statistics)
        if self.adds and not self.extends:
            raise ValueError("`adds` without `extends`")
        if not self.extended_only:
            enumerated(_typed(self))


def enumerated(typed: Iterable[tuple[str, Typed]]) -> None:
    """Refuse an enumeration without values."""
    for name, one in typed:
        if one.type.endswith("enumeration") and not one.values:
            raise ValueError(f"{name}: `values` are missing")


def _typed(package: Package) -> Iterator[tuple[str, Typed]]:
    yield from package.properties.items()
    yield from package.statistics.items()
    for event in package.events.values():
        yield from event.parameters.items()
        yield from event.observed.items()
    for signal in package.signals.values():
        yield from signal.parameters.items()


def _numbered(kind: str, items: Mapping[str, Typed] | Mapping[str, Event] | Mapping[str, Signal]) -> None:
    distinct(kind, ((name, item.number) for name, item in items.items()))
