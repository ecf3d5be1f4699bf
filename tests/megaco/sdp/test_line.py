"""Lines of SDP."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.sdp import Limits, SdpError, SdpLine
from megaco.sdp.line import ended, insert_line, parse_lines

_VALUES = st.binary(max_size=12).filter(lambda value: not set(value) & set(b"\r\n\0"))
_LINES = st.builds(
    lambda indent, letter, value, end: indent + letter + b"=" + value + end,
    st.sampled_from([b"", b" ", b"\t  "]),
    st.sampled_from([b"v", b"o", b"c", b"m", b"a", b"X"]),
    _VALUES,
    st.sampled_from([b"\r\n", b"\n", b"\r"]),
)
_BLANKS = st.sampled_from([b"\r\n", b"\n", b" \t\n", b"\r"])


@given(st.lists(_LINES | _BLANKS), st.sampled_from([b"", b"  ", b"a=last", b" m=1 2 3 4"]))
def test_lines_joined_are_the_bytes_parsed(lines: list[bytes], tail: bytes) -> None:
    """Every mixture of lines, ends, blanks and an unended last line comes back byte for byte."""
    data = b"".join(lines) + tail
    assert b"".join(line.encode() for line in parse_lines(data)) == data


@given(st.binary(max_size=40))
def test_any_bytes_either_parse_losslessly_or_are_refused(data: bytes) -> None:
    """No byte string does anything but come back unchanged or raise SdpError."""
    with contextlib.suppress(SdpError):
        assert b"".join(line.encode() for line in parse_lines(data)) == data


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"hello", 1), (b"v=0\r\nm audio\r\n", 2), (b"v=0\n\n=x", 3), (b"v=0\nvv=0\n", 2), (b"v=0\ns=\0\n", 2)],
)
def test_what_is_no_line_is_refused_with_its_number(data: bytes, line: int) -> None:
    """A line that is neither `<letter>=<value>` nor blank, or holds NUL, is named by its number."""
    with pytest.raises(SdpError) as caught:
        parse_lines(data)
    assert (caught.value.line, caught.value.expected) == (line, "<letter>=<value>")


def test_limits_are_kept_to_the_letter() -> None:
    """The limit itself passes, one byte or one line more does not."""
    data = b"a=1\n\na=2\n"
    assert len(parse_lines(data, Limits(max_bytes=9, max_lines=3))) == 3
    with pytest.raises(SdpError, match="at most 8 bytes"):
        parse_lines(data, Limits(max_bytes=8))
    with pytest.raises(SdpError, match="line 3: expected at most 2 lines"):
        parse_lines(data, Limits(max_lines=2))


def test_the_largest_text_allowed_is_parsed() -> None:
    """Text at both default limits, in one line and in many, is taken."""
    assert len(parse_lines(b"a=" + b" " * 65_534)) == 1
    assert len(parse_lines(b"a=0123456789abcdef0123456789abc\n" * 2_000)) == 2_000


def test_text_keeps_bytes_that_are_not_utf_8() -> None:
    """A value's text form turns back into the same bytes, and giving it back is no change."""
    line = SdpLine("s", b"\xff\xc3\xa4")
    assert line.text == "\udcff\u00e4"
    assert line.with_value(line.text) is line


@pytest.mark.parametrize(("letter", "value"), [("a", "x\r\na=y"), ("a", "\0"), ("", "x"), ("aa", "x"), ("=", "x")])
def test_a_built_line_cannot_become_another(letter: str, value: str) -> None:
    """Values with line ends or NUL and types of other than one letter are refused."""
    with pytest.raises(SdpError):
        SdpLine.build(letter, value)


def test_a_line_after_an_unended_last_one_leaves_the_text_unended() -> None:
    """The former last line gets an end, the new last line has none."""
    lines = list(parse_lines(b"v=0\n m=1"))
    insert_line(lines, 2, "a", "x", b"\n")
    assert b"".join(line.encode() for line in lines) == b"v=0\n m=1\n a=x"


def test_a_line_before_an_unended_only_one_is_ended() -> None:
    """At the top of an unended text the new line still ends."""
    lines = list(parse_lines(b"m=1"))
    insert_line(lines, 0, "c", "x", b"\r\n")
    assert b"".join(line.encode() for line in lines) == b"c=x\r\nm=1"


def test_inner_lines_without_end_are_ended_in_the_style_of_the_rest() -> None:
    """Lines put together from several texts take the line end the first of them uses."""
    lines = ended((SdpLine("v", b"0", end=b"\n"), SdpLine("s", b"-", end=b""), SdpLine("a", b"x", end=b"")))
    assert b"".join(line.encode() for line in lines) == b"v=0\ns=-\na=x"
