"""Where a message leaves the letter of the standard and is taken all the same."""

from dataclasses import dataclass
from typing import NamedTuple


class Allowance(NamedTuple):
    """A deviation from the letter of the standard that decoding can take."""

    what: str
    expected: str
    """What the letter has instead."""
    who: str
    """Who sends it."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where a message leaves the letter of the standard and was taken all the same."""

    allowance: str
    """Its name, as ``allow=`` takes it."""
    what: str
    line: int | None = None
    """From 1; None in binary."""
    column: int | None = None
    offset: int | None = None
    """Octets from 0; None in text."""
    path: str = ""
    """The place in the tree, in binary."""

    @property
    def place(self) -> str:
        """``LINE:COLUMN`` in text, ``@OFFSET`` in binary."""
        return f"@{self.offset}" if self.line is None else f"{self.line}:{self.column}"

    def __str__(self) -> str:
        within = f" (in {self.path})" if self.path else ""
        return f"{self.place}: warning[{self.allowance}]: {self.what}{within}"
