"""An error in binary says where: offset, path in the tree, what was expected; and what to answer: code and level."""

from typing import NamedTuple

import pytest

from megaco import DecodeError, Deviation, Level, decode, decode_header
from megaco.message import IpAddress

from .ber import indefinite, tlv, without_lengths, written
from .ber import parsed as values_of
from .octets import (
    EVENT,
    MID,
    NUMBER,
    SIGNAL,
    TERMINATIONS,
    acknowledged,
    message,
    parameter,
    pending,
    reply,
    transactions,
)

_COMMAND = "transactions[1].actions[1].commandRequests[1].command"


def _action(*commands: bytes, context: bytes = NUMBER) -> bytes:
    return tlv(0x30, context, tlv(0xA3, *commands))


def _second(command: bytes) -> bytes:
    """Return a message with a command as the second, of the second action, of the second transaction."""
    first = tlv(0x30, tlv(0xA0, tlv(0xA2, TERMINATIONS, tlv(0xA1))))
    return transactions(pending(), tlv(0xA0, NUMBER, tlv(0xA1, _action(first), _action(first, tlv(0x30, command)))))


def _modify(*descriptors: bytes) -> bytes:
    return _second(tlv(0xA0, tlv(0xA2, TERMINATIONS, tlv(0xA1, *descriptors))))


def _numbered(*names: str) -> tuple[str, ...]:
    """Return alternatives as an error names them."""
    return tuple([f"{name} [{number}]" for number, name in enumerate(names)])


_STREAM = tlv(0x30, tlv(0x80, b"\1"), tlv(0xA1, tlv(0xA0, tlv(0x80, b"\x09"), tlv(0xA3))))
_WILDCARD = tlv(0xA0, tlv(0x30, tlv(0xA0, tlv(0x04, b"\3")), tlv(0x81, bytes(8))))


class _Case(NamedTuple):
    octets: bytes
    place: bytes
    """What the error is at: the offset is that of its last occurrence; b"": the end of the message."""
    code: int
    path: str
    what: str
    expected: tuple[str, ...] = ()

    @property
    def offset(self) -> int:
        """Where the error is."""
        return self.octets.rindex(self.place)


_CASES = {
    "header": _Case(tlv(0x30, tlv(0x80, b"\1")), tlv(0x80, b"\1"), 400, "", "tag [0]", ("mess",)),
    "authentication": _Case(
        tlv(0x30, tlv(0xA0, tlv(0x80, b"123"))), b"\x80\x03123", 400, "authHeader.secParmIndex", "3 octets", ("4",)
    ),
    "version": _Case(transactions(version=4), transactions(version=4), 406, "", "protocol version 4", ("1 to 3",)),
    "no version": _Case(tlv(0x30, tlv(0xA1, MID)), MID, 400, "", "tag [1]", ("version",)),
    "mid": _Case(
        tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"), tlv(0xA1, tlv(0x85, b"a")), tlv(0xA2))),
        tlv(0x85, b"a"),
        400,
        "mId",
        "tag [5]",
        _numbered("ip4Address", "ip6Address", "domainName", "deviceName", "mtpAddress"),
    ),
    "body": _Case(message(b""), b"", 400, "", "the end of the value", ("messageError [0]", "transactions [1]")),
    "error text": _Case(
        message(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x80)))),
        tlv(0x80),
        400,
        "messageError.errorText",
        "tag [0]",
        ("a segment, tag [UNIVERSAL 4]",),
    ),
    "trailing": _Case(transactions(pending()) + b"x", b"x", 400, "", "1 octets after the message", ("its end",)),
    "transaction": _Case(
        transactions(pending(), tlv(0xA0, NUMBER)), b"", 403, "transactions[1]", "the end of the value", ("actions",)
    ),
    "no transaction": _Case(
        transactions(pending(), tlv(0x85)),
        tlv(0x85),
        400,
        "transactions[1]",
        "tag [5]",
        _numbered(
            "transactionRequest", "transactionPending", "transactionReply", "transactionResponseAck", "segmentReply"
        ),
    ),
    "transaction id": _Case(
        transactions(tlv(0xA1, tlv(0x80, b"\1" + bytes(4)))),
        tlv(0x80, b"\1" + bytes(4)),
        403,
        "transactions[0].transactionId",
        "4294967296",
        ("0 to 4294967295",),
    ),
    "acknowledgement": _Case(
        acknowledged(tlv(0x30, NUMBER), tlv(0x30, tlv(0x80))),
        tlv(0x80),
        403,
        "transactions[0][1].firstAck",
        "an INTEGER without octets",
    ),
    "action": _Case(
        transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30)))),
        b"",
        422,
        "transactions[0].actions[0]",
        "the end of the value",
        ("contextId",),
    ),
    "context": _Case(
        transactions(tlv(0xA0, NUMBER, tlv(0xA1, _action(context=tlv(0x80, b"\x80"))))),
        tlv(0x80, b"\x80"),
        422,
        "transactions[0].actions[0].contextId",
        "-128",
        ("0 to 4294967295",),
    ),
    "priority": _Case(
        transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, NUMBER, tlv(0xA1, tlv(0x80, b"\x10")), tlv(0xA3))))),
        tlv(0x80, b"\x10"),
        422,
        "transactions[0].actions[0].contextRequest.priority",
        "16",
        ("0 to 15",),
    ),
    "command": _Case(
        _second(tlv(0xA0, tlv(0xA9))),
        tlv(0xA9),
        442,
        _COMMAND,
        "tag [9]",
        _numbered(
            "addReq",
            "moveReq",
            "modReq",
            "subtractReq",
            "auditCapRequest",
            "auditValueRequest",
            "notifyReq",
            "serviceChangeReq",
        ),
    ),
    "no command": _Case(
        _second(tlv(0xA0)),
        b"",
        442,
        _COMMAND,
        "the end of the value",
        _numbered(
            "addReq",
            "moveReq",
            "modReq",
            "subtractReq",
            "auditCapRequest",
            "auditValueRequest",
            "notifyReq",
            "serviceChangeReq",
        ),
    ),
    "termination id": _Case(
        _second(tlv(0xA0, tlv(0xA2, _WILDCARD, tlv(0xA1)))),
        _WILDCARD[2:],
        410,
        f"{_COMMAND}.terminationID[0]",
        "wildcard fields 03 of 0000000000000000, which fit no level of the layout",
    ),
    "descriptors": _Case(
        _second(tlv(0xA0, tlv(0xA2, TERMINATIONS))), b"", 442, _COMMAND, "the end of the value", ("descriptors",)
    ),
    "stream mode": _Case(
        _modify(tlv(0xA0, tlv(0xA1, tlv(0xA1, _STREAM)))),
        b"\x80\1\x09",
        442,
        f"{_COMMAND}.descriptors[0].multiStream[0].localControlDescriptor.streamMode",
        "value 9, which is not known",
        ("0 to 4",),
    ),
    "event": _Case(
        _modify(tlv(0xA3, NUMBER, tlv(0xA1, tlv(0x30, tlv(0x80, b"\0\1"), tlv(0xA3))))),
        b"\x80\2\0\1",
        442,
        f"{_COMMAND}.descriptors[0].eventList[0].pkgdName",
        "2 octets",
        ("4",),
    ),
    "element": _Case(
        _modify(tlv(0xA3, NUMBER, tlv(0xA1, tlv(0x31, EVENT)))),
        tlv(0x31, EVENT),
        442,
        f"{_COMMAND}.descriptors[0].eventList[0]",
        "tag [UNIVERSAL 17]",
        ("RequestedEvent",),
    ),
    "signal parameter": _Case(
        _modify(tlv(0xA5, tlv(0xA0, SIGNAL, tlv(0xA6, parameter(b"\0\1"), tlv(0x30, tlv(0x80, b"\0\2")))))),
        b"",
        442,
        f"{_COMMAND}.descriptors[0][0].sigParList[1]",
        "the end of the value",
        ("value",),
    ),
    "out of order": _Case(
        _modify(tlv(0xA5, tlv(0xA0, SIGNAL, tlv(0xA6), tlv(0x82, b"\1")))),
        tlv(0x82, b"\1"),
        442,
        f"{_COMMAND}.descriptors[0][0].sigType",
        "tag [2], out of its order, or twice",
    ),
    "reply": _Case(
        reply(tlv(0xA6, TERMINATIONS), tlv(0xA6, TERMINATIONS, tlv(0xA1, tlv(0x80, b"\1\0\0")))),
        b"\x80\3\1\0\0",
        442,
        "transactions[0].actionReplies[0].commandReply[1].errorDescriptor.errorCode",
        "65536",
        ("0 to 65535",),
    ),
    "action reply": _Case(
        transactions(tlv(0xA2, NUMBER, tlv(0xA2, tlv(0xA1, tlv(0x30, NUMBER))))),
        b"",
        422,
        "transactions[0].actionReplies[0]",
        "the end of the value",
        ("commandReply",),
    ),
}

_LEVELS = {
    400: Level.MESSAGE,
    406: Level.MESSAGE,
    403: Level.TRANSACTION,
    422: Level.ACTION,
    442: Level.COMMAND,
    410: Level.COMMAND,
}


def _refusal(octets: bytes) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(octets)
    return caught.value


@pytest.mark.parametrize("name", _CASES)
def test_errors(name: str) -> None:
    """Place, code, what was found and what could have stood there."""
    case = _CASES[name]
    error = _refusal(case.octets)
    assert (error.code, error.path, error.what, error.expected) == case[2:]
    assert error.offset == case.offset
    assert error.level is _LEVELS[case.code]
    assert (error.line, error.column, error.source_line) == (None, None, "")
    wanted = f"; expected {' or '.join(case.expected)}" if case.expected else ""
    assert str(error) == f"@{case.offset}: error[{case.code}]: {case.what}{wanted}"


@pytest.mark.parametrize("name", sorted(_CASES.keys() - {"trailing"}))
def test_errors_in_values_without_length(name: str) -> None:
    """Path and code are the same where no value says its length."""
    case = _CASES[name]
    (value,) = values_of(case.octets)
    error = _refusal(written(value, without_lengths))
    assert (error.code, error.path, error.what, error.expected) == case[2:]


def test_the_innermost_value_is_named() -> None:
    """An offset at which one value ends and the next begins is of the next."""
    error = _refusal(transactions(tlv(0xA1, NUMBER, form=indefinite), tlv(0xA1, tlv(0x80))))
    assert (error.path, error.code) == ("transactions[1].transactionId", 403)


def test_deviations_have_places_too() -> None:
    """Each at its offset, with its path, in the order of the octets."""
    spare = tlv(0x80, b"\0\1")
    octets = transactions(tlv(0xA1, spare), tlv(0xA1, spare, tlv(0x9E, b"x")), tlv(0xA1, NUMBER, tlv(0x9F, b"\1x")))
    deviations: list[Deviation] = []
    decode(transactions(tlv(0xA1, spare), tlv(0xA1, spare, tlv(0x9E, b"x"))), on_deviation=deviations.append)
    assert [(one.allowance, one.path) for one in deviations] == [
        ("long-integer", "transactions[0].transactionId"),
        ("long-integer", "transactions[1].transactionId"),
        ("left-out", "transactions[1]"),
    ]
    assert [octets[one.offset or 0] for one in deviations] == [0x80, 0x80, 0x9E]
    assert str(deviations[2]).startswith(f"@{deviations[2].offset}: warning[left-out]: tag [30] of 3 octets")


def test_deviations_are_told_of_what_is_refused_too() -> None:
    """Those before the error."""
    octets = transactions(tlv(0xA1, tlv(0x80, b"\0\1")), tlv(0xA1, tlv(0x80)))
    deviations: list[Deviation] = []
    with pytest.raises(DecodeError):
        decode(octets, on_deviation=deviations.append)
    assert [one.allowance for one in deviations] == ["long-integer"]


# ---------------------------------------------------------------------------------------------------------- header


@pytest.mark.parametrize(
    ("octets", "code", "path", "expected"),
    [
        (b"0", 400, "", ()),
        (b"0\0", 400, "", ("mess",)),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"))), 400, "", ("mId",)),
        (tlv(0x30, tlv(0xA1, MID)), 400, "", ("version",)),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\x64"), MID)), 400, "version", ("0 to 99",)),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"), tlv(0xA1, tlv(0xA0, tlv(0x80, b"123"))))), 400, "mId.address", ("4",)),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"), tlv(0xA1, tlv(0x83)))), 400, "mId", ("1 to 64",)),
    ],
)
def test_headers_that_cannot_be_read(octets: bytes, code: int, path: str, expected: tuple[str, ...]) -> None:
    """What keeps version and mId from being read is told as for the whole message."""
    with pytest.raises(DecodeError) as caught:
        decode_header(octets)
    assert (caught.value.code, caught.value.path, caught.value.expected) == (code, path, expected)


_BROKEN = {name: case for name, case in _CASES.items() if name not in ("header", "authentication", "no version", "mid")}


@pytest.mark.parametrize("name", _BROKEN)
def test_the_header_of_what_is_broken_behind_it(name: str) -> None:
    """Whatever follows version and mId, they are read; the version also where it is not supported."""
    assert decode_header(_BROKEN[name].octets) == (4 if name == "version" else 3, IpAddress("192.0.2.1"))


def test_the_header_of_a_message_with_long_lists() -> None:
    """No limit on what follows keeps the header from being read."""
    assert decode_header(transactions(*[pending()] * 20_000)).version == 3
