"""The grammar files drive the codec: edit a copy, rebuild, and decoder and encoder follow without an edit of code."""

from pathlib import Path

import pytest

from megaco import Message, decode, encode
from megaco.message import (
    AddRequest,
    AuditDescriptor,
    AuditItem,
    LocalControlDescriptor,
    MediaDescriptor,
    PropertyParm,
    StreamDescriptor,
    StreamMode,
    SubtractRequest,
    Value,
)

from ..samples import in_add, request
from .rebuild import Rebuilt, is_the_copy

_LOOPBACK = "            | LOOPBACK_TOKEN\n"


@pytest.fixture
def rebuilt(tmp_path: Path) -> Rebuilt:
    """A copy of the package to edit."""
    return Rebuilt(tmp_path)


def _control(text: str) -> str:
    return in_add(f"Media {{ Stream = 1 {{ LocalControl {{ {text} }} }} }}")


def _with_control(control: LocalControlDescriptor) -> Message:
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, control),)),)))


def test_nothing_edited_nothing_changes(rebuilt: Rebuilt) -> None:
    """The copy runs, and generates what is shipped."""
    rebuilt.build()
    assert is_the_copy(rebuilt)
    assert rebuilt.message(_control("Mode = Loopback")) == decode(_control("Mode = Loopback"))


def test_an_alternative_removed_is_refused(rebuilt: Rebuilt) -> None:
    """Without its alternative, a mode is neither decoded nor encoded; the others are as before."""
    rebuilt.edit("megaco.lark", _LOOPBACK, "")
    rebuilt.edit("megaco.toml", ', LOOPBACK_TOKEN = "LOOP_BACK"', "")
    rebuilt.build()
    refused = rebuilt.decode(_control("Mode = Loopback"))
    assert refused.expected == ["Inactive", "ReceiveOnly", "SendOnly", "SendReceive"]
    assert rebuilt.encode(_with_control(LocalControlDescriptor(StreamMode.LOOP_BACK)), "pretty").error
    assert rebuilt.message(_control("Mode = SendOnly")) == decode(_control("Mode = SendOnly"))


def test_the_grammar_alone_decides(rebuilt: Rebuilt) -> None:
    """The grammar without the alternative is enough to refuse it, even where the overlay still speaks of it."""
    rebuilt.edit("megaco.lark", _LOOPBACK, "")
    rebuilt.build()
    assert rebuilt.decode(_control("Mode = LB")).error
    assert rebuilt.encode(_with_control(LocalControlDescriptor(StreamMode.LOOP_BACK)), "pretty").error


def test_a_token_removed_is_refused(rebuilt: Rebuilt) -> None:
    """A whole descriptor taken out of the production is neither read nor written."""
    rebuilt.edit(
        "megaco.lark",
        "             | mux_descriptor\n             | events_descriptor\n",
        "             | events_descriptor\n",
    )
    rebuilt.build()
    refused = rebuilt.decode(in_add("Mux = H221 { a }"))
    assert (refused.code, "Mux" in refused.expected, "Media" in refused.expected) == (442, False, True)


def test_a_spelling_changed_is_followed(rebuilt: Rebuilt) -> None:
    """A keyword spelled anew is read and written so, and no longer as it was."""
    rebuilt.edit("megaco.lark", '("Loopback"i | "LB"i)', '("Mirror"i | "MI"i)')
    rebuilt.build()
    message = _with_control(LocalControlDescriptor(StreamMode.LOOP_BACK))
    for layout, spelling in (("pretty", "Mirror"), ("compact", "=MI")):
        text = rebuilt.encode(message, layout).text
        assert spelling in text
        assert rebuilt.message(text) == message
    assert "Mirror" in rebuilt.decode(_control("Mode = Loopback")).expected


def test_a_parameter_added_is_followed(rebuilt: Rebuilt) -> None:
    """A new parameter of LocalControl needs its keyword, its place in the production and one binding."""
    rebuilt.edit("megaco.lark", "\nlocal_parm: stream_mode\n", "\nlocal_parm: stream_mode | RESERVE_ALL_TOKEN\n")
    rebuilt.edit("megaco.lark", "", '\nRESERVE_ALL_TOKEN.1: ("ReserveAll"i | "RA"i) END_OF_WORD\n')
    old = 'fields = { stream_mode = "mode", reserved_value_mode'
    rebuilt.edit(
        "megaco.toml",
        old,
        old.replace("{ ", "{ RESERVE_ALL_TOKEN = { reserve_value = true }, "),
    )
    rebuilt.build()
    control = _with_control(LocalControlDescriptor(StreamMode.SEND_RECEIVE, reserve_value=True))
    for layout, spelling in (("pretty", "ReserveAll"), ("compact", ",RA")):
        text = rebuilt.encode(control, layout).text
        assert spelling in text
        assert rebuilt.message(text) == control
    twice = rebuilt.decode(_control("Mode = SendReceive, reserveall, ReservedValue = ON"))
    assert (twice.code, "a second time" in twice.error) == (456, True)


def test_a_keyword_of_an_audit_is_followed(rebuilt: Rebuilt) -> None:
    """A new word for an audit item, bound to a member that the tree has, is read and written."""
    rebuilt.edit("megaco.lark", "\naudit_token: MUX_TOKEN\n", "\naudit_token: MIXER_TOKEN\n")
    rebuilt.edit("megaco.lark", "", '\nMIXER_TOKEN.1: ("Mixer"i | "MI"i) END_OF_WORD\n')
    old = '[rules.audit_token]\nenum = "AuditItem"\nfields = { MUX_TOKEN = "MUX"'
    rebuilt.edit("megaco.toml", old, old.replace("MUX_TOKEN", "MIXER_TOKEN"))
    rebuilt.build()
    message = request(SubtractRequest(("t",), AuditDescriptor((AuditItem.MUX, AuditItem.MEDIA))))
    text = rebuilt.encode(message, "pretty").text
    assert "Audit { Mixer, Media }" in text
    assert rebuilt.message(text) == message
    assert rebuilt.decode(text.replace("Mixer", "Mux")).error


def test_a_required_part_is_demanded_by_both(rebuilt: Rebuilt) -> None:
    """Where the grammar makes the Audit of Subtract required, a Subtract without one is neither read nor written."""
    old = "subtract_request: SUBTRACT_TOKEN _EQUAL termination_id_list (_LBRKT audit_descriptor _RBRKT)?"
    rebuilt.edit("megaco.lark", old, old.replace("(", "").replace(")?", ""))
    rebuilt.build()
    assert rebuilt.encode(request(SubtractRequest(("t",))), "compact").error
    assert rebuilt.decode("!/1 a T = 1 { C = 1 { S = t } }").expected == ["'{'"]


def test_the_overlay_says_what_is_required(rebuilt: Rebuilt) -> None:
    """A method of the sender's own stands in for the method only as long as the overlay says so."""
    text = '!/1 a T = 1 { C = - { SC = t { SV { Method = X-own, Reason = "900" } } } }'
    assert decode(encode(decode(text))) == decode(text)
    rebuilt.edit("megaco.toml", 'one_of = [["method", "method_extension"]]\n', "")
    rebuilt.build()
    assert "lacks its method" in rebuilt.decode(text).error


def test_the_overlay_says_what_has_one_name(rebuilt: Rebuilt) -> None:
    """Properties of one name are refused in both directions only as long as the overlay says so."""
    properties = tuple(PropertyParm("a/b", Value(text)) for text in "12")
    message = _with_control(LocalControlDescriptor(properties=properties))
    old = '[rules.local_control_descriptor]\nnode = "LocalControlDescriptor"\nunique = ["property_parm"]\n'
    rebuilt.edit("megaco.toml", old, old.rpartition("unique")[0])
    rebuilt.build()
    text = rebuilt.encode(message, "compact").text
    assert rebuilt.message(text) == message


def test_a_version_is_data(rebuilt: Rebuilt) -> None:
    """What a later version brought is said in the overlay: strict decoding follows."""
    text = "!/1 a T = 1 { C = 1 { IEPS = ON, A = t } }"
    rebuilt.edit("megaco.toml", "IEPS_TOKEN = 3\n", "")
    rebuilt.build()
    assert rebuilt.message(text) == decode(text)
