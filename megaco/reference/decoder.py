"""The reference decoder: Lark parses, the overlay says what each rule builds.

``decode`` raises DecodeError and nothing else for any octets. Time is linear in the size of the message.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
from lark import Token, Tree, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from megaco.deviations import Deviation
from megaco.errors import DecodeError
from megaco.grammar import Rule
from megaco.grammar.decoder import LATER_VERSION
from megaco.grammar.overlay import Target, message_class
from megaco.message import Message
from megaco.text.faults import (
    DESCRIPTOR_TWICE,
    NEWEST_VERSION,
    PROPERTY_TWICE,
    SYNTAX_ERROR_IN_COMMAND,
    SYNTAX_ERROR_IN_MESSAGE,
    VERSION_NOT_SUPPORTED,
    error_at,
    found_at,
    place_finder,
    white_space,
)
from megaco.text.values import KINDS

from .encoding import TextEncoding

_DESCRIPTOR = "_descriptor"
"""How the names of Annex B's rules for descriptors end."""


def decode(
    data: bytes,
    encoding: TextEncoding,
    *,
    allow: frozenset[str],
    on_deviation: Callable[[Deviation], None] | None,
    max_items: int,
    places: dict[int, tuple[int, int]] | None = None,
) -> Message:
    """Decode one message in the text encoding; lists longer than ``max_items`` are refused.

    ``places`` takes line and column of each node by the node's ``id``.
    """
    text = data.decode("latin-1")
    try:
        tree = encoding.parser.parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(error, text, encoding, getattr(error, "interactive_parser", None)) from None
    version = next(tree.scan_values(_is_version))
    if (fault := _version_fault(version, text)) is not None:
        raise fault
    try:
        return _Builder(text, encoding, allow, on_deviation, max_items, places).build(tree, int(version))
    except RecursionError:
        raise error_at(text, len(text), "nested too deep", SYNTAX_ERROR_IN_COMMAND) from None


def decode_header(data: bytes, encoding: TextEncoding) -> Message:
    """Decode version and mId, whatever follows them: the result has no body. DecodeError where they are unreadable."""
    text = data.decode("latin-1")
    parser = encoding.parser.parse_interactive(text)
    stack = parser.parser_state.value_stack
    fault = error_at(text, len(text), "the message ends in its header", SYNTAX_ERROR_IN_MESSAGE, ("a message body",))
    try:
        for _token in parser.iter_parse():
            if _finished_header(stack) is not None:
                break
    except UnexpectedInput as error:
        fault = _syntax_error(error, text, encoding, parser)
    header = _finished_header(stack)
    if header is None:
        raise fault
    return _Builder(text, encoding, frozenset(encoding.overlay.allowances), None, 1).build(header)


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
        places: dict[int, tuple[int, int]] | None = None,
    ) -> None:
        self.text = text
        self.places = places
        self._place = place_finder(text)
        self.encoding = encoding
        self.overlay = encoding.overlay
        self.allow = allow
        self.on_deviation = on_deviation
        self.max_items = max_items
        self.version = 0
        self.code = SYNTAX_ERROR_IN_MESSAGE
        """Of an error here: the innermost transaction, action or command decides."""

    def build(self, tree: Tree[Token], version: int = 0) -> Message:
        """Build a message of a version; 0: whatever it is, the tree ends with its header."""
        self.version = version
        message = self._yield(tree)
        assert isinstance(message, Message)
        return message

    def _check_since(self, name: str, token: Token | None) -> None:
        """Note an element that came with a later version than the message's."""
        if self.version and token is not None and self.version < self.overlay.since.get(name, 0):
            self._deviate(token, LATER_VERSION)

    def _check_deviation(self, token: Token) -> None:
        self._check_since(token.type, token)
        name = self.encoding.allowance_of.get(token.type)
        if name is None or self.version <= self.overlay.allowances[name].legal_until:
            return
        self._deviate(token, name)

    def _deviate(self, token: Token, name: str) -> None:
        allowance = self.overlay.allowances[name]
        if name not in self.allow:
            raise self._error(token, allowance.what, expected=(allowance.expected,))
        if self.on_deviation is not None:
            offset = token.start_pos or 0
            line, column = self._place(offset + white_space(self.text, offset))
            self.on_deviation(Deviation(name, allowance.what, line, column))

    def _yield(self, tree: Tree[Token]) -> Any:
        rule = self.overlay.rules[tree.data]
        self._check_since(str(tree.data), _first_token(tree))
        outer, self.code = self.code, self._level(tree)
        parts = list(self._parts(tree))
        value: Any
        if rule.enum or rule.flags:
            value = rule.members()[parts[0].type]
        elif rule.value:
            value = self._value_of(next(part for part in parts if self._has_value(part)))
        else:
            value = self._node(rule, parts)
        self.code = outer
        return value

    def _level(self, tree: Tree[Token]) -> int:
        """Return the code of an error in a rule: its own where it begins a transaction, action or command."""
        levels = self.overlay.levels
        own = (levels[child.type] for child in tree.children if isinstance(child, Token) and child.type in levels)
        return next(own, self.code)

    def _parts(self, tree: Tree[Token]) -> Iterator[Any]:
        """Walk a rule's parts, those of rules that hand theirs up included."""
        for child in tree.children:
            if isinstance(child, Token):
                self._check_deviation(child)
                yield child
            elif child.data in self.overlay.rules:
                yield child
            else:
                yield from self._parts(child)

    def _has_value(self, part: Any) -> bool:
        return isinstance(part, Tree) or part.type in self.overlay.terminals

    def _value_of(self, part: Any) -> Any:
        if isinstance(part, Tree):
            return self._yield(part)
        try:
            return KINDS[self.overlay.terminals[part.type]].parse(str(part))
        except ValueError as error:
            raise self._error(part, str(error)) from None

    def _node(self, rule: Rule, parts: list[Any]) -> msgspec.Struct:
        keyword = next((part.type for part in parts if isinstance(part, Token) and part.type in rule.classes), "")
        fields = _Fields(message_class(rule.classes[keyword]), rule.one_of)
        spread = _Fields(message_class(rule.spread.node)) if rule.spread else fields
        for part in parts:
            name = _name_of(part)
            if name in rule.fields:
                self._fill(fields, rule.fields[name], part, is_unique=name in rule.unique)
            elif rule.spread and name in rule.spread.fields:
                self._fill(spread, rule.spread.fields[name], part)
        self._check_once(rule, parts)
        self._check_exclusive(rule, parts)
        if rule.spread and spread.values:
            fields.put(rule.spread.field, self._placed(spread.finish(), parts))
        missing = fields.missing()
        if missing:
            first = next((token for token in map(_first_token, parts) if token is not None), None)
            raise self._error(first, f"{fields.node.__name__} lacks its {' and '.join(missing)}")
        return self._placed(fields.finish(), parts)

    def _placed(self, node: msgspec.Struct, parts: list[Any]) -> msgspec.Struct:
        """Note where a node begins; return it."""
        first = next((token for token in map(_first_token, parts) if token is not None), None)
        if self.places is not None and first is not None:
            offset = first.start_pos or 0
            self.places[id(node)] = self._place(offset + white_space(self.text, offset))
        return node

    def _check_once(self, rule: Rule, parts: list[Any]) -> None:
        """Refuse a descriptor that stands twice in a list of descriptors."""
        seen: set[str] = set()
        for part in parts:
            name = _name_of(part)
            if name in seen:
                raise self._repetition(part, "this descriptor")
            seen |= {name} & set(rule.once)

    def _check_exclusive(self, rule: Rule, parts: list[Any]) -> None:
        """Refuse parts from more than one of the sets that exclude each other."""
        chosen: tuple[str, ...] | None = None
        for part in parts:
            group = next((group for group in rule.exclusive if _name_of(part) in group), None)
            if group is not None and chosen not in (None, group):
                raise self._error(_first_token(part), "this excludes what stands before it")
            chosen = group or chosen

    def _fill(self, fields: "_Fields", target: Target, part: Any, *, is_unique: bool = False) -> None:
        value: Any
        if isinstance(target, dict):
            ((name, value),) = target.items()
        else:
            name = target if isinstance(target, str) else target[min(len(fields.values), len(target) - 1)]
            value = self._value_of(part)
        if not fields.put(name, value):
            raise self._repetition(part, name)
        if is_unique and not fields.is_new(value.name):
            raise self._repetition(part, value.name)
        if fields.length(name) > self.max_items:
            raise self._error(_first_token(part), f"more than {self.max_items} {name}")

    def _repetition(self, part: Any, what: str) -> DecodeError:
        """Return the error of what stands twice: inside a command H.248.8 has codes of its own for it."""
        own = DESCRIPTOR_TWICE if _name_of(part).endswith(_DESCRIPTOR) else PROPERTY_TWICE
        code = own if self.code == SYNTAX_ERROR_IN_COMMAND else self.code
        return self._error(_first_token(part), f"{what} stands here a second time", code=code)

    def _error(self, token: Token | None, what: str, *, code: int = 0, expected: tuple[str, ...] = ()) -> DecodeError:
        offset = (token.start_pos or 0) if token is not None else 0
        return error_at(self.text, offset, what, code or self.code, expected)


class _Fields:
    """Fields of a node while it is being built."""

    def __init__(self, node: type[msgspec.Struct], one_of: tuple[tuple[str, ...], ...] = ()) -> None:
        self.node = node
        self.one_of = one_of
        self.values: dict[str, Any] = {}
        self.names: set[str] = set()
        self.lists = _list_fields(node)

    def put(self, name: str, value: Any) -> bool:
        """Fill a field; False where it, or the one that it stands in for, is full."""
        if name in self.lists:
            self.values.setdefault(name, []).append(value)
            return True
        group = next((group for group in self.one_of if name in group), (name,))
        if any(one in self.values for one in group):
            return False
        self.values[name] = value
        return True

    def is_new(self, name: str) -> bool:
        """Note the name of a property or parameter; False where it was here before, in whatever letter case."""
        known = len(self.names)
        self.names.add(name.casefold())
        return len(self.names) > known

    def length(self, name: str) -> int:
        return len(self.values[name]) if name in self.lists else 1

    def missing(self) -> list[str]:
        """Return the fields that the node cannot do without and that are not filled."""
        groups = (*self.one_of, *((name,) for name in _required_fields(self.node) if name not in sum(self.one_of, ())))
        return [" or ".join(group) for group in groups if not any(name in self.values for name in group)]

    def finish(self) -> msgspec.Struct:
        values = {name: tuple(value) if name in self.lists else value for name, value in self.values.items()}
        return self.node(**dict.fromkeys(_required_fields(self.node)) | values)


@cache
def _list_fields(node: type[msgspec.Struct]) -> frozenset[str]:
    """Return the names of a node's fields that hold several values."""
    hints = msgspec.structs.fields(node)
    return frozenset(hint.name for hint in hints if getattr(hint.type, "__origin__", None) is tuple)


@cache
def _required_fields(node: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the names of the fields that a node cannot do without."""
    return tuple(info.name for info in msgspec.structs.fields(node) if info.required)


def _is_version(value: object) -> bool:
    return isinstance(value, Token) and value.type == "VERSION"


def _version_fault(version: Token, text: str) -> DecodeError | None:
    """Return the error of a protocol version that nobody here speaks."""
    if 1 <= int(version) <= NEWEST_VERSION:
        return None
    what = f"protocol version {int(version)}"
    return error_at(text, version.start_pos or 0, what, VERSION_NOT_SUPPORTED, ("1, 2 or 3",))


def _name_of(part: Any) -> str:
    return str(part.data if isinstance(part, Tree) else part.type)


def _first_token(part: Any) -> Token | None:
    if isinstance(part, Token):
        return part
    return next(iter(part.scan_values(lambda value: isinstance(value, Token))), None)


def _syntax_error(error: UnexpectedInput, text: str, encoding: TextEncoding, parser: Any) -> DecodeError:
    """Say where the parser stopped, what stood there and what could have; in a version not known, say that instead."""
    stack = parser.parser_state.value_stack if parser is not None else []
    version = next((part for part in stack if _is_version(part)), None)
    if version is not None and (fault := _version_fault(version, text)) is not None:
        return fault
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        offset = error.token.start_pos or 0
    else:
        offset = error.pos_in_stream if isinstance(error, UnexpectedCharacters) else len(text)
    accepted = parser.accepts() if parser is not None else set(getattr(error, "allowed", None) or ())
    offset += white_space(text, offset)
    found = found_at(text, offset) if not isinstance(error, UnexpectedEOF) else "the end of the message"
    return error_at(text, offset, found, _code_of_level(stack, encoding), _expected(accepted, encoding))


def _expected(accepted: set[str], encoding: TextEncoding) -> tuple[str, ...]:
    return tuple(sorted({word for terminal in accepted if (word := encoding.word(terminal))}))


def _code_of_level(stack: list[Any], encoding: TextEncoding) -> int:
    """Return the H.248.8 code of the innermost transaction, action or command that is still open."""
    opened = [part.type for part in stack if isinstance(part, Token)]
    codes = [encoding.overlay.levels[terminal] for terminal in opened if terminal in encoding.overlay.levels]
    return max(codes, default=SYNTAX_ERROR_IN_MESSAGE)
