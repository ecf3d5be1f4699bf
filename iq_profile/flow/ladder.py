"""A recorded exchange as a ladder diagram for the terminal.

One column a participant, one arrow an entry, step and time in the left margin, the verdicts below. The arrow's stroke
and the word in the margin tell the kind without colour. A summary that is longer than its arrow may run over the
lifelines beside it; only one that is longer than the whole chart is shortened.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import click

from iq_profile.flow.record import (
    Entry,
    Kind,
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

MINIMUM_WIDTH = 80
MAXIMUM_WIDTH = 200
"""Columns; a width outside is taken as the nearest inside."""

_STEP_CELLS = 5
_TIME_CELLS = 8
_MARGIN = 1 + _STEP_CELLS + 1 + _TIME_CELLS + 1
_NARROWEST_SPACING = 6
_TEXT_INDENT = 6


class Style(NamedTuple):
    """How a stretch of cells looks; all unset is the terminal's own."""

    foreground: str | None = None
    is_bold: bool = False
    is_dim: bool = False


class Stroke(NamedTuple):
    """The letters of an arrow: its line, where it crosses a lifeline, and where it leaves one to the right or left."""

    line: str
    crossing: str
    to_right: str
    to_left: str


STROKES: dict[Kind, Stroke] = {
    "h248": Stroke("━", "┿", "┝", "┥"),
    "sdp": Stroke("─", "┼", "├", "┤"),
    "sip": Stroke("─", "┼", "├", "┤"),
    "tcp": Stroke("╌", "┼", "├", "┤"),
    "tls": Stroke("═", "╪", "╞", "╡"),
    "media": Stroke("┈", "┼", "├", "┤"),
}
COLOURS: dict[Kind, str] = {
    "h248": "cyan",
    "sdp": "green",
    "sip": "bright_green",
    "tcp": "bright_blue",
    "tls": "magenta",
    "media": "yellow",
}
"""Red is not among them: it is for what failed."""

_PLAIN = Style()
_DIM = Style(is_dim=True)
_BOLD = Style(is_bold=True)


def render_text(
    procedure: str,
    participants: Sequence[str],
    entries: Sequence[Entry],
    verdicts: Sequence[StepVerdict],
    *,
    width: int,
    colour: bool,
    verbose: bool,
) -> str:
    """Draw a recorded exchange as text, lines ended by LF, none of them longer than the width.

    `participants` stand left to right as given. `width` is in columns, `MINIMUM_WIDTH` to `MAXIMUM_WIDTH`. `colour`
    adds ANSI codes, `verbose` the whole message below its arrow. RecordError: an entry of somebody who is no
    participant, or more participants than the width has room for. Never lets a control character of a message through.
    """
    check_record(participants, entries)
    chart = _Chart(participants, min(max(width, MINIMUM_WIDTH), MAXIMUM_WIDTH))
    rows = [_row(chart.width, (1, shorten(one_line(procedure), chart.width - 1), _BOLD)), _Row(0), chart.names()]
    for _, group in groupby(entries, key=lambda entry: entry.step):
        rows.append(chart.lifelines())
        for entry in group:
            rows += chart.entry(entry)
            if verbose:
                rows += _message(entry, chart.width)
    rows += [chart.lifelines(), chart.names(), *_verdicts(verdicts, chart.width)]
    return "".join(f"{row.text(colour)}\n" for row in rows)


class _Row:
    """One line of cells, each with a style; a cell behind a wide letter is empty."""

    def __init__(self, width: int) -> None:
        self._letters = [" "] * width
        self._styles = [_PLAIN] * width

    def put(self, position: int, text: str, style: Style) -> None:
        """Write over what is there, from this cell on; what does not fit any more is left out."""
        for letter in text:
            size = cells(letter)
            if size == 0 and 0 < position <= len(self._letters):
                self._letters[position - 1] += letter
            elif position + size <= len(self._letters):
                self._letters[position : position + size] = [letter, *[""] * (size - 1)]
                self._styles[position : position + size] = [style] * size
            position += size

    def text(self, colour: bool) -> str:
        """Give the line without blanks at its end."""
        line = "".join(self._letters).rstrip()
        if not colour:
            return line
        used = max((index for index, letter in enumerate(self._letters) if letter != " "), default=-1) + 1
        stretches = groupby(range(used), key=lambda index: self._styles[index])
        return "".join(
            _styled("".join(self._letters[index] for index in indices), style) for style, indices in stretches
        )


class _Chart:
    """Where the lifelines stand, and the rows that an entry takes."""

    def __init__(self, participants: Sequence[str], width: int) -> None:
        self.width = width
        spacing = (width - _MARGIN) // len(participants)
        if spacing < _NARROWEST_SPACING:
            raise RecordError(f"{len(participants)} participants have no room in {width} columns")
        self._labels = {name: shorten(one_line(name), spacing - 1) for name in participants}
        first, last = (cells(self._labels[participants[index]]) // 2 for index in (0, -1))
        reach = width - 1 - last - _MARGIN - first
        steps = max(len(participants) - 1, 1)
        self._columns = {name: _MARGIN + first + reach * index // steps for index, name in enumerate(participants)}

    def names(self) -> _Row:
        """Give the participants' names, each centred on its lifeline."""
        row = _Row(self.width)
        for name, column in self._columns.items():
            row.put(column - cells(self._labels[name]) // 2, self._labels[name], _BOLD)
        return row

    def lifelines(self) -> _Row:
        """Give a row where nothing happens."""
        return _row(self.width, *((column, "│", _DIM) for column in self._columns.values()))

    def entry(self, entry: Entry) -> list[_Row]:
        """Give the rows of an entry: summary and arrow, or a note."""
        top = self.lifelines()
        top.put(1, f"{shorten(one_line(entry.step or ''), _STEP_CELLS):>{_STEP_CELLS}}", _BOLD)
        top.put(1 + _STEP_CELLS + 1, shorten(f"{entry.time_s:{_TIME_CELLS}.3f}", _TIME_CELLS), _DIM)
        style = Style(COLOURS[entry.kind])
        if entry.source == entry.target:
            self._put_note(top, self._columns[entry.source], one_line(entry.summary), style)
            return [top]
        ends = self._columns[entry.source], self._columns[entry.target]
        self._put_summary(top, min(ends), max(ends), one_line(entry.summary))
        return [top, self._arrow(entry.kind, *ends, style)]

    def _put_summary(self, row: _Row, left: int, right: int, summary: str) -> None:
        """Centre the summary over its arrow; a longer one begins at the arrow's left end, or further left."""
        label = shorten(summary, self.width - 1 - _MARGIN)
        between = right - left - 1
        if cells(label) <= between:
            row.put(left + 1 + (between - cells(label)) // 2, label, _PLAIN)
            return
        start = max(_MARGIN, min(left + 2, self.width - cells(label)))
        row.put(start - 1, f" {label} ", _PLAIN)

    def _put_note(self, row: _Row, column: int, summary: str, style: Style) -> None:
        """Put a mark on the lifeline and the text to its right, or to its left where only that side has room."""
        right, left = self.width - column - 2, column - 1 - _MARGIN
        if cells(summary) <= right or right >= left:
            row.put(column + 1, f" {shorten(summary, right)} ", _PLAIN)
        else:
            label = shorten(summary, left)
            row.put(column - 2 - cells(label), f" {label} ", _PLAIN)
        row.put(column, "●", style)

    def _arrow(self, kind: Kind, source: int, target: int, style: Style) -> _Row:
        row, stroke = self.lifelines(), STROKES[kind]
        row.put(1, f"{kind:>{_STEP_CELLS + 1 + _TIME_CELLS}}", style)
        left, right = min(source, target), max(source, target)
        row.put(left + 1, stroke.line * (right - left - 1), style)
        for column in self._columns.values():
            if left < column < right:
                row.put(column, stroke.crossing, style)
        row.put(source, stroke.to_right if source == left else stroke.to_left, style)
        row.put(*((right - 1, "►") if target == right else (left + 1, "◄")), style)
        return row


def _row(width: int, *parts: tuple[int, str, Style]) -> _Row:
    row = _Row(width)
    for part in parts:
        row.put(*part)
    return row


def _message(entry: Entry, width: int) -> Iterator[_Row]:
    """Yield the whole message, every line of it cut where the terminal ends."""
    for line in safe_lines(entry.text) if entry.text else []:
        for piece in cut(line, width - _TEXT_INDENT - 2):
            yield _row(width, (_TEXT_INDENT, "┊", _DIM), (_TEXT_INDENT + 2, piece, _PLAIN))


def _verdicts(verdicts: Sequence[StepVerdict], width: int) -> Iterator[_Row]:
    """Yield an empty line, the verdicts, one a line where they fit, and how many there are."""
    if not verdicts:
        return
    yield _Row(0)
    step_cells = max(cells(one_line(verdict.step)) for verdict in verdicts)
    indent = 4 + 2 + min(step_cells, _STEP_CELLS) + 2
    for verdict in verdicts:
        style = Style("green") if verdict.ok else Style("red", is_bold=True)
        head = [(0, f"{'ok' if verdict.ok else 'FAIL':>4}", style)]
        head.append((6, shorten(one_line(verdict.step), _STEP_CELLS), _BOLD))
        for line, (text, look) in enumerate(_verdict_lines(verdict, width - indent)):
            yield _row(width, *(head if line == 0 else ()), (indent, text, look))
    yield _row(width, (6, tally(verdicts), _BOLD if all(verdict.ok for verdict in verdicts) else Style("red", True)))


def _verdict_lines(verdict: StepVerdict, room: int) -> list[tuple[str, Style]]:
    """Give what and detail on one line, or below each other; the detail of a failure stands out."""
    what, detail = one_line(verdict.what), one_line(verdict.detail)
    look = _DIM if verdict.ok else Style("red")
    whole = f"{what}  {detail}".rstrip()
    if cells(whole) <= room:
        return [(whole, _PLAIN if verdict.ok else look)]
    return [*((line, _PLAIN) for line in wrap(what, room)), *((f"  {line}", look) for line in wrap(detail, room - 2))]


def _styled(text: str, style: Style) -> str:
    if style == _PLAIN:
        return text
    return click.style(text, fg=style.foreground, bold=style.is_bold or None, dim=style.is_dim or None)
