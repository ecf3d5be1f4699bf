"""Hypothesis strategies for the values of properties, parameters and statistics, by what their package says of them."""

from decimal import Decimal

from hypothesis import strategies as st

from megaco.message import Relation
from megaco.packages import Alternatives, Bound, Parameter, PythonValue, Scalar, Span, Typed, Wildcard, default_registry

from ..draws import QUOTABLE

RANGES = {
    "integer": (-(1 << 31), (1 << 31) - 1),
    "unsigned integer": (0, (1 << 32) - 1),
    "double": (-(1 << 63), (1 << 63) - 1),
}
"""Of H.248.1 clause 12.2, for what names no range of its own."""
_SIGNALS = [f"{package.id}/{name}" for package in default_registry() for name in package.signals]
_CHARACTERS = QUOTABLE + "\u20ac\U0001f600"
_MILLIONTH = Decimal("0.000001")
_MOST = 6
"""Of a string or an octet string of which no greatest length is known."""


def bare(typed: Typed) -> str:
    """Return the type of one value, of a sub-list's members too."""
    return typed.type.removeprefix("sub-list of ")


def is_list(typed: Typed) -> bool:
    """Tell whether a value is several."""
    return typed.type.startswith("sub-list of ")


def scalars(typed: Typed) -> st.SearchStrategy[Scalar]:
    """Return single values of a type and in its range, each as it is read: a number that has a word as the word."""
    kind = bare(typed)
    if isinstance(typed, Parameter) and typed.text == "package/item":
        return st.sampled_from(_SIGNALS)
    if typed.fraction_bits:
        return st.integers(0, 100_000_000).map(lambda number: number * _MILLIONTH)
    if kind == "boolean":
        return st.booleans()
    if kind == "enumeration":
        return st.sampled_from(sorted(typed.values))
    if kind == "character":
        return st.sampled_from(_CHARACTERS)
    if kind == "string":
        return st.text(
            _CHARACTERS, min_size=typed.minimum or 0, max_size=_MOST if typed.maximum is None else typed.maximum
        )
    if kind == "octet string":
        return st.binary(min_size=typed.minimum or 0, max_size=_MOST if typed.maximum is None else typed.maximum)
    return _numbers(typed)


def bounds(typed: Typed) -> tuple[int, int]:
    """Return the least and the greatest number of a type."""
    least, most = RANGES[bare(typed)]
    return least if typed.minimum is None else typed.minimum, most if typed.maximum is None else typed.maximum


def _numbers(typed: Typed) -> st.SearchStrategy[Scalar]:
    least, most = bounds(typed)
    worded = set(typed.values.values())
    numbers = (st.sampled_from([least, most]) | st.integers(least, most)).filter(lambda one: one not in worded)
    return numbers | st.sampled_from(sorted(typed.values)) if typed.values else numbers


def plain(typed: Typed) -> st.SearchStrategy[PythonValue]:
    """Return values that are given outright; ``*`` that stands alone is read as the wildcard that it looks like."""
    if is_list(typed):
        return st.lists(scalars(typed), min_size=1, max_size=3).map(tuple)
    return scalars(typed).map(lambda value: Wildcard.ALL if value == "*" and typed.values else value)


def values(typed: Typed) -> st.SearchStrategy[PythonValue]:
    """Return values given outright, left to the gateway, as a choice, as a range and as a bound."""
    one = scalars(typed)
    return (
        plain(typed)
        | st.just(Wildcard.CHOOSE)
        | st.lists(one, min_size=2, max_size=3).map(lambda several: Alternatives(tuple(several)))
        | st.builds(Span, one, one)
        | st.builds(Bound, st.sampled_from(Relation), one)
    )
