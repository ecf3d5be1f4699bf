"""What the writers of the decoder share: what is due at a place, the method being written, how things are quoted."""

from dataclasses import dataclass, field
from enum import Enum, auto

from ..expansion import Expansion
from ..lines import Lines
from ..overlay import Rule

LATER_VERSION = "later-version"
"""The allowance for what came with a later version than the message's."""

Alternative = tuple[Expansion, ...]
"""What stands one after the other where a choice decides for it."""


class Due(Enum):
    """What a place in a rule is about to look at."""

    WORD = auto()
    """The current item's word: nothing of the item is taken yet."""
    MARK = auto()
    """What stands after the current word, which is taken."""


@dataclass
class Method:
    """The rule being written."""

    name: str
    rule: Rule
    lines: Lines
    told: bool = True
    """Whether ``self.token`` is what the current word is."""
    body: int = 0
    """The line at which the production begins."""
    loops: int = 0
    """How many loops the current place is in."""
    times: dict[str, int] = field(default_factory=dict)
    """How often a part with several targets was written."""
    sure: set[str] = field(default_factory=set)
    """Fields that are filled whenever the rule is through."""


def quoted(text: str) -> str:
    """Return a text as a literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def names_of(part: str) -> str:
    """Return the variable for the names that a part of a rule has had."""
    return f"names_of_{part}"


def first_characters(pattern: str) -> str:
    """Return, as a literal, the characters that a pattern's matches begin with, where its first character is fixed."""
    folds = pattern.startswith("(?i:")
    bare = pattern.removeprefix("(?i:")
    if bare.startswith("[0-9]"):
        return quoted("0123456789")
    character = bare[1] if bare[0] == "\\" else bare[0]
    if bare[0] in "([.^$" or (bare[0] == "\\" and character.isalnum()):
        return ""
    characters = {character.lower(), character.upper()} if folds else {character}
    return quoted("".join(sorted(characters)))
