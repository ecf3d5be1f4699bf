"""Packages, items and parameters between names and numbers."""

from pathlib import Path

import pytest

import megaco
from megaco import EncodeError, Message, decode, encode
from megaco.binary.names import default_dictionary, dictionary
from megaco.errors import DataFileError
from megaco.message import (
    AddRequest,
    EventsDescriptor,
    LocalControlDescriptor,
    MediaDescriptor,
    PropertyParm,
    RequestedEvent,
    StreamDescriptor,
    Value,
    ValueRange,
)

from ..samples import request

_NAMES = default_dictionary()
_OWN = """
id = "own"
number = 0x9001
version = 1
title = "A package of one's own"
spec = "none"
[properties.size]
number = 0x0001
title = "Size"
type = "integer"
descriptors = ["LocalControl"]
provenance = "assumed"
"""


def _with_property(name: str, value: Value | ValueRange) -> Message:
    control = LocalControlDescriptor(properties=(PropertyParm(name, value),))
    return request(AddRequest(("t",), (MediaDescriptor(streams=(StreamDescriptor(1, control),)),)))


def _with_event(name: str, *parameters: PropertyParm) -> Message:
    return request(AddRequest(("t",), (EventsDescriptor(1, (RequestedEvent(name, parameters=parameters),)),)))


@pytest.mark.parametrize(
    ("name", "octets"),
    [("tdmc/ec", "000d0008"), ("TDMC/EC", "000d0008"), ("C.4/AESA", "00004001"), ("C.7/AESA", "00007001"),
     ("C.11/SDP_V", "0000b001"), ("tdmc/*", "000dffff"), ("*/*", "ffffffff"), ("x9001/x0001", "90010001"),
     ("tdmc/x0077", "000d0077"), ("C/x0077", "00000077")],
)  # fmt: skip
def test_properties(name: str, octets: str) -> None:
    """By name in any case, by clause for Annex C, opaque where nothing is known."""
    assert _NAMES.properties.named(name).octets.hex() == octets
    read = _NAMES.properties.item(bytes.fromhex(octets)).name
    assert _NAMES.properties.named(read).octets.hex() == octets
    assert read.lower() == name.lower()


def test_what_a_package_extends_has_its_number() -> None:
    """dd extends tonedet: its events can be named with either."""
    assert _NAMES.events.named("dd/std").octets.hex() == "00060001"
    assert _NAMES.events.named("tonedet/std").octets.hex() == "00040001"
    assert _NAMES.events.item(bytes.fromhex("00060001")).name == "dd/std"


def test_names_of_one_kind_are_not_those_of_another() -> None:
    """nt/jit is a property with number 7; 7 among the statistics of rtp is jit too, another thing."""
    assert _NAMES.properties.item(bytes.fromhex("000b0007")).name == "nt/jit"
    assert _NAMES.statistics.item(bytes.fromhex("000c0007")).name == "rtp/jit"
    assert _NAMES.events.item(bytes.fromhex("000b0007")).name == "nt/x0007"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("nosuch/item", "package 'nosuch' is not known; add a file nosuch.toml that has its number"),
        ("tdmc/nosuch", "package 'tdmc' has no property 'nosuch'; add it to tdmc.toml"),
        ("txc/bufsize", "package 'txc' is known by its number only; add a file txc.toml that has 'bufsize'"),
    ],
)
def test_an_unknown_name_says_which_file_to_add(name: str, what: str) -> None:
    """And where in the tree it stands."""
    with pytest.raises(EncodeError) as caught:
        encode(_with_property(name, Value("1")), "binary")
    assert what in str(caught.value)
    assert caught.value.path.endswith("local_control.properties[0].name")


def test_an_unknown_parameter_is_named() -> None:
    """Parameters are an event's own."""
    with pytest.raises(EncodeError, match="no parameter 'nosuch' here"):
        encode(_with_event("al/of", PropertyParm("nosuch", Value("1"))), "binary")


def test_unknown_numbers_go_back_to_the_same_octets() -> None:
    """Names and values are opaque, text can carry them, and nothing is lost."""
    known = _with_event("al/of", PropertyParm("strict", Value("exact")))
    octets = encode(known, "binary").replace(bytes.fromhex("8004000900058300"), b"")
    octets = octets.replace(bytes.fromhex("80040009"), bytes.fromhex("80049009"))
    message = decode(octets, strict=True)
    text = encode(message, "pretty")
    assert b"x9009/x0005 { x0001 = 0x0a0100 }" in text
    assert encode(decode(text), "binary") == octets


def test_a_package_of_ones_own(tmp_path: Path) -> None:
    """A file in a folder is enough; without it the same octets are opaque."""
    (tmp_path / "own.toml").write_text(_OWN, "utf-8")
    own = dictionary([tmp_path])
    message = _with_property("own/size", ValueRange(Value("1"), Value("300")))
    octets = encode(message, "binary", dictionary=own)
    assert decode(octets, dictionary=own, strict=True) == message
    opaque = _with_property("x9001/x0001", ValueRange(Value("0x020101"), Value("0x0202012c")))
    assert decode(octets, strict=True) == opaque
    assert encode(opaque, "binary") == octets


def test_a_broken_package_is_told(tmp_path: Path) -> None:
    """File, line, key and cause."""
    (tmp_path / "own.toml").write_text(_OWN.replace("integer", "number"), "utf-8")
    with pytest.raises(DataFileError, match=r"own\.toml:10: properties\.size\.type = 'number': Invalid enum value"):
        dictionary([tmp_path])


def test_a_provisioning_by_name_or_file(tmp_path: Path) -> None:
    """Those that are shipped have names."""
    assert dictionary(provisioning="otp").termination_text((), b"\1\2\3") == "00000001/00000010/00000011"
    (tmp_path / "mine.toml").write_text('[termination_names]\nmine = "01 02 03"', "utf-8")
    assert dictionary(provisioning=tmp_path / "mine.toml").termination_text((), b"\1\2\3") == "mine"
    with pytest.raises(DataFileError, match=r"nosuch\.toml"):
        dictionary(provisioning=tmp_path / "nosuch.toml")


def test_nothing_is_remembered_across_dictionaries(tmp_path: Path) -> None:
    """What one dictionary has read another reads anew."""
    (tmp_path / "mine.toml").write_text('[termination_names]\nmine = "ff 00 01"', "utf-8")
    octets = encode(request(AddRequest(("11111111/00000000/00000001",))), "binary")
    assert decode(octets) == decode(octets)
    mine = megaco.dictionary(provisioning=tmp_path / "mine.toml")
    assert decode(octets, dictionary=mine) == request(AddRequest(("mine",)))
    assert decode(octets) == request(AddRequest(("11111111/00000000/00000001",)))
