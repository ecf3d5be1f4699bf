"""megaco.asn drives the binary codec: edit a copy, rebuild, and decoder and encoder follow without an edit of code."""

from pathlib import Path

import pytest

from megaco import Message, encode, from_json
from megaco.message import (
    ActionRequest,
    AddRequest,
    Command,
    CommandRequest,
    ContextProperties,
    DeviceName,
    LocalControlDescriptor,
    MediaDescriptor,
    MuxDescriptor,
    MuxType,
    StreamDescriptor,
    StreamMode,
    TransactionRequest,
)

from .rebuild import Rebuilt, is_the_copy

_MODE = {mode: LocalControlDescriptor(mode) for mode in StreamMode}


@pytest.fixture
def rebuilt(tmp_path: Path) -> Rebuilt:
    """A copy of the package to edit."""
    return Rebuilt(tmp_path)


def _request(command: Command, properties: ContextProperties | None = None) -> Message:
    action = ActionRequest(1, properties, commands=(CommandRequest(command),))
    return Message(3, DeviceName("mgc"), (TransactionRequest(1, (action,)),))


def _in_mode(mode: StreamMode) -> Message:
    return _request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, _MODE[mode]),)),)))


def _comes_back(rebuilt: Rebuilt, message: Message) -> bool:
    written = rebuilt.encode(message, "binary")
    assert written.text, written.error
    return from_json(rebuilt.decode_binary(written.text.encode("latin-1")).text) == message


def test_nothing_edited_nothing_changes(rebuilt: Rebuilt) -> None:
    """The copy runs, and writes what the package writes."""
    before = rebuilt.modules()
    rebuilt.build()
    assert is_the_copy(rebuilt)
    assert rebuilt.modules() == before
    message = _in_mode(StreamMode.LOOP_BACK)
    assert rebuilt.encode(message, "binary").text.encode("latin-1") == encode(message, "binary")
    assert _comes_back(rebuilt, message)


def test_a_value_removed_is_refused(rebuilt: Rebuilt) -> None:
    """Without its value, a mode is neither decoded nor encoded; the others are as before."""
    rebuilt.edit("megaco.asn", "inactive(3), loopBack(4), ...", "inactive(3), ...")
    rebuilt.build()
    refused = rebuilt.decode_binary(encode(_in_mode(StreamMode.LOOP_BACK), "binary"))
    assert "value 4, which is not known; expected 0 to 3" in refused.error
    assert "LoopBack" in rebuilt.encode(_in_mode(StreamMode.LOOP_BACK), "binary").error
    assert _comes_back(rebuilt, _in_mode(StreamMode.INACTIVE))


def test_values_renumbered_are_followed(rebuilt: Rebuilt) -> None:
    """Numbers are the module's; one that is left out is refused."""
    rebuilt.edit("megaco.asn", "sendOnly(0), recvOnly(1), sendRecv(2)", "sendOnly(5), recvOnly(1), sendRecv(2)")
    rebuilt.build()
    written = rebuilt.encode(_in_mode(StreamMode.SEND_ONLY), "binary").text.encode("latin-1")
    assert b"\x80\x01\x05" in written
    assert _comes_back(rebuilt, _in_mode(StreamMode.SEND_ONLY))
    assert "value 0" in rebuilt.decode_binary(encode(_in_mode(StreamMode.SEND_ONLY), "binary")).error


def test_an_alternative_removed_is_refused_and_moves_tags(rebuilt: Rebuilt) -> None:
    """Automatic tags count what is there: without Mux, Events take its tag."""
    rebuilt.edit(
        "megaco.asn", "  muxDescriptor         MuxDescriptor,\n  eventsDescriptor      ", "  eventsDescriptor      "
    )
    rebuilt.build()
    with_mux = _request(AddRequest(("t",), (MuxDescriptor(MuxType.H221, termination_ids=("u",)),)))
    assert rebuilt.decode_binary(encode(with_mux, "binary")).error
    assert "MuxDescriptor cannot stand here" in rebuilt.encode(with_mux, "binary").error
    assert _comes_back(rebuilt, _in_mode(StreamMode.INACTIVE))


def test_a_component_removed_is_refused(rebuilt: Rebuilt) -> None:
    """Without the component a field cannot be written, and what stands there is not of the type."""
    rebuilt.edit("megaco.asn", "  emergency   BOOLEAN OPTIONAL,\n  topologyReq", "  topologyReq")
    rebuilt.build()
    message = _request(AddRequest(("t",)), ContextProperties(emergency=True))
    assert "emergency cannot be carried" in rebuilt.encode(message, "binary").error
    assert rebuilt.decode_binary(encode(message, "binary")).error
    assert _comes_back(rebuilt, _request(AddRequest(("t",)), ContextProperties(priority=3)))


def test_a_part_removed_of_what_is_made_by_hand(rebuilt: Rebuilt) -> None:
    """Where the tree has another shape than the module, a part that is gone stays absent."""
    rebuilt.edit("megaco.asn", "    oneStream   StreamParms,\n", "")
    rebuilt.build()
    bare = _request(
        AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(None, _MODE[StreamMode.INACTIVE]),)),))
    )
    assert "cannot be carried" in rebuilt.encode(bare, "binary").error
    assert _comes_back(rebuilt, _in_mode(StreamMode.INACTIVE))


def test_a_range_narrowed_is_held_to(rebuilt: Rebuilt) -> None:
    """Bounds are the module's, both ways."""
    rebuilt.edit("megaco.asn", "  priority    INTEGER (0..15) OPTIONAL,", "  priority    INTEGER (0..7) OPTIONAL,")
    rebuilt.build()
    message = _request(AddRequest(("t",)), ContextProperties(priority=8))
    assert "expected 0 to 7" in rebuilt.decode_binary(encode(message, "binary")).error
    assert "within 0 to 7" in rebuilt.encode(message, "binary").error


def test_a_version_mark_moved_is_followed(rebuilt: Rebuilt) -> None:
    """What a version lacks is what the brackets say."""
    rebuilt.edit("megaco.asn", "[[2:\n    durationTimer", "[[3:\n    durationTimer")
    rebuilt.build()
    text = "MEGACO/2 mgc T=1{C=1{MF=t{DM=d1{Z:5,(0)}}}}"
    message = rebuilt.message(text)
    octets = rebuilt.encode(message, "binary").text.encode("latin-1")
    assert "durationTimer, which came with version 3" in rebuilt.decode_binary(octets).error


def test_a_set_is_read_in_any_order(rebuilt: Rebuilt) -> None:
    """A SEQUENCE has its order, a SET has none."""
    message = _request(AddRequest(("t",)), ContextProperties(priority=3, emergency=True))
    octets = encode(message, "binary")
    swapped = octets.replace(b"\x80\x01\x03\x81\x01\xff", b"\x81\x01\xff\x80\x01\x03")
    assert swapped != octets
    rebuilt.edit("megaco.asn", "ContextRequest ::= SEQUENCE {", "ContextRequest ::= SET {")
    rebuilt.build()
    assert from_json(rebuilt.decode_binary(swapped).text) == message
    assert from_json(rebuilt.decode_binary(octets).text) == message
    twice = octets.replace(b"\x80\x01\x03\x81\x01\xff", b"\x80\x01\x03\x80\x01\x03")
    assert "twice" in rebuilt.decode_binary(twice).error


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("AUTOMATIC TAGS", "EXPLICIT TAGS", "AUTOMATIC TAGS"),
        ("ErrorText ::= IA5String", "ErrorText ::= REAL", "ErrorText: no codec is generated for REAL"),
        ("TransactionId ::= INTEGER (0..4294967295)", "TransactionId ::= INTEGER", "without bounds"),
        ("TransactionPending ::= SEQUENCE {", "TransactionPending ::= SEQUENCE { extra NULL,", "extra"),
        ("inactive(3), loopBack(4)", "inactive(3), loopFront(4)", "loopFront stands for no member of StreamMode"),
        ("ErrorText ::= IA5String", "ErrorText :: IA5String", "line"),
    ],
)
def test_a_module_that_cannot_be_turned_into_code_is_told(rebuilt: Rebuilt, old: str, new: str, what: str) -> None:
    """One line that says what is wrong, no traceback, and the modules stay as they were."""
    before = rebuilt.modules()
    rebuilt.edit("megaco.asn", old, new)
    refused = rebuilt.refusal()
    assert what in refused
    assert "Traceback" not in refused
    assert rebuilt.modules() == before
