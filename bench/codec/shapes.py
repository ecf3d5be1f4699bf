"""Messages of any size, good and bad, for seeing that time grows with size and no faster."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

SIZES = (1_000, 10_000, 100_000, 1_000_000)

_HEAD = "MEGACO/3 [192.0.2.1]\n"
_CONTEXT = _HEAD + "T=1{C=1{"
_COMMAND = _CONTEXT + "MF=t{"
_PROPERTY = _COMMAND + "M{O{p/q="


@dataclass(frozen=True, slots=True)
class Shape:
    """A beginning, as many units as fit, an end."""

    name: str
    head: str
    unit: Callable[[int], str]
    tail: str = ""
    between: str = ""

    def octets(self, size: int) -> bytes:
        """Return a message of about that many octets."""
        room = size - len(self.head) - len(self.tail)
        units: list[str] = []
        for number in itertools.count():
            units.append(self.unit(number))
            room -= len(units[-1]) + len(self.between)
            if room <= 0:
                break
        return (self.head + self.between.join(units) + self.tail).encode()


def _transaction(number: int) -> str:
    return f"T={number + 1}{{C=1{{MF=t/{number}{{E=1{{al/on}}}}}}}}\n"


def _command(number: int) -> str:
    return f"MF=t/{number}{{E=1{{al/on}}}}"


def _always(text: str) -> Callable[[int], str]:
    return lambda _number: text


GOOD = (
    Shape("many transactions", _HEAD, _transaction),
    Shape("many commands", _CONTEXT, _command, "}}", ","),
    Shape("many events", _COMMAND + "E=1{", lambda number: f"pkg/ev{number}", "}}}}", ","),
    Shape("long SDP", _COMMAND + "M{L{\nv=0\n", lambda number: f"a=candidate:{number} 1 UDP\n", "}}}}}"),
    Shape("long digit map", _COMMAND + "DM=d{(", lambda number: f"{number}x.", ")}}}}", "|"),
    Shape("long value list", _PROPERTY + "{", lambda number: f"v{number}", "}}}}}}", ","),
    Shape("long quoted string", _PROPERTY + '"', _always("a b "), '"}}}}}'),
    Shape("comments", _HEAD, lambda number: f"; comment {number}\n", "T=1{C=1{S=t}}"),
    Shape("spaces", _HEAD, _always(" "), "T=1{C=1{S=t}}"),
)
BAD = (
    Shape("only {", "", _always("{")),
    Shape("{ in a context", _CONTEXT, _always("{")),
    Shape("only spaces", "", _always(" ")),
    Shape("spaces, then nothing", _HEAD, _always(" ")),
    Shape("only comments", "", _always("; c\n")),
    Shape("comments, then nothing", _HEAD, _always("; c\n")),
    Shape("only ;", "", _always(";")),
    Shape("; in a context", _CONTEXT, _always(";")),
    Shape("error in the last octet", _HEAD, _transaction, ")"),
    Shape("commands, last octet wrong", _CONTEXT, _command, "})", ","),
    Shape("digit map without end", _COMMAND + "DM=d{(", lambda number: f"{number}x.", "", "|"),
    Shape("digit map, last letter wrong", _COMMAND + "DM=d{(", lambda number: f"{number}x.", "!)}}}}", "|"),
    Shape("value list without end", _PROPERTY + "{", lambda number: f"v{number}", "", ","),
    Shape("quoted string without end", _PROPERTY + '"', _always("a b ")),
    Shape("SDP without end", _COMMAND + "M{L{\nv=0\n", lambda number: f"a=candidate:{number} 1 UDP\n"),
    Shape("long name", _COMMAND + "E=1{", _always("abcdefgh"), "/x}}}}"),
    Shape("long number", _CONTEXT + "MF=t{E=", _always("1234567890"), "{al/on}}}}"),
)
SHAPES = GOOD + BAD
