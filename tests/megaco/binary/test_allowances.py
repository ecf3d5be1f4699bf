"""Each allowance of the binary encoding: taken by it, refused without."""

from dataclasses import dataclass

import pytest

from megaco import DecodeError, Deviation, Message, allowances, decode, encode
from megaco.binary import ALLOWANCES
from megaco.text import ALLOWANCES as TEXT_ALLOWANCES

_REQUEST = "MEGACO/{version} mgc Transaction = 1 {{ Context = - {{ Modify = t {{ {descriptor} }} }} }}"


@dataclass(frozen=True)
class _Case:
    allowance: str
    descriptor: str
    """In text."""
    old: str
    """What the letter has in the octets, in hex."""
    new: str
    """What is sent in its place."""
    what: str
    version: int = 3
    reads_as: str = ""
    """The descriptor that it is read as; "": as what the letter has."""

    def message(self) -> Message:
        """Return what is read."""
        return decode(_REQUEST.format(version=self.version, descriptor=self.reads_as or self.descriptor), strict=True)

    def octets(self) -> bytes:
        """Return the octets that deviate."""
        message = decode(_REQUEST.format(version=self.version, descriptor=self.descriptor), strict=self.version == 3)
        return _replaced(encode(message, "binary"), bytes.fromhex(self.old), bytes.fromhex(self.new))


def _replaced(octets: bytes, old: bytes, new: bytes) -> bytes:
    """Replace octets, which stand there once, and correct the lengths round them."""
    assert octets.count(old) == 1, octets.hex()
    return bytes(_rewritten(octets, octets.index(old), old, new))


def _rewritten(octets: bytes, at: int, old: bytes, new: bytes) -> bytes:
    """Return values one after the other with the one changed that holds the place; lengths are below 128."""
    done = b""
    while octets:
        tag, length = octets[0], octets[1]
        contents = octets[2 : 2 + length]
        if not 2 <= at < 2 + length:
            done += new if at == 0 else octets[: 2 + length]
        elif tag & 0x20:
            inner = _rewritten(contents, at - 2, old, new)
            done += bytes([tag, len(inner)]) + inner
        else:
            inner = contents.replace(old, new)
            done += bytes([tag, len(inner)]) + inner
        octets, at = octets[2 + length :], at - 2 - length
    return done


_GAIN = "Media { Stream = 1 { LocalControl { tdmc/gain = 2 } } }"
_CASES = [
    _Case("bare-values", _GAIN, "020102", "32", "tdmc/gain of b'2', without tag and length"),
    _Case("other-type", _GAIN, "020102", "160132", "tdmc/gain of '2', which is not of its type"),
    _Case(
        "direction-both",
        "Signals { cg/dt { SPADirection = Both } }",
        "870102",
        "870103",
        "value 3",
    ),
    _Case("old-value", "Events = 5 { al/of { strict = exact } }", "a10504030a0100", "81030a0100", "one OCTET STRING"),
    _Case("long-integer", "Events = 5 { al/on }", "800105", "80020005", "an INTEGER of 2 octets"),
    _Case(
        "later-version",
        "DigitMap = d1 { Z:5, (0) }",
        "840105",
        "840105",
        "durationTimer, which came with version 2",
        version=1,
    ),
]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.allowance)
def test_it_is_taken_by_its_allowance_and_no_other(case: _Case) -> None:
    """The tree is that of what the letter has; the place is told; strict decoding refuses."""
    octets = case.octets()
    seen: list[Deviation] = []
    message = decode(octets, on_deviation=seen.append)
    assert [(one.allowance, one.what) for one in seen] == [(case.allowance, case.what)]
    assert seen[0].offset is not None
    assert seen[0].path.startswith("transactions[0].actions[0].commandRequests[0].command")
    if case.version == 3:
        assert message == case.message()
    assert decode(octets, allow={case.allowance}) == message
    for allowed in (set(), set(allowances()) - {case.allowance}):
        with pytest.raises(DecodeError) as caught:
            decode(octets, allow=allowed)
        assert caught.value.allowance == case.allowance
        assert caught.value.code == 442


def test_a_whole_percentage() -> None:
    """rtp/pl has 32 bits of fraction; without the allowance a small number is what it says."""
    text = "MEGACO/3 mg Reply = 1 {{ Context = 1 {{ Subtract = t {{ Statistics {{ rtp/pl = {} }} }} }} }}"
    whole = decode(text.format("10"), strict=True)
    octets = encode(whole, "binary")
    assert decode(octets, strict=True) == whole
    taken_for_whole = _replaced(octets, bytes.fromhex("02050a00000000"), bytes.fromhex("02010a"))
    seen: list[str] = []
    assert decode(taken_for_whole, on_deviation=lambda one: seen.append(one.allowance)) == whole
    assert seen == ["whole-number"]
    strict = decode(taken_for_whole, strict=True)
    assert encode(strict, "binary") == taken_for_whole
    assert decode(taken_for_whole) == whole


def _as_of_old(choice: bytes) -> bytes:
    """Return a reply to an audit as RFC 2885 and RFC 3015 have it: TerminationID, then a list of ids or the audit."""
    if choice[0] == 0xA2:
        termination = choice[2 : 4 + choice[3]]
        audit = choice[2 + len(termination) :]
        return termination + bytes([0xA1, len(audit)]) + audit
    first = choice[2 : 4 + choice[3]]
    return b"\xa0" + first[1:] + bytes([0xA1, len(choice)]) + choice


@pytest.mark.parametrize("tag", [b"\xa4", b"\xa5"])
@pytest.mark.parametrize("reply", ["{} = t {{ Packages {{ nt-1 }} }}", "{} = Context {{ t, u }}"])
def test_replies_to_audits_of_old(reply: str, tag: bytes) -> None:
    """RFC 2885 and RFC 3015 have one TerminationID and the result where later versions have a CHOICE."""
    command = "AuditValue" if tag == b"\xa5" else "AuditCapability"
    message = decode(f"MEGACO/1 mg Reply = 1 {{ Context = - {{ {reply.format(command)} }} }}", strict=True)
    octets = encode(message, "binary")
    at = octets.index(tag)
    contents = octets[at + 2 : at + 2 + octets[at + 1]]
    older = _replaced(octets, contents, _as_of_old(contents))
    seen: list[str] = []
    assert decode(older, on_deviation=lambda one: seen.append(one.allowance)) == message
    assert seen == ["old-audit-reply"]
    with pytest.raises(DecodeError, match="a reply to an audit as a SEQUENCE"):
        decode(older, strict=True)


def test_eight_bits_in_an_error_text() -> None:
    """What is not ASCII is read as UTF-8."""
    octets = encode(decode('MEGACO/3 mg Error = 500 { "no" }', strict=True), "binary")
    eight_bit = _replaced(octets, b"no", "n\xf6".encode())
    message = decode(eight_bit)
    assert message.error is not None
    assert message.error.text == "n\xf6"
    with pytest.raises(DecodeError, match="an octet above 127"):
        decode(eight_bit, strict=True)


def test_what_is_strict_does_not_hang_on_what_was_read_before() -> None:
    """Values are remembered only where nothing was allowed for them."""
    octets = _CASES[0].octets()
    for _ in range(3):
        decode(octets)
        with pytest.raises(DecodeError):
            decode(octets, strict=True)


def test_every_allowance_is_looked_at() -> None:
    """Those above, those that text has, and no more."""
    here = {case.allowance for case in _CASES} | {"whole-number", "eight-bit-string", "old-audit-reply"}
    assert here - {"later-version"} == set(ALLOWANCES)
    assert set(allowances()) == set(ALLOWANCES) | set(TEXT_ALLOWANCES)
