"""The forms that BER leaves to the sender: whichever a message comes in, it is the same tree."""

import pytest

from megaco import DecodeError, Deviation, Message, decode, encode
from megaco.message import AuditItem, NotifyReason, Signal, SubtractRequest

from ..samples import only_command
from .ber import (
    END_OF_CONTENTS,
    Form,
    Tlv,
    definite,
    indefinite,
    nested,
    octet_by_octet,
    parsed,
    segmented,
    spare,
    tlv,
    without_lengths,
    written,
)
from .octets import (
    EVENT,
    MID,
    NUMBER,
    SIGNAL,
    TERMINATIONS,
    acknowledged,
    events,
    fixtures,
    message,
    pending,
    reply,
    request,
    signals,
    subtract,
    transactions,
)

_FIXTURES = fixtures()


def _strict(octets: bytes) -> tuple[Message, list[str]]:
    """Return a message decoded to the letter, and the names of what was noted all the same."""
    deviations: list[Deviation] = []
    found = decode(octets, strict=True, on_deviation=deviations.append)
    return found, [deviation.allowance for deviation in deviations]


def _refusal(octets: bytes) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(octets)
    return caught.value


# --------------------------------------------------------------------------------------------------------- lengths


@pytest.mark.parametrize("name", _FIXTURES)
def test_messages_without_lengths(name: str) -> None:
    """Every constructed value may say no length, all at once or each alone."""
    octets = _FIXTURES[name]
    (value,) = parsed(octets)
    whole = decode(octets)
    assert decode(written(value, without_lengths)) == whole
    count = _constructed(value)
    for chosen in range(count):
        assert decode(written(value, _only(chosen))) == whole, chosen


def _constructed(value: Tlv) -> int:
    return value.is_constructed + sum(_constructed(one) for one in value.inside if isinstance(one, Tlv))


def _only(chosen: int):  # type: ignore[no-untyped-def]  # as `written` takes it
    """Return what leaves the length of one constructed value out."""
    count = -1

    def form_of(value: Tlv) -> Form:
        nonlocal count
        count += value.is_constructed
        return indefinite if value.is_constructed and count == chosen else definite

    return form_of


@pytest.mark.parametrize("zeros", [0, 1, 3, 100])
@pytest.mark.parametrize("name", _FIXTURES)
def test_long_lengths(name: str, zeros: int) -> None:
    """A length may be longer than it needs, with octets of 0 before it (X.690 clause 8.1.3.5)."""
    octets = _FIXTURES[name]
    (value,) = parsed(octets)
    assert decode(written(value, lambda _: spare(zeros))) == decode(octets)


def test_the_longest_length() -> None:
    """A length has 126 octets at most, which are read; 127 are what the standard keeps for later."""
    for size in (8, 9, 126):
        number = b"\x80" + bytes([0x80 | size]) + bytes(size - 1) + b"\1\7"
        assert decode(transactions(tlv(0xA1, number))).transactions[0].transaction_id == 7  # type: ignore[union-attr]  # a Pending
    error = _refusal(transactions(tlv(0xA1, b"\x80\xfe" + b"\xff" * 126)))
    assert "a length of more than 8 octets where 0 octets are left" in str(error)


@pytest.mark.parametrize(
    ("octets", "what"),
    [
        (transactions(tlv(0xA1, b"\x80\x80\1\0\0")), "a simple value without length"),
        (tlv(0x30, b"\xa1\x80", tlv(0x80, b"\1")), "a value without length that does not end"),
        (b"\x30\x80" + transactions(pending())[2:], "a value without length that does not end"),
        (transactions(pending(END_OF_CONTENTS)), "end-of-contents octets where no length is open"),
        (transactions(pending(), END_OF_CONTENTS), "end-of-contents octets where no length is open"),
        (transactions(pending()) + END_OF_CONTENTS, "end-of-contents octets where no length is open"),
        (transactions(pending(), b"\0"), "end-of-contents octets where no length is open"),
        (transactions(pending(b"\0\1x")), "end-of-contents octets where no length is open"),
        (transactions(tlv(0xA1, NUMBER, form=indefinite), END_OF_CONTENTS), "end-of-contents octets where no length"),
        (transactions(pending()) + b"x", "1 octets after the message"),
        (transactions(pending()) * 2, "octets after the message"),
        (transactions(pending(b"\x9e")), "the octets end within a tag or length"),
        (transactions(pending(b"\x9e\x82\1")), "the octets end within a tag or length"),
        (transactions(pending(b"\x9f\x81")), "the octets end within a tag or length"),
        (transactions(pending(b"\x9e\2x")), "length 2 where 1 octets are left"),
        (b"\x30", "the octets end within a tag or length"),
        (b"0\0", "the end of the value"),
    ],
)
def test_what_is_no_ber(octets: bytes, what: str) -> None:
    """Lengths that lie, octets that are missing or too many, end-of-contents octets of nothing."""
    assert what in str(_refusal(octets))


def test_end_of_contents_octets_close_one_value_each() -> None:
    """A value without length ends what it begins, also as the last of others without length."""
    inner = tlv(0xA1, tlv(0xA1, NUMBER, form=indefinite), form=indefinite)
    octets = tlv(0x30, tlv(0xA1, tlv(0x80, b"\3"), MID, tlv(0xA2, inner, form=indefinite), form=indefinite))
    assert decode(octets) == decode(transactions(pending()))
    assert decode(tlv(0x30, octets[2:], form=indefinite)) == decode(octets)
    with pytest.raises(DecodeError):
        decode(octets[:-2])


# --------------------------------------------------------------------------------------------- strings in segments


@pytest.mark.parametrize("cut", [octet_by_octet, nested])
@pytest.mark.parametrize("name", _FIXTURES)
def test_strings_in_segments(name: str, cut) -> None:  # type: ignore[no-untyped-def]  # as `segmented` takes it
    """OCTET STRING, IA5String and BIT STRING in segments, in segments of segments, with lengths and without."""
    octets = _FIXTURES[name]
    value = segmented(octets, cut)
    for form_of in (lambda _: definite, without_lengths):
        assert decode(written(value, form_of)) == decode(octets)


def test_a_string_of_no_segments_is_empty() -> None:
    """As many segments as there are, none included: the error text here."""
    for form in (definite, indefinite):
        octets = message(tlv(0xA0, tlv(0x80, b"\1\xf4"), tlv(0xA1, form=form)))
        error = decode(octets, strict=True).error
        assert error is not None
        assert (error.code, error.text) == (500, "")


@pytest.mark.parametrize(
    ("segment", "what"),
    [
        (tlv(0x16, b"a"), "tag [UNIVERSAL 22]; expected a segment, tag [UNIVERSAL 4]"),
        (tlv(0x80, b"a"), "tag [0]; expected a segment"),
        (tlv(0x81, b"a"), "tag [1]; expected a segment"),
        (tlv(0x24, tlv(0x03, b"a")), "tag [UNIVERSAL 3]; expected a segment"),
        (b"\x04\2a", "length 2 where 1 octets are left"),
    ],
)
def test_segments_have_a_tag_of_their_own(segment: bytes, what: str) -> None:
    """Segments of an IA5String are tagged like those of an OCTET STRING (X.690 clause 8.23.3)."""
    assert what in str(_refusal(message(tlv(0xA0, tlv(0x80, b"\1\xf4"), tlv(0xA1, segment)))))


def test_segments_together_have_the_size() -> None:
    """Bounds hold for the string, not for a segment of it."""
    halves = tlv(0x04, b"\0\7"), tlv(0x04, b"\0\x30")
    assert decode(signals(tlv(0xA0, *halves), tlv(0xA6)), strict=True) == decode(signals(SIGNAL, tlv(0xA6)))
    assert "2 octets; expected 4" in str(_refusal(signals(tlv(0xA0, halves[0]), tlv(0xA6))))


def test_numbers_do_not_come_in_segments() -> None:
    """INTEGER, BOOLEAN, NULL and ENUMERATED are primitive, and so is an OBJECT IDENTIFIER."""
    assert "tag [0]; expected transactionId" in str(_refusal(transactions(tlv(0xA1, tlv(0xA0, tlv(0x02, b"\1"))))))
    for tag in (0xA1, 0xA2, 0xA3, 0xA5):
        error = _refusal(signals(SIGNAL, tlv(tag, tlv(0x02, b"\1")), tlv(0xA6)))
        assert (error.code, error.expected) == (442, ("sigParList",))


# ---------------------------------------------------------------------------------------------------- bit strings


def _items(octets: bytes) -> tuple[AuditItem, ...]:
    command = only_command(decode(octets, strict=True))
    assert isinstance(command, SubtractRequest)
    assert command.audit is not None
    return command.audit.items


@pytest.mark.parametrize(
    ("bits", "items"),
    [
        (b"\0", ()),
        (b"\7\x80", (AuditItem.MUX,)),
        (b"\0\x80", (AuditItem.MUX,)),
        (b"\0\x80\0\0\0", (AuditItem.MUX,)),
        (b"\7\x80\0", (AuditItem.MUX,)),
        (b"\7\xff", (AuditItem.MUX,)),
        (b"\0\0\0", ()),
        (b"\6\0\x40", (AuditItem.EVENT_BUFFER,)),
        (b"\6\xff\xc0", tuple(AuditItem)),
    ],
)
def test_named_bits(bits: bytes, items: tuple[AuditItem, ...]) -> None:
    """Bits that are not set may be left out at the end, or not; what the last octet has to spare does not count."""
    assert sorted(_items(subtract(tlv(0x80, bits))), key=str) == sorted(items, key=str)


def test_bits_in_segments() -> None:
    """All segments but the last are whole octets (X.690 clause 8.6.4)."""
    pieces = tlv(0x03, b"\0\x20"), tlv(0x03, b"\6\x40")
    expected = (AuditItem.MEDIA, AuditItem.EVENT_BUFFER)
    for form in (definite, indefinite):
        assert _items(subtract(tlv(0xA0, *pieces, form=form))) == expected
        assert _items(subtract(tlv(0xA0, tlv(0x23, *pieces, form=form), form=form))) == expected
        assert _items(subtract(tlv(0xA0, form=form))) == ()
        assert _items(subtract(tlv(0xA0, tlv(0x03, b"\0"), form=form))) == ()


@pytest.mark.parametrize(
    "bits",
    [
        tlv(0x80),
        tlv(0x80, b"\1"),
        tlv(0x80, b"\x08\x80"),
        tlv(0x80, b"\xff\x80"),
        tlv(0xA0, tlv(0x03)),
        tlv(0xA0, tlv(0x03, b"\1\x80"), tlv(0x03, b"\0\x80")),
        tlv(0xA0, tlv(0x04, b"\0\x80")),
        tlv(0xA0, tlv(0x80, b"\0\x80")),
    ],
)
def test_bits_that_do_not_say_how_many_they_are(bits: bytes) -> None:
    """An octet says how many of the last octet's bits do not count, 0 to 7; it is always there."""
    assert _refusal(subtract(bits)).code == 442


def test_bits_that_nobody_knows_are_left_out() -> None:
    """A bit of a later version is noted, to the letter too; once, however many there are."""
    found, noted = _strict(subtract(tlv(0x80, b"\0\x20\x00\xff\xff")))
    assert found == decode(subtract(tlv(0x80, b"\5\x20")))
    assert noted == ["left-out"]


def test_reasons_are_bits_too() -> None:
    """NotifyCompletion, which has five."""
    command = only_command(decode(signals(SIGNAL, tlv(0x84, b"\3\x88"), tlv(0xA6)), strict=True))
    (signal,) = command.signals.signals  # type: ignore[union-attr]  # what was sent
    assert isinstance(signal, Signal)
    assert signal.notify_completion == (NotifyReason.TIME_OUT, NotifyReason.ITERATION)


# -------------------------------------------------------------------------------------------------------- numbers


def _number(octets: bytes) -> bytes:
    return transactions(tlv(0xA1, tlv(0x80, octets)))


@pytest.mark.parametrize(
    ("octets", "number"),
    [
        (b"\0", 0),
        (b"\x7f", 127),
        (b"\0\x80", 128),
        (b"\0\xff", 255),
        (b"\1\0", 256),
        (b"\x7f\xff\xff\xff", 2**31 - 1),
        (b"\0\x80\0\0\0", 2**31),
        (b"\0\xff\xff\xff\xff", 2**32 - 1),
    ],
)
def test_integers(octets: bytes, number: int) -> None:
    """A number has as many octets as it needs, the first bit for the sign; so it is written."""
    found = decode(_number(octets), strict=True)
    assert found.transactions[0].transaction_id == number  # type: ignore[union-attr]  # a Pending
    assert encode(found, "binary") == _number(octets)


@pytest.mark.parametrize("octets", [b"\0\0", b"\0\1", b"\0\x7f", b"\0\0\0\1", b"\0\0\0\x80", bytes(200) + b"\1"])
def test_integers_with_octets_to_spare(octets: bytes) -> None:
    """More octets than a number needs are an allowance."""
    with pytest.raises(DecodeError) as caught:
        decode(_number(octets), strict=True)
    assert caught.value.allowance == "long-integer"
    deviations: list[Deviation] = []
    found = decode(_number(octets), on_deviation=deviations.append)
    assert found.transactions[0].transaction_id == octets[-1]  # type: ignore[union-attr]  # a Pending
    assert [deviation.allowance for deviation in deviations] == ["long-integer"]
    assert decode(_number(octets), allow={"long-integer"}) == found


@pytest.mark.parametrize(
    ("octets", "what"),
    [
        (b"", "an INTEGER without octets"),
        (b"\xff", "-1; expected 0 to 4294967295"),
        (b"\x80", "-128; expected 0 to 4294967295"),
        (b"\x80\0\0\0", "-2147483648; expected 0 to"),
        (b"\xff\xff\xff\xff", "an INTEGER of 4 octets"),
        (b"\1\0\0\0\0", "4294967296; expected 0 to 4294967295"),
        (b"\x7f" * 17, "a number of 17 octets; expected 0 to"),
        (b"\xff" * 17, "an INTEGER of 17 octets"),
    ],
)
def test_numbers_out_of_range(octets: bytes, what: str) -> None:
    """Negative numbers, and those too great, and none."""
    with pytest.raises(DecodeError) as caught:
        decode(_number(octets), strict=True)
    assert what in str(caught.value)
    with pytest.raises(DecodeError):
        decode(_number(octets))


_RANGES = [
    (lambda value: tlv(0x30, tlv(0xA1, tlv(0x80, value), MID, tlv(0xA2, tlv(0xA1)))), 99, "version"),
    (lambda value: message(tlv(0xA0, tlv(0x80, value))), 65535, "errorCode"),
    (lambda value: signals(SIGNAL, tlv(0x81, value), tlv(0xA6)), 65535, "streamID"),
    (lambda value: signals(SIGNAL, tlv(0x83, value), tlv(0xA6)), 65535, "duration"),
    (lambda value: acknowledged(tlv(0x30, tlv(0x80, value))), 2**32 - 1, "firstAck"),
    (lambda value: acknowledged(tlv(0x30, NUMBER, tlv(0x81, value))), 2**32 - 1, "lastAck"),
    (lambda value: reply(tlv(0xA6, TERMINATIONS, tlv(0xA1, tlv(0x80, value)))), 65535, "errorCode"),
]


@pytest.mark.parametrize(("make", "most", "name"), _RANGES, ids=[name for _, _, name in _RANGES])
def test_ranges(make, most: int, name: str) -> None:  # type: ignore[no-untyped-def]  # octets to octets
    """The least and the greatest number are taken, the next ones not."""
    size = most.bit_length() // 8 + 1
    for number in (0 if name != "version" else 1, most if name != "version" else 3):
        decode(make(number.to_bytes(size, "big").lstrip(b"\0") or b"\0") if number < 128 else make(_signed(number)))
    for number in (-1, most + 1):
        assert name in _refusal(make(_signed(number))).path


def _signed(number: int) -> bytes:
    return number.to_bytes((number + (number < 0)).bit_length() // 8 + 1, "big", signed=True)


# ------------------------------------------------------------------------------------- booleans, nulls, enumerations


@pytest.mark.parametrize(("octets", "value"), [(b"\xff", True), (b"\1", True), (b"\x80", True), (b"\0", False)])
def test_booleans(octets: bytes, value: bool) -> None:
    """Any octet but 0 is true (X.690 clause 8.2)."""
    command = only_command(decode(signals(SIGNAL, tlv(0x85, octets), tlv(0xA6)), strict=True))
    (signal,) = command.signals.signals  # type: ignore[union-attr]  # what was sent
    assert isinstance(signal, Signal)
    assert signal.keep_active is value


@pytest.mark.parametrize(
    ("octets", "what"),
    [
        (signals(SIGNAL, tlv(0x85), tlv(0xA6)), "a BOOLEAN of 0 octets; expected one octet"),
        (signals(SIGNAL, tlv(0x85, b"\0\0"), tlv(0xA6)), "a BOOLEAN of 2 octets"),
        (events(EVENT, tlv(0xA2, tlv(0x85, b"\0")), tlv(0xA3)), "a NULL of 1 octets; expected none"),
        (signals(SIGNAL, tlv(0x82), tlv(0xA6)), "an INTEGER without octets"),
        (signals(SIGNAL, tlv(0x82, b"\3"), tlv(0xA6)), "value 3, which is not known; expected 0 to 2"),
        (signals(SIGNAL, tlv(0x82, b"\xff"), tlv(0xA6)), "value -1, which is not known"),
        (signals(SIGNAL, tlv(0x82, b"\1\0"), tlv(0xA6)), "value 256, which is not known"),
        (signals(SIGNAL, tlv(0x82, b"\x7f" * 9), tlv(0xA6)), "; expected"),
        (signals(SIGNAL, tlv(0xA6), tlv(0x87, b"\4")), "value 4, which is not known; expected 0 to 2"),
    ],
)
def test_simple_values_of_the_wrong_size_or_meaning(octets: bytes, what: str) -> None:
    """BOOLEAN and NULL have their size; an enumeration is extensible, but nobody knows what a new value would mean."""
    error = _refusal(octets)
    assert what in str(error)
    assert error.code == 442


def test_an_enumeration_with_octets_to_spare() -> None:
    """The allowance for long integers is for enumerations too."""
    octets = signals(SIGNAL, tlv(0x82, b"\0\0\1"), tlv(0xA6))
    assert decode(octets) == decode(signals(SIGNAL, tlv(0x82, b"\1"), tlv(0xA6)))
    with pytest.raises(DecodeError, match="an INTEGER of 3 octets"):
        decode(octets, strict=True)


def test_a_request_of_every_form_at_once() -> None:
    """Nothing definite, nothing short, every string in segments of segments."""
    octets = request(tlv(0xA2, TERMINATIONS, tlv(0xA1)))
    value = segmented(octets, nested)
    mixed = written(value, lambda one: indefinite if one.is_constructed else spare(2))
    assert decode(mixed, strict=True) == decode(octets)
