"""What judges find, and the list of findings that are known: ``exceptions.toml``."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

EXCEPTIONS = Path(__file__).parent / "exceptions.toml"

Text = Literal["original", "pretty", "compact", "binary"]


class Finding(NamedTuple):
    """What a judge holds against one text of a message; a text without findings is fine."""

    judge: str
    message: str
    text: str
    says: str

    def __str__(self) -> str:
        return f"{self.judge} on {self.message}, {self.text}: {self.says}"


class KnownFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the list: findings that do not count, and why."""

    judges: tuple[str, ...]
    messages: tuple[str, ...]
    says: str
    """A regular expression that is in what the judge says, of this and of no other finding on these messages."""
    at_fault: Literal["judge", "message", "ours"]
    clause: str
    """Where the standard decides."""
    reason: str
    texts: tuple[Text, ...] = ("original", "pretty", "compact")

    def covers(self, finding: Finding) -> bool:
        """Whether this row speaks of a finding."""
        is_named = finding.judge in self.judges and finding.message in self.messages and finding.text in self.texts
        return is_named and re.search(self.says, finding.says) is not None

    def cases(self) -> Iterator[tuple[str, str, str]]:
        """Every judge, message and text that the row names."""
        return ((judge, message, text) for judge in self.judges for message in self.messages for text in self.texts)


def known_findings() -> list[KnownFinding]:
    """Read the list."""
    return msgspec.convert(tomllib.loads(EXCEPTIONS.read_text("utf-8"))["exception"], list[KnownFinding])


def objections(
    findings: Iterable[Finding], known: Iterable[KnownFinding], judge: str, judged: Collection[tuple[str, str]]
) -> list[str]:
    """Return findings that are not known, and known ones that are no more; both empty when all is well.

    ``judged`` are the messages and texts that the judge has seen; rows about others say nothing here.
    """
    found, rows = list(findings), list(known)
    new = [str(one) for one in found if not any(row.covers(one) for row in rows)]
    gone = [
        f"{judge} has nothing against {message}, {text}, any more; listed was: {row.says}"
        for row in rows
        for who, message, text in row.cases()
        if who == judge and (message, text) in judged
        if not any(row.covers(one) and one[:3] == (who, message, text) for one in found)
    ]
    return new + gone
