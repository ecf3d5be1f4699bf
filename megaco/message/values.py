"""Values of properties, parameters and statistics, as written; the package registry gives them types."""

from enum import Enum

from .base import Node, Octets


class Value(Node, frozen=True):
    """One value as the text encoding writes it (Annex B ``VALUE``)."""

    text: str
    """Without the quotation marks."""
    quoted: bool = False
    """True for a quoted string: the marks tell a string from a number, so they are kept."""


class ValueList(Node, frozen=True):
    """``[a,b]``: this and that (a sub-list value)."""

    values: tuple[Value, ...]


class ValueChoice(Node, frozen=True):
    """``{a,b}``: this or that; the receiver chooses."""

    values: tuple[Value, ...]


class ValueRange(Node, frozen=True):
    """``[low:high]``: both ends included."""

    low: Value
    high: Value


class Relation(Enum):
    """How a value is bounded when it is not given outright (Annex B ``INEQUAL``)."""

    GREATER = ">"
    SMALLER = "<"
    UNEQUAL = "#"


class RelatedValue(Node, frozen=True):
    """``> v``, ``< v`` or ``# v``."""

    relation: Relation
    value: Value


AnyValue = Value | ValueList | ValueChoice | ValueRange | RelatedValue


class PropertyParm(Node, frozen=True):
    """A property or a parameter with its value (Annex B ``propertyParm``, ``eventOther``, ``sigOther``)."""

    name: str
    """``package/item`` for a property, the bare parameter name inside events and signals."""
    value: AnyValue


class StatisticsParameter(Node, frozen=True):
    """One statistic (Annex B ``statisticsParameter``)."""

    name: str
    """``package/item``."""
    value: Value | ValueList | None = None
    """None where the message names the statistic only."""


class TimeStamp(Node, frozen=True):
    """Date and time (Annex B ``TimeStamp``)."""

    date: str
    """``yyyymmdd``."""
    time: str
    """``hhmmssss``, the last two digits hundredths of a second."""


class NonStandardData(Node, frozen=True):
    """What a maker adds (ASN.1 ``NonStandardData``), named by exactly one of ``object``, ``h221``, ``experimental``."""

    data: Octets
    object: str | None = None
    """Object identifier, ``1.3.6.1``."""
    h221: tuple[int, int, int, int] | None = None
    """Country code, its second octet, extension (T.35), manufacturer."""
    experimental: str | None = None
    """Eight characters that begin with ``X-`` or ``X+``."""
