"""Values as text writes them and as Python has them, by the types of H.248.1 clause 12.2.

| type                                | in text                  | in Python                                    |
|-------------------------------------|--------------------------|----------------------------------------------|
| boolean                             | ``on``, ``off``          | bool                                         |
| integer, unsigned integer, double   | ``-5``, ``0x1F``         | int; its word (str) where the number has one |
| the same with bits of fraction      | ``0.2``                  | Decimal                                      |
| enumeration                         | its word                 | str, the word as the package spells it       |
| string, character                   | ``"..."``                | str                                          |
| octet string                        | hex digits               | bytes                                        |
| octet string that names an item     | ``cg/dt``                | str                                          |
| sub-list of any                     | ``[a,b]``                | tuple                                        |
| to be chosen, or all                | ``$``, ``*``             | `Wildcard`                                   |
| one of several                      | ``{a,b}``                | `Alternatives`                               |
| within two bounds                   | ``[a:b]``                | `Span`                                       |
| greater, smaller, unequal           | ``> a``                  | `Bound`                                      |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, TypeAlias

from megaco.message import AnyValue, RelatedValue, Relation, Value, ValueChoice, ValueList, ValueRange
from megaco.packages.items import GREATEST, LEAST, Parameter, Typed

Scalar: TypeAlias = bool | int | Decimal | str | bytes

_TRUTHS = {"on": True, "true": True, "off": False, "false": False}
_UNQUOTED = re.compile(r"[A-Za-z0-9+\-&!_/'?@^`~*$\\()%.|]+")
_NUMBER = re.compile(r"-?[0-9]{1,20}|0[xX][0-9a-fA-F]{1,16}")
_DECIMAL = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,12})?")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*")
_ITEM = re.compile(r"[A-Za-z0-9_*]{1,64}/[A-Za-z0-9_*]{1,64}")
_UNQUOTABLE = re.compile(r'["\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]')
_SUB_LIST = "sub-list of "
_RANGES = {
    "integer": (-(1 << 31), (1 << 31) - 1),
    "unsigned integer": (0, (1 << 32) - 1),
    "double": (LEAST, -LEAST - 1),
}
"""Of 4 octets with and without sign, and of 8 with it (clause 12.2)."""


class Wildcard(Enum):
    """A value that stands for others."""

    CHOOSE = "$"
    """The gateway shall choose."""
    ALL = "*"


@dataclass(frozen=True)
class Alternatives:
    """One of these; the gateway chooses."""

    values: tuple[Scalar, ...]


@dataclass(frozen=True)
class Span:
    """Anything from ``low`` to ``high``, both included."""

    low: Scalar
    high: Scalar


@dataclass(frozen=True)
class Bound:
    """Anything greater or smaller than, or other than, a value."""

    relation: Relation
    value: Scalar


PythonValue: TypeAlias = Scalar | tuple[Scalar, ...] | Wildcard | Alternatives | Span | Bound


def is_bare(text: str) -> bool:
    """Tell whether text can write a value without quotation marks."""
    return _UNQUOTED.fullmatch(text) is not None


class Form(NamedTuple):
    """How scalars of one type are written; both directions raise ValueError, in words, for what is not of the type."""

    parse: Callable[[str], Scalar]
    write: Callable[[object], str]
    """Takes anything: what a caller hands in may be of any type."""
    is_quoted: bool = False


def _parse_boolean(text: str) -> Scalar:
    truth = _TRUTHS.get(text.lower())
    if truth is None:
        raise ValueError(f"{text!r}; expected on or off")
    return truth


def _write_boolean(value: object) -> str:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r}; expected True or False")
    return "on" if value else "off"


def _parse_number(text: str) -> Scalar:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{text!r}; expected a number")
    return _in_64_bits(int(text, 16) if text[:2] in ("0x", "0X") else int(text))


def _in_64_bits(number: int) -> int:
    if not LEAST <= number <= GREATEST:
        raise ValueError(f"{number} has more than 64 bits")
    return number


def _write_number(value: object) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r}; expected a number (int)")
    return str(_in_64_bits(value))


def _parse_fraction(text: str) -> Scalar:
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError(f"{text!r}; expected a number such as 0.2")
    return Decimal(text)


def _write_fraction(value: object) -> str:
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        raise ValueError(f"{value!r}; expected a number (Decimal)")
    written = str(value) if isinstance(value, int) else f"{value:f}"
    if _DECIMAL.fullmatch(written) is None:
        raise ValueError(f"{value} has too many digits: 10 before the point and 12 behind it at most")
    return written


def _parse_string(text: str) -> Scalar:
    return text


def _write_string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r}; expected a string")
    if _UNQUOTABLE.search(value) is not None:
        raise ValueError(f"{value!r}: a quoted string has no room for quotation marks and control characters")
    return value


def _parse_item_name(text: str) -> Scalar:
    if _ITEM.fullmatch(text) is None:
        raise ValueError(f"{text!r}; expected package/item")
    return text


def _write_item_name(value: object) -> str:
    text = _write_string(value)
    _parse_item_name(text)
    return text


def _parse_octets(text: str) -> Scalar:
    if _HEX.fullmatch(text) is None:
        raise ValueError(f"{text!r}; expected pairs of hex digits")
    return bytes.fromhex(text)


def _write_octets(value: object) -> str:
    if not isinstance(value, bytes):
        raise ValueError(f"{value!r}; expected octets (bytes)")
    return value.hex().upper()


def with_words(values: Mapping[str, int], *, numbers_too: bool) -> Form:
    """Return the form of numbers that have words, which alone or besides numbers can be written."""
    words = {word.lower(): word for word in values}
    by_number = {number: word for word, number in values.items()}
    expected = ", ".join(values)

    def parse(text: str) -> Scalar:
        word = words.get(text.lower())
        if word is not None:
            return word
        if not numbers_too:
            raise ValueError(f"{text!r}; expected one of {expected}")
        number = _parse_number(text)
        assert isinstance(number, int)
        return by_number.get(number, number)

    def write(value: object) -> str:
        word = words.get(value.lower()) if isinstance(value, str) else None
        if word is not None:
            return word
        if not numbers_too:
            raise ValueError(f"{value!r}; expected one of {expected}")
        return _write_number(value)

    return Form(parse, write)


PLAIN = {
    "boolean": Form(_parse_boolean, _write_boolean),
    "integer": Form(_parse_number, _write_number),
    "unsigned integer": Form(_parse_number, _write_number),
    "double": Form(_parse_number, _write_number),
    "string": Form(_parse_string, _write_string, is_quoted=True),
    "character": Form(_parse_string, _write_string, is_quoted=True),
    "octet string": Form(_parse_octets, _write_octets),
}
_ITEM_NAME = Form(_parse_item_name, _write_item_name)
FRACTION = Form(_parse_fraction, _write_fraction)


def form_of(typed: Typed) -> Form:
    """Return how the scalars of a type are written, those in a sub-list where it is one."""
    if isinstance(typed, Parameter) and typed.text == "package/item":
        return _ITEM_NAME
    name = typed.type.removeprefix(_SUB_LIST)
    if typed.fraction_bits:
        return FRACTION
    if typed.values:
        return with_words(typed.values, numbers_too=name != "enumeration")
    return PLAIN[name]


class TypedValues:
    """The values of one property, parameter or statistic, both ways; raises ValueError, in words, for what is none."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.is_list = typed.type.startswith(_SUB_LIST)
        self._name = typed.type.removeprefix(_SUB_LIST)
        self._form = form_of(typed)
        least, most = _RANGES.get(self._name, (None, None))
        self._minimum = least if typed.minimum is None else typed.minimum
        self._maximum = most if typed.maximum is None else typed.maximum
        self._is_checked = self._minimum is not None or self._maximum is not None or self._name == "character"

    def to_python(self, value: AnyValue) -> PythonValue:
        """Return what a value in a message means."""
        if isinstance(value, Value):
            if not value.quoted and (value.text == "$" or value.text == "*"):
                return Wildcard(value.text)
            scalar = self._scalar(value)
            return (scalar,) if self.is_list else scalar
        if isinstance(value, ValueList):
            if not self.is_list:
                raise ValueError(f"a list; expected one {self._name}")
            return tuple([self._scalar(one) for one in value.values])
        if isinstance(value, ValueChoice):
            return Alternatives(tuple([self._scalar(one) for one in value.values]))
        if isinstance(value, ValueRange):
            return Span(self._scalar(value.low), self._scalar(value.high))
        return Bound(value.relation, self._scalar(value.value))

    def to_value(self, value: object) -> AnyValue:
        """Return a Python value as a message has it."""
        match value:
            case Wildcard():
                return Value(value.value)
            case Alternatives():
                return ValueChoice(self._several(value.values))
            case Span():
                return ValueRange(self._value(value.low), self._value(value.high))
            case Bound():
                return RelatedValue(value.relation, self._value(value.value))
            case tuple():
                if not self.is_list:
                    raise ValueError(f"{value!r}; expected one {self._name}")
                return ValueList(self._several(value))
        return ValueList((self._value(value),)) if self.is_list else self._value(value)

    def _several(self, scalars: tuple[object, ...]) -> tuple[Value, ...]:
        if not scalars:
            raise ValueError("no value at all; expected one or more")
        return tuple([self._value(one) for one in scalars])

    def _scalar(self, value: Value) -> Scalar:
        scalar = self._form.parse(value.text)
        if self._is_checked:
            self._check(scalar)
        return scalar

    def _value(self, scalar: object) -> Value:
        text = self._form.write(scalar)
        if self._is_checked:
            self._check(scalar)
        return Value(text, quoted=self._form.is_quoted or not text)

    def _check(self, scalar: object) -> None:
        """Hold a number to its range, and the length of a string to its own."""
        if isinstance(scalar, bytes):
            self._hold(len(scalar), " octets")
        elif isinstance(scalar, int | Decimal):
            self._hold(scalar, "")
        elif isinstance(scalar, str) and self._name == "string":
            self._hold(len(scalar), " characters")
        elif isinstance(scalar, str) and self._name == "character" and len(scalar) != 1:
            raise ValueError(f"{scalar!r}; expected one character")

    def _hold(self, size: int | Decimal, what: str) -> None:
        minimum, maximum = self._minimum, self._maximum
        if (minimum is not None and size < minimum) or (maximum is not None and size > maximum):
            raise ValueError(f"{size}{what}; expected {_range(minimum, maximum)}{what}")


def _range(minimum: int | None, maximum: int | None) -> str:
    if minimum is None:
        return f"at most {maximum}"
    if maximum is None:
        return f"at least {minimum}"
    return str(minimum) if minimum == maximum else f"{minimum} to {maximum}"
