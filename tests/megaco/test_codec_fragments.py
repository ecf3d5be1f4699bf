"""Messages written a transaction at a time: octet for octet what writing them whole gives."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megaco import ENCODINGS, EncodeError, Message, decode, encode
from megaco.binary import Dictionary, dictionary
from megaco.codec import assemble, encode_transaction
from megaco.message import (
    ActionRequest,
    CommandRequest,
    DeviceName,
    ModifyRequest,
    SegmentReply,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
)

from .samples import EVERY_SAMPLE
from .strategies import MESSAGES

_FIXTURES = sorted((Path(__file__).resolve().parents[2] / "fixtures").rglob("*.h248"))
_MID = DeviceName("mg")
_SLOW_TO_DRAW = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def _outcome(write: Any, *arguments: Any) -> bytes | str:
    try:
        octets: bytes = write(*arguments)
    except EncodeError as error:
        return str(error)
    return octets


def _in_parts(message: Message, encoding: str, names: Dictionary | None = None) -> bytes:
    written = [encode_transaction(one, message.version, encoding, dictionary=names) for one in message.transactions]
    return assemble(message.version, message.mid, written, encoding, dictionary=names)


def _is_assembled_as_encoded(message: Message) -> None:
    bare = msgspec.structs.replace(message, error=None, authentication=None)
    for encoding in ENCODINGS:
        whole = _outcome(encode, bare, encoding)
        parts = _outcome(_in_parts, bare, encoding)
        if isinstance(whole, bytes):
            assert parts == whole
        else:
            assert isinstance(parts, str)
            assert parts.partition(": ")[2] == whole.partition(": ")[2]


@pytest.mark.parametrize("path", _FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixtures_are_assembled_as_they_are_encoded(path: Path) -> None:
    """In each encoding."""
    _is_assembled_as_encoded(decode(path.read_bytes()))


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_samples_are_assembled_as_they_are_encoded(sample: str) -> None:
    """In each encoding; what binary does not carry is refused for the same reason."""
    _is_assembled_as_encoded(decode(sample))


@_SLOW_TO_DRAW
@given(MESSAGES, st.integers(0, 99))
def test_every_message_is_assembled_as_it_is_encoded(message: Message, version: int) -> None:
    """Any transactions, any sender, and any version that a message can say."""
    _is_assembled_as_encoded(message)
    _is_assembled_as_encoded(msgspec.structs.replace(message, version=version))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_ends_without_a_brace_is_joined_as_it_is_encoded(encoding: str) -> None:
    """Nothing may follow a segment number but the next transaction, not even a line's end."""
    segment, pending = SegmentReply(7, 2), TransactionPending(8)
    for transactions in ((segment, segment), (segment, pending), (pending, segment), (pending, pending), (segment,)):
        message = Message(3, _MID, transactions)
        assert _in_parts(message, encoding) == encode(message, encoding)
        assert decode(_in_parts(message, encoding)) == message


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_long_messages_are_assembled_as_they_are_encoded(encoding: str) -> None:
    """Lengths in binary take one octet to three here."""
    pending = tuple(TransactionPending(number) for number in range(0, 4_000_000_000, 500_000))
    for count in (1, 9, 12, 13, 14, 20, 25, 26, 27, 100, 8000):
        message = Message(1, _MID, pending[:count])
        assert _in_parts(message, encoding) == encode(message, encoding)


def test_a_transaction_is_alike_in_every_message() -> None:
    """Its octets stand in the message as they are."""
    request = TransactionRequest(1, (ActionRequest(5, commands=(CommandRequest(ModifyRequest(("ip/1",))),)),))
    for encoding in ENCODINGS:
        assert encode(Message(1, _MID, (TransactionPending(9), request)), encoding).endswith(
            encode_transaction(request, 1, encoding)
        )


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "transaction",
    [
        TransactionPending(-1),
        TransactionPending("1"),  # type: ignore[arg-type]
        TransactionRequest(1, (ActionRequest(5, commands=(CommandRequest(ModifyRequest((" ",))),)),)),
        TransactionReply(1, (ActionRequest(1),)),  # type: ignore[arg-type]
        TransactionRequest(1, None),  # type: ignore[arg-type]
        TransactionPending(1 << 70),
        "Pending = 1 { }",
        None,
    ],
    ids=str,
)
def test_what_cannot_be_written_is_refused_as_in_a_message(transaction: Any, encoding: str) -> None:
    """With the path that it has in a message that holds it alone."""
    with pytest.raises(EncodeError) as whole:
        encode(Message(1, _MID, (transaction,)), encoding)
    with pytest.raises(EncodeError) as part:
        encode_transaction(transaction, 1, encoding)
    assert (part.value.what, part.value.path) == (whole.value.what, whole.value.path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("version", "mid"),
    [(100, _MID), (-1, _MID), (1, DeviceName(" \x80")), (1, DeviceName(["mg"])), (1, "mg"), (1, None)],  # type: ignore[arg-type]
)
def test_a_sender_that_cannot_be_written_is_refused_as_in_a_message(version: int, mid: Any, encoding: str) -> None:
    """Twice: what was refused is not remembered."""
    pending = encode_transaction(TransactionPending(1), 1, encoding)
    with pytest.raises(EncodeError) as whole:
        encode(Message(version, mid, (TransactionPending(1),)), encoding)
    for _ in range(2):
        with pytest.raises(EncodeError) as part:
            assemble(version, mid, [pending], encoding)
        assert (part.value.what, part.value.path) == (whole.value.what, whole.value.path)


@pytest.mark.parametrize("encoding", ["pretty", "compact"])
def test_a_text_without_transactions_is_refused(encoding: str) -> None:
    """As ``encode`` refuses it; binary has a form for an empty list."""
    with pytest.raises(EncodeError, match="the text encoding wants") as caught:
        assemble(1, _MID, [], encoding)
    assert caught.value.path == "message"
    assert decode(assemble(1, _MID, [], "binary")) == Message(1, _MID)


def test_only_known_encodings_are_written() -> None:
    """An unknown name is the caller's mistake, a ValueError."""
    with pytest.raises(ValueError, match="no such encoding: XML"):
        encode_transaction(TransactionPending(1), 1, "XML")
    with pytest.raises(ValueError, match="no such encoding: XML"):
        assemble(1, _MID, [b""], "XML")


def test_many_senders_are_all_written_right() -> None:
    """More than are remembered, and each again."""
    pending = TransactionPending(1)
    for number in (*range(200), *range(200)):
        message = Message(1, DeviceName(f"mg{number}"), (pending,))
        assert _in_parts(message, "compact") == encode(message, "compact")


def test_names_of_ones_own_are_written_in_binary() -> None:
    """The dictionary is that of ``encode``."""
    names = dictionary()
    message = decode(EVERY_SAMPLE[0])
    assert _in_parts(message, "binary", names) == encode(message, "binary", dictionary=names)
