"""What the writers of the encoder share: the method being written, and small forms of source text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..expansion import Expansion, Many, Maybe, Sequence, Symbol
from ..lines import Lines
from ..overlay import Rule

MANY_FIELDS = 3
"""Of so many fields, one call for all is faster than one for each."""

Parts = tuple[Expansion, ...]
"""What stands one after the other."""


@dataclass
class Method:
    """The rule being written."""

    name: str
    rule: Rule
    lines: Lines
    pieces: list[str] = field(default_factory=list)
    """Parts of an f-string not yet written."""
    has_text: bool = False
    times: dict[str, int] = field(default_factory=dict)
    """How often a part with several targets was written."""
    in_item: bool = False
    """Whether what is written is an item of braces of the rule itself."""
    depth: str = "depth"
    """Of the braces that the current parts stand in."""
    text: str = "out"
    items: str = "written"
    """The variables that the text, and the items of its braces, are gathered in."""
    clash_test: str = ""
    """What must hold for a name to be in the way of a keyword."""

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Write inside one more pair of braces."""
        outer = self.depth
        name, _, more = outer.partition(" + ")
        self.depth = f"{name} + {int(more or 0) + 1}"
        yield
        self.depth = outer


def element(part: Expansion) -> Parts | None:
    """Return what is repeated behind a comma; None for what is no such repetition."""
    match part:
        case Many(Sequence((Symbol("_COMMA"), *element))) | Maybe(Sequence((Symbol("_COMMA"), *element))):
            return tuple(element)
    return None


def any_of(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def is_comma(part: Expansion) -> bool:
    return isinstance(part, Symbol) and part.name == "_COMMA"


def f_string(pieces: list[str]) -> str:
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 1 and pieces[0].startswith("{") and pieces[0].count("{") == 1:
        return pieces[0][1:-1]
    if not any("{" in piece for piece in pieces):
        return '"' + "".join(pieces) + '"'
    return 'f"' + "".join(pieces) + '"'
