"""The record of an exchange, and what its drawings share: a check of its names, and text made safe and made to fit.

A recorder fills `Entry` and `StepVerdict`; `ladder` draws them on a terminal, `svg` in a picture. Message texts come
from peers: before they are shown, whatever could steer a terminal or break XML is made visible instead.
"""

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

Kind = Literal["h248", "sdp", "tcp", "tls", "media", "sip"]
"""What an entry belongs to: a protocol, or the making of a connection (tcp, tls), or what flows on it (media)."""

KINDS: tuple[Kind, ...] = get_args(Kind)

ELLIPSIS = "…"
TAB_CELLS = 8


class RecordError(ValueError):
    """A record that cannot be drawn; the text names the entry and the cause."""


class Entry(msgspec.Struct, frozen=True):
    """One arrow: something that one participant sent and another received, or a note where both are the same."""

    number: int
    """Position in the record, for messages about it."""
    time_s: float
    """Seconds since the exchange began."""
    source: str
    target: str
    """Same as the source: a note about what that participant did by itself."""
    kind: Kind
    text: str
    """The whole message, lines ended by LF or CRLF."""
    summary: str
    """What stands on the arrow, one line."""
    step: str | None
    """The step of the procedure in the specification, such as "10" or "2-4"; None: belongs to none."""


class StepVerdict(msgspec.Struct, frozen=True):
    """Whether one step of the procedure went as the specification has it."""

    step: str
    what: str
    """What the step is, one line."""
    ok: bool
    detail: str
    """What was seen instead, or what proves it; "" for nothing to add."""


def check_record(participants: Sequence[str], entries: Iterable[Entry]) -> None:
    """Raise RecordError if there is no participant, one twice, or an entry from or to somebody who is none."""
    if not participants or len(set(participants)) < len(participants):
        raise RecordError(f"participants {list(participants)}: at least one, each once, expected")
    for entry in entries:
        for role, name in (("source", entry.source), ("target", entry.target)):
            if name not in participants:
                raise RecordError(f"entry {entry.number}: {role} {name!r} is none of {', '.join(participants)}")


def one_line(text: str) -> str:
    """Make a text one line: white space becomes single spaces, what does not print becomes its escape."""
    return _visible(" ".join(text.split()))


def safe_lines(text: str) -> list[str]:
    """Split a message into its lines, tabs expanded, what does not print made visible as its escape."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    return [_visible(line.expandtabs(TAB_CELLS)) for line in lines]


def cells(text: str) -> int:
    """Count the character cells a printable text takes: two for wide letters, none for combining marks."""
    return sum(map(_cells, text))


def shorten(text: str, room: int) -> str:
    """Give the text if it fits into so many cells, else its beginning and an ellipsis; "" if there is no room."""
    if cells(text) <= room:
        return text
    if room <= 0:
        return ""
    kept = cut(text, room - 1)[0].rstrip()
    # A piece has at least one letter, which may be wider than the single cell that is left.
    return (kept if cells(kept) < room else "") + ELLIPSIS


def cut(text: str, room: int) -> list[str]:
    """Cut a line into pieces of at most so many cells, at least one letter each; an empty line is one empty piece."""
    pieces, taken = [""], 0
    for letter in text:
        size = _cells(letter)
        if taken + size > room and pieces[-1]:
            pieces.append("")
            taken = 0
        pieces[-1] += letter
        taken += size
    return pieces if room > 0 else [""]


def wrap(text: str, room: int) -> list[str]:
    """Break a text between words into lines of at most so many cells, at least one line."""
    lines = textwrap.wrap(text, max(room, 1), break_on_hyphens=False) or [""]
    return [piece for line in lines for piece in cut(line, room)]


def tally(verdicts: Sequence[StepVerdict]) -> str:
    """Say in a few words how the verdicts came out."""
    failed = sum(not verdict.ok for verdict in verdicts)
    return f"{len(verdicts) - failed} of {len(verdicts)} steps ok" + (f", {failed} failed" if failed else "")


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
