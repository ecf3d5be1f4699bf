"""The ladder diagram on the terminal."""

import click
import pytest

from iq_profile.flow.ladder import COLOURS, STROKES, render_text
from iq_profile.flow.record import KINDS, Entry, RecordError, StepVerdict, cells

PLAYERS = ["UE", "AGW", "ALG", "peer"]
OFFER = Entry(1, 0.0, "UE", "ALG", "sdp", "v=0\r\nm=message 7394 TCP/TLS/MSRP *\r\n", "SDP offer", "1")
SYN = Entry(2, 1.25, "peer", "AGW", "tcp", "", "SYN to T2", "10")
NOTE = Entry(3, 1.5, "AGW", "AGW", "tcp", "", "holds the SYN", "10")
LONG = Entry(4, 2.0, "ALG", "AGW", "h248", "x" * 300, "Add ip/1/access/$ " * 12, "13-15")
ALL = [OFFER, SYN, NOTE, LONG]
VERDICTS = [
    StepVerdict("1", "SDP offer from the UE", True, ""),
    StepVerdict("10", "TCP SYN from the peer to T2", False, "no SYN within 2 s"),
    StepVerdict("13-15", "Configure T2", False, "the reply never came although the gateway was asked three times " * 3),
]


def draw(entries: list[Entry], *, width: int = 80, colour: bool = False, verbose: bool = False) -> list[str]:
    """Draw entries between the usual four."""
    drawing = render_text("MSRP originating", PLAYERS, entries, VERDICTS, width=width, colour=colour, verbose=verbose)
    assert drawing.endswith("\n")
    return drawing.split("\n")[:-1]


def test_an_arrow_runs_from_its_source_to_its_target() -> None:
    """Step and time stand beside the summary, the kind beside the arrow, which crosses the lifelines between."""
    lines = draw([SYN])
    assert lines[2].split() == PLAYERS
    assert lines[4] == "    10    1.250  │                   │               SYN to T2               │"
    assert lines[5] == "            tcp  │                   │◄╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤"


def test_arrows_to_the_right_end_in_a_head() -> None:
    """From left to right the head stands before the target's lifeline."""
    assert draw([OFFER])[5] == "            sdp  ├───────────────────┼──────────────────►│                   │"


def test_a_note_is_one_row_at_its_lifeline() -> None:
    """An entry to its own source is a mark and text, to the left where the right has no room."""
    assert draw([NOTE])[4] == "    10    1.500  │                   ● holds the SYN     │                   │"
    at_the_edge = Entry(5, 0.0, "peer", "peer", "sip", "", "hangs up", None)
    assert draw([at_the_edge])[4] == "          0.000  │                   │                   │          hangs up ●"


def test_a_blank_row_parts_the_steps() -> None:
    """Entries of the same step stay together."""
    empty = draw([])[3]
    assert [line == empty for line in draw([SYN, NOTE, OFFER])[3:11]] == [
        True,
        False,
        False,
        False,
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [80, 81, 120, 200])
def test_no_line_is_longer_than_the_width(width: int, colour: bool, verbose: bool) -> None:
    """Long summaries, messages and verdicts keep within the columns."""
    lines = [click.unstyle(line) for line in draw(ALL, width=width, colour=colour, verbose=verbose)]
    assert max(map(cells, lines)) <= width


@pytest.mark.parametrize(("asked", "given"), [(20, 80), (1000, 200)])
def test_widths_outside_are_taken_as_the_nearest_inside(asked: int, given: int) -> None:
    """A narrow pipe still gets 80 columns, a wide screen no more than 200."""
    assert draw(ALL, width=asked) == draw(ALL, width=given)


def test_a_long_summary_ends_in_an_ellipsis() -> None:
    """It takes the whole chart before it is shortened."""
    line = draw([LONG])[4]
    assert line.endswith("…")
    assert len(line) > 75


def test_wide_letters_take_two_cells() -> None:
    """The lifelines to the right of a summary in Chinese stay where they are."""
    wide = Entry(1, 0.0, "UE", "AGW", "sip", "", "漢字", None)
    line = draw([wide])[4]
    assert cells(line[: line.rindex("│")]) == len(
        "          0.000  │                   │                   │                   "
    )
    combined = Entry(1, 0.0, "UE", "AGW", "sip", "", "e\u0301te\u0301", None)
    assert "e\u0301te\u0301" in draw([combined])[4]


def test_without_colour_there_is_no_code_and_with_colour_nothing_else_changes() -> None:
    """Colour adds ANSI codes only; no control character of a message passes in either case."""
    nasty = Entry(9, 0.0, "UE", "peer", "media", "a\x1b[2J\x07\r\nb", "\x1b]0;title\x07", "\x1b")
    plain, coloured = (draw([*ALL, nasty], colour=colour, verbose=True) for colour in (False, True))
    assert all(line.isprintable() for line in plain)
    assert [click.unstyle(line) for line in coloured] == plain
    assert plain != coloured


def test_each_kind_has_its_own_colour_and_a_stroke() -> None:
    """No two kinds share a colour, and none is red, which is for failures."""
    assert set(COLOURS) == set(STROKES) == set(KINDS)
    assert len({*COLOURS.values(), "red"}) == len(KINDS) + 1


def test_verbose_shows_the_whole_message_below_its_arrow() -> None:
    """Every line, indented, cut where the terminal ends."""
    lines = draw([OFFER, LONG], verbose=True)
    assert lines[6:8] == ["      ┊ v=0", "      ┊ m=message 7394 TCP/TLS/MSRP *"]
    assert sum(line.count("x") for line in lines) == 300


def test_verdicts_follow_one_a_step() -> None:
    """A short one takes one line, a long one goes on below, and the last line counts them."""
    lines = draw([])
    start = lines.index("  ok  1      SDP offer from the UE")
    assert lines[start - 1] == ""
    assert lines[start + 1] == "FAIL  10     TCP SYN from the peer to T2  no SYN within 2 s"
    assert lines[start + 2] == "FAIL  13-15  Configure T2"
    assert lines[start + 3].startswith("               the reply never came")
    assert lines[-1] == "      1 of 3 steps ok, 2 failed"


def test_no_verdicts_no_lines() -> None:
    """A record without verdicts ends with the names."""
    drawing = render_text("x", PLAYERS, [], [], width=80, colour=False, verbose=False)
    assert drawing.splitlines()[-1].split() == PLAYERS


def test_one_participant_alone() -> None:
    """A single lifeline carries its notes, shortened where neither side has room."""
    drawing = render_text(
        "x",
        ["AGW"],
        [NOTE, Entry(1, 0, "AGW", "AGW", "tls", "", "y" * 99, None)],
        [],
        width=80,
        colour=False,
        verbose=False,
    )
    assert "● holds the SYN" in drawing
    assert "y…" in drawing


def test_strangers_and_crowds_are_refused() -> None:
    """An entry of somebody who takes no part, or more lifelines than fit, cannot be drawn."""
    with pytest.raises(RecordError, match="entry 2: source 'peer'"):
        render_text("x", ["UE", "AGW"], [SYN], [], width=80, colour=False, verbose=False)
    with pytest.raises(RecordError, match="20 participants have no room in 80 columns"):
        render_text("x", [f"p{number}" for number in range(20)], [], [], width=80, colour=False, verbose=False)
