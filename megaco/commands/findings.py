"""Findings as they are told behind the name of a file: ``PLACE: error[CODE]: ...``, ``PLACE: warning[NAME]: ...``.

The place is LINE:COLUMN in text; in binary it is @OFFSET, and the path in the tree stands at the end of the line.
"""

from megaco import DecodeError


def of_error(error: DecodeError, *, caret: bool) -> str:
    """Return what is wrong with a message: one line, and where ``caret`` is asked for the line of text below it."""
    within = f" (in {error.path})" if error.path else ""
    return f"{error if caret else f'{error.place}: {error.summary}'}{within}"
