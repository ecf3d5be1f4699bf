"""What is left of a message that was refused: the transactions that are whole, and the ones to be answered."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megaco import DecodeError, EncodeError, Limits, Message, decode, encode
from megaco.codec import DEFAULT_LIMITS, BrokenTransaction, Header, Salvage, assemble, encode_transaction, salvage
from megaco.errors import Level
from megaco.message import DeviceName, SegmentReply, Transaction, TransactionPending
from tests.fuzz import tlvs, tokens
from tests.megaco.binary.ber import definite
from tests.megaco.binary.octets import fixtures

from .samples import EVERY_SAMPLE
from .strategies import MESSAGES

_MID = DeviceName("mg")
_TEXTS = [path.read_bytes() for path in sorted((Path(__file__).resolve().parents[2] / "fixtures").rglob("*.h248"))]
_BINARIES = list(fixtures().values())
_LINE_END = re.compile(rb"\r\n|\r|\n")
_CODES = frozenset({403, 410, 422, 442, 448, 456})
_KINDS = frozenset({"request", "reply", "pending", "ack", "segment", "unknown"})
_MANY = 1000
_SLOW_TO_DRAW = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

GOOD = "Transaction = 7 { Context = 1 { Modify = a } }"
IN_COMMAND = "Transaction = 8 { Context = 1 { Modify = b { What } } }"
NEXT = "T=9{C=1{S=c}}"


def _text(*transactions: str, version: int = 3) -> str:
    return f"MEGACO/{version} mg\n" + "".join(transactions)


def _salvaged(data: bytes | str) -> tuple[Any, ...]:
    """Return what is salvaged: transactions, and (kind, id, code, level) of the broken ones."""
    found = salvage(data, most_transactions=_MANY).transactions
    return tuple(
        (one.kind, one.transaction_id, one.error.code, one.error.level) if isinstance(one, BrokenTransaction) else one
        for one in found
    )


def _alone(transaction: str) -> Transaction:
    return decode(_text(transaction)).transactions[0]


def check(data: bytes) -> None:
    """Raise AssertionError, or what should not have been raised, where a law does not hold of some octets."""
    whole = _outcome(decode, data)
    found = _outcome(salvage, data, most_transactions=_MANY)
    if isinstance(whole, Message):
        assert isinstance(found, Salvage), f"decoded, but not salvaged: {found}"
        assert found == Salvage(Header(whole.version, whole.mid), whole.transactions)
    elif isinstance(found, Salvage):
        assert any(isinstance(one, BrokenTransaction) for one in found.transactions), f"{whole}, but nothing is broken"
        _check_broken(found, data)
        _check_good(found, "binary" if data[:1] == b"0" else "compact")
    else:
        assert found.level is Level.MESSAGE
        assert found.code in (400, 406)
        _check_place(found, data)


def _outcome(read: Callable[..., Any], data: bytes, **settings: int) -> Any:
    try:
        return read(data, **settings)
    except DecodeError as error:
        return error


def _check_broken(found: Salvage, data: bytes) -> None:
    for one in found.transactions:
        if isinstance(one, BrokenTransaction):
            assert one.kind in _KINDS
            assert one.error.code in _CODES, one.error.code
            assert one.error.level is not Level.MESSAGE
            assert one.transaction_id is None or 0 <= one.transaction_id <= 0xFFFFFFFF
            _check_place(one.error, data)


def _check_place(error: DecodeError, data: bytes) -> None:
    assert 0 <= error.offset <= len(data), error.offset
    assert str(error).startswith(f"{error.place}: error[{error.code}]: ")
    if data[:1] == b"0":
        assert error.line is error.column is None
        return
    lines = _LINE_END.split(data[: error.offset])
    assert (error.line, error.column) == (len(lines), len(lines[-1]) + 1)


def _check_good(found: Salvage, encoding: str) -> None:
    """What is handed on as whole is a message's transaction: what it is written as is read, and written again so."""
    for one in found.transactions:
        if isinstance(one, BrokenTransaction):
            continue
        try:
            written = encode_transaction(one, found.header.version, encoding)
        except EncodeError:  # what was taken with an allowance
            continue
        (again,) = decode(assemble(found.header.version, _MID, [written], encoding)).transactions
        assert encode_transaction(again, found.header.version, encoding) == written


# ----------------------------------------------------------------------------------------------------------- text


def test_a_broken_command_leaves_the_other_transactions_whole() -> None:
    """Each as it is alone; the broken one has its id, and the code of what is broken in it."""
    found = _salvaged(_text(GOOD, IN_COMMAND, "\n", NEXT))
    assert found == (_alone(GOOD), ("request", 8, 442, Level.COMMAND), _alone(NEXT))


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("T=8{C=1{MF=b{M{L{},L{}}}}}", ("request", 8, 448, Level.COMMAND)),
        ("T=8{C=x{S=b}}", ("request", 8, 422, Level.ACTION)),
        ("T=8{C=1{Z=b}}", ("request", 8, 422, Level.ACTION)),
        ("T=8{}", ("request", 8, 403, Level.TRANSACTION)),
        ("T=8{S=b}", ("request", 8, 403, Level.TRANSACTION)),
        ("T=0{}", ("request", 0, 403, Level.TRANSACTION)),
        ("T = ;c{\n 8 { }", ("request", 8, 403, Level.TRANSACTION)),
        ("T{C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("T={C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("T=b{C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("T=8b{C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("T=4294967296{C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("T=00000000008{C=1{S=b}}", ("request", None, 403, Level.TRANSACTION)),
        ("P=8{}", ("reply", 8, 403, Level.TRANSACTION)),
        ("P=8/2/&{C=1{Z=b}}", ("reply", 8, 422, Level.ACTION)),
        ("PN=8{C=1}", ("pending", 8, 403, Level.TRANSACTION)),
        ("K{b}", ("ack", None, 403, Level.TRANSACTION)),
        ("K=8{1}", ("ack", None, 403, Level.TRANSACTION)),
        ("SM=8/2 ", ("segment", 8, 403, Level.TRANSACTION)),
        ("Transection=8{C=1{S=b}}", ("unknown", None, 403, Level.TRANSACTION)),
        ("X{C=1{S=b}}", ("unknown", None, 403, Level.TRANSACTION)),
        ('ER=400{"b"}', ("unknown", None, 403, Level.TRANSACTION)),
    ],
)
def test_each_fault_has_its_level(broken: str, expected: tuple[str, int | None, int, Level]) -> None:
    """RFC 3525 clause 8.2.2; before and behind it stand transactions that are whole."""
    good = (_alone(GOOD), _alone(NEXT))
    assert _salvaged(_text(GOOD, broken, NEXT)) == (good[0], expected, good[1])
    check(_text(GOOD, broken, NEXT).encode())


@pytest.mark.parametrize(
    "held",
    [
        'Modify = b { Error = 500 { "}{ ;" }, What }',
        "Modify = b { ; } } }\n What ; { \n }",
        'Modify = b { Media { Local { v=0\ns={{{ \\} " ; , L { }, Remote ;}\n { } }, What }',
        "Modify = b { Media { R;c\n{\\}} }, What }",
        "Modify = L { Events }, Modify = R { Signals }, Modify = b { What }",
        'Modify = b { Media { LocalControl { a/b = "{" } }, What }',
        "ServiceChange = b { Services { MgcIdToTry = MTP{ABCD}, Method = x } }",
    ],
)
def test_braces_that_do_not_count_are_passed_over(held: str) -> None:
    """In quoted strings, comments and SDP; a termination may have the name that Local has."""
    broken = f"Transaction = 8 {{ Context = 1 {{ {held} }} }}"
    assert _salvaged(_text(broken, NEXT)) == (("request", 8, 442, Level.COMMAND), _alone(NEXT))


@pytest.mark.parametrize(
    "broken",
    ["T=8", "T=8{C=1{MF=b{M{", 'T=8{C=1{MF=b{ER=5{"', "T=8{C=1{MF=b{M{L{v=0", "T=8{C=1{MF=b{W}}}T=10{C=1{S=c}"],
)
def test_a_transaction_without_end_goes_to_that_of_the_message(broken: str) -> None:
    """It is 403 whatever is wrong in it (RFC 3525 clause 8.2.2)."""
    if broken.startswith("T=8{C=1{MF=b{W}}}"):
        expected: tuple[Any, ...] = (("request", 8, 442, Level.COMMAND), ("request", 10, 403, Level.TRANSACTION))
    else:
        expected = (("request", 8, 403, Level.TRANSACTION),)
    assert _salvaged(_text(GOOD, broken)) == (_alone(GOOD), *expected)


def test_segment_replies_have_no_braces() -> None:
    """They run together, and end where their numbers do."""
    found = _salvaged(_text("SM=1/2SM=3/4/END", "T=8{}", "sm = 5/6/&", NEXT))
    whole = (SegmentReply(1, 2), SegmentReply(3, 4, True))
    assert found == (*whole, ("request", 8, 403, Level.TRANSACTION), SegmentReply(5, 6, True), _alone(NEXT))


def test_errors_have_their_place_in_the_whole_message() -> None:
    """Line and column, the octets before them, and the line itself."""
    data = _text("PN=1{}\r", GOOD, IN_COMMAND, "\n", "T=10{C=1{MF=a},", "C=2{Z=b}}")
    errors = [
        one.error for one in salvage(data, most_transactions=9).transactions if isinstance(one, BrokenTransaction)
    ]
    assert [error.place for error in errors] == ["3:92", "4:20"]
    assert [data[error.offset] for error in errors] == ["W", "Z"]
    assert str(errors[1]).splitlines()[1:] == ["  T=10{C=1{MF=a},C=2{Z=b}}", "  " + " " * 19 + "^"]
    for one in (IN_COMMAND, "T=8{}", "P=1/2", "Foo{}", "T={}"):
        with pytest.raises(DecodeError) as alone:
            decode(_text(one, version=1))
        (broken,) = salvage(_text(one, version=1), most_transactions=1).transactions
        assert isinstance(broken, BrokenTransaction)
        assert (broken.error.offset, broken.error.place) == (alone.value.offset, alone.value.place)


def test_a_fault_at_the_end_of_a_transaction_is_told_as_what_stands_there() -> None:
    """Not as the end of the message, which the decoder saw."""
    (segment, *_) = salvage(_text("SM=1/2 ;c\n", NEXT), most_transactions=9).transactions
    assert isinstance(segment, BrokenTransaction)
    assert segment.error.what != "the end of the message"


def test_long_lines_are_not_shown() -> None:
    """Thousands of errors in one line would each keep it."""
    found = salvage(_text("T=8{}" * 1000), most_transactions=1000).transactions
    lines = [one.error.source_line for one in found if isinstance(one, BrokenTransaction)]
    assert lines[0].startswith("T=8{}")
    assert lines[999] == ""


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ("", 400, "1:1"),
        ("MEGACO", 400, "1:7"),
        ("MEGACO/1", 400, "1:9"),
        ("MEGACO/1 mg", 400, "1:12"),
        ("MEGACO/4 mg T=8{}", 406, "1:8"),
        ("MEGACO/1 mg ;c\n", 400, "2:1"),
        ("MEGACO/1 mg ER=400{", 400, "1:20"),
        ('MEGACO/1 mg ER=400{"a"} T=8{}', 400, "1:25"),
        ("MEGACO/1 mg T=7{C=1{S=a}}, T=8{C=1{S=a}}", 400, "1:26"),
        ("MEGACO/1 mg T=8{}}", 400, "1:18"),
        ("MEGACO/1 mg T=8}{", 400, "1:16"),
        ("MEGACO/1 mg T=8{} what", 400, "1:19"),
        ("MEGACO/1 mg T=8{} what {", 400, "1:19"),
        ("MEGACO/1 mg T=8{} SM=1T=9{}", 400, "1:19"),
        ("MEGACO/1 mg {}", 400, "1:13"),
    ],
)
def test_what_is_no_row_of_transactions_is_refused_as_a_whole(data: str, code: int, place: str) -> None:
    """At message level, at the place where it goes wrong."""
    with pytest.raises(DecodeError) as caught:
        salvage(data, most_transactions=_MANY)
    assert (caught.value.code, caught.value.place, caught.value.level) == (code, place, Level.MESSAGE)


@pytest.mark.parametrize(
    "head",
    [
        "!/1 [192.0.2.1]:2944 ",
        "  ;c{\n megaco/1 ; } \n <mg.example.net>:55555;\n\r\n",
        "MEGACO/3 MTP{ABCD12}\t",
        "MEGACO/1 MTP{ ABCD12 }\t",
        "!/2 ip/1@gw.example.net ",
        "Authentication = 0x12345678:0x9ABCDEF0:0x0123456789abcdef01234567 !/1 [2001:db8::1] ",
        "au=0x12345678:0x9ABCDEF0:0x0123456789abcdef01234567;c\n!/1 a ",
        "!/1 7b ",
    ],
)
def test_any_header_is_found(head: str) -> None:
    """What it has is returned, and errors count from the message's beginning."""
    for _ in range(2):  # the second time the header is remembered
        found = salvage(head + "PN=1{}T=8{}", most_transactions=9)
        message = decode(head + "PN=1{}")
        assert found.header == (message.version, message.mid)
        good, broken = found.transactions
        assert good == TransactionPending(1)
        assert isinstance(broken, BrokenTransaction)
        assert broken.error.offset == len(head) + len("PN=1{}T=8{")


def test_the_version_of_the_header_is_that_of_the_transactions() -> None:
    """What a later version has is taken in an earlier one, as ``decode`` takes it, and is read alike."""
    for version in (1, 2, 3):
        data = _text("T=1{C=1{TP{a,b,OWB},MF=a}}", "T=8{}", version=version)
        alone = decode(_text("T=1{C=1{TP{a,b,OWB},MF=a}}", version=version))
        assert _salvaged(data) == (*alone.transactions, ("request", 8, 403, Level.TRANSACTION))


# --------------------------------------------------------------------------------------------------------- binary


def _octets(*transactions: bytes) -> bytes:
    return assemble(1, _MID, transactions, "binary")


_REQUEST = encode_transaction(_alone(GOOD), 1, "binary")
_NEXT = encode_transaction(_alone(NEXT), 1, "binary")


def _with(octets: bytes, old: str, new: str) -> bytes:
    changed = octets.replace(bytes.fromhex(old), bytes.fromhex(new), 1)
    assert changed != octets
    return changed


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (_with(_REQUEST, "800107", "830107"), ("request", None, 403, Level.TRANSACTION)),
        (_with(_REQUEST, "800107", "8001ff"), ("request", None, 403, Level.TRANSACTION)),
        (_with(_REQUEST, "800107", "a00107"), ("request", None, 403, Level.TRANSACTION)),
        (_with(_REQUEST, "800101", "830101"), ("request", 7, 422, Level.ACTION)),
        (_with(_REQUEST, "a20ca0", "a20cbf"), ("request", 7, 442, Level.COMMAND)),
        (bytes.fromhex("a003800108"), ("request", 8, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0080206000000000008"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0078005ffffffffff"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a007800500ffffffff"), ("request", 0xFFFFFFFF, 403, Level.TRANSACTION)),
        (bytes.fromhex("a009800700000000000008"), ("request", 8, 403, Level.TRANSACTION)),
        (bytes.fromhex("a000"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a00180"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0028080"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0028000"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0808301080000"), ("request", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a0808001080000"), ("request", 8, 403, Level.TRANSACTION)),
        (bytes.fromhex("a103810108"), ("pending", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a203800108"), ("reply", 8, 403, Level.TRANSACTION)),
        (bytes.fromhex("a303800108"), ("ack", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("a403800108"), ("segment", 8, 403, Level.TRANSACTION)),
        (bytes.fromhex("a503800108"), ("unknown", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("bf810003800108"), ("unknown", None, 403, Level.TRANSACTION)),
        (bytes.fromhex("0000"), ("unknown", None, 403, Level.TRANSACTION)),
    ],
    ids=lambda value: value.hex() if isinstance(value, bytes) else "",
)
def test_each_fault_in_binary_has_its_level(broken: bytes, expected: tuple[str, int | None, int, Level]) -> None:
    """As in text; the path counts the transactions of the message."""
    data = _octets(_REQUEST, broken, _NEXT)
    assert _salvaged(data) == (_alone(GOOD), expected, _alone(NEXT))
    (_, found, _) = salvage(data, most_transactions=3).transactions
    assert isinstance(found, BrokenTransaction)
    error = found.error
    with pytest.raises(DecodeError) as whole:
        decode(data)
    assert (error.what, error.offset, error.path) == (whole.value.what, whole.value.offset, whole.value.path)
    assert error.path.startswith("transactions[1]")
    check(data)


def test_lengths_that_are_not_given_are_found() -> None:
    """Of the transactions, and of all that they stand in."""
    broken = bytes.fromhex("a080800108308000000000")
    inside = _REQUEST + broken + b"\xa0\x80" + _NEXT[2:] + b"\0\0"
    head = bytes.fromhex("800101a10483026d67")
    data = b"\x30\x80\xa1\x80" + head + b"\xa2\x80\xa1\x80" + inside + b"\0\0" * 4
    expected = (_alone(GOOD), ("request", 8, 403, Level.TRANSACTION), _alone(NEXT))
    assert _salvaged(data) == expected
    check(data)


def test_a_cut_message_in_binary_keeps_what_came_before() -> None:
    """The transaction that does not end is 403; where the cut is between two, only the message can be answered."""
    data = _octets(_REQUEST, _NEXT)
    begin = len(data) - len(_NEXT)
    for end in range(begin + 5, len(data)):
        assert _salvaged(data[:end]) == (_alone(GOOD), ("request", 9, 403, Level.TRANSACTION))
    for end in (begin, 14, 9, 2, 1):
        with pytest.raises(DecodeError) as caught:
            salvage(data[:end], most_transactions=9)
        assert caught.value.level is Level.MESSAGE


@pytest.mark.parametrize(
    "data",
    [
        b"0",
        b"0\x80",
        encode(Message(1, _MID), "binary")[:-2],
        encode(Message(1, _MID), "binary")[:-2] + b"\xa0\x00",
        _octets(_REQUEST) + b"\x05\x00",
        b"0\x1d\xa1\x1b\x80\x01\x01\xa1\x04\x83\x02mg\x9e\x01x\xa2\x0b\xa1\x09\xa0\x07\x80\x05" + b"\xff" * 5,
        _octets(bytes.fromhex("a003800108"), bytes.fromhex("a5038001")),
        b"\x30\x80\xa1\x80\x80\x01\xff\xa1\x04\x83\x02mg\xa2\x80\xa1\x80"
        + _REQUEST
        + b"\xa0\x80\x80\x01\x08\xa1\x80\x30\x80",
        b"0\x18\xa1\x16\x80\x01\x04" + _octets(_REQUEST)[7:],
    ],
    ids=bytes.hex,
)
def test_what_is_no_list_of_transactions_is_refused_as_a_whole(data: bytes) -> None:
    """At message level."""
    with pytest.raises(DecodeError) as caught:
        salvage(data, most_transactions=_MANY)
    assert caught.value.level is Level.MESSAGE
    check(data)


# -------------------------------------------------------------------------------------------------- both encodings


@pytest.mark.parametrize("encoding", ["compact", "binary"])
def test_more_transactions_than_asked_for_are_refused(encoding: str) -> None:
    """At message level, also where the limits allow no more; those of a message that decodes are all returned."""
    pending = [encode_transaction(TransactionPending(number), 1, encoding) for number in range(1, 10)]
    broken = b"T=8{}" if encoding == "compact" else bytes.fromhex("a003800108")
    data = assemble(1, _MID, [*pending, broken], encoding)
    assert len(salvage(data, most_transactions=10).transactions) == 10
    for limits, most in ((DEFAULT_LIMITS, 9), (Limits(items=9), 10)):
        with pytest.raises(DecodeError, match="more than 9 transactions") as caught:
            salvage(data, most_transactions=most, limits=limits)
        assert (caught.value.code, caught.value.level, caught.value.offset) == (400, Level.MESSAGE, data.index(broken))
    with pytest.raises(DecodeError, match=r"more than 0 transactions|octets"):
        salvage(data, most_transactions=0)
    assert len(salvage(assemble(1, _MID, pending, encoding), most_transactions=1).transactions) == 9


def test_too_long_messages_are_refused_unread() -> None:
    """As ``decode`` refuses them."""
    with pytest.raises(DecodeError, match="a message of 17 octets; expected at most 16"):
        salvage("MEGACO/1 mg T=8{}", limits=Limits(message_bytes=16), most_transactions=9)


@pytest.mark.parametrize("data", [*_TEXTS, *_BINARIES, *(sample.encode() for sample in EVERY_SAMPLE)], ids=len)
def test_messages_that_decode_are_returned_as_they_are(data: bytes) -> None:
    """Every fixture and sample, also with a broken transaction behind it."""
    check(data)
    message = decode(data)
    if message.error is not None or not message.transactions:
        return
    assert salvage(data, most_transactions=1).transactions == message.transactions
    if data[:1] == b"0":
        return
    found = salvage(data + b"T=8{}PN=1{}", most_transactions=_MANY).transactions
    assert (*found[:-2], found[-1]) == (*message.transactions, TransactionPending(1))
    assert isinstance(found[-2], BrokenTransaction)


@_SLOW_TO_DRAW
@given(MESSAGES, st.sampled_from(["pretty", "compact", "binary"]), st.integers(0, 3))
def test_transactions_beside_a_broken_one_are_as_they_were(message: Message, encoding: str, at: int) -> None:
    """Any transactions, in any encoding."""
    good = list(message.transactions)
    broken = bytes.fromhex("a003800108") if encoding == "binary" else b"T=8{}"
    try:
        written = [encode_transaction(one, message.version, encoding) for one in good]
    except EncodeError:
        return
    data = assemble(message.version, _MID, [*written[:at], broken, *written[at:]], encoding)
    read = [decode(assemble(message.version, _MID, [one], encoding)).transactions[0] for one in written]
    found = _salvaged(data)
    assert found == (*read[:at], ("request", 8, 403, Level.TRANSACTION), *read[at:])


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 8, 13, 21, 34, 55])
def test_octets_left_out_of_fixtures_are_no_trouble(cut: int) -> None:
    """Some octets left out, doubled, or others in their place, at places all over."""
    chance = random.Random(cut)
    for data in (*_TEXTS, *_BINARIES):
        for _ in range(3):
            at = chance.randrange(len(data))
            check(data[:at])
            check(data[:at] + data[at + cut :])
            check(data[:at] + data[at : at + cut] + data[at:])
            check(
                data[:at] + chance.choice([b'"', b";", b"{", b"}", b"\0", b"\x80", b"\xff", b"\\", b"L{"]) + data[at:]
            )


def _joined(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the transactions of two messages behind one header, where both are whole."""
    try:
        one, two = decode(data), decode(other)
        encoding = "binary" if data[:1] == b"0" else chance.choice(["pretty", "compact"])
        return encode(Message(one.version, one.mid, (*one.transactions, *two.transactions)), encoding)
    except (DecodeError, EncodeError):
        return data


@pytest.mark.parametrize(
    ("change", "seeds"), [(tokens.mutated, _TEXTS), (tlvs.mutated, _BINARIES)], ids=["text", "binary"]
)
def test_mutants_are_no_trouble(change: Callable[..., bytes], seeds: list[bytes]) -> None:
    """Words, marks and values dropped, doubled, moved and exchanged, in messages of several transactions."""
    chance = random.Random(5)
    salvaged = 0
    for _ in range(600):
        data = _joined(chance.choice(seeds), chance.choice(seeds), chance)
        mutant = change(data, seeds, chance)
        check(mutant)
        try:
            found = salvage(mutant, most_transactions=_MANY).transactions
        except DecodeError:
            continue
        kinds = {type(one) for one in found}
        salvaged += BrokenTransaction in kinds and len(kinds) > 1
    assert salvaged > 20


@given(st.binary(max_size=200), st.sampled_from([b"", b"MEGACO/1 mg T=8", b"0", _octets(_REQUEST)[:9]]))
def test_any_octets_are_no_trouble(octets: bytes, before: bytes) -> None:
    """Nothing is raised but a DecodeError."""
    check(before + octets)


@given(st.text(' {}",;=[]\\LRTKP1\n', max_size=60))
def test_any_marks_are_no_trouble(text: str) -> None:
    """Those that decide where a transaction ends."""
    check(f"MEGACO/1 mg T=1{{C=1{{MF=a{{M{{{text}".encode())
    check(f"MEGACO/1 mg T=1{{C=1{{MF=a{{M{text}}}}}}}PN=1{{}}".encode())


def _hostile(size: int) -> dict[str, bytes]:
    """Return messages of some so many octets that could take long."""
    texts = {
        "braces": "T=1" + "{" * size,
        "braces that are closed": "T=1" + "{" * 400 + "}" * 400 + "{}" * (size // 2),
        "pairs of braces": "T=1{" + "{}" * (size // 2),
        "nothing but broken ones": "T{}" * (size // 3),
        "commas": "T=1{" + "," * size,
        "quotation marks": "T=1{" + '"' * size,
        "semicolons": "T=1{" + ";" * size + "\x01",
        "semicolons behind commas": "T=1{" + ",;" * (size // 2) + "\x01",
        "comments": "T=1{" + ",;\n" * (size // 3),
        "comments without items": "T=1{," + ";\n" * (size // 2),
        "octets without end": "T=1{" + ",L{" * (size // 3),
        "octets with escaped braces": "T=1{L{" + "\\}" * (size // 2),
        "empty octets": "T=1{" + "L{}," * (size // 4),
        "words": "T=1{" + "L" * size,
        "one word": "T" * size,
        "digits": "T=" + "1" * size,
        "white space": "T=8{}" + " " * size + "x",
        "a long header": ";\n" * (size // 4) + "T{}" * (size // 6),
        "segments": "SM=1/2" * (size // 6) + "T{}",
        "error descriptors": "PN=1{}" + "ER=1{}" * (size // 7),
        "broken ones in one line": "PN={}" * (size // 7),
        "line ends": "T{}\n" * (size // 7),
    }
    values = b"\5\0" * (size // 2)
    nested = size // 4
    return {name: _text(text).encode() for name, text in texts.items()} | {
        "values without length": b"\x30\x80" * (size // 2),
        "transactions without length": _octets(b"\xa0\x80\0\0" * (size // 4)),
        "transactions without length or end": _octets(b"\xa0\x80" * (size // 2)),
        "empty transactions": _octets(b"\xa0\0" * (size // 7)),
        "tags of many octets": _octets(b"\xbf" + b"\xff" * size),
        "values that are no transactions": _octets(b"\xa0\0" + values),
        "values in a transaction": _octets(b"\xa0" + definite(values)),
        "nested": _octets(b"\xa0\x80" + b"\x30\x80" * nested + b"\0\0" * nested),
    }


_SHORT, _LONG = _hostile(8_000), _hostile(64_000)


@pytest.mark.parametrize("name", _LONG)
@pytest.mark.parametrize("most", [100, 1_000_000])
def test_hostile_octets_take_time_as_they_are_long(name: str, most: int) -> None:
    """Eight times as many octets take not much more than eight times as long, few transactions asked for or many."""
    short, long = (_seconds(salvage, data[name], most_transactions=most) for data in (_SHORT, _LONG))
    assert long < 30 * short + 0.01


def _seconds(read: Callable[..., Any], data: bytes, **settings: int) -> float:
    """Return the least time of three."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        assert _outcome(read, data, **settings) is not None
        seconds.append(time.process_time() - started)
    return min(seconds)
