"""Hypothesis strategies that draw sentences from the grammar file itself: its productions are walked, from the first.

A sentence is right by the grammar, seldom by sense: the rules beside the grammar (ranges, what stands once, what must
stand) hold in most sentences, not in all, so that both those that are taken and those that are refused are drawn.
"""

import importlib
import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from math import isqrt
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st

from megaco.grammar import Choice, Expansion, Many, Maybe, Rule, Sequence, Symbol
from megaco.grammar.overlay import Target, message_class
from megaco.reference import TextEncoding, text_encoding

START = "megaco_message"
_POOL = 120
"""How many texts are made from the regular expression of a terminal."""
_WORDS = 24
"""How many of a terminal's texts are keywords, or begin like one."""
_LENGTHS = (20, 20, 20, 40, 40, 80, 80, 160)
"""About how many tokens a sentence has when its walk turns to the shortest way out."""
_MOST = 3
"""Repetitions of what may stand any number of times."""
_BARE = 120
"""How often punctuation stands among its texts without white space."""

_USUAL: dict[str, tuple[str, ...]] = {
    "version": ("1", "2", "3") * 400,
    "ip_address": ("[192.0.2.1]", "[10.0.0.255]", "[2001:db8::1]", "[::]", "[::FFFF:192.0.2.1]") * 40,
    "context_id": ("1", "-", "$", "*") * 10,
    "octet_string": ("v=0\r\nc=IN IP4 $\r\nm=audio $ RTP/AVP 0\r\n", "v=0\na=fmtp:96 a=1; b={2\\}\n", "m=audio") * 10,
    "path_name": ("ROOT", "$", "*", "ip/1/$", "a/*") * 4,
}
"""Kind of terminal -> texts that its regular expression alone would seldom give."""


class Token(NamedTuple):
    """A terminal and its text."""

    terminal: str
    text: str


def token_lists(encoding: TextEncoding | None = None, start: str = START) -> st.SearchStrategy[tuple[Token, ...]]:
    """Return the strategy for sentences of an encoding, as their tokens."""

    @st.composite
    def token_lists(draw: st.DrawFn) -> tuple[Token, ...]:
        return _Walk(draw, _map_of(encoding or text_encoding()), start).sentence()

    return token_lists()


def sentences(encoding: TextEncoding | None = None, start: str = START) -> st.SearchStrategy[str]:
    """Return the strategy for sentences of an encoding."""
    return token_lists(encoding, start).map(text_of)


def text_of(tokens: Iterable[Token]) -> str:
    """Return tokens as they stand in a message."""
    return "".join(token.text for token in tokens)


def texts_of(encoding: TextEncoding, terminal: str) -> tuple[str, ...]:
    """Return texts that a terminal can have, the short ones first."""
    return _map_of(encoding).texts(terminal)


# ------------------------------------------------------------------------------------------------------------ the walk


class _Frame:
    """What of a node has been written: what a rule of the overlay still lets stand in it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.targets: dict[str, Target] = rule.fields | (rule.spread.fields if rule.spread else {})
        self.single, self.required = _fields_of(rule)
        self.parts: set[str] = set()
        self.filled: set[str] = set()

    def note(self, part: str) -> None:
        self.parts.add(part)
        self.filled |= self._fields(part)

    def _fields(self, part: str) -> set[str]:
        """Return what a part fills; of fields that exclude each other the first stands for all."""
        target = self.targets.get(part, [])
        names = [target] if isinstance(target, str) else target
        return {next((group[0] for group in self.rule.one_of if name in group), name) for name in names}

    def bars(self, parts: frozenset[str]) -> bool:
        """Tell whether an alternative that hands up one of these parts has nothing left to say."""
        known = parts & self.targets.keys()
        return bool(known) and all(map(self._bars, known))

    def _bars(self, part: str) -> bool:
        if part in self.parts and part in self.rule.once:
            return True
        if isinstance(self.targets[part], str | dict) and self._fields(part) & self.filled & self.single:
            return True
        groups = [group for group in self.rule.exclusive if self.parts.intersection(group)]
        return any(part in group for group in self.rule.exclusive) and any(part not in group for group in groups)

    def lacks(self, parts: frozenset[str]) -> bool:
        """Tell whether one of these parts fills what must be filled and is not."""
        return any(self._fields(part) & self.required - self.filled for part in parts)


class _Walk:
    """One sentence being drawn."""

    def __init__(self, draw: st.DrawFn, grammar_map: "_Map", start: str) -> None:
        self.draw = draw
        self.map = grammar_map
        self.start = start
        self.tokens: list[Token] = []
        self.frames = [_Frame(Rule())]
        self.is_tidy = self._below(8) > 0
        """Whether the rules beside the grammar are followed."""
        self.is_literal = self._below(3) > 0
        """Whether terminals that are allowances are left alone."""
        self.length = _LENGTHS[self._below(len(_LENGTHS))]
        self.must_fill = False
        goals = self.map.goals(start)
        self.goal = goals[self._below(len(goals))] if self._below(4) else ""
        """A terminal that the walk goes to before it strolls, so that all are met alike."""
        self.is_literal &= self.goal not in self.map.encoding.allowance_of

    def sentence(self) -> tuple[Token, ...]:
        self._walk(Symbol(self.start, is_terminal=False))
        return tuple(self.tokens)

    def _below(self, limit: int) -> int:
        return self.draw(st.integers(0, limit - 1)) if limit > 1 else 0

    def _walk(self, expansion: Expansion) -> None:
        match expansion:
            case Symbol(name, is_terminal=True):
                texts = self.map.texts(name)
                self.tokens.append(Token(name, texts[self._below(len(texts))]))
                self.frames[-1].note(name)
                self.goal = "" if name == self.goal else self.goal
            case Symbol(name):
                self._rule(name)
            case Sequence(parts):
                for part in parts:
                    self._walk(part)
            case Choice(parts):
                self._walk(self._chosen(parts))
            case Maybe(part):
                if self._leads_on(part) or (not self._is_barred(part) and self._is_short() and self._below(2)):
                    self._walk(part)
            case Many(part, least):
                self._repeat(part, least)

    def _rule(self, name: str) -> None:
        rule = self.map.encoding.overlay.rules.get(name)
        if rule is None:
            self._walk(self.map.rules[name])
            return
        self.frames[-1].note(name)
        self.frames.append(_Frame(rule))
        self._walk(self.map.rules[name])
        self.frames.pop()

    def _repeat(self, part: Expansion, least: int) -> None:
        least = max(least, int(self._leads_on(part)))
        times = least + (self._below(_MOST + 1) if self._is_short() else 0)
        for number in range(times):
            if number < least or not self._is_barred(part):
                self._walk(part)
        while self.is_tidy and self.frames[-1].lacks(self.map.offers(part)):
            self.must_fill = True
            self._walk(part)
            self.must_fill = False

    def _chosen(self, parts: tuple[Expansion, ...]) -> Expansion:
        """Choose an alternative; those with more behind them more often, but the shortest once the sentence is long."""
        options = [part for part in parts if not self._is_barred(part)] or list(parts)
        if self.must_fill:
            options = [part for part in options if self.frames[-1].lacks(self.map.offers(part))] or options
        if any(map(self._leads_on, options)):
            options = [part for part in options if self._leads_on(part)]
        elif not self._is_short():
            least = min(map(self.map.cost, options))
            options = [part for part in options if self.map.cost(part) == least]
        weighted = [part for part in options for _ in range(isqrt(len(self.map.reach(part))))]
        return weighted[self._below(len(weighted))]

    def _is_short(self) -> bool:
        return len(self.tokens) < self.length

    def _leads_on(self, part: Expansion) -> bool:
        return bool(self.goal) and self.goal in self.map.reach(part)

    def _is_barred(self, part: Expansion) -> bool:
        if self.is_literal and not self.map.encoding.allowance_of.keys().isdisjoint(_own_terminals(part)):
            return True
        return self.is_tidy and self.frames[-1].bars(self.map.offers(part))


@cache
def _own_terminals(expansion: Expansion) -> frozenset[str]:
    """Return the terminals that stand in an alternative itself."""
    return frozenset(symbol.name for symbol in _symbols(expansion) if symbol.is_terminal)


def _symbols(expansion: Expansion) -> Iterator[Symbol]:
    match expansion:
        case Symbol():
            yield expansion
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _symbols(part)
        case Maybe(part) | Many(part):
            yield from _symbols(part)


def _fields_of(rule: Rule) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields of a rule's node that hold one value, and those that must be filled."""
    nodes = [*rule.classes.values(), *([rule.spread.node] if rule.spread else [])]
    return _fields_of_nodes(tuple(nodes), rule.one_of)


@cache
def _fields_of_nodes(
    nodes: tuple[str, ...], one_of: tuple[tuple[str, ...], ...]
) -> tuple[frozenset[str], frozenset[str]]:
    infos = [info for node in nodes for info in msgspec.structs.fields(message_class(node))]
    single = frozenset(info.name for info in infos if getattr(info.type, "__origin__", None) is not tuple)
    alone = {name for group in one_of for name in group[1:]}
    required = frozenset(info.name for info in infos if info.required and info.name not in alone)
    return single, required | {group[0] for group in one_of}


# --------------------------------------------------------------------------------------------- what a walk must know


class _Map:
    """What is known of each part of an encoding's grammar before any walk."""

    def __init__(self, encoding: TextEncoding) -> None:
        self.encoding = encoding
        self.rules = encoding.grammar.rules
        self._texts: dict[str, tuple[str, ...]] = {}
        self._offers: dict[Expansion, frozenset[str]] = {}
        self._reach: dict[Expansion, frozenset[str]] = {}
        self._goals: dict[str, list[str]] = {}

    def texts(self, terminal: str) -> tuple[str, ...]:
        if terminal not in self._texts:
            shape = self.encoding.shapes[terminal]
            usual = _USUAL.get(self.encoding.overlay.terminals.get(terminal, ""), ())
            found: list[str]
            if self.encoding.grammar.is_keyword(terminal):
                found = [*_written(self.encoding.grammar.spellings[terminal])]
            else:
                words = [word for word in self._words if shape.fullmatch(word)]
                chosen = random.Random(terminal).sample(words, min(_WORDS, len(words)))
                found = [*_made(shape.pattern), *chosen, *usual]
                found += [min(found, key=len)] * (_BARE if terminal.startswith("_") else 0)
            self._texts[terminal] = tuple(sorted(found, key=lambda text: (text not in usual, len(text), text)))
        return self._texts[terminal]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """Every keyword, and what only begins like one: names may be spelled so."""
        grammar = self.encoding.grammar
        words = sorted({word for name, row in grammar.spellings.items() if grammar.is_keyword(name) for word in row})
        ends = ("", "*", "$", ".", "-", "@a", "/*", "1", "_", "/Add", "-1", "/1")
        return tuple(word + end for word in words for end in ends)

    def offers(self, expansion: Expansion) -> frozenset[str]:
        """Return the parts that an expansion hands up to the rule that builds a node."""
        if expansion not in self._offers:
            found: set[str] = set()
            for symbol in _symbols(expansion):
                if symbol.is_terminal or symbol.name in self.encoding.overlay.rules:
                    found.add(symbol.name)
                else:
                    found |= self.offers(self.rules[symbol.name])
            self._offers[expansion] = frozenset(found)
        return self._offers[expansion]

    def reach(self, expansion: Expansion) -> frozenset[str]:
        """Return the terminals that can stand below an expansion."""
        if expansion not in self._reach:
            known: set[Symbol] = set()
            queue = list(_symbols(expansion))
            while queue:
                symbol = queue.pop()
                if symbol not in known:
                    known.add(symbol)
                    queue += () if symbol.is_terminal else _symbols(self.rules[symbol.name])
            self._reach[expansion] = frozenset(symbol.name for symbol in known if symbol.is_terminal)
        return self._reach[expansion]

    def goals(self, start: str) -> list[str]:
        """Return every terminal that a sentence can hold."""
        if start not in self._goals:
            self._goals[start] = sorted(self.reach(Symbol(start, is_terminal=False)))
        return self._goals[start]

    def cost(self, expansion: Expansion) -> int:
        """Return how many tokens an expansion takes at least."""
        match expansion:
            case Symbol(name, is_terminal):
                return 1 if is_terminal else self._costs[name]
            case Sequence(parts):
                return sum(map(self.cost, parts))
            case Choice(parts):
                return min(map(self.cost, parts))
            case Maybe():
                return 0
            case Many(part, least):
                return least * self.cost(part)

    @cached_property
    def _costs(self) -> dict[str, int]:
        """Rule -> its least number of tokens: from a number too high down to where nothing changes any more."""
        self.__dict__["_costs"] = costs = dict.fromkeys(self.rules, 1000)
        while True:
            before = dict(costs)
            for name, production in self.rules.items():
                costs[name] = min(costs[name], self.cost(production))
            if costs == before:
                return costs


@cache
def _map_of(encoding: TextEncoding) -> _Map:
    return _Map(encoding)


# ------------------------------------------------------------------------------------------------ texts of a terminal


def _written(spellings: Iterable[str]) -> set[str]:
    """Return a keyword's spellings in letter cases of all sorts."""
    cases: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, str.swapcase, _alternating)
    return {case(spelling) for spelling in spellings for case in cases}


def _alternating(word: str) -> str:
    return "".join(letter.upper() if place % 2 else letter.lower() for place, letter in enumerate(word))


@cache
def _made(pattern: str) -> frozenset[str]:
    """Make texts from a regular expression: always the same ones."""
    parser = importlib.import_module("re._parser")  # Python has no public way to the tree of an expression
    chance = random.Random(pattern)
    return frozenset("".join(_letters(parser.parse(pattern), chance, ignore_case=False)) for _ in range(_POOL))


def _letters(expression: Iterable[Any], chance: random.Random, *, ignore_case: bool) -> Iterator[str]:
    """Yield a text for an expression; what only looks ahead, or stands for an edge, has none."""
    for code, value in expression:
        match str(code):
            case "LITERAL":
                letter = chr(value)
                yield chance.choice((letter.lower(), letter.upper())) if ignore_case else letter
            case "IN" | "NOT_LITERAL" | "ANY":
                yield chance.choice(_members(str(code), value))
            case "BRANCH":
                yield from _letters(chance.choice(value[1]), chance, ignore_case=ignore_case)
            case "SUBPATTERN":
                _group, added, removed, inner = value
                folded = (ignore_case or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE
                yield from _letters(inner, chance, ignore_case=folded)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = value
                for _ in range(_times(int(least), int(most), chance)):
                    yield from _letters(inner, chance, ignore_case=ignore_case)
            case "ASSERT" | "ASSERT_NOT" | "AT":
                pass
            case other:
                raise ValueError(f"a regular expression with {other}, which no text is made for")


def _times(least: int, most: int, chance: random.Random) -> int:
    """Choose a number of repetitions: few, seldom as many as there may be."""
    if chance.random() < 0.005:
        return min(most, 80)
    times = least
    while times < most and chance.random() < 0.5:
        times += 1
    return times


def _members(code: str, value: Any) -> list[str]:
    """Return the octets, seen as Latin-1, of a set of characters."""
    rows: Any = [("LITERAL", value)] if code == "NOT_LITERAL" else [("NEGATE", None)] if code == "ANY" else value
    listed: set[int] = set()
    for kind, row in rows:
        match str(kind):
            case "LITERAL":
                listed.add(row)
            case "RANGE":
                listed.update(range(row[0], row[1] + 1))
            case "NEGATE":
                pass
            case other:
                raise ValueError(f"a set of characters with {other}, which no text is made for")
    is_negative = code == "NOT_LITERAL" or any(str(kind) == "NEGATE" for kind, _ in rows)
    return [chr(octet) for octet in range(256) if (octet in listed) is not is_negative]
