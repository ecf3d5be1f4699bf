"""The record's checks, and text made safe and made to fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iq_profile.flow.record import (
    Entry,
    RecordError,
    StepVerdict,
    cells,
    check_record,
    cut,
    one_line,
    safe_lines,
    shorten,
    tally,
    wrap,
)


def test_entries_name_participants() -> None:
    """An entry from or to somebody who takes no part is refused by its number."""
    check_record(["UE", "AGW"], [Entry(1, 0.0, "UE", "AGW", "tcp", "", "SYN", None)])
    with pytest.raises(RecordError, match="entry 7: target 'peer' is none of UE, AGW"):
        check_record(["UE", "AGW"], [Entry(7, 0.0, "UE", "peer", "tcp", "", "SYN", None)])


@pytest.mark.parametrize("participants", [[], ["UE", "UE"]])
def test_participants_are_there_and_differ(participants: list[str]) -> None:
    """No participant, or one twice, cannot be drawn."""
    with pytest.raises(RecordError, match="each once"):
        check_record(participants, [])


def test_what_does_not_print_becomes_visible() -> None:
    """Escape sequences, bidirectional overrides, NUL and lone surrogates are shown, not obeyed."""
    assert one_line(" a\r\n\tb \x1b[31m\x00\u202e\ud800 é ") == r"a b \x1b[31m\x00\u202e\ud800 é"


def test_a_message_keeps_its_lines_and_indentation() -> None:
    """LF and CRLF end lines, tabs are expanded, a bare CR shows."""
    assert safe_lines("a {\r\n\tb\n\n  c\rd\n") == ["a {", "        b", "", r"  c\rd"]


def test_cells_are_not_letters() -> None:
    """A wide letter takes two cells, a combining mark none."""
    assert [cells(text) for text in ("abc", "漢字", "e\u0301")] == [3, 4, 1]


def test_shortening_leaves_an_ellipsis() -> None:
    """What fits stays; what does not ends in an ellipsis within the room."""
    assert [shorten("SDP offer", room) for room in (9, 8, 5, 1, 0)] == ["SDP offer", "SDP off…", "SDP…", "…", ""]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])), st.integers(2, 12))
def test_nothing_grows_beyond_its_room(text: str, room: int) -> None:
    """Cutting loses nothing, and cut, wrapped and shortened text keeps within its cells."""
    assert "".join(cut(text, room)) == text
    assert all(cells(piece) <= room for piece in [*cut(text, room), *wrap(text, room), shorten(text, room)])


def test_wrapping_breaks_between_words() -> None:
    """Words stay whole where they fit, an empty text is one empty line."""
    assert wrap("one two-three four", 9) == ["one", "two-three", "four"]
    assert wrap("", 9) == [""]


def test_the_tally_counts_failures() -> None:
    """All well, or how many failed."""
    good, bad = StepVerdict("1", "offer", True, ""), StepVerdict("2", "answer", False, "none")
    assert tally([good, good]) == "2 of 2 steps ok"
    assert tally([good, bad]) == "1 of 2 steps ok, 1 failed"
