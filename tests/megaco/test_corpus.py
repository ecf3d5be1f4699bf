"""Messages that nobody of this project wrote: 1,725 in text, labelled valid, invalid or disputed, and 1,077 in binary.

The corpus is third-party material and lies beside the project, not in it; without it these tests are skipped.

The binary was made by Erlang/OTP from texts of the corpus: every message once as OTP has it, values bare, and once with
values in the BER of a type that was guessed from the text. TerminationIDs and digit maps have numbers of the maker's.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

import megaco
from megaco import DecodeError, EncodeError, Message, decode, decode_header, encode, from_json, to_json
from megaco.data import data_folder
from megaco.message import DigitMapAudit, DigitMapDescriptor, EventDigitMap
from megaco.text import LAYOUTS

from .canonical import Difference, canonical, differences

_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "messages.jsonl"

pytestmark = pytest.mark.skipif(not _CORPUS.is_file(), reason="the corpus is not beside the project")

_TAKEN_THOUGH_INVALID: dict[str, str] = {}
"""id -> why the strict decoder takes a message that the corpus calls invalid."""

_VALID = 1152
"""Valid messages in text; strict decoding takes every one."""

_REFUSED_THOUGH_OTP_TAKES_IT = {
    "text/disputed/d0055.txt": "a request without TransactionID, from a test of OTP's parser: nobody could answer it",
}
"""id -> why decoding refuses, with every allowance, a disputed message that OTP's decoder takes."""


_GOING_THROUGH_BINARY = 1580
"""Messages in text, valid or disputed, that we can write in binary where every TerminationID and digit map is named."""

_NOT_IN_BINARY = {
    "is no line of SDP": 14,
    "is known by its number only": 24,
    "is not known": 19,
    "has no property": 3,
    "the package has no parameter": 3,
}
"""A part of what EncodeError says of the others -> how many."""

_IN_BINARY = {"wrapped": 514, "bare": 514, "of OTP's tests": 49}

_STRICTLY = {
    "wrapped": {"": 474, "other-type": 30, "direction-both": 10},
    "bare": {"": 306, "bare-values": 202, "direction-both": 6},
    "of OTP's tests": {"": 26, "bare-values": 23},
}
"""Allowance for want of which strict decoding refuses a message in binary, "" where it takes it -> how many."""


@cache
def _all_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _CORPUS.read_text("utf-8").splitlines()]


def _rows(label: str) -> list[dict[str, Any]]:
    return [row for row in _all_rows() if row["label"] == label and "text" in row]


def _decoded(text: str, *, strict: bool) -> Message | None:
    """Return the message or None; anything but a DecodeError fails the test."""
    try:
        return decode(text, strict=strict)
    except DecodeError:
        return None


def _taken(label: str, *, strict: bool) -> dict[str, Message]:
    found = ((row["id"], _decoded(row["text"], strict=strict)) for row in _rows(label))
    return {name: message for name, message in found if message is not None}


@pytest.mark.parametrize("label", ["valid", "invalid", "disputed"])
def test_what_is_taken_comes_back(label: str) -> None:
    """Every message either raises DecodeError or round-trips in both layouts and in JSON."""
    for name, message in _taken(label, strict=False).items():
        for layout in LAYOUTS:
            assert decode(encode(message, layout)) == message, name
        assert from_json(to_json(message)) == message, name


def test_invalid_messages_are_refused() -> None:
    """Strict decoding takes no message that is labelled invalid, but for those listed with a reason."""
    assert set(_taken("invalid", strict=True)) == set(_TAKEN_THOUGH_INVALID)


def test_valid_messages_are_taken() -> None:
    """Strict decoding takes every valid message, and so does the default."""
    every = {row["id"] for row in _rows("valid")}
    assert len(every) == _VALID
    assert set(_taken("valid", strict=True)) == set(_taken("valid", strict=False)) == every


def test_strict_decoding_differs_by_allowances_only() -> None:
    """A valid message uses no allowance: with all of them it gives the same tree."""
    assert _taken("valid", strict=True) == _taken("valid", strict=False)


def test_disputed_messages_that_otp_takes_are_taken() -> None:
    """The default takes every disputed message that OTP's decoder takes, but for those listed with a reason."""
    rows = [row["id"] for row in _rows("disputed") if row.get("erlang", {}).get("ok")]
    assert len(rows) > len(_REFUSED_THOUGH_OTP_TAKES_IT)
    assert set(rows) - set(_taken("disputed", strict=False)) == set(_REFUSED_THOUGH_OTP_TAKES_IT)


def test_valid_messages_can_be_answered() -> None:
    """The header of every valid message is read, whether or not the rest is."""
    for row in _rows("valid"):
        assert decode_header(row["text"]).version in (1, 2, 3), row["id"]


# ------------------------------------------------------------------------------------------- texts through binary


def test_texts_go_through_binary(tmp_path: Path) -> None:
    """What can be written in binary comes back as the text's tree, and goes back to text; what cannot is counted."""
    trees = _taken("valid", strict=False) | _taken("disputed", strict=False)
    names = _dictionary(trees, tmp_path / "provisioning.toml")
    refusals: Counter[str] = Counter()
    for name, tree in trees.items():
        try:
            octets = encode(tree, "binary", dictionary=names)
        except EncodeError as error:
            refusals[next((words for words in _NOT_IN_BINARY if words in str(error)), str(error))] += 1
            continue
        back = decode(octets, dictionary=names)
        assert back == canonical(tree), f"{name}: {next(differences(canonical(tree), back))}"
        assert decode(encode(back)) == back, name
    assert refusals == _NOT_IN_BINARY
    assert len(trees) - refusals.total() == _GOING_THROUGH_BINARY


def _dictionary(trees: dict[str, Message], path: Path) -> megaco.Dictionary:
    """Return the shipped layout with a name for every TerminationID and digit map."""
    ids, maps = set[str](), set[str]()
    for tree in trees.values():
        for node in _nodes(tree):
            found = [getattr(node, name, ()) for name in _ID_FIELDS]
            ids.update(*(one if isinstance(one, tuple) else (one,) for one in found))
            if isinstance(node, DigitMapDescriptor | EventDigitMap | DigitMapAudit) and node.name:
                maps.add(node.name)
    layout = (data_folder() / "provisioning" / "default.toml").read_text("utf-8").partition("[termination_names]")[0]
    numbered = [f"{json.dumps(name)} = '{0x8000 + number:04x}'" for number, name in enumerate(sorted(ids - {"*", "$"}))]
    mapped = [f"{json.dumps(name)} = {0x8000 + number}" for number, name in enumerate(sorted(maps))]
    path.write_text("\n".join([layout, "[termination_names]", *numbered, "[digit_map_names]", *mapped]))
    return megaco.dictionary(provisioning=path)


_ID_FIELDS = ("termination_ids", "termination_from", "termination_to")


def _nodes(value: Any) -> Iterator[Any]:
    """Yield every node of a tree."""
    if isinstance(value, tuple):
        for one in value:
            yield from _nodes(one)
    elif isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _nodes(getattr(value, name))


# ------------------------------------------------------------------------------------------------ binary of others


class _Binary(NamedTuple):
    """A message in binary."""

    name: str
    kind: str
    """``wrapped`` or ``bare`` values; ``of OTP's tests``: bare ones, and nobody knows the text."""
    octets: bytes
    text: str
    """What it was made from; "": not known."""


@cache
def _binaries() -> list[_Binary]:
    texts = {row["id"]: row["text"] for row in _all_rows() if "text" in row}
    return [
        _Binary(row["id"], _kind(row), bytes.fromhex(row["hex"]), texts[row["of"][0]] if "of" in row else "")
        for row in _all_rows()
        if "hex" in row
    ]


def _kind(row: dict[str, Any]) -> str:
    if "of" not in row:
        return "of OTP's tests"
    return "wrapped" if "BER-wrapped" in row["values"] else "bare"


def test_binary_is_taken() -> None:
    """The default takes every message in binary, all of which are valid; the tree goes to JSON and to text and back."""
    assert {row["label"] for row in _all_rows() if "hex" in row} == {"valid"}
    assert Counter(one.kind for one in _binaries()) == _IN_BINARY
    for one in _binaries():
        message = decode(one.octets)
        assert from_json(to_json(message)) == message, one.name
        for layout in LAYOUTS:
            assert decode(encode(message, layout)) == message, one.name


def test_strict_decoding_of_binary() -> None:
    """Strict decoding refuses values that are bare or of another type than the package's, and OTP's direction Both."""
    refused: dict[str, Counter[str]] = {kind: Counter() for kind in _IN_BINARY}
    for one in _binaries():
        refused[one.kind][_missing_allowance(one.octets)] += 1
    assert refused == _STRICTLY


def _missing_allowance(octets: bytes) -> str:
    try:
        decode(octets, strict=True)
    except DecodeError as error:
        return error.allowance or str(error)
    return ""


_WRITTEN = {"the same": 734, "sublist FALSE left out": 10, "white space left out": 58}
_SUBLIST_FALSE = bytes.fromhex("a203820100")
_BLANK_IN_DIGIT_MAP = re.compile(rb"\(0s?\| 00")


def test_binary_is_written_as_it_was() -> None:
    """What is decoded to the letter is encoded to the same octets, but for what means nothing and OTP writes."""
    otp = megaco.dictionary(provisioning="otp")
    written = Counter(found for one in _binaries() if (found := _written_again(one, otp)))
    assert written == _WRITTEN


def _written_again(one: _Binary, names: megaco.Dictionary) -> str:
    """Say what came of octets that were decoded and encoded; "" where they are not to the letter."""
    deviations: list[megaco.Deviation] = []
    message = decode(one.octets, on_deviation=deviations.append, dictionary=names)
    if deviations:
        return ""
    written = encode(message, "binary", dictionary=names)
    if written == one.octets:
        return "the same"
    assert len(written) < len(one.octets), one.name
    assert decode(written, dictionary=names) == message, one.name
    if _SUBLIST_FALSE in one.octets:
        return "sublist FALSE left out"
    return "white space left out" if _BLANK_IN_DIGIT_MAP.search(one.octets) else one.name


# ------------------------------------------------------------------------------- binary of others against its text

_MERGED = "OTP takes a property to tell, and to select by behind that, for one"
_MOVED = "OTP puts descriptors that are there but empty last"
_OF_ONE_MESSAGE = {"terms/0532": _MERGED, "terms/1003": _MERGED, "terms/0197": _MOVED}
"""Begin of an id -> why its binary says something else than its text."""

_UNNAMED = "a package, parameter or digit map that has no number: the maker made one up"
_LOWER_CASE = "OTP writes names and values without quotation marks in lower case"
_DIGIT_MAPS = "a digit map by OTP's number"
_BLANKS = "OTP takes the blanks off the last line of SDP"

_AGREEMENT = {
    (): 463,
    (_UNNAMED,): 28,
    (_LOWER_CASE,): 9,
    (_BLANKS,): 7,
    (_DIGIT_MAPS,): 3,
    (_MERGED,): 2,
    (_MOVED,): 1,
    (_LOWER_CASE, _UNNAMED): 1,
}
"""Reasons why binary and text differ -> in how many messages."""


@pytest.mark.parametrize("kind", ["wrapped", "bare"])
def test_binary_says_what_its_text_says(kind: str) -> None:
    """The tree out of binary is that of the text, but for numbers of the maker's and what OTP does to a message."""
    reasons = Counter(tuple(sorted(_reasons(one))) for one in _binaries() if one.kind == kind)
    assert dict(reasons) == _AGREEMENT


def _reasons(one: _Binary) -> set[str]:
    """Return why the tree out of binary is not that of the text; TerminationIDs need only go one to one."""
    from_text, from_binary = canonical(decode(one.text)), decode(one.octets)
    found = list(differences(from_text, from_binary))
    ids = {(part.one.lower(), part.other) for part in found if _field(part) in _ID_FIELDS}
    if min(len({name for name, _ in ids}), len({number for _, number in ids})) < len(ids):
        return {f"{one.name}: {sorted(ids)}"}
    unnamed = tuple(part.path.rpartition(".")[0] for part in found if _is_unnamed(part))
    others = [part for part in found if _field(part) not in _ID_FIELDS and not part.path.startswith(unnamed)]
    why = {_OF_ONE_MESSAGE.get(one.name[: len("terms/0000")]) or _reason(part) for part in others}
    return why | ({_UNNAMED} if unnamed else set())


def _field(part: Difference) -> str:
    return re.sub(r"\[[0-9]+\]$", "", part.path).rpartition(".")[2]


def _is_unnamed(part: Difference) -> bool:
    """Whether binary has a number from 0x8000 on: those are the maker's."""
    return _field(part) == "name" and re.search(r"(^|/)x80[0-9a-f]{2}(/|$)", str(part.other)) is not None


def _reason(part: Difference) -> str:
    if isinstance(part.one, str) and part.one.lower() == part.other.lower():
        return _LOWER_CASE
    if isinstance(part.one, bytes) and part.one.rstrip() == part.other.rstrip():
        return _BLANKS
    return _DIGIT_MAPS if str(part.other).startswith("dialplan") else str(part)
