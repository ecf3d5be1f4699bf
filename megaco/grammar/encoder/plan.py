"""What the writers of the encoder share: the method being written, and small forms of source text."""

from dataclasses import dataclass, field

from ..expansion import Expansion, Many, Maybe, Sequence, Symbol
from ..lines import Lines
from ..overlay import Rule
from ..terminals import Terminal

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
    clash_test: str = ""
    """What must hold for a name to be in the way of a keyword."""
    """The variables that the text, and the items of its braces, are gathered in."""


def deeper(depth: str) -> str:
    """Return the expression for the depth inside braces at a depth."""
    name, _, more = depth.partition(" + ")
    return f"{name} + {int(more or 0) + 1}"


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


def camel(name: str) -> str:
    """Return a rule's name as Annex B writes it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def most_of(terminal: Terminal) -> int:
    """Return the largest number that a terminal stands for."""
    digits = int(terminal.pattern.removeprefix("[0-9]{1,").partition("}")[0])
    most: int = {"uint16": 65535, "uint32": 4294967295}.get(terminal.kind, 10**digits - 1)
    return most
