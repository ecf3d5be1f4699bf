"""What stands in a package (H.248.1 clause 12.1): the schema of the files in ``grammars/packages``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

import msgspec

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

DescriptorName = Literal["TerminationState", "LocalControl", "Local", "Remote", "ContextAttr"]
"""Where a property can be defined in (clause 12.1.2); a context's own is since version 3."""

Access = Literal["read/write", "read only", "write only"]
"""What a controller may do with a property (clause 12.1.2, "characteristics")."""

Level = Literal["termination", "stream", "either"]
"""What a statistic counts (clause 12.1.5); before version 3 all are of terminations."""

Number: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=0xFFFE)]
"""A binary identifier: two octets, of which 0 is Annex C and 0xFFFF is ALL where packages and items are named."""

Version: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=99)]
"""Of a package (Annex B ``Version``, one or two digits)."""

LEAST, GREATEST = -(1 << 63), (1 << 64) - 1
"""Numbers that a value can be: a double has 64 bits, signed or not."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
"""A name of Annex B."""
_WORD = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|]{1,64}")
"""What stands in text without quotation marks."""

Default: TypeAlias = bool | int | float | str | tuple[bool | int | float | str, ...] | None


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What has a value: a property, a parameter or a statistic."""

    number: Number
    type: ValueType
    provenance: Provenance
    title: str = ""
    """What it is, in one line."""
    unit: str = ""
    """For people: ``octets/s``, ``10 ms``."""
    values: dict[str, int] = {}
    """Words of an enumeration and their numbers; an integer may have words for some numbers."""
    fraction_bits: Annotated[int, msgspec.Meta(ge=0, le=63)] = 0
    """Bits of a number that are its fraction: text then writes it with a decimal point (rtp/pl)."""
    minimum: int | None = None
    """Of a number, or of the length of a string in characters and of an octet string in octets; None: none is known."""
    maximum: int | None = None
    """Likewise."""
    default: Default = None
    """As TOML writes the value, an enumeration as its word, octets in hex; None: none, or provisioned (``remark``)."""
    remark: str = ""
    """What else a reader should know, in one line: "default provisioned", "0 turns it off"."""
    since: Version = 1
    """Version of the package that brought it."""

    def __post_init__(self) -> None:
        """Refuse words with one number, words for what has none, and a range that is empty."""
        distinct("values", self.values.items())
        if self.values and not self.type.endswith(("enumeration", "integer")):
            raise ValueError(f"`values` of a {self.type}")
        for word, number in self.values.items():
            if _WORD.fullmatch(word) is None or not LEAST <= number <= GREATEST:
                raise ValueError(f"`values`: {word!r} = {number} is no word with a number of 64 bits")
        if self.fraction_bits and (self.values or not self.type.endswith(("integer", "double"))):
            raise ValueError(f"`fraction_bits` of a {self.type}")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"`minimum` {self.minimum} is above `maximum` {self.maximum}")


class Parameter(Typed, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A parameter of an event or a signal.

    ``text`` is how Annex B writes the value where the type does not say so: "package/item" for an octet string that in
    binary is the four octets of a package and an item (g/sc SigID).
    """

    text: Literal["", "package/item"] = ""
    required: bool = False
    """Whether it must be there: without it the event or signal is refused with 457."""


class Property(Typed, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A property."""

    title: str
    descriptors: Annotated[tuple[DescriptorName, ...], msgspec.Meta(min_length=1)]
    access: Access = "read/write"


class Statistic(Typed, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A statistic."""

    title: str
    level: Level = "either"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event with its parameters in Events and in ObservedEvents."""

    number: Number
    title: str
    provenance: Provenance
    parameters: dict[str, Parameter] = {}
    observed: dict[str, Parameter] = {}
    remark: str = ""
    since: Version = 1

    def __post_init__(self) -> None:
        """Refuse two parameters with one name or number."""
        _numbered("parameters", self.parameters)
        _numbered("observed", self.observed)


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A signal with its parameters."""

    number: Number
    title: str
    type: SignalType
    provenance: Provenance
    parameters: dict[str, Parameter] = {}
    duration: int | None = None
    """Of a timeout signal by default, in hundredths of a second; None: provisioned, or the type has none."""
    remark: str = ""
    since: Version = 1

    def __post_init__(self) -> None:
        """Refuse two parameters with one name or number."""
        _numbered("parameters", self.parameters)


Item: TypeAlias = Property | Event | Signal | Statistic
"""What ``package/item`` can name."""


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A package.

    ``extends`` is the id of the package that this one extends, whose items may be named with either id. ``adds`` are
    the values that this one adds to parameters of what it extends, by the parameter's name; a `Registry` holds the
    extended package with these values in it. Packages that are ``extended_only`` are not reported in Packages
    (clause 12.1.1).
    """

    id: str
    number: Number
    version: Version
    title: str
    description: str = ""
    """What it is for, in one line."""
    spec: str
    """The Recommendation: ``H.248.43``."""
    clause: str = ""
    """Of the Recommendation; "" where it is not known."""
    provenance: Provenance = "assumed"
    """Of id, number and version; each item has its own."""
    extends: str = ""
    extended_only: bool = False
    properties: dict[str, Property] = {}
    events: dict[str, Event] = {}
    signals: dict[str, Signal] = {}
    statistics: dict[str, Statistic] = {}
    errors: dict[str, str] = {}
    """Error codes that the package brings (clause 12.1.6), by decimal code, with their text."""
    adds: dict[str, dict[str, int]] = {}

    def __post_init__(self) -> None:
        """Refuse two items of a kind with one name or number, and enumerations of which no value can be known."""
        if _NAME.fullmatch(self.id) is None:
            raise ValueError(f"`id` {self.id!r} is no name: a letter, then letters, digits and _, 64 at most")
        if self.extends.lower() == self.id.lower():
            raise ValueError("`extends` names the package itself")
        _numbered("properties", self.properties)
        _numbered("events", self.events)
        _numbered("signals", self.signals)
        _numbered("statistics", self.statistics)
        if self.adds and not self.extends:
            raise ValueError("`adds` without `extends`")
        for code in self.errors:
            if not (code.isascii() and code.isdecimal() and 400 <= int(code) <= 899):
                raise ValueError(f"`errors`: {code} is no error code")
        if not self.extended_only:
            enumerated(typed_of(self))
        since = [(name, one.since) for name, one in typed_of(self)]
        since += [(name, event.since) for name, event in self.events.items()]
        since += [(name, signal.since) for name, signal in self.signals.items()]
        for name, version in since:
            if version > self.version:
                raise ValueError(f"{name}: `since` {version} is above `version` {self.version}")

    @property
    def source(self) -> str:
        """Recommendation and clause, as people write them."""
        return (
            f"{self.spec} clause {self.clause}" if self.clause[:1].isdigit() else f"{self.spec} {self.clause}".strip()
        )


def distinct(kind: str, numbered: Iterable[tuple[str, int]]) -> None:
    """Refuse what has one name, case aside, or one number."""
    names: set[str] = set()
    numbers: set[int] = set()
    for name, number in numbered:
        if name.lower() in names:
            raise ValueError(f"`{kind}`: the name {name} stands twice")
        if number in numbers:
            raise ValueError(f"`{kind}`: the number {number:#06x} stands twice, at {name}")
        names.add(name.lower())
        numbers.add(number)


def enumerated(typed: Iterable[tuple[str, Typed]]) -> None:
    """Refuse an enumeration without values."""
    for name, one in typed:
        if one.type.endswith("enumeration") and not one.values:
            raise ValueError(f"{name}: `values` are missing")


def typed_of(package: Package) -> Iterator[tuple[str, Typed]]:
    """Yield all of a package that has values, by its own name."""
    yield from package.properties.items()
    yield from package.statistics.items()
    for event in package.events.values():
        yield from event.parameters.items()
        yield from event.observed.items()
    for signal in package.signals.values():
        yield from signal.parameters.items()


def _numbered(kind: str, items: Mapping[str, Typed] | Mapping[str, Event] | Mapping[str, Signal]) -> None:
    for name in items:
        if _NAME.fullmatch(name) is None:
            raise ValueError(f"`{kind}`: {name!r} is no name: a letter, then letters, digits and _, 64 at most")
    distinct(kind, ((name, item.number) for name, item in items.items()))
