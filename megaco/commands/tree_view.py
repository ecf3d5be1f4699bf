"""A message as an indented tree for people: a node a line, with its short values; SDP lines below their descriptor.

Names are those of the message tree. What stands at its default is left out. Nothing of a peer's reaches the terminal
raw: characters that are not printable are shown as escapes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias

import click
import msgspec

from megaco import Message
from megaco.message import (
    ALL_CONTEXTS,
    ALL_EVENTS,
    CHOOSE_CONTEXT,
    NULL_CONTEXT,
    DeviceName,
    DomainName,
    IpAddress,
    MtpAddress,
    Octets,
    PropertyAudit,
    PropertyParm,
    RelatedValue,
    StatisticsParameter,
    TimeStamp,
    TransactionAck,
    Value,
    ValueChoice,
    ValueList,
    ValueRange,
)

MOST_SHOWN = 100
"""Characters shown of one value; more end in ``...``. SDP lines are shown whole."""
_INDENT = "  "
_COLUMN = 9
"""Width of the column of offsets: @, seven digits, which is all that a message can need, and a space."""
_CONTEXTS = {NULL_CONTEXT: "-", CHOOSE_CONTEXT: "$", ALL_CONTEXTS: "*"}
_WORDS = {"context_id": _CONTEXTS, "context_list": _CONTEXTS, "request_id": {ALL_EVENTS: "*"}}
"""Field -> numbers that the text encoding has words for."""

_Line: TypeAlias = tuple[msgspec.Struct | None, str]
"""A line, and the node that it is of; None for a line of an octet string."""


def tree_view(
    message: Message, places: Mapping[int, int] | None = None, notes: Mapping[int, str] | None = None
) -> Iterator[str]:
    """Yield the lines of the tree, without line ends, styled; ``click.echo`` strips the styles off a terminal.

    ``places`` has the offsets of nodes by their ``id``; with it each line of a node has its offset on the left.
    ``notes`` has words to say behind the line of a node.
    """
    for node, line in _node(message, ""):
        note = notes.get(id(node)) if notes is not None else None
        shown = f"{line}  {click.style(f'# {printable(note)}', dim=True)}" if note is not None else line
        yield shown if places is None else f"{_column(places.get(id(node)))}{shown}"


def _column(offset: int | None) -> str:
    return f"{'' if offset is None else f'@{offset}':<{_COLUMN}}"


def _node(node: msgspec.Struct, indent: str) -> Iterator[_Line]:
    """Yield a node: its name and short values on one line, what is longer on lines below."""
    values = [(info.name, getattr(node, info.name)) for info in msgspec.structs.fields(node) if _says(node, info)]
    words = [f"{click.style(name, fg='cyan')}={_short(name, value)}" for name, value in values if _is_short(value)]
    yield node, " ".join([indent + click.style(type(node).__name__, bold=True), *words])
    for _, value in values:
        if not _is_short(value):
            yield from _below(value, indent + _INDENT)


def _says(node: msgspec.Struct, info: msgspec.structs.FieldInfo) -> bool:
    """Tell whether a field holds something that the message said."""
    if getattr(node, info.name) is None:
        return False
    default = info.default if info.default_factory is msgspec.NODEFAULT else info.default_factory()
    return info.required or getattr(node, info.name) != default


def _is_short(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(isinstance(item, str | Enum | int) for item in value)
    return type(value) in _SHORT or not isinstance(value, msgspec.Struct | Octets)


def _below(value: Any, indent: str) -> Iterator[_Line]:
    if isinstance(value, Octets):
        for line in re.split(r"\r\n|\r|\n", value.decode("utf-8", "backslashreplace").rstrip("\r\n")):
            yield None, indent + click.style(printable(line), fg="green")
    elif isinstance(value, tuple):
        for item in value:
            yield from _below(item, indent)
    elif type(value) in _SHORT:
        yield value, indent + _cut(_SHORT[type(value)](value))
    else:
        yield from _node(value, indent)


def _short(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return _cut(", ".join(_short(name, item) for item in value))
    if name in _WORDS and value in _WORDS[name]:
        return _WORDS[name][value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    return _cut(_SHORT.get(type(value), str)(value))


def _cut(text: str) -> str:
    text = printable(text)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "..."


def printable(text: str) -> str:
    """Return text with every character that is not printable as an escape: a terminal obeys none of it."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _address(where: str, port: int | None) -> str:
    return where if port is None else f"{where}:{port}"


def _value(value: Any) -> str:
    return _SHORT[type(value)](value)


def _values(node: ValueList | ValueChoice) -> str:
    return ", ".join(map(_value, node.values))


def _parameter(node: PropertyParm | PropertyAudit | StatisticsParameter) -> str:
    if node.value is None:
        return node.name
    sign = " " if isinstance(node.value, RelatedValue) else " = "
    return f"{node.name}{sign}{_value(node.value)}"


_SHORT: dict[type, Callable[[Any], str]] = {
    IpAddress: lambda node: _address(f"[{node.address}]", node.port),
    DomainName: lambda node: _address(f"<{node.name}>", node.port),
    DeviceName: lambda node: str(node.name),
    MtpAddress: lambda node: f"MTP{{{node.digits}}}",
    TimeStamp: lambda node: f"{node.date}T{node.time}",
    TransactionAck: lambda node: str(node.first) if node.last is None else f"{node.first}-{node.last}",
    Value: lambda node: f'"{node.text}"' if node.quoted else str(node.text),
    ValueList: lambda node: f"[{_values(node)}]",
    ValueChoice: lambda node: f"{{{_values(node)}}}",
    ValueRange: lambda node: f"[{_value(node.low)}:{_value(node.high)}]",
    RelatedValue: lambda node: f"{node.relation.value} {_value(node.value)}",
    PropertyParm: _parameter,
    PropertyAudit: _parameter,
    StatisticsParameter: _parameter,
}
"""Nodes that are said in a few characters, as the text encoding says them."""
