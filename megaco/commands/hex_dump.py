"""Hex dumps: lines of an offset, octets and perhaps a text column, as xxd, hexdump -C, od and Wireshark write them.

The next offset says how many octets a line holds. Where there is none to say it (the last line, a line before ``*``)
the gaps between the columns and the text column itself do. A line that reads in two ways is refused.
"""

from itertools import chain, islice, pairwise
from typing import NamedTuple

from .hex_rows import Row, first_rows, rows_of
from .hex_text import refusal
from .inputs import MESSAGE_BYTES, InputRefusedError

_OD_DIGITS = 7
"""Digits of an offset of od, which is octal unless od is asked otherwise."""


class _Layout(NamedTuple):
    """How the lines of a dump are set."""

    full: frozenset[int]
    """Numbers of octets behind which the text column may begin after any gap."""
    inner_gaps: frozenset[tuple[int, int]]
    """Wide gaps between octets: how many stand before one, and its width."""
    is_known: bool = True
    """The layout is that of a line of this dump."""
    has_text: bool = False
    is_text_apart: bool = True
    """The text column begins after a wide gap, if there is one."""


_COMMON = _Layout(frozenset({8, 16}), frozenset({(8, 2)}), is_known=False)


def is_dump(text: str) -> bool:
    """Tell whether a text begins as a hex dump does: with an offset that is 0, has a colon, or fits the next one."""
    first, second = first_rows(text)
    if first is None or not first.words:
        return False
    if first.has_colon:
        return True
    if int(first.offset, 16) == 0:
        # Words as long as the offset are digits in groups, and no dump.
        return first.has_prefix or len(first.words[0]) != len(first.offset)
    return second is not None and _radix_between(first, second) is not None


def octets_of_dump(text: str) -> bytes:
    """Return the octets of a hex dump; raises InputRefusedError."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._radix = _radix(text, list(islice(rows_of(text), 2)))
        self._octets = bytearray()
        self._layout = _COMMON

    def read(self) -> bytes:
        for row, following in pairwise(chain(rows_of(self._text), [None])):
            if row is not None:
                self._take(row, following)
        return bytes(self._octets)

    def _take(self, row: Row, following: Row | None) -> None:
        self._check_offset(row)
        end = self._end(row, following)
        self._check_order(row, end)
        if not self._layout.is_known:
            self._layout = _layout(row, end)
        octets = row.octets(end)
        self._octets += octets
        if following is not None and following.is_after_star:
            self._repeat(octets, following)

    def _offset(self, row: Row) -> int:
        try:
            return int(row.offset, self._radix)
        except ValueError:
            raise refusal(self._text, row.at, f"{row.offset!a} among offsets of radix {self._radix}") from None

    def _check_offset(self, row: Row) -> None:
        offset, count = self._offset(row), len(self._octets)
        if offset == count:
            return
        if offset == 0:
            raise refusal(self._text, row.at, f"offset 0 after {count} octets; expected one dump of one message")
        shown = f"{offset:#x}" if self._radix == 16 else str(offset)
        what = "a line is missing or twice" if count else "expected a dump from offset 0 on"
        raise refusal(self._text, row.at, f"offset {shown} after {count} octets; {what}")

    def _check_order(self, row: Row, end: int) -> None:
        """Refuse words that may have their low octet first: what hexdump, od -x and xxd -e write."""
        longest = max(map(len, row.words[:end]), default=0)
        if longest > 2 and (not (row.has_colon or row.has_prefix) or row.is_low_octet_first(end)):
            what = f"{row.words[0]!a} may have its low octet first; expected single octets, as hexdump -C writes them"
            raise refusal(self._text, row.starts[0], what)

    def _end(self, row: Row, following: Row | None) -> int:
        """Return how many words of a line are its octets."""
        if following is not None and not following.is_after_star:
            end = _end_of(self._offset(following) - len(self._octets), row, self._layout)
            if end is not None:
                return end
        return self._end_by_columns(row)

    def _end_by_columns(self, row: Row) -> int:
        layout, usual, count = self._layout, row.usual_gap(), 0
        for end, word in enumerate(row.words, 1):
            count += len(word) // 2
            if end < len(row.words) and count in layout.full and row.has_text_after(end):
                return end
            gap = row.gap(end)
            if gap <= usual or (count, gap) in layout.inner_gaps:
                continue
            is_clear = layout.is_text_apart and (layout.is_known or end == len(row.words))
            if is_clear or row.has_text_after(end):
                return end
            raise self._unclear(row, end)
        return self._end_of_words(row)

    def _end_of_words(self, row: Row) -> int:
        """Return the number of words of a line where no gap sets the rest apart from them."""
        end = len(row.words)
        if not row.rest:
            if self._layout.has_text and not row.has_text_after(end):
                raise self._unclear(row, end - 1)
        elif not row.has_text_after(end):
            what = f"{row.rest.split(None, 1)[0][:20]!a} is no octet; expected two hex digits"
            raise refusal(self._text, row.starts[end], what)
        return end

    def _unclear(self, row: Row, word: int) -> InputRefusedError:
        found = (*row.words, row.rest)[word][:20]
        what = f"{found!a} may be octets or text; expected the text after two spaces, or the next offset"
        return refusal(self._text, row.starts[word], what)

    def _repeat(self, octets: bytes, following: Row) -> None:
        """Fill in the lines that ``*`` stands for: as many as there are up to the next offset."""
        offset = self._offset(following)
        if offset > MESSAGE_BYTES:
            raise refusal(self._text, following.at, f"an offset beyond {MESSAGE_BYTES} octets, the most that is read")
        lacking = offset - len(self._octets)
        if octets and lacking > 0 and lacking % len(octets) == 0:  # else the offset is refused, as one that is wrong
            self._octets += octets * (lacking // len(octets))


def _radix(text: str, rows: list[Row]) -> int:
    """Return the radix of the offsets, which the first two tell; 16 where they do not."""
    if len(rows) < 2:
        return 16
    first, second = rows
    if second.is_after_star and len(second.offset) == _OD_DIGITS:
        what = f"{second.offset!a} may be an octal offset; expected no '*' before it, as od -v writes none"
        raise refusal(text, second.at, what)
    return _radix_between(first, second) or 16


def _radix_between(first: Row, second: Row) -> int | None:
    """Return the radix in which two offsets are as far apart as the first line is long.

    Of several it is the one that makes the fewest octets of the line, since others take in the text column; then 16.
    """
    fitting: dict[int, int] = {}
    for radix in (16, 10, 8) if len(second.offset) == _OD_DIGITS else (16, 10):
        try:
            count = int(second.offset, radix) - int(first.offset, radix)
        except ValueError:
            continue
        if _end_of(count, first, _COMMON) is not None:
            fitting.setdefault(count, radix)
    return fitting[min(fitting)] if fitting else None


def _end_of(count: int, row: Row, layout: _Layout) -> int | None:
    """Return how many words of a line are so many octets, None where its columns do not end there."""
    end = octets = 0
    while octets < count and end < len(row.words):
        octets += len(row.words[end]) // 2
        end += 1
    if octets != count or end == 0:
        return None
    gap, is_last = row.gap(end), end == len(row.words)
    is_apart = gap > row.usual_gap() and (is_last or (layout.is_known and (count, gap) not in layout.inner_gaps))
    return end if gap == 0 or is_apart or row.has_text_after(end) else None


def _layout(row: Row, end: int) -> _Layout:
    """Return the layout that a line with so many words of octets shows."""
    counts = [0]
    for word in row.words[:end]:
        counts.append(counts[-1] + len(word) // 2)
    usual = row.usual_gap()
    inner_gaps = frozenset((counts[at], row.gap(at)) for at in range(1, end) if row.gap(at) > usual)
    gap, octets = row.gap(end) if end else 0, row.octets(end)
    spaces = len(octets) - len(octets.lstrip(b" "))  # with which the text itself begins
    is_text_apart = gap == 0 or gap - spaces > usual
    return _Layout(frozenset({counts[-1]}), inner_gaps, has_text=gap > 0, is_text_apart=is_text_apart)
