"""Findings as they are told behind the name of a file: ``PLACE: error[CODE]: ...``, ``PLACE: warning[NAME]: ...``.

The place is LINE:COLUMN in text; in binary it is @OFFSET, and the path in the tree stands at the end of the line.
"""

from megaco import DecodeError, Deviation


def of_error(error: DecodeError, *, caret: bool) -> str:
    """Return what is wrong with a message: one line, and where ``caret`` is asked for the line of text below it."""
    return f"{error if caret else f'{error.place}: {error.summary}'}{_within(error.path)}"


def of_deviation(deviation: Deviation) -> str:
    """Return what was taken that is not to the letter, on one line."""
    place = f"@{deviation.offset}" if deviation.line is None else f"{deviation.line}:{deviation.column}"
    return f"{place}: warning[{deviation.allowance}]: {deviation.what}{_within(deviation.path)}"


def _within(path: str) -> str:
    return f" (in {path})" if path else ""
