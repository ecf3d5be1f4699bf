"""A recorded exchange as a ladder diagram in SVG: one file without script or font, light or dark as the reader prefers.

A step is a band: its badge and times at the left, its arrows in the middle, its verdict at the right. The whole
message is the tooltip of its arrow. The same record always gives the same octets.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

import msgspec

from iq_profile.flow.record import (
    KINDS,
    Entry,
    Kind,
    StepVerdict,
    cells,
    check_record,
    one_line,
    safe_lines,
    shorten,
    tally,
    wrap,
)

Ladder = tuple[str, Sequence[str], Sequence[Entry], Sequence[StepVerdict]]
"""Procedure, participants, entries and verdicts of one diagram."""

# Lengths in user units, which are CSS pixels. A monospaced letter is 0.6 of its size wide, in every common font.
_FONT = 13
_SMALL = 12
_LETTER = _FONT * 0.602
_SMALL_LETTER = _SMALL * 0.602
_TITLE = 17
_TITLE_LETTER = _TITLE * 0.602
_MARGIN = 176
_SPACING = 270
_BESIDE = 72
_VERDICT_LETTERS = 46
_VERDICT_WIDTH = round(_VERDICT_LETTERS * _SMALL_LETTER) + 16
_LINE = 17
_ARROW_ROW = 44
_NOTE_ROW = 28
_PADDING = 8
_HEAD = 100
_NAME_HEIGHT = 28
_GAP = 36

_Palette = dict[str, str]
_LIGHT: _Palette = {
    "ground": "#ffffff", "band": "#f5f7f9", "line": "#d0d7de", "text": "#1f2328", "muted": "#636c76",
    "ok": "#1a7f37", "fail": "#cf222e", "h248": "#0969da", "sdp": "#1a7f37", "tcp": "#57606a", "tls": "#8250df",
    "media": "#bf3989", "sip": "#9a6700",
}  # fmt: skip
_DARK: _Palette = {
    "ground": "#0d1117", "band": "#151b23", "line": "#3d444d", "text": "#e6edf3", "muted": "#9198a1",
    "ok": "#3fb950", "fail": "#f85149", "h248": "#58a6ff", "sdp": "#3fb950", "tcp": "#a5adb6", "tls": "#bc8cff",
    "media": "#f778ba", "sip": "#d29922",
}  # fmt: skip
_STROKES: dict[Kind, str] = {
    "h248": "stroke-width:2.2",
    "sdp": "stroke-width:1.5",
    "sip": "stroke-width:1.5",
    "tcp": "stroke-width:1.5;stroke-dasharray:6 4",
    "tls": "stroke-width:3",
    "media": "stroke-width:2;stroke-dasharray:2 4",
}


class _Band(msgspec.Struct, frozen=True):
    """Successive entries of one step with the verdicts on it; either may be missing."""

    step: str | None
    entries: tuple[Entry, ...]
    verdicts: tuple[StepVerdict, ...]


def render_svg(
    procedure: str, participants: Sequence[str], entries: Sequence[Entry], verdicts: Sequence[StepVerdict]
) -> str:
    """Draw one recorded exchange as a standalone SVG document.

    `participants` stand left to right as given. A verdict stands beside the first entries of its step, or at the end.
    RecordError: an entry of somebody who is no participant. What XML does not allow in a message is made visible.
    """
    return render_svg_document([(procedure, participants, entries, verdicts)])


def render_svg_document(ladders: Iterable[Ladder]) -> str:
    """Draw several recorded exchanges below each other in one SVG document; RecordError as `render_svg`."""
    ladders = list(ladders)
    width = max((_right(participants) + _VERDICT_WIDTH for _, participants, _, _ in ladders), default=0)
    parts: list[str] = []
    height = 0.0
    for procedure, participants, entries, verdicts in ladders:
        check_record(participants, entries)
        sheet = _Sheet(participants, width)
        drawing = list(sheet.draw(procedure, entries, verdicts))
        parts.append(_element("g", *drawing, transform=f"translate(0 {height:g})"))
        height += sheet.height + _GAP
    return _document(parts, width, max(height - _GAP, 0))


class _Sheet:
    """One diagram: where its lifelines stand, and how far down it is drawn."""

    def __init__(self, participants: Sequence[str], width: float) -> None:
        self._columns = {name: _MARGIN + _SPACING * index for index, name in enumerate(participants)}
        self._right = _right(participants)
        self._width = width
        self.height = float(_HEAD)

    def draw(self, procedure: str, entries: Sequence[Entry], verdicts: Sequence[StepVerdict]) -> Iterator[str]:
        """Yield the elements from the back to the front: bands, lifelines, arrows."""
        bands, lines = [], []
        for index, band in enumerate(_bands(entries, verdicts)):
            height = self._height(band)
            if index % 2 == 0:
                bands.append(_rectangle(0, self.height, self._width, height, "band"))
            lines.append(_element("g", *self._band(band, self.height), class_=f"step {'even' if index % 2 else 'odd'}"))
            self.height += height
        bottom = self.height + _PADDING
        yield from bands
        for column in self._columns.values():
            yield _line(column, _HEAD - 4, column, bottom, "life")
        yield from lines
        yield from self._head(procedure, entries, verdicts)
        yield from self._names(bottom)
        self.height = bottom + _NAME_HEIGHT + _PADDING

    def _head(self, procedure: str, entries: Sequence[Entry], verdicts: Sequence[StepVerdict]) -> Iterator[str]:
        """Yield the title, the legend of the kinds that occur, the tally and the names."""
        yield _text(14, 28, shorten(one_line(procedure), int((self._right - 30) / _TITLE_LETTER)), "title")
        used = {entry.kind for entry in entries}
        x = 14.0
        for kind in (kind for kind in KINDS if kind in used):
            mark = (_line(x, 47, x + 24, 47, "shaft"), _text(x + 31, 51, kind, "small"))
            yield _element("g", *mark, class_=f"legend {kind}")
            x += 31 + len(kind) * _SMALL_LETTER + 24
        if verdicts:
            is_good = all(verdict.ok for verdict in verdicts)
            yield _text(self._right, 28, tally(verdicts), "strong ok" if is_good else "strong fail")
        yield from self._names(_HEAD - 4 - _NAME_HEIGHT)

    def _names(self, y: float) -> Iterator[str]:
        """Yield a box with its name at the head or foot of each lifeline."""
        for name, column in self._columns.items():
            label = shorten(one_line(name), int((_SPACING - 40) / _LETTER))
            half = max(cells(label) * _LETTER / 2 + 14, 36)
            yield _rectangle(column - half, y, 2 * half, _NAME_HEIGHT, "name", radius=5)
            yield _text(column, y + 19, label, "strong middle")

    def _height(self, band: _Band) -> float:
        """Take the higher of the arrows and the verdicts."""
        lines = sum(len(what) + len(detail) for what, detail in map(_verdict_lines, band.verdicts))
        return max(sum(map(_row_height, band.entries)), lines * _LINE, _NOTE_ROW) + _PADDING

    def _band(self, band: _Band, top: float) -> Iterator[str]:
        """Yield badge, arrows and verdicts of a step."""
        if band.step is not None:
            yield from _badge(band, top + 7)
        y = top + _PADDING / 2
        for entry in band.entries:
            yield self._entry(entry, y)
            y += _row_height(entry)
        y = top + 5
        for verdict in band.verdicts:
            what, detail = _verdict_lines(verdict)
            yield _element("g", *self._verdict(verdict, what, detail, y), class_="verdict")
            y += (len(what) + len(detail)) * _LINE

    def _verdict(self, verdict: StepVerdict, what: list[str], detail: list[str], y: float) -> Iterator[str]:
        state = "ok" if verdict.ok else "fail"
        yield _text(self._right, y + 15, "✓" if verdict.ok else "✗", f"strong {state}")
        looks = ["small"] * len(what) + [f"small {'muted' if verdict.ok else 'fail'}"] * len(detail)
        for number, (line, look) in enumerate(zip(what + detail, looks, strict=True), 1):
            yield _text(self._right + 20, y + _LINE * number - 2, line, look)

    def _entry(self, entry: Entry, y: float) -> str:
        """Draw an entry: the tooltip, the area that shows it, time, summary, and an arrow or a note's mark."""
        source, target = self._columns[entry.source], self._columns[entry.target]
        shape = self._note(entry, source, y) if source == target else self._arrow(entry, source, target, y)
        area = _element("rect", class_="area", x=72, y=y, width=self._right - 80, height=_row_height(entry))
        time = _text(_MARGIN - 54, y + 17, f"{entry.time_s:.3f} s", "small muted end")
        summary = one_line(entry.summary)
        tooltip = "\n".join(safe_lines(entry.text)) if entry.text else summary
        return _element("g", _element("title", escape(tooltip)), area, time, *shape, class_=f"entry {entry.kind}")

    def _arrow(self, entry: Entry, source: int, target: int, y: float) -> tuple[str, ...]:
        """Draw shaft and head, and the summary over them, which runs over other lifelines if it is longer."""
        lowest, highest = _MARGIN - 40, self._right - 12
        label = shorten(one_line(entry.summary), int((highest - lowest) / _LETTER))
        half = cells(label) * _LETTER / 2
        middle = min(max((source + target) / 2, lowest + half), highest - half)
        way = 1 if target > source else -1
        shaft = _line(source, y + 30, target - 9 * way, y + 30, "shaft")
        points = f"{target},{y + 30:g} {target - 11 * way},{y + 25:g} {target - 11 * way},{y + 35:g}"
        return _text(middle, y + 17, label, "label middle"), shaft, _element("polygon", class_="head", points=points)

    def _note(self, entry: Entry, column: int, y: float) -> tuple[str, ...]:
        """Draw a mark on the lifeline and the text on the side that has more room."""
        is_right = self._right - column > column - _MARGIN + 40 or column == _MARGIN
        room = self._right - 24 - column if is_right else column - 14 - _MARGIN + 40
        label = shorten(one_line(entry.summary), int(room / _LETTER))
        text = _text(column + (13 if is_right else -13), y + 17, label, "label" if is_right else "label end")
        return text, _element("circle", class_="head", cx=column, cy=y + 13, r=4.5)


def _right(participants: Sequence[str]) -> int:
    """Tell where the column of verdicts begins."""
    return _MARGIN + _SPACING * (len(participants) - 1) + _BESIDE


def _bands(entries: Sequence[Entry], verdicts: Sequence[StepVerdict]) -> list[_Band]:
    """Group entries by step and give each verdict to the first group of its step; those without one follow."""
    waiting = list(verdicts)
    bands = []
    for step, group in groupby(entries, key=lambda entry: entry.step):
        own = tuple(verdict for verdict in waiting if verdict.step == step)
        waiting = [verdict for verdict in waiting if verdict.step != step]
        bands.append(_Band(step, tuple(group), own))
    return bands + [_Band(verdict.step, (), (verdict,)) for verdict in waiting]


def _verdict_lines(verdict: StepVerdict) -> tuple[list[str], list[str]]:
    room = _VERDICT_LETTERS - 4
    detail = one_line(verdict.detail)
    return wrap(one_line(verdict.what), room), wrap(detail, room) if detail else []


def _row_height(entry: Entry) -> int:
    return _NOTE_ROW if entry.source == entry.target else _ARROW_ROW


def _badge(band: _Band, y: float) -> Iterator[str]:
    """Yield the step's number in a box, coloured by its verdict."""
    state = "" if not band.verdicts else " ok" if all(verdict.ok for verdict in band.verdicts) else " fail"
    label = shorten(one_line(band.step or ""), 7)
    yield _rectangle(12, y, max(cells(label) * _SMALL_LETTER + 14, 30), 20, f"badge{state}", radius=10)
    yield _text(12 + max(cells(label) * _SMALL_LETTER + 14, 30) / 2, y + 14, label, f"small middle{state}")


def _document(parts: Sequence[str], width: float, height: float) -> str:
    ground = _rectangle(0, 0, width, height, "ground")
    namespace = "http://www.w3.org/2000/svg"
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    content = "\n".join((_element("style", _style()), ground, *parts))
    return f'<svg xmlns="{namespace}" {size} role="img">\n{content}\n</svg>\n'


def _style() -> str:
    """Give the style sheet: shapes once, colours for light, and again for dark."""
    fixed = (
        f"text{{font:{_FONT}px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace}}",
        f".small{{font-size:{_SMALL}px}}.title{{font-size:{_TITLE}px;font-weight:600}}.strong{{font-weight:600}}",
        ".middle{text-anchor:middle}.end{text-anchor:end}.area{fill:none;pointer-events:all}",
        ".label{paint-order:stroke;stroke-width:5px;stroke-linejoin:round}.life{stroke-width:1.2}",
        ".badge,.name{stroke-width:1.2}",
        *(f".{kind} .shaft{{{stroke}}}" for kind, stroke in _STROKES.items()),
    )
    dark = "\n".join(_colours(_DARK))
    return "\n".join(("", *fixed, *_colours(_LIGHT), f"@media (prefers-color-scheme:dark){{\n{dark}\n}}", ""))


def _colours(palette: _Palette) -> Iterator[str]:
    """Yield the colour rules; written out a kind, since not every viewer of SVG knows CSS variables."""
    yield f".ground,.even .label{{stroke:{palette['ground']}}}.ground{{fill:{palette['ground']};stroke:none}}"
    yield f".band{{fill:{palette['band']}}}.odd .label{{stroke:{palette['band']}}}.life{{stroke:{palette['line']}}}"
    yield f".badge,.name{{fill:{palette['ground']};stroke:{palette['line']}}}"
    yield f"text{{fill:{palette['text']}}}text.muted{{fill:{palette['muted']}}}"
    for state in ("ok", "fail"):
        yield f"text.{state}{{fill:{palette[state]}}}.badge.{state}{{stroke:{palette[state]}}}"
    for kind in KINDS:
        colour = palette[kind]
        yield f".{kind} .shaft{{stroke:{colour}}}.{kind} .head,.legend.{kind} text{{fill:{colour}}}"


def _element(name: str, *content: str, **attributes: str | float) -> str:
    """Write an element; content is markup and stands as it is, attribute values are escaped."""
    pairs = ((key.rstrip("_"), value if isinstance(value, str) else f"{value:g}") for key, value in attributes.items())
    head = "".join((name, *(f' {key}="{escape(value)}"' for key, value in pairs)))
    return f"<{head}>{''.join(content)}</{name}>" if content else f"<{head}/>"


def _text(x: float, y: float, text: str, look: str) -> str:
    return _element("text", escape(text, quote=False), class_=look, x=round(x, 1), y=round(y, 1))


def _line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    return _element("line", class_=look, x1=round(x1, 1), y1=y1, x2=round(x2, 1), y2=y2)


def _rectangle(x: float, y: float, width: float, height: float, look: str, radius: float = 0) -> str:
    size = {"x": round(x, 1), "y": y, "width": round(width, 1), "height": height}
    return _element("rect", class_=look, **size, **({"rx": radius} if radius else {}))
