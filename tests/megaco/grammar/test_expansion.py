"""The grammar file as productions, and the laws that the file keeps."""

import logging
import re
from collections.abc import Iterator

import pytest
from lark import Lark
from lark.exceptions import LarkError
from lark.utils import logger

from megaco.grammar import Choice, Expansion, Grammar, Many, Maybe, Sequence, Symbol, grammar_text, load_grammar
from megaco.grammar.generate import START

_GRAMMAR = load_grammar(grammar_text())
_ONE_SPELLING = {
    *("OPTIONAL_TOKEN", "WILDCARD_TOKEN", "ON_TOKEN", "OFF_TOKEN", "AND_LGC_TOKEN", "OR_LGC_TOKEN"),
    *("V18_TOKEN", "V22_TOKEN", "V22BIS_TOKEN", "V32_TOKEN", "V32BIS_TOKEN", "V34_TOKEN", "V90_TOKEN", "V91_TOKEN"),
    *("H221_TOKEN", "H223_TOKEN", "H226_TOKEN", "V76_TOKEN"),
}
"""Keywords that Annex B spells in one way only."""
_THREE_SPELLINGS = {"EMERGENCY_OFF_TOKEN"}
"""Keywords whose long form differs between editions."""
_BUILDING_BLOCKS = {"LWSP", "END_OF_WORD", "END_OF_MAP", "DIGIT_STRING", "LOOSE_STRING"}
"""Terminals that only other terminals are made of."""


def _symbols(expansion: Expansion) -> Iterator[Symbol]:
    match expansion:
        case Symbol():
            yield expansion
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _symbols(part)
        case Maybe(part) | Many(part):
            yield from _symbols(part)


def _reachable(grammar: Grammar) -> set[str]:
    seen: set[str] = set()
    waiting = [START]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [symbol.name for symbol in _symbols(grammar.rules[name]) if not symbol.is_terminal]
    return seen


def test_forms() -> None:
    """Sequence, choice, option and repetition are read as such, one part alone as itself."""
    grammar = load_grammar('a: B (C | d)? E* b+\nb: B\nd: C\nB: "x" | "y"\nC: "c"\nE: /e/\n')
    b, c, d, e = Symbol("B", True), Symbol("C", True), Symbol("d", False), Symbol("E", True)
    assert grammar.rules["a"] == Sequence((b, Maybe(Choice((c, d))), Many(e, 0), Many(Symbol("b", False), 1)))
    assert grammar.rules["b"] == b
    assert grammar.spellings == {"B": ("x", "y"), "C": ("c",), "E": ()}


def test_forms_not_known_are_refused() -> None:
    """A form of Lark's that the codec cannot follow is named rather than passed over."""
    with pytest.raises(ValueError, match="a form that the codec does not know"):
        load_grammar('a: B~3\nB: "b"\n')


def test_a_broken_grammar_is_refused() -> None:
    """What Lark cannot read raises one of its errors."""
    with pytest.raises(LarkError):
        load_grammar("a: (B\n")


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    """LALR(1) decides every place: Lark, asked to report, reports no shift/reduce conflict."""
    level, logger.level = logger.level, logging.DEBUG
    logger.addHandler(caplog.handler)
    try:
        Lark(grammar_text(), parser="lalr", lexer="contextual", start=START, debug=True, maybe_placeholders=False)
    finally:
        logger.removeHandler(caplog.handler)
        logger.level = level
    assert [record.getMessage() for record in caplog.records if "onflict" in record.getMessage()] == []


def test_conflicts_would_be_seen(caplog: pytest.LogCaptureFixture) -> None:
    """The report that the test above reads does tell of conflicts where there are some."""
    level, logger.level = logger.level, logging.DEBUG
    logger.addHandler(caplog.handler)
    try:
        Lark('start: a "y"?\na: "x" b?\nb: "y"\n', parser="lalr", lexer="contextual", debug=True)
    finally:
        logger.removeHandler(caplog.handler)
        logger.level = level
    assert any("onflict" in record.getMessage() for record in caplog.records)


def test_every_production_is_reachable() -> None:
    """No rule is left over."""
    assert set(_GRAMMAR.rules) - _reachable(_GRAMMAR) == set()


def test_every_terminal_is_used() -> None:
    """No terminal is left over, but for those that other terminals are made of."""
    used = {symbol.name for rule in _GRAMMAR.rules.values() for symbol in _symbols(rule) if symbol.is_terminal}
    assert set(_GRAMMAR.spellings) - used == _BUILDING_BLOCKS


def test_every_keyword_has_a_long_and_a_short_form() -> None:
    """The long form comes first; a keyword without a short one, or with two long ones, is listed."""
    keywords = {name: row for name, row in _GRAMMAR.spellings.items() if _GRAMMAR.is_keyword(name)}
    assert {name for name, row in keywords.items() if len(row) == 1} == _ONE_SPELLING
    for name, row in keywords.items():
        assert 1 <= len(row) <= (3 if name in _THREE_SPELLINGS else 2), name
        assert len(row[0]) >= len(row[-1]), name


def test_no_two_keywords_share_a_spelling() -> None:
    """A spelling means one keyword."""
    spelled = [
        spelling.lower() for name, row in _GRAMMAR.spellings.items() if _GRAMMAR.is_keyword(name) for spelling in row
    ]
    assert len(spelled) == len(set(spelled))


def test_rules_are_named_after_the_standards() -> None:
    """A rule is lower case with underscores, a terminal upper case."""
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in _GRAMMAR.rules)
    assert all(re.fullmatch(r"_?[A-Z][A-Z0-9]*(_[A-Z]+)*", name) for name in _GRAMMAR.spellings)
