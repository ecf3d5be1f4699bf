"""The one error of the SDP layer; everything else in `megaco.sdp` stands on it and it stands on nothing."""

from __future__ import annotations

_SHOWN_CHARACTERS = 60


class SdpError(ValueError):
    """SDP text, or a value meant for it, does not follow its grammar.

    `line` is the 1-based line of the description, None when the text never stood in one (a value handed to
    an edit, an URI parsed alone). `expected` says in words what would have been accepted there. `found` is the
    offending text, shortened in the message only.
    """

    def __init__(self, expected: str, *, found: str = "", line: int | None = None) -> None:
        self.expected = expected
        self.found = found
        self.line = line
        place = "SDP" if line is None else f"SDP line {line}"
        super().__init__(f"{place}: expected {expected}, found {_shown(found)}")

    def at(self, line: int) -> SdpError:
        """The same fault, now with its place: `line` is 1-based."""
        return SdpError(self.expected, found=self.found, line=line)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "...")
