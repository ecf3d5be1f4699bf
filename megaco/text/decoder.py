"""Octets to message tree: Lark parses, the overlay says what each rule builds.

``decode`` raises DecodeError and nothing else for any octets. Time is linear in the size of the message.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from lark import Token, Tree, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from megaco.errors import DecodeError, Level
from megaco.grammar import Rule
from megaco.grammar.overlay import Target, message_class
from megaco.message import Message

from .encoding import TextEncoding
from .values import KINDS

_LEVEL_OF_CODE = {403: Level.TRANSACTION, 422: Level.ACTION, 442: Level.COMMAND}
_SYNTAX_ERROR_IN_MESSAGE = 400
_VERSION_NOT_SUPPORTED = 406
_DESCRIPTOR_TWICE = 448
_NEWEST_VERSION = 3


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where a message leaves the letter of the standard and was taken all the same."""

    allowance: str
    """Its name, as ``allow=`` takes it."""
    what: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: warning[{self.allowance}]: {self.what}"


def decode(
    data: bytes,
    encoding: TextEncoding,
    *,
    allow: frozenset[str],
    on_deviation: Callable[[Deviation], None] | None,
    max_items: int,
) -> Message:
    """Decode one message in the text encoding; lists longer than ``max_items`` are refused."""
    text = data.decode("latin-1")
    try:
        tree = encoding.parser.parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(error, text, encoding) from None
    message = _Builder(text, encoding, allow, on_deviation, max_items).build(tree)
    if not 1 <= message.version <= _NEWEST_VERSION:
        what = f"protocol version {message.version}"
        raise DecodeError(what, code=_VERSION_NOT_SUPPORTED, line=1, column=1, expected=("1, 2 or 3",))
    return message


def decode_header(data: bytes, encoding: TextEncoding) -> Message:
    """Decode version and mId and read no further: the result has no body. Raises DecodeError where they are unreadable."""
    text = data.decode("latin-1")
    parser = encoding.parser.parse_interactive(text)
    try:
        for _token in parser.iter_parse():
            header = _finished_header(parser.parser_state.value_stack)
            if header is not None:
                return _Builder(text, encoding, frozenset(encoding.overlay.allowances), None, 1).build(header)
    except UnexpectedInput as error:
        raise _syntax_error(error, text, encoding) from None
    raise _error_at(text, len(text), "the message ends in its header", _SYNTAX_ERROR_IN_MESSAGE, ("a message body",))


def _finished_header(stack: list[Any]) -> Tree[Token] | None:
    """Return version and mId as a tree of their own once the parser has both."""
    names = [part.data if isinstance(part, Tree) else part.type for part in stack]
    if names[-3:] != ["VERSION", "_SEP", "m_id"] and names[-4:-1] != ["VERSION", "_SEP", "m_id"]:
        return None
    return Tree(
        "megaco_message", [part for part, name in zip(stack, names, strict=True) if name in ("VERSION", "m_id")]
    )


class _Builder:
    """Builds the tree of one message, bottom up."""

    def __init__(
        self,
        text: str,
        encoding: TextEncoding,
        allow: frozenset[str],
        on_deviation: Callable[[Deviation], None] | None,
        max_items: int,
    ) -> None:
        self.text = text
        self.encoding = encoding
        self.overlay = encoding.overlay
        self.allow = allow
        self.on_deviation = on_deviation
        self.max_items = max_items

    def build(self, tree: Tree[Token]) -> Message:
        self._check_deviations(tree)
        message = self._yield(tree)
        assert isinstance(message, Message)
        return message

    def _check_deviations(self, tree: Tree[Token]) -> None:
        allowed = self.encoding.allowance_of
        version = next((int(token) for token in tree.scan_values(_is_version)), 0)
        for token in tree.scan_values(lambda value: isinstance(value, Token) and value.type in allowed):
            name = allowed[token.type]
            allowance = self.overlay.allowances[name]
            if version <= allowance.legal_until:
                continue
            if name not in self.allow:
                raise self._error(token, allowance.what, expected=(allowance.expected,))
            if self.on_deviation is not None:
                self.on_deviation(Deviation(name, allowance.what, token.line or 0, token.column or 0))

    def _yield(self, tree: Tree[Token]) -> Any:
        rule = self.overlay.rules[tree.data]
        parts = list(self._parts(tree))
        if rule.enum or rule.flags:
            return rule.members()[parts[0].type]
        if rule.value:
            return self._value_of(next(part for part in parts if not self._is_keyword(part)))
        return self._node(rule, parts)

    def _parts(self, tree: Tree[Token]) -> Iterator[Any]:
        """Walk a rule's parts, those of rules that hand theirs up included."""
        for child in tree.children:
            if isinstance(child, Tree) and child.data not in self.overlay.rules:
                yield from self._parts(child)
            else:
                yield child

    def _is_keyword(self, part: Any) -> bool:
        return isinstance(part, Token) and self.encoding.grammar.is_keyword(part.type)

    def _value_of(self, part: Any) -> Any:
        if isinstance(part, Tree):
            return self._yield(part)
        try:
            return KINDS[self.overlay.terminals[part.type]].parse(str(part))
        except ValueError as error:
            raise self._error(part, str(error)) from None

    def _node(self, rule: Rule, parts: list[Any]) -> msgspec.Struct:
        keyword = next((part.type for part in parts if isinstance(part, Token) and part.type in rule.classes), "")
        fields = _Fields(message_class(rule.classes[keyword]))
        spread = _Fields(message_class(rule.spread.node)) if rule.spread else fields
        for part in parts:
            name = part.data if isinstance(part, Tree) else part.type
            if name in rule.fields:
                self._fill(fields, rule.fields[name], part)
            elif rule.spread and name in rule.spread.fields:
                self._fill(spread, rule.spread.fields[name], part)
        if rule.spread and spread.values:
            fields.put(rule.spread.field, spread.finish())
        missing = fields.missing()
        if missing:
            first = next((token for token in map(_first_token, parts) if token is not None), None)
            raise self._error(first, f"{fields.node.__name__} lacks its {' and '.join(missing)}")
        return fields.finish()

    def _fill(self, fields: "_Fields", target: Target, part: Any) -> None:
        if isinstance(target, dict):
            ((name, value),) = target.items()
        else:
            name = target if isinstance(target, str) else target[min(len(fields.values), len(target) - 1)]
            value = self._value_of(part)
        if not fields.put(name, value):
            raise self._error(_first_token(part), f"{name} stands here a second time", code=_DESCRIPTOR_TWICE)
        if fields.length(name) > self.max_items:
            raise self._error(_first_token(part), f"more than {self.max_items} {name}")

    def _error(self, token: Token | None, what: str, *, code: int = 0, expected: tuple[str, ...] = ()) -> DecodeError:
        offset = (token.start_pos or 0) if token is not None else 0
        return _error_at(self.text, offset, what, code or _SYNTAX_ERROR_IN_MESSAGE, expected)


class _Fields:
    """Fields of a node while it is being built."""

    def __init__(self, node: type[msgspec.Struct]) -> None:
        self.node = node
        self.values: dict[str, Any] = {}
        self.lists = _list_fields(node)

    def put(self, name: str, value: Any) -> bool:
        """Fill a field; False where it is full."""
        if name in self.lists:
            self.values.setdefault(name, []).append(value)
            return True
        return self.values.setdefault(name, value) is value

    def length(self, name: str) -> int:
        return len(self.values[name]) if name in self.lists else 1

    def missing(self) -> list[str]:
        """Return the fields that the node cannot do without and that are not filled."""
        return [
            info.name for info in msgspec.structs.fields(self.node) if info.required and info.name not in self.values
        ]

    def finish(self) -> msgspec.Struct:
        return self.node(**{name: tuple(value) if name in self.lists else value for name, value in self.values.items()})


_LIST_FIELDS: dict[type[msgspec.Struct], frozenset[str]] = {}


def _list_fields(node: type[msgspec.Struct]) -> frozenset[str]:
    """Return the names of a node's fields that hold several values."""
    if node not in _LIST_FIELDS:
        hints = msgspec.structs.fields(node)
        _LIST_FIELDS[node] = frozenset(hint.name for hint in hints if getattr(hint.type, "__origin__", None) is tuple)
    return _LIST_FIELDS[node]


def _is_version(value: object) -> bool:
    return isinstance(value, Token) and value.type == "VERSION"


def _first_token(part: Any) -> Token | None:
    if isinstance(part, Token):
        return part
    return next(iter(part.scan_values(lambda value: isinstance(value, Token))), None)


def _syntax_error(error: UnexpectedInput, text: str, encoding: TextEncoding) -> DecodeError:
    """Say where the parser stopped, what stood there and what could have."""
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        offset = error.token.start_pos or 0
    else:
        offset = error.pos_in_stream if isinstance(error, UnexpectedCharacters) else len(text)
    parser = getattr(error, "interactive_parser", None)
    accepted = parser.accepts() if parser is not None else set(getattr(error, "allowed", None) or ())
    offset += _white_space(text, offset)
    found = _found(text, offset) if not isinstance(error, UnexpectedEOF) else "the end of the message"
    code = _code_of_level(parser.parser_state.value_stack, encoding) if parser is not None else _SYNTAX_ERROR_IN_MESSAGE
    return _error_at(text, offset, found, code, _expected(accepted, encoding))


def _white_space(text: str, offset: int) -> int:
    blank = re.compile(r"(?:[ \t\r\n]|;[\t\x20-\x7e]*[\r\n])*").match(text, offset)
    return len(blank.group()) if blank else 0


def _found(text: str, offset: int) -> str:
    if offset >= len(text):
        return "the end of the message"
    word = re.compile(r"[A-Za-z0-9_/$*.\-]{1,32}|.", re.DOTALL).match(text, offset)
    return ascii(word.group()) if word else "nothing"


def _expected(accepted: set[str], encoding: TextEncoding) -> tuple[str, ...]:
    return tuple(sorted({word for terminal in accepted if (word := encoding.word(terminal))}))


def _code_of_level(stack: list[Any], encoding: TextEncoding) -> int:
    """Return the H.248.8 code of the innermost transaction, action or command that is still open."""
    opened = [part.type for part in stack if isinstance(part, Token)]
    codes = [encoding.overlay.levels[terminal] for terminal in opened if terminal in encoding.overlay.levels]
    return codes[-1] if codes else _SYNTAX_ERROR_IN_MESSAGE


def _error_at(text: str, offset: int, what: str, code: int, expected: tuple[str, ...]) -> DecodeError:
    before = re.split(r"\r\n|\r|\n", text[:offset])
    rest = re.split(r"[\r\n]", text[offset : offset + 200], maxsplit=1)[0]
    shown = "".join(character if " " <= character <= "~" else " " for character in before[-1] + rest)
    return DecodeError(
        what,
        code=code,
        level=_LEVEL_OF_CODE.get(code, Level.MESSAGE),
        offset=offset,
        line=len(before),
        column=len(before[-1]) + 1,
        expected=expected,
        source_line=shown,
    )
