"""What stands in a SEQUENCE, a CHOICE and a list: its order, what is missing, doubled or not known."""

import re
from collections.abc import Callable
from itertools import permutations

import pytest

from megaco import DecodeError, Deviation, Limits, Message, decode, decode_header, encode
from megaco.message import IpAddress

from .ber import definite, indefinite, octet_by_octet, segmented, spare, tlv, without_lengths, written
from .octets import (
    EVENT,
    MID,
    NUMBER,
    OPAQUE,
    SIGNAL,
    TERMINATION,
    TERMINATIONS,
    acknowledged,
    events,
    message,
    modify,
    parameter,
    pending,
    reply,
    request,
    signals,
    state,
    transactions,
)

_LOW, _LONG, _LONGER = b"\x9e", b"\x9f\x1f", b"\x9f\x85\x20"
_LOW_HOLDING, _LONG_HOLDING, _LONGER_HOLDING = b"\xbe", b"\xbf\x1f", b"\xbf\xff\xff\xff\xff\x7f"
_UNKNOWN = [
    tlv(_LOW),
    tlv(_LOW, b"x"),
    tlv(_LOW, bytes(300)),
    tlv(_LOW, b"x", form=spare(3)),
    tlv(_LOW_HOLDING),
    tlv(_LOW_HOLDING, tlv(0x30, tlv(_LOW, b"x"), tlv(_LONG, b"x"))),
    tlv(_LOW_HOLDING, form=indefinite),
    tlv(_LOW_HOLDING, tlv(0x30, tlv(0x24, tlv(0x04, b"\0\0"), form=indefinite)), tlv(_LONG, b"\0\0"), form=indefinite),
    tlv(_LONG),
    tlv(_LONG, b"x"),
    tlv(_LONG, bytes(300)),
    tlv(_LONG, b"x" * 31),
    tlv(_LONG_HOLDING, tlv(_LOW, b"x")),
    tlv(_LONG_HOLDING, tlv(_LOW, b"x"), form=indefinite),
    tlv(_LONGER, b"x"),
    tlv(_LONGER_HOLDING, tlv(_LONGER, b"x"), form=indefinite),
]
"""Values with context tags that no version has."""

_EXTENSIBLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "Message": (
        lambda more: tlv(0x30, tlv(0xA1, tlv(0x80, b"\3"), MID, tlv(0xA2, tlv(0xA1, pending())), more)),
        "",
    ),
    "TransactionPending": (lambda more: transactions(pending(more)), "transactions[0]"),
    "TransactionRequest": (lambda more: transactions(tlv(0xA0, NUMBER, tlv(0xA1), more)), "transactions[0]"),
    "CommandRequest": (
        lambda more: transactions(
            tlv(
                0xA0,
                NUMBER,
                tlv(
                    0xA1,
                    tlv(0x30, NUMBER, tlv(0xA3, tlv(0x30, tlv(0xA0, tlv(0xA2, TERMINATIONS, tlv(0xA1))), more))),
                ),
            )
        ),
        "transactions[0].actions[0].commandRequests[0]",
    ),
    "AmmRequest": (
        lambda more: request(tlv(0xA2, TERMINATIONS, tlv(0xA1), more)),
        "transactions[0].actions[0].commandRequests[0].command",
    ),
    "TerminationID": (
        lambda more: request(tlv(0xA2, tlv(0xA0, tlv(0x30, tlv(0xA0), tlv(0x81, b"\0t"), more)), tlv(0xA1))),
        "transactions[0].actions[0].commandRequests[0].command.terminationID[0]",
    ),
    "Signal": (
        lambda more: signals(SIGNAL, tlv(0xA6), more),
        "transactions[0].actions[0].commandRequests[0].command.descriptors[0][0]",
    ),
    "RequestedActions": (
        lambda more: events(EVENT, tlv(0xA2, tlv(0x80, b"\1"), more), tlv(0xA3)),
        "transactions[0].actions[0].commandRequests[0].command.descriptors[0].eventList[0]",
    ),
    "PropertyParm": (
        lambda more: state(parameter(b"\x80\1\0\2", b"\2\1\5", info=more)),
        "transactions[0].actions[0].commandRequests[0].command.descriptors[0].termStateDescr.propertyParms[0]",
    ),
}
"""Type -> a message in which it has components behind the last that is known, and its path."""


def _noted(octets: bytes) -> tuple[Message, list[Deviation]]:
    deviations: list[Deviation] = []
    return decode(octets, strict=True, on_deviation=deviations.append), deviations


def _refusal(octets: bytes, limits: Limits | None = None) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(octets, limits=limits or Limits())
    return caught.value


# ------------------------------------------------------------------------------------------------------ extensions


@pytest.mark.parametrize("name", _EXTENSIBLE)
def test_what_is_not_known_is_passed_over(name: str) -> None:
    """Behind an extension marker anything with a context tag is left out, and noted, whatever its form."""
    make, path = _EXTENSIBLE[name]
    plain = decode(make(b""), strict=True)
    for more in _UNKNOWN:
        found, (deviation,) = _noted(make(more))
        assert found == plain, more
        assert (deviation.allowance, deviation.path) == ("left-out", path)
        assert deviation.offset == make(more).index(more)
        assert re.search(r"tag .* of [0-9]+ octets, which no version up to 3 knows", deviation.what)
    found, deviations = _noted(make(b"".join(_UNKNOWN)))
    assert found == plain
    assert len(deviations) == len(_UNKNOWN)


@pytest.mark.parametrize("name", _EXTENSIBLE)
def test_only_context_tags_extend(name: str) -> None:
    """Universal, application and private tags are of no component; nor are those of the components that are known."""
    make, _ = _EXTENSIBLE[name]
    for more in (tlv(0x04, b"x"), tlv(0x30), tlv(0x5E, b"x"), tlv(0xFE), tlv(0x80, b"\1")):
        assert "not of this type" in str(_refusal(make(more))) or "twice" in str(_refusal(make(more))), more


@pytest.mark.parametrize(
    "octets",
    [
        message(tlv(0xA0, tlv(0x80, b"\1\xf4"), tlv(_LOW, b"x"))),
        acknowledged(tlv(0x30, NUMBER, tlv(_LOW, b"x"))),
        tlv(0x30, transactions(pending())[2:], tlv(_LOW)),
        modify(tlv(0xA5, tlv(0xA1, NUMBER, tlv(0xA1), tlv(_LOW)))),
        transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, NUMBER, tlv(0xA3), tlv(_LONG))))),
    ],
)
def test_what_has_no_extension_marker_is_not_extended(octets: bytes) -> None:
    """ErrorDescriptor, TransactionAck, MegacoMessage, SeqSigList and ActionRequest are as they are."""
    assert "not of this type" in str(_refusal(octets))


@pytest.mark.parametrize(
    ("octets", "first"),
    [
        (transactions(tlv(_LOW_HOLDING, NUMBER)), "transactionRequest [0]"),
        (transactions(tlv(_LONG_HOLDING, NUMBER)), "transactionRequest [0]"),
        (message(tlv(0xA2)), "messageError [0]"),
        (message(b""), "messageError [0]"),
        (request(tlv(0xA8, TERMINATIONS)), "addReq [0]"),
        (request(), None),
        (reply(tlv(0xA8, TERMINATIONS)), "addReply [0]"),
        (modify(tlv(0xA9)), "mediaDescriptor [0]"),
        (modify(tlv(0xA5, tlv(0xA2))), "signal [0]"),
    ],
)
def test_an_alternative_that_is_not_known(octets: bytes, first: str | None) -> None:
    """A CHOICE cannot be left out: what was chosen is unknown. Those that are known are told with their tags."""
    if first is None:
        assert decode(octets, strict=True)
    else:
        assert _refusal(octets).expected[0] == first


def test_one_value_is_chosen() -> None:
    """Behind the value in an explicit tag nothing can stand."""
    for more in (pending(), tlv(0xA1), tlv(_LOW), tlv(_LONG), b"\0\0"):
        assert decode(message(tlv(0xA1)))
        error = _refusal(message(tlv(0xA1) + more))
        assert "after the one value that can stand there" in str(error) or "end-of-contents" in str(error)


# ----------------------------------------------------------------------------------------- order, doubled, missing

_SIGNAL = (SIGNAL, tlv(0x81, b"\5"), tlv(0x82, b"\1"), tlv(0x85, b"\1"), tlv(0xA6))


def test_components_stand_in_their_order() -> None:
    """Of all orders of five components one is right."""
    refusals = [_refused(signals(*order)) for order in permutations(_SIGNAL)]
    assert refusals.count(None) == 1
    for error in refusals:
        assert error is None or error.code == 442
        assert error is None or "out of its order, or twice" in error.what or error.expected


def _refused(octets: bytes) -> DecodeError | None:
    try:
        decode(octets)
    except DecodeError as error:
        return error
    return None


@pytest.mark.parametrize("index", range(5))
def test_components_stand_once(index: int) -> None:
    """A second one of the same tag is told so, or another component is wanted there."""
    error = _refusal(signals(*_SIGNAL[: index + 1], *_SIGNAL[index:]))
    assert "out of its order, or twice" in error.what or error.expected == ("sigParList",)


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        (b"0\0", "mess"),
        (tlv(0x30, tlv(0xA0)), "secParmIndex"),
        (tlv(0x30, tlv(0xA1)), "version"),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"))), "mId"),
        (tlv(0x30, tlv(0xA1, tlv(0x80, b"\1"), MID)), "messageBody"),
        (message(tlv(0xA0)), "errorCode"),
        (transactions(tlv(0xA0)), "transactionId"),
        (transactions(tlv(0xA0, NUMBER)), "actions"),
        (transactions(tlv(0xA2, NUMBER)), "transactionResult"),
        (transactions(tlv(0xA4, NUMBER)), "segmentNumber"),
        (transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, NUMBER)))), "commandRequests"),
        (transactions(tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, NUMBER, tlv(0xA3, tlv(0x30)))))), "command"),
        (acknowledged(tlv(0x30)), "firstAck"),
        (request(tlv(0xA2)), "terminationID"),
        (request(tlv(0xA2, TERMINATIONS)), "descriptors"),
        (request(tlv(0xA2, tlv(0xA0, tlv(0x30)), tlv(0xA1))), "wildcard"),
        (request(tlv(0xA2, tlv(0xA0, tlv(0x30, tlv(0xA0))), tlv(0xA1))), "id"),
        (request(tlv(0xA7, TERMINATIONS, tlv(0xA1))), "serviceChangeMethod"),
        (request(tlv(0xA7, TERMINATIONS, tlv(0xA1, tlv(0x80, b"\3")))), "serviceChangeReason"),
        (signals(), "signalName"),
        (signals(SIGNAL), "sigParList"),
        (events(EVENT), "evParList"),
        (state(tlv(0x30)), "name"),
        (state(tlv(0x30, OPAQUE)), "value"),
    ],
)
def test_what_must_stand(octets: bytes, name: str) -> None:
    """A component that is not optional is named where it is missing."""
    error = _refusal(octets)
    assert error.what == "the end of the value"
    assert error.expected == (name,)


@pytest.mark.parametrize(
    "octets",
    [
        tlv(0x31, transactions(pending())[2:]),
        acknowledged(tlv(0x31, NUMBER)),
        acknowledged(tlv(0xA0, NUMBER)),
        acknowledged(tlv(0x30, tlv(0x02, b"\1"))),
        acknowledged(tlv(0x30, tlv(0xC0, b"\1"))),
        transactions(tlv(0x30, NUMBER)),
        signals(tlv(0x04, b"\0\7\0\x30"), tlv(0xA6)),
        state(tlv(0x30, OPAQUE, tlv(0xA1, tlv(0x16, b"\2\1\5")))),
        state(tlv(0x30, OPAQUE, tlv(0xA1, tlv(0x80, b"\2\1\5")))),
        state(tlv(0x31, OPAQUE, tlv(0xA1))),
        state(tlv(0x10, OPAQUE, tlv(0xA1))),
    ],
)
def test_tags_of_other_types(octets: bytes) -> None:
    """Tags are implicit, a list's elements keep their own."""
    with pytest.raises(DecodeError):
        decode(octets)


# ---------------------------------------------------------------------------------------------------------- limits


def _nested(levels: int) -> bytes:
    """Return a message with as many RegulatedNotify in an event, each in an event of the one before."""
    inner = tlv(0xA1)
    for _ in range(levels):
        events_ = tlv(0xA0, NUMBER, tlv(0xA1, tlv(0x30, EVENT, tlv(0xA2, tlv(0xA3, inner)), tlv(0xA3))))
        inner = tlv(0xA1, events_)
    return events(EVENT, tlv(0xA2, tlv(0xA4, inner)), tlv(0xA3))


def test_nesting_has_a_limit() -> None:
    """Types that stand in themselves do so as often as the limit says, and 64 times at most."""
    assert decode(_nested(3), strict=True) == decode(encode(decode(_nested(3)), "binary"))
    error = _refusal(_nested(100))
    assert "nested deeper than 32" in str(error)
    assert error.code == 442
    assert "nested deeper than 5" in str(_refusal(_nested(100), Limits(nesting=5)))
    assert "nested deeper than 64" in str(_refusal(_nested(5000), Limits(nesting=10_000)))


def test_segments_in_segments_have_the_same_limit() -> None:
    """A string that is cut in ever smaller pieces is refused, not followed."""
    for string in (0x04, 0x03):
        value = tlv(string, b"\0")
        for _ in range(10):
            value = tlv(string | 0x20, value)
        wrong = value
        for _ in range(2000):
            wrong = tlv(string | 0x20, wrong)
        make = _error_text if string == 0x04 else _audit
        assert decode(make(value), strict=True)
        assert "nested deeper than 32" in str(_refusal(make(wrong)))


def _error_text(segment: bytes) -> bytes:
    return message(tlv(0xA0, tlv(0x80, b"\1\xf4"), tlv(0xA1, segment)))


def _audit(segment: bytes) -> bytes:
    return request(tlv(0xA3, TERMINATIONS, tlv(0xA1, tlv(0xA0, segment))))


_LISTS: dict[str, Callable[[int], bytes]] = {
    "transactions": lambda count: transactions(*[pending()] * count),
    "acks": lambda count: acknowledged(*[tlv(0x30, NUMBER)] * count),
    "actions": lambda count: transactions(tlv(0xA0, NUMBER, tlv(0xA1, *[tlv(0x30, NUMBER, tlv(0xA3))] * count))),
    "commands": lambda count: request(*[tlv(0xA2, TERMINATIONS, tlv(0xA1))] * count),
    "terminations": lambda count: request(tlv(0xA2, tlv(0xA0, *[TERMINATION] * count), tlv(0xA1))),
    "signals": lambda count: modify(tlv(0xA5, *[tlv(0xA0, SIGNAL, tlv(0xA6))] * count)),
    "properties": lambda count: state(*[parameter(b"\x80\1\0\2")] * count),
    "values": lambda count: state(parameter(b"\x80\1\0\2", *[bytes(200)] * count)),
    "wildcards": lambda count: request(
        tlv(0xA2, tlv(0xA0, tlv(0x30, tlv(0xA0, *[tlv(0x04, b"\x40")] * count), tlv(0x81, bytes(8)))), tlv(0xA1))
    ),
    "contexts": lambda count: _reply_with_contexts(count),
}


def _reply_with_contexts(count: int) -> bytes:
    """Return a reply that lists contexts."""
    properties = tlv(0xA2, tlv(0xA5, *[tlv(0x02, b"\1")] * count))
    return transactions(tlv(0xA2, NUMBER, tlv(0xA2, tlv(0xA1, tlv(0x30, NUMBER, properties, tlv(0xA3))))))


@pytest.mark.parametrize("name", _LISTS)
def test_lists_have_a_limit(name: str) -> None:
    """A list of the limit's length is taken, a longer one is refused."""
    limits = Limits(items=5)
    if name == "wildcards":  # five may stand there, but fit no layout
        assert _refusal(_LISTS[name](5), limits).code == 410
    else:
        assert decode(_LISTS[name](5), limits=limits)
    assert "more than 5 entries" in str(_refusal(_LISTS[name](6), limits))


def test_a_message_has_a_limit() -> None:
    """A message that is too long is refused unread."""
    octets = transactions(pending())
    assert decode(octets, limits=Limits(message_bytes=len(octets)))
    error = _refusal(octets, Limits(message_bytes=len(octets) - 1))
    assert (error.code, error.offset, error.line) == (400, 0, None)
    with pytest.raises(DecodeError, match=f"a message of {len(octets)} octets"):
        decode_header(octets, limits=Limits(message_bytes=1))


def test_the_header_is_read_in_any_form() -> None:
    """Version and mId, without lengths, with long ones, in segments, and whatever follows."""
    octets = transactions(pending())
    value = segmented(octets, octet_by_octet)
    for form_of in (lambda _: definite, lambda _: spare(2), without_lengths):
        assert decode_header(written(value, form_of)) == (3, IpAddress("192.0.2.1"))
