"""Values as text writes them and as Python has them."""

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.message import AnyValue, RelatedValue, Relation, Value, ValueChoice, ValueList, ValueRange
from megaco.packages import Alternatives, Bound, Parameter, PythonValue, Span, Typed, Wildcard
from megaco.packages.items import GREATEST, LEAST, ValueType
from megaco.packages.values import TypedValues, form_of, is_bare

from .typed_values import plain, values

_TONES = {"dt": 0x30, "Rt": 0x31}
_TYPES: tuple[ValueType, ...] = ("boolean", "integer", "unsigned integer", "double", "string", "character")
_TYPES += ("octet string", "enumeration")


def _typed(kind: ValueType, **rest: Any) -> Parameter:
    if kind.endswith("enumeration"):
        rest = {"values": _TONES} | rest
    return Parameter(number=1, type=kind, provenance="assumed", **rest)


def _of(kind: ValueType, **rest: Any) -> TypedValues:
    return TypedValues(_typed(kind, **rest))


_FRACTION = _of("double", fraction_bits=32)
_GAIN = _of("integer", values={"automatic": -1})


@pytest.mark.parametrize(
    ("of", "text", "value"),
    [
        (_of("boolean"), "on", True),
        (_of("boolean"), "off", False),
        (_of("integer"), "0", 0),
        (_of("integer"), "-2147483648", -(1 << 31)),
        (_of("integer"), "2147483647", (1 << 31) - 1),
        (_of("unsigned integer"), "4294967295", (1 << 32) - 1),
        (_of("double"), "-9223372036854775808", LEAST),
        (_of("double"), "9223372036854775807", -LEAST - 1),
        (_of("integer", minimum=1, maximum=9), "9", 9),
        (_of("integer", maximum=GREATEST), "18446744073709551615", GREATEST),
        (_GAIN, "automatic", "automatic"),
        (_GAIN, "7", 7),
        (_of("enumeration"), "dt", "dt"),
        (_of("enumeration"), "Rt", "Rt"),
        (_FRACTION, "0.2", Decimal("0.2")),
        (_FRACTION, "-10", Decimal(-10)),
        (_FRACTION, "0.000000000001", Decimal("0.000000000001")),
        (_of("octet string"), "00FF", b"\x00\xff"),
    ],
)
def test_both_ways(of: TypedValues, text: str, value: PythonValue) -> None:
    """What text writes without quotation marks, as Python has it."""
    assert of.to_python(Value(text)) == value
    assert type(of.to_python(Value(text))) is type(value)
    assert of.to_value(value) == Value(text)


@pytest.mark.parametrize("kind", ["string", "character"])
def test_strings_are_quoted(kind: ValueType) -> None:
    """Read they may be either way; a digit is a string, a dollar in quotation marks no wildcard."""
    of = _of(kind)
    for text in ("a", "5", "$", "*", "ä"):
        assert of.to_python(Value(text, quoted=True)) == text
        assert of.to_value(text) == Value(text, quoted=True)
    assert of.to_python(Value("a")) == "a"


def test_what_is_empty_is_quoted() -> None:
    """Text has no word of no characters."""
    for of, value in ((_of("string"), ""), (_of("octet string"), b"")):
        assert of.to_value(value) == Value("", quoted=True)
        assert of.to_python(Value("", quoted=True)) == value


@pytest.mark.parametrize(
    ("of", "text", "value"),
    [
        (_of("boolean"), "TRUE", True),
        (_of("boolean"), "Off", False),
        (_of("boolean"), "false", False),
        (_of("integer"), "0x1F", 31),
        (_of("integer"), "0Xff", 255),
        (_of("integer"), "007", 7),
        (_of("integer"), "-0", 0),
        (_GAIN, "AUTOMATIC", "automatic"),
        (_GAIN, "-1", "automatic"),
        (_of("enumeration"), "DT", "dt"),
        (_of("enumeration"), "rT", "Rt"),
        (_FRACTION, "0.50", Decimal("0.5")),
        (_of("octet string"), "00ff", b"\x00\xff"),
    ],
)
def test_other_spellings(of: TypedValues, text: str, value: PythonValue) -> None:
    """What text may write otherwise means the same, quoted too."""
    assert of.to_python(Value(text)) == value
    assert of.to_python(Value(text, quoted=True)) == value


@pytest.mark.parametrize(
    ("of", "value", "written"),
    [
        (_of("enumeration"), "RT", "Rt"),
        (_GAIN, "Automatic", "automatic"),
        (_GAIN, -1, "-1"),
        (_FRACTION, 3, "3"),
        (_FRACTION, Decimal("1E+3"), "1000"),
        (_FRACTION, Decimal("0.20"), "0.20"),
        (_of("octet string"), b"\xab", "AB"),
    ],
)
def test_other_values_of_python(of: TypedValues, value: PythonValue, written: str) -> None:
    """Words have no case, numbers many types."""
    assert of.to_value(value) == Value(written)


# --------------------------------------------------------------------------------------------- more than one value


@pytest.mark.parametrize("kind", _TYPES)
def test_wildcards(kind: ValueType) -> None:
    """Of every type; only without quotation marks."""
    for of in (_of(kind), _of(f"sub-list of {kind}")):  # type: ignore[arg-type]  # mypy adds no literals
        for wildcard in Wildcard:
            assert of.to_python(Value(wildcard.value)) is wildcard
            assert of.to_value(wildcard) == Value(wildcard.value)


def _one(text: str) -> Value:
    return Value(text)


@pytest.mark.parametrize(
    ("value", "python"),
    [
        (ValueChoice((Value("1"), Value("2"))), Alternatives((1, 2))),
        (ValueRange(Value("-1"), Value("2")), Span(-1, 2)),
        (RelatedValue(Relation.GREATER, Value("1")), Bound(Relation.GREATER, 1)),
        (RelatedValue(Relation.SMALLER, Value("1")), Bound(Relation.SMALLER, 1)),
        (RelatedValue(Relation.UNEQUAL, Value("1")), Bound(Relation.UNEQUAL, 1)),
    ],
)
def test_choices_ranges_and_bounds(value: AnyValue, python: PythonValue) -> None:
    """Of one value or of the members of a list."""
    for of in (_of("integer"), _of("sub-list of integer")):
        assert of.to_python(value) == python
        assert of.to_value(python) == value


def test_lists() -> None:
    """Of any type; one value alone is a list of one, which is written as a list."""
    of = _of("sub-list of integer")
    assert of.to_python(ValueList((Value("1"), Value("0x2")))) == (1, 2)
    assert of.to_value((1, 2)) == ValueList((Value("1"), Value("2")))
    assert of.to_python(Value("1")) == (1,)
    assert of.to_value(1) == of.to_value((1,)) == ValueList((Value("1"),))
    strings = _of("sub-list of string")
    assert strings.to_value(("a", "")) == ValueList((Value("a", quoted=True), Value("", quoted=True)))
    assert strings.to_python(ValueList((Value("$"), Value("a", quoted=True)))) == ("$", "a")
    assert _of("sub-list of enumeration").to_python(ValueList((Value("DT"), Value("rt")))) == ("dt", "Rt")


def test_a_list_has_a_place_of_its_own() -> None:
    """Where one value is wanted it is refused, both ways."""
    with pytest.raises(ValueError, match=r"^a list; expected one integer$"):
        _of("integer").to_python(ValueList((Value("1"),)))
    with pytest.raises(ValueError, match=r"^\(1,\); expected one integer$"):
        _of("integer").to_value((1,))


@pytest.mark.parametrize("kind", _TYPES)
@given(data=st.data())
def test_every_value_comes_back(kind: ValueType, data: st.DataObject) -> None:
    """One, several, a choice, a range and a bound of each type, and of lists of it."""
    for typed in (_typed(kind), _typed(f"sub-list of {kind}")):  # type: ignore[arg-type]  # mypy adds no literals
        of = TypedValues(typed)
        value = data.draw(values(typed) | plain(typed))
        assert of.to_python(of.to_value(value)) == value


# -------------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("of", "text", "said"),
    [
        (_of("boolean"), "yes", "'yes'; expected on or off"),
        (_of("boolean"), "1", "'1'; expected on or off"),
        (_of("integer"), "", "''; expected a number"),
        (_of("integer"), "1.5", "'1.5'; expected a number"),
        (_of("integer"), "1e3", "'1e3'; expected a number"),
        (_of("integer"), "+1", "'+1'; expected a number"),
        (_of("integer"), "-0x1", "'-0x1'; expected a number"),
        (_of("integer"), "1_000", "'1_000'; expected a number"),
        (_of("integer"), "٣", "'٣'; expected a number"),
        (_of("integer"), "2147483648", "2147483648; expected -2147483648 to 2147483647"),
        (_of("integer"), "-2147483649", "-2147483649; expected -2147483648 to 2147483647"),
        (_of("integer", maximum=9), "10", "10; expected -2147483648 to 9"),
        (_of("integer", minimum=0, maximum=63), "64", "64; expected 0 to 63"),
        (_of("integer", minimum=3, maximum=3), "4", "4; expected 3"),
        (_of("unsigned integer"), "-1", "-1; expected 0 to 4294967295"),
        (_of("double"), "99999999999999999999", "99999999999999999999 has more than 64 bits"),
        (_of("double"), "9" * 21, f"'{'9' * 21}'; expected a number"),
        (_GAIN, "manual", "'manual'; expected a number"),
        (_of("enumeration"), "bt", "'bt'; expected one of dt, Rt"),
        (_of("enumeration"), "48", "'48'; expected one of dt, Rt"),
        (_FRACTION, "1e3", "'1e3'; expected a number such as 0.2"),
        (_FRACTION, ".5", "'.5'; expected a number such as 0.2"),
        (_of("double", fraction_bits=32, maximum=100), "100.1", "100.1; expected -9223372036854775808 to 100"),
        (_of("octet string"), "123", "'123'; expected pairs of hex digits"),
        (_of("octet string"), "0x12", "'0x12'; expected pairs of hex digits"),
        (_of("octet string", minimum=2), "12", "1 octets; expected at least 2 octets"),
        (_of("octet string", minimum=2, maximum=2), "12", "1 octets; expected 2 octets"),
        (_of("string", maximum=2), "abc", "3 characters; expected at most 2 characters"),
        (_of("character"), "ab", "'ab'; expected one character"),
        (_of("character"), "", "''; expected one character"),
    ],
)
def test_what_is_no_value_of_the_type(of: TypedValues, text: str, said: str) -> None:
    """Alone, and as a part of a choice, a range or a bound."""
    wrong = Value(text, quoted=True)
    for value in (wrong, ValueChoice((wrong,)), ValueRange(wrong, wrong), RelatedValue(Relation.UNEQUAL, wrong)):
        with pytest.raises(ValueError, match=r"expected|64 bits") as caught:
            of.to_python(value)
        assert str(caught.value) == said


@pytest.mark.parametrize(
    ("of", "value", "said"),
    [
        (_of("boolean"), 1, "1; expected True or False"),
        (_of("boolean"), "on", "'on'; expected True or False"),
        (_of("integer"), True, "True; expected a number (int)"),
        (_of("integer"), "1", "'1'; expected a number (int)"),
        (_of("integer"), Decimal(1), "Decimal('1'); expected a number (int)"),
        (_of("integer"), 1 << 31, "2147483648; expected -2147483648 to 2147483647"),
        (_of("unsigned integer"), -1, "-1; expected 0 to 4294967295"),
        (_of("double"), 1 << 64, "18446744073709551616 has more than 64 bits"),
        (_of("integer", minimum=0, maximum=63), 64, "64; expected 0 to 63"),
        (_GAIN, "manual", "'manual'; expected a number (int)"),
        (_of("enumeration"), "bt", "'bt'; expected one of dt, Rt"),
        (_of("enumeration"), 48, "48; expected one of dt, Rt"),
        (_FRACTION, 0.5, "0.5; expected a number (Decimal)"),
        (_FRACTION, True, "True; expected a number (Decimal)"),
        (_FRACTION, Decimal("0.1234567890123"), "0.1234567890123 has too many digits: 10 before the point and 12 "),
        (_FRACTION, Decimal("NaN"), "NaN has too many digits"),
        (_FRACTION, Decimal("Infinity"), "Infinity has too many digits"),
        (_of("octet string"), "00", "'00'; expected octets (bytes)"),
        (_of("octet string", maximum=1), b"12", "2 octets; expected at most 1 octets"),
        (_of("string"), 5, "5; expected a string"),
        (_of("string"), 'a"b', "'a\"b': a quoted string has no room for quotation marks and control characters"),
        (_of("string"), "\0", "'\\x00': a quoted string has no room for quotation marks and control characters"),
        (_of("string", minimum=1), "", "0 characters; expected at least 1 characters"),
        (_of("character"), "ab", "'ab'; expected one character"),
    ],
)
def test_what_cannot_be_written(of: TypedValues, value: Any, said: str) -> None:
    """Alone, and as a part of a choice, a range or a bound."""
    for whole in (value, Alternatives((value,)), Span(value, value), Bound(Relation.GREATER, value)):
        with pytest.raises(ValueError, match=r"expected|64 bits|room|digits") as caught:
            of.to_value(whole)
        assert str(caught.value).startswith(said)


@given(st.text(max_size=12), st.booleans())
def test_any_text_is_a_value_or_none(text: str, quoted: bool) -> None:
    """Nothing but ValueError is raised, and what is a value can be written and means the same."""
    for kind in _TYPES:
        of = _of(kind)
        try:
            value = of.to_python(Value(text, quoted))
        except ValueError:
            continue
        if '"' not in text and not any(unicodedata.category(one) in ("Cc", "Cs") for one in text):
            assert of.to_python(of.to_value(value)) == value


# --------------------------------------------------------------------------------------------------------------- forms


def test_what_needs_no_quotation_marks() -> None:
    """The characters of Annex B SafeChar."""
    assert is_bare("on")
    assert is_bare("a/b-*$")
    assert not is_bare("")
    assert not is_bare("a b")
    assert not is_bare('"')
    assert not is_bare("ä")


@pytest.mark.parametrize("kind", _TYPES)
def test_the_form_of_a_list_is_that_of_its_members(kind: ValueType) -> None:
    """And only strings are quoted."""
    typed: Typed = _typed(f"sub-list of {kind}")  # type: ignore[arg-type]  # mypy adds no literals
    form = form_of(typed)
    assert form.is_quoted == form_of(_typed(kind)).is_quoted == (kind in ("string", "character"))


def test_a_value_that_names_an_item() -> None:
    """g/sc SigID is package/item in text (Annex B), four octets in binary."""
    of = _of("octet string", text="package/item")
    assert of.to_python(Value("cg/dt")) == "cg/dt"
    assert of.to_value("cg/dt") == Value("cg/dt")
    for text in ("", "cg", "cg/", "/dt", "cg/dt/x", "00070030", "cg dt"):
        with pytest.raises(ValueError, match=f"^'{text}'; expected package/item$"):
            of.to_python(Value(text))
        with pytest.raises(ValueError, match=f"^'{text}'; expected package/item$"):
            of.to_value(text)
    with pytest.raises(ValueError, match=r"^b'.*'; expected "):
        of.to_value(b"\0\7\0\x30")


@pytest.mark.parametrize("value", [(), Alternatives(())])
def test_nothing_is_no_list(value: PythonValue) -> None:
    """Annex B has at least one value in brackets and in braces."""
    with pytest.raises(ValueError, match="expected"):
        _of("sub-list of integer").to_value(value)


@pytest.mark.parametrize("text", ["\x01", "\x1b", "\ud800"])
def test_what_no_quoted_string_holds(text: str) -> None:
    """Control characters but for tab and line ends, and what is no character (Annex B quotedString)."""
    with pytest.raises(ValueError, match="room"):
        _of("string").to_value(text)
