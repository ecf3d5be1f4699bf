"""The overlay names only what there is: rules, terminals, classes, members and fields."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec
import pytest

import megaco.message
from megaco.grammar import Expansion, Rule, load_overlay, read_toml
from megaco.grammar.expansion import Choice, Many, Maybe, Sequence, Symbol
from megaco.grammar.overlay import Target, message_class, message_enum
from megaco.reference import text_encoding

_GRAMMAR = text_encoding().grammar
_OVERLAY = text_encoding().overlay
_RULES = sorted(_OVERLAY.rules)


def _parts(expansion: Expansion) -> Iterator[str]:
    """Return what a rule hands over: its symbols, and those of rules that hand theirs up."""
    match expansion:
        case Symbol(name, is_terminal):
            if is_terminal or name in _OVERLAY.rules:
                yield name
            else:
                yield from _parts(_GRAMMAR.rules[name])
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _parts(part)
        case Maybe(part) | Many(part):
            yield from _parts(part)


def _targets(target: Target) -> list[str]:
    return [target] if isinstance(target, str) else list(target)


def _fields_of(node: type[msgspec.Struct]) -> set[str]:
    return {info.name for info in msgspec.structs.fields(node)}


def test_every_rule_exists() -> None:
    """A rule that the overlay lists stands in the grammar."""
    assert set(_RULES) <= set(_GRAMMAR.rules)


@pytest.mark.parametrize("name", _RULES)
def test_a_rule_yields_one_thing(name: str) -> None:
    """Exactly one of node, enum, value and flags is set."""
    rule = _OVERLAY.rules[name]
    assert [bool(rule.node), bool(rule.enum), rule.value, rule.flags].count(True) == 1


@pytest.mark.parametrize("name", _RULES)
def test_the_parts_of_a_rule_exist(name: str) -> None:
    """What the overlay binds stands in the rule's production."""
    rule, parts = _OVERLAY.rules[name], set(_parts(_GRAMMAR.rules[name]))
    assert set(rule.fields) <= parts
    assert set(rule.classes) - {""} <= parts
    assert set(rule.spread.fields if rule.spread else ()) <= parts
    assert {part for group in rule.exclusive for part in group} <= parts
    assert {*rule.once, *rule.unique} <= parts


@pytest.mark.parametrize("name", [name for name in _RULES if _OVERLAY.rules[name].node])
def test_the_targets_of_a_rule_exist(name: str) -> None:
    """Every part fills a field of a class that the rule builds, and what the rule says of fields is said of some."""
    rule = _OVERLAY.rules[name]
    fields = set().union(*(_fields_of(message_class(node)) for node in rule.classes.values()))
    assert {target for row in rule.fields.values() for target in _targets(row)} <= fields
    assert {field for group in rule.one_of for field in group} <= fields
    assert rule.spread is None or rule.spread.field in fields
    if rule.spread is not None:
        spread = _fields_of(message_class(rule.spread.node))
        assert {target for row in rule.spread.fields.values() for target in _targets(row)} <= spread
        assert rule.spread.absent is None or rule.spread.absent in spread


@pytest.mark.parametrize("name", [name for name in _RULES if _OVERLAY.rules[name].node])
def test_no_part_is_dropped(name: str) -> None:
    """A part of a production that carries a value fills a field: nothing decoded is lost without a word."""
    rule = _OVERLAY.rules[name]
    bound = {*rule.fields, *rule.classes, *(rule.spread.fields if rule.spread else ())}
    values = {part for part in _parts(_GRAMMAR.rules[name]) if part in _OVERLAY.rules or part in _OVERLAY.terminals}
    assert values - bound == set()


@pytest.mark.parametrize("name", [name for name in _RULES if _OVERLAY.rules[name].enum or _OVERLAY.rules[name].flags])
def test_the_members_of_an_enumeration_exist(name: str) -> None:
    """Each keyword of the rule stands for a member of its own."""
    rule = _OVERLAY.rules[name]
    members = rule.members()
    assert set(members) == set(_parts(_GRAMMAR.rules[name]))
    assert len(set(members.values())) == len(members)


def test_every_member_can_be_written() -> None:
    """Every member of every enumeration of the tree is a keyword's in some rule."""
    written = {member for rule in _OVERLAY.rules.values() if rule.enum for member in rule.members().values()}
    nodes = [getattr(megaco.message, name) for name in megaco.message.__all__]
    enums = [node for node in nodes if isinstance(node, type) and issubclass(node, Enum)]
    assert {member for enum in enums for member in enum} - written == set(megaco.message.Relation)


def test_every_node_is_built() -> None:
    """Every node class of the tree is built by some rule, or is a value that a terminal carries, or binary's alone."""
    spreads = {rule.spread.node for rule in _OVERLAY.rules.values() if rule.spread}
    built = {node for rule in _OVERLAY.rules.values() for node in rule.classes.values()} | spreads
    nodes = [getattr(megaco.message, name) for name in megaco.message.__all__]
    classes = {node.__name__ for node in nodes if isinstance(node, type) and issubclass(node, msgspec.Struct)}
    assert classes - built == {"Node", "NonStandardData", "Value", "TimeStamp"}


def test_terminals_exist() -> None:
    """Terminals, levels, words and allowances are those of the grammar; each that carries a value has a kind."""
    terminals = set(_GRAMMAR.spellings)
    assert set(_OVERLAY.terminals) <= terminals
    assert set(_OVERLAY.levels) <= {name for name in terminals if _GRAMMAR.is_keyword(name)}
    assert set(_OVERLAY.words) - {"$END"} <= terminals
    assert {allowance.terminal for allowance in _OVERLAY.allowances.values()} - {""} <= terminals
    assert set(_OVERLAY.since) <= terminals | set(_GRAMMAR.rules)
    assert set(_OVERLAY.since.values()) <= {2, 3}


def test_every_terminal_has_a_word() -> None:
    """An error can name whatever could have stood at a place."""
    unnamed = {name for name in _GRAMMAR.spellings if not _GRAMMAR.is_keyword(name)} - set(_OVERLAY.words)
    assert unnamed == {"LWSP", "END_OF_WORD", "END_OF_MAP", "DIGIT_STRING", "LOOSE_STRING"}


def test_the_layout_names_rules() -> None:
    """The layout breaks lines at rules that there are."""
    assert {*_OVERLAY.layout.lines, *_OVERLAY.layout.broken} <= set(_GRAMMAR.rules)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rules": {"x": {"nod": "Message"}}}, "unknown field `nod`"),
        ({"levels": {"TRANS_TOKEN": "403"}}, r"\$.levels"),
        ({"more": {}}, "unknown field `more`"),
    ],
)
def test_a_broken_overlay_is_refused(change: dict[str, Any], words: str) -> None:
    """A misspelled key or a value of the wrong type is named with its path."""
    with pytest.raises(msgspec.ValidationError, match=words):
        load_overlay({**read_toml("megaco.toml"), **change})


def test_classes_and_enumerations_are_told_apart() -> None:
    """A node is no enumeration and the other way round; a name that is not in the tree is no attribute."""
    with pytest.raises(TypeError, match="StreamMode is no node"):
        message_class("StreamMode")
    with pytest.raises(TypeError, match="Message is no enumeration"):
        message_enum("Message")
    with pytest.raises(AttributeError):
        message_class("Nothing")


def test_a_rule_that_builds_nothing_has_no_classes() -> None:
    """A rule without node has no classes; one with a plain node has one that no keyword decides."""
    assert Rule(value=True).classes == {}
    assert Rule(node="Message").classes == {"": "Message"}
