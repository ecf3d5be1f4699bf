"""Findings as they are told: ``FILE:PLACE: error[CODE]: ...``, ``FILE:PLACE: warning[NAME]: ...``, or as JSON.

The place is LINE:COLUMN in text; in binary it is @OFFSET, and the path in the tree stands at the end of the line.
"""

import msgspec

from megaco import DecodeError, Deviation

from .tree_view import printable


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong with a message: one line for people, one JSON object for scripts."""

    file: str
    severity: str
    """``error`` or ``warning``."""
    label: str
    """The H.248.8 code, the name of an allowance, or that of a profile's rule."""
    what: str
    place: str = ""
    """LINE:COLUMN or @OFFSET; "" where it is the whole message."""
    path: str = ""
    """In the tree."""
    clause: str = ""
    """Where a profile's rule stands."""
    provenance: str = ""
    """How sure a profile's rule is."""

    def __str__(self) -> str:
        where = f"{self.file}:{self.place}: " if self.place else f"{self.file}: "
        doubt = self.provenance if self.provenance != "standard" else ""
        source = ", ".join(part for part in (self.clause, doubt) if part)
        within = f" (in {self.path})" if self.path and self.place.startswith("@") else ""
        return printable(f"{where}{self.severity}[{self.label}]: {self.what}{f' ({source})' if source else ''}{within}")

    def json(self) -> str:
        """Return it as a JSON object on one line."""
        return msgspec.json.encode(self).decode("utf-8")


def of_error(error: DecodeError) -> str:
    """Return what is wrong with a message: one line, and of text the line of it below."""
    return f"{error} (in {error.path})" if error.path else str(error)


def report_of_error(file: str, error: DecodeError) -> Report:
    """Return the report of a message that cannot be decoded."""
    expected = f"; expected {' or '.join(error.expected)}" if error.expected else ""
    return Report(file, "error", str(error.code), f"{error.what}{expected}", error.place, error.path)


def report_of_deviation(file: str, deviation: Deviation) -> Report:
    """Return the report of a deviation that decoding took."""
    return Report(file, "warning", deviation.allowance, deviation.what, deviation.place, deviation.path)
