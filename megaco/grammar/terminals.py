"""What a terminal is to the generated decoder: how it is told from what else could stand there, and how it is passed.

The decoder reads a message as *items*: a word (a run of SafeChars, maybe none), and the mark after it, white space
round the mark included. Most terminals are a word or a mark; the few others are matched where the item begins.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from lark import Lark

from .expansion import UnknownFormError
from .overlay import Overlay


class Form(Enum):
    """How a terminal stands in an item."""

    KEYWORD = auto()
    """A whole word, one of a few spellings."""
    PREFIX = auto()
    """The beginning of a word, one of a few spellings: ``O-``, ``MEGACO``."""
    NAME = auto()
    """A whole word that the terminal's pattern matches."""
    NUMBER = auto()
    """Digits that a word begins with."""
    VALUE = auto()
    """A whole word, whatever it is, or what the terminal's pattern matches where no word stands."""
    STAMP = auto()
    """A whole word that is a time stamp."""
    PATTERN = auto()
    """What the terminal's pattern matches where the item begins."""
    MARK = auto()
    """A mark with white space on both sides."""
    BRACES = auto()
    """Two marks, one after the other."""
    TIGHT = auto()
    """One character straight after a word."""
    SPACE = auto()
    """White space that must be there."""
    AHEAD = auto()
    """A mark, where the pattern matches what follows it."""


_FORM_OF_KIND = {
    "version": Form.NUMBER,
    "uint16": Form.NUMBER,
    "uint32": Form.NUMBER,
    "timer": Form.NUMBER,
    "error_code": Form.NUMBER,
    "value": Form.VALUE,
    "relation": Form.MARK,
    "time_stamp": Form.STAMP,
    "ip_address": Form.PATTERN,
    "domain_name": Form.PATTERN,
    "mtp_address": Form.PATTERN,
    "digit_map": Form.PATTERN,
    "quoted_string": Form.PATTERN,
    "octet_string": Form.PATTERN,
}
"""Of the kinds of values (megaco/text/values.py) that are not a whole word."""


_MOST = {"uint16": 65535, "uint32": 4294967295}
"""Of the kinds of numbers that end before their digits do."""


@dataclass(frozen=True)
class Terminal:
    """A terminal of the grammar."""

    name: str
    pattern: str
    """A regular expression, for ``re``."""
    form: Form
    rank: int
    """Place in the order in which the reference parser tries terminals."""
    kind: str
    """How its text becomes a value (megaco/text/values.py); "" where it has none."""
    marks: str = ""
    """The characters, one of which a MARK, TIGHT or AHEAD is; both of BRACES."""
    spellings: tuple[str, ...] = ()
    """Of a KEYWORD or PREFIX."""

    @property
    def constant(self) -> str:
        """Its name in generated code."""
        return self.name.lstrip("_")

    @property
    def digits(self) -> int:
        """How many digits a NUMBER has at most."""
        found = re.match(r"\[0-9\]\{1,(\d+)\}", self.pattern)
        if found is None:
            raise UnknownFormError(f"{self.name} is no number: {self.pattern}")
        return int(found[1])

    @property
    def most(self) -> int:
        """The largest number that a NUMBER stands for."""
        return _MOST.get(self.kind) or 10**self.digits - 1

    @property
    def is_wordish(self) -> bool:
        """Tell whether it is told from others by the word that an item begins with."""
        return self.form in (Form.KEYWORD, Form.PREFIX, Form.NAME, Form.NUMBER)

    @property
    def comes_after_a_word(self) -> bool:
        """Tell whether it is looked for behind the current word rather than in its place."""
        return self.form in (Form.MARK, Form.BRACES, Form.TIGHT, Form.SPACE, Form.AHEAD)


def terminals_of(parser: Lark, overlay: Overlay, spellings: dict[str, tuple[str, ...]]) -> dict[str, Terminal]:
    """Return the terminals that the rules use, by name."""
    rows = sorted(
        parser.terminals,
        key=lambda row: (-row.priority, -row.pattern.max_width, -len(row.pattern.value), row.name),
    )
    patterns = {row.name: row.pattern.to_regexp() for row in rows}
    blank = patterns["_SEP"].removesuffix("++") + "*+"
    return {
        name: _terminal(name, pattern, rank, blank, overlay, spellings.get(name, ()))
        for rank, (name, pattern) in enumerate(patterns.items())
    }


def _terminal(name: str, pattern: str, rank: int, blank: str, overlay: Overlay, spellings: tuple[str, ...]) -> Terminal:
    kind = overlay.terminals.get(name, "")
    if name.endswith("_TOKEN"):
        form = Form.KEYWORD if "(?!" in pattern else Form.PREFIX
        return Terminal(name, pattern, form, rank, kind, spellings=spellings)
    if kind and _FORM_OF_KIND.get(kind) is not Form.MARK:
        return Terminal(name, pattern, _FORM_OF_KIND.get(kind, Form.NAME), rank, kind)
    form, marks = _punctuation(pattern, blank)
    return Terminal(name, pattern, form, rank, kind, marks)


def _punctuation(pattern: str, blank: str) -> tuple[Form, str]:
    """Tell what a terminal without a value is from its pattern, in which ``blank`` is white space."""
    bare = pattern.replace(blank, " ")
    if bare == pattern:
        return _bare_punctuation(pattern, blank)
    if found := re.fullmatch(r" (?:\[([^\]]+)\]|\\?(.)) ", bare):
        return Form.MARK, found[1] or found[2]
    if found := re.fullmatch(r" \\?(.) \\?(.) ", bare):
        return Form.BRACES, found[1] + found[2]
    if found := re.match(r" \\?(.) ", bare):
        return Form.AHEAD, found[1]
    raise UnknownFormError(f"megaco.lark: white space stands in {pattern} where the codec does not know it")


def _bare_punctuation(pattern: str, blank: str) -> tuple[Form, str]:
    if pattern == blank.removesuffix("*+") + "++":
        return Form.SPACE, ""
    if found := re.fullmatch(r"\\?(.)", pattern):
        return Form.TIGHT, found[1]
    return Form.PATTERN, ""
