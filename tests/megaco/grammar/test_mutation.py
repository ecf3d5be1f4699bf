"""The grammar file drives the codec: change a copy of it, and decoder and encoder follow without an edit of code."""

from typing import Any

import pytest

from megaco import DecodeError, EncodeError, Message
from megaco.grammar import grammar_text, read_toml
from megaco.message import (
    AddRequest,
    AuditDescriptor,
    AuditItem,
    LocalControlDescriptor,
    MediaDescriptor,
    PropertyParm,
    ServiceChangeRequest,
    StreamDescriptor,
    StreamMode,
    SubtractRequest,
    Value,
)
from megaco.text import TextEncoding, decode, encode, text_encoding

from ..samples import in_add, only_command, request

_LOOPBACK = "            | LOOPBACK_TOKEN\n"


def _mutant(old: str, new: str, overlay: dict[str, Any] | None = None) -> TextEncoding:
    grammar = grammar_text()
    assert grammar.count(old) == 1
    return TextEncoding(grammar.replace(old, new), overlay or read_toml("megaco.toml"))


def _decode(text: str, encoding: TextEncoding) -> Message:
    return decode(text.encode(), encoding, allow=frozenset(), on_deviation=None, max_items=100)


def _control(encoding: TextEncoding, text: str) -> LocalControlDescriptor:
    command = only_command(_decode(in_add(f"Media {{ Stream = 1 {{ LocalControl {{ {text} }} }} }}"), encoding))
    assert isinstance(command, AddRequest)
    assert command.media is not None
    assert command.media.streams[0].local_control is not None
    return command.media.streams[0].local_control


def _with_control(control: LocalControlDescriptor) -> Message:
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, control),)),)))


def test_an_alternative_removed_is_refused() -> None:
    """Without its alternative, a mode is neither decoded nor encoded; the others are as before."""
    overlay = read_toml("megaco.toml")
    del overlay["rules"]["stream_modes"]["fields"]["LOOPBACK_TOKEN"]
    encoding = _mutant(_LOOPBACK, "", overlay)
    with pytest.raises(DecodeError) as caught:
        _control(encoding, "Mode = Loopback")
    assert caught.value.expected == ("Inactive", "ReceiveOnly", "SendOnly", "SendReceive")
    with pytest.raises(EncodeError):
        encode(_with_control(LocalControlDescriptor(StreamMode.LOOP_BACK)), encoding, "pretty")
    assert _control(encoding, "Mode = SendOnly").mode is StreamMode.SEND_ONLY


def test_the_grammar_alone_decides() -> None:
    """The grammar without the alternative is enough to refuse it, even where the overlay still speaks of it."""
    encoding = _mutant(_LOOPBACK, "")
    with pytest.raises(DecodeError):
        _control(encoding, "Mode = LB")
    with pytest.raises(EncodeError):
        encode(_with_control(LocalControlDescriptor(StreamMode.LOOP_BACK)), encoding, "pretty")


def test_a_spelling_changed_is_followed() -> None:
    """A keyword spelled anew is read and written so, and no longer as it was."""
    encoding = _mutant('("Loopback"i | "LB"i)', '("Mirror"i | "MI"i)')
    message = _with_control(LocalControlDescriptor(StreamMode.LOOP_BACK))
    for layout, spelling in (("pretty", b"Mirror"), ("compact", b"=MI")):
        data = encode(message, encoding, layout)
        assert spelling in data
        assert _decode(data.decode(), encoding) == message
    with pytest.raises(DecodeError) as caught:
        _control(encoding, "Mode = Loopback")
    assert "Mirror" in caught.value.expected


def test_a_parameter_added_is_followed() -> None:
    """A new parameter of LocalControl needs its keyword, its place in the production and one binding."""
    overlay = read_toml("megaco.toml")
    bindings = overlay["rules"]["local_control_descriptor"]["fields"]
    overlay["rules"]["local_control_descriptor"]["fields"] = {"RESERVE_ALL_TOKEN": {"reserve_value": True}, **bindings}
    grammar = grammar_text().replace("\nlocal_parm: stream_mode\n", "\nlocal_parm: stream_mode | RESERVE_ALL_TOKEN\n")
    encoding = TextEncoding(grammar + '\nRESERVE_ALL_TOKEN.1: ("ReserveAll"i | "RA"i) END_OF_WORD\n', overlay)
    control = LocalControlDescriptor(StreamMode.SEND_RECEIVE, reserve_value=True)
    assert _control(encoding, "Mode = SendReceive, reserveall") == control
    assert _control(encoding, "Mode = SendReceive, ReservedValue = ON") == control
    for layout, spelling in (("pretty", b"ReserveAll"), ("compact", b",RA}")):
        data = encode(_with_control(control), encoding, layout)
        assert spelling in data
        assert _decode(data.decode(), encoding) == _with_control(control)
    with pytest.raises(DecodeError):
        _control(text_encoding(), "Mode = SendReceive, ReserveAll")


def test_a_keyword_added_to_an_audit_is_followed() -> None:
    """A new word for an audit item, bound to a member that the tree has, is read and written."""
    overlay = read_toml("megaco.toml")
    fields = overlay["rules"]["audit_token"]["fields"]
    del fields["MUX_TOKEN"]
    fields["MIXER_TOKEN"] = "MUX"
    grammar = grammar_text().replace("\naudit_token: MUX_TOKEN\n", "\naudit_token: MIXER_TOKEN\n")
    grammar += '\nMIXER_TOKEN.1: ("Mixer"i | "MI"i) END_OF_WORD\n'
    encoding = TextEncoding(grammar, overlay)
    message = request(SubtractRequest(("t",), AuditDescriptor((AuditItem.MUX, AuditItem.MEDIA))))
    data = encode(message, encoding, "pretty")
    assert b"Audit { Mixer, Media }" in data
    assert _decode(data.decode(), encoding) == message
    with pytest.raises(DecodeError):
        _decode(data.decode().replace("Mixer", "Mux"), encoding)


def test_a_required_part_is_demanded_by_both() -> None:
    """Where the grammar makes the Audit of Subtract required, a Subtract without one is neither read nor written."""
    old = "subtract_request: SUBTRACT_TOKEN _EQUAL termination_id_list (_LBRKT audit_descriptor _RBRKT)?"
    encoding = _mutant(old, old.replace("(", "").replace(")?", ""))
    with pytest.raises(EncodeError, match="wants audit_descriptor in SubtractRequest"):
        encode(request(SubtractRequest(("t",))), encoding, "compact")
    with pytest.raises(DecodeError):
        _decode("!/1 a T = 1 { C = 1 { S = t } }", encoding)


def test_the_overlay_says_what_is_required() -> None:
    """A method of the sender's own stands in for the method only as long as the overlay says so."""
    text = '!/1 a T = 1 { C = - { SC = t { SV { Method = X-own, Reason = "900" } } } }'
    message = _decode(text, text_encoding())
    command = only_command(message)
    assert isinstance(command, ServiceChangeRequest)
    assert (command.services.method, command.services.method_extension) == (None, "X-own")
    assert _decode(encode(message, text_encoding(), "pretty").decode(), text_encoding()) == message
    overlay = read_toml("megaco.toml")
    del overlay["rules"]["service_change_descriptor"]["one_of"]
    with pytest.raises(DecodeError, match="lacks its method"):
        _decode(text, TextEncoding(grammar_text(), overlay))


def test_the_overlay_says_what_has_one_name() -> None:
    """Properties of one name are refused in both directions only as long as the overlay says so."""
    properties = tuple(PropertyParm("a/b", Value(text)) for text in "12")
    message = _with_control(LocalControlDescriptor(properties=properties))
    overlay = read_toml("megaco.toml")
    del overlay["rules"]["local_control_descriptor"]["unique"]
    encoding = TextEncoding(grammar_text(), overlay)
    data = encode(message, encoding, "compact").decode()
    assert _decode(data, encoding) == message
    with pytest.raises(EncodeError):
        encode(message, text_encoding(), "compact")
    with pytest.raises(DecodeError) as caught:
        _decode(data, text_encoding())
    assert caught.value.code == 456
