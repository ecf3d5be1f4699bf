"""Sections: generic attributes and edits."""

from __future__ import annotations

import pytest

from megaco.sdp import Connection, Fingerprint, Sdp, SdpError, Section, Setup

from .samples import SHA_1, SHA_256


def _section(text: bytes) -> Section:
    return Sdp.parse(text).session


def _bytes(section: Section) -> bytes:
    return b"".join(line.encode() for line in section.lines)


def test_attributes_by_name() -> None:
    """Values in order, "" for property attributes, None and () for absence; names in full and by case."""
    section = _section(b"a=x:1\na=xy:2\na=x:a:b \na=X:3\na=recvonly \na=e:\n")
    assert section.attributes("x") == ("1", "a:b ")
    assert section.attribute("x") == "1"
    assert (section.attribute("recvonly"), section.attribute("e")) == ("", "")
    assert section.attribute("none") is None
    assert section.attributes("none") == ()


def test_with_attribute_replaces_the_first_and_drops_the_rest() -> None:
    """One occurrence is left, in the first one's place, indentation and end."""
    section = _section(b"a=b\r\n  a=x:1\na=c\r\na=x:2\r\n").with_attribute("x", "9")
    assert _bytes(section) == b"a=b\r\n  a=x:9\na=c\r\n"


@pytest.mark.parametrize("value", [None, ""])
def test_with_attribute_appends_before_trailing_blanks(value: str | None) -> None:
    """A new attribute goes after the last line with content, dressed like it."""
    assert _bytes(_section(b"v=0\r\n  a=b\n\n  ").with_attribute("x", value)) == b"v=0\r\n  a=b\n  a=x\n\n  "


def test_add_attribute_keeps_what_is_there() -> None:
    """Adding does not replace."""
    assert _bytes(_section(b"a=x:1\na=b").add_attribute("x", "2")) == b"a=x:1\na=b\na=x:2"


def test_without_attribute_removes_every_occurrence() -> None:
    """All lines of the name go, no other."""
    assert _bytes(_section(b"a=x:1\na=xx\na=x\n").without_attribute("x")) == b"a=xx\n"


@pytest.mark.parametrize(("name", "value"), [("", "1"), ("a b", "1"), ("a:b", "1"), ("x", "1\r\na=y"), ("x\n", None)])
def test_attributes_that_would_break_out_are_refused(name: str, value: str | None) -> None:
    """A name has to be a token, a value one line."""
    with pytest.raises(SdpError):
        _section(b"v=0\n").with_attribute(name, value)


def test_an_identical_edit_keeps_the_line_itself() -> None:
    """Setting what is already there leaves every line object alone."""
    section = _section(b"c=IN IP4 $\n a=setup:active\na=fingerprint:sha-1 $\n")
    edited = section.with_setup(Setup.ACTIVE).with_connection(Connection("IN", "IP4", "$"))
    edited = edited.with_fingerprints((Fingerprint("sha-1", "$"),))
    assert all(new is old for new, old in zip(edited.lines, section.lines, strict=True))


def test_fingerprints_take_the_places_of_the_old() -> None:
    """Pairwise in place, surplus removed, further ones after the last."""
    section = _section(b"a=fingerprint:sha-1 $\na=x\na=fingerprint:$\na=y\n")
    one, two = Fingerprint("sha-1", SHA_1), Fingerprint("sha-256", SHA_256)
    head, tail = f"a=fingerprint:sha-1 {SHA_1}\na=x\n".encode(), f"a=fingerprint:sha-256 {SHA_256}\n".encode()
    assert _bytes(section.with_fingerprints((one,))) == head + b"a=y\n"
    assert _bytes(section.with_fingerprints((one, two, two))) == head + tail + tail + b"a=y\n"
    assert _bytes(section.with_fingerprints(())) == b"a=x\na=y\n"
    assert section.with_fingerprints((one, two)).fingerprints == (one, two)


def test_connection_edits() -> None:
    """One `c=` is left where the first was, or none."""
    section = _section(b"v=0\nc=IN IP4 224.2.1.1/127\nc=IN IP4 224.2.1.2/127\nt=0 0\n")
    assert len(section.connections) == 2
    assert _bytes(section.with_connection(Connection("IN", "IP4", "$"))) == b"v=0\nc=IN IP4 $\nt=0 0\n"
    assert _bytes(section.without_connection()) == b"v=0\nt=0 0\n"


def test_edits_keep_bytes_that_are_not_utf_8() -> None:
    """A value read from a foreign charset can be written back unchanged."""
    section = _section(b"a=title:\xff\xe9\n")
    value = section.attribute("title")
    assert _bytes(section.with_attribute("other", value)) == b"a=title:\xff\xe9\na=other:\xff\xe9\n"
