"""Values between text and the BER of their type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.binary.types import ValueCodec, string_octets, string_text
from megaco.message import Value
from megaco.packages import Parameter, Property
from megaco.packages.items import ValueType

_WORDS = {"exact": 0, "state": 1, "failWrong": 300}


def _codec(kind: ValueType, values: dict[str, int] | None = None, fraction_bits: int = 0) -> ValueCodec:
    typed = Property(
        number=1,
        title="",
        type=kind,
        descriptors=("LocalControl",),
        provenance="assumed",
        values=values or {},
        fraction_bits=fraction_bits,
    )
    return ValueCodec(typed)


_ENUMERATION = _codec("enumeration", _WORDS)
_GAIN = _codec("integer", {"automatic": -1})
_LOSS = _codec("double", fraction_bits=32)


@pytest.mark.parametrize(
    ("codec", "text", "octets"),
    [
        (_codec("boolean"), "on", "0101ff"),
        (_codec("boolean"), "off", "010100"),
        (_codec("integer"), "0", "020100"),
        (_codec("integer"), "127", "02017f"),
        (_codec("integer"), "128", "02020080"),
        (_codec("integer"), "-128", "020180"),
        (_codec("integer"), "-129", "0202ff7f"),
        (_codec("unsigned integer"), "4294967295", "020500ffffffff"),
        (_codec("double"), "-9223372036854775808", "02088000000000000000"),
        (_ENUMERATION, "state", "0a0101"),
        (_ENUMERATION, "failWrong", "0a02012c"),
        (_ENUMERATION, "7", "0a0107"),
        (_GAIN, "automatic", "0201ff"),
        (_GAIN, "3", "020103"),
        (_codec("octet string"), "D8", "0401d8"),
        (_codec("sub-list of integer"), "5", "020105"),
        (_LOSS, "0.2", "020433333333"),
        (_LOSS, "10", "02050a00000000"),
        (_LOSS, "0", "020100"),
    ],
)
def test_both_directions(codec: ValueCodec, text: str, octets: str) -> None:
    """Text without quotation marks and the one BER encoding of it."""
    assert codec.write(Value(text)).hex() == octets
    assert codec.read(bytes.fromhex(octets)) == Value(text)


@pytest.mark.parametrize(
    ("text", "octets"),
    [("a b", "1603612062"), ("", "1600"), ("\xe9", "0c02c3a9"), ("5", "160135")],
)
def test_strings_are_quoted(text: str, octets: str) -> None:
    """IA5String where all is ASCII, UTF8String elsewhere."""
    for kind in (_codec("string"), _codec("character")):
        assert kind.write(Value(text, quoted=True)).hex() == octets
        assert kind.read(bytes.fromhex(octets)) == Value(text, quoted=True)


@pytest.mark.parametrize(
    ("codec", "text", "octets"),
    [
        (_codec("boolean"), "TRUE", "0101ff"),
        (_codec("boolean"), "False", "010100"),
        (_codec("integer"), "0x1F", "02011f"),
        (_codec("integer"), "007", "020107"),
        (_ENUMERATION, "EXACT", "0a0100"),
        (_codec("octet string"), "d8", "0401d8"),
    ],
)
def test_other_spellings(codec: ValueCodec, text: str, octets: str) -> None:
    """What text may write otherwise has the same octets."""
    assert codec.write(Value(text)).hex() == octets


def test_no_octets_are_quoted() -> None:
    """Text has no word of no characters."""
    assert _codec("octet string").write(Value("", quoted=True)).hex() == "0400"
    assert _codec("octet string").read(bytes.fromhex("0400")) == Value("", quoted=True)


@pytest.mark.parametrize("codec", [_codec("boolean"), _codec("integer"), _ENUMERATION, _codec("octet string")])
def test_what_the_type_has_no_room_for_is_a_string(codec: ValueCodec) -> None:
    """It is carried, and read by the type that it names."""
    octets = codec.write(Value("g165"))
    assert octets.hex() == "160467313635"
    assert codec.read(octets) is None
    other = codec.read_other(octets)
    assert other is not None
    assert codec.canonical(other) == Value("g165")
    assert codec.canonical(Value("two words")) == Value("two words", quoted=True)


@pytest.mark.parametrize("octets", ["", "02", "0200", "0201", "020105ff", "02820001", "0280", "0a", "10", "6731"])
def test_what_is_no_ber_has_no_value(octets: str) -> None:
    """Not one whole value: read neither by its type nor by its own."""
    assert _codec("integer").read(bytes.fromhex(octets)) is None
    assert _codec("integer").read_other(bytes.fromhex(octets)) is None


@given(st.binary(max_size=40))
def test_without_a_type_octets_stand_as_they_are(octets: bytes) -> None:
    """Hex digits that lead back."""
    codec = ValueCodec(None)
    value = codec.read(octets)
    assert value == Value(f"0x{octets.hex()}")
    assert codec.write(value) == octets


@given(st.integers(-(1 << 63), (1 << 64) - 1))
def test_every_number_comes_back(number: int) -> None:
    """In as few octets as it needs."""
    codec = _codec("double")
    octets = codec.write(Value(str(number)))
    assert codec.read(octets) == Value(str(number))
    assert len(octets) == 2 + (number if number >= 0 else ~number).bit_length() // 8 + 1


@given(st.integers(0, (1 << 40) - 1))
def test_every_fraction_comes_back(number: int) -> None:
    """Text has as many digits as tell it from its neighbours."""
    octets = _codec("integer").write(Value(str(number)))
    value = _LOSS.read(octets)
    assert value is not None
    assert _LOSS.write(value) == octets


@given(st.text(max_size=300).filter(lambda text: text.isascii() or text.isprintable()))
def test_every_string_comes_back(text: str) -> None:
    """Also those of more than 127 octets."""
    assert string_text(string_octets(text)) == text


@given(st.binary(max_size=20))
def test_any_octets_are_read_or_not(octets: bytes) -> None:
    """No octets raise."""
    for codec in (_codec("boolean"), _codec("integer"), _ENUMERATION, _GAIN, _LOSS, _codec("octet string")):
        for value in (codec.read(octets), codec.read_other(octets)):
            assert value is None or isinstance(value.text, str)


def test_a_parameter_may_name_an_item() -> None:
    """g/sc SigID is four octets in binary and package/item in text; the type itself knows of octets only."""
    typed = Parameter(number=1, type="octet string", provenance="standard", text="package/item")
    assert ValueCodec(typed).write(Value("00060004")).hex() == "040400060004"
