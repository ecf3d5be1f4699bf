"""No production of the grammar goes untested: the fixtures use every one, every part of it and every keyword.

``python -m tests.megaco.text.test_productions`` prints what no fixture uses.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from lark import Lark, Token, Tree

from megaco import DecodeError, decode, encode
from megaco.grammar import Choice, Expansion, Many, Maybe, Sequence, Symbol, grammar_text, load_grammar
from megaco.text import ALLOWANCES, LAYOUTS

from ..samples import DEVIANT, EVERY_SAMPLE, LATER

_FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
_PRODUCTIONS = sorted((_FIXTURES / "productions").glob("*.h248"))
_DEVIATIONS = sorted((_FIXTURES / "deviations").glob("*.h248"))
_GRAMMAR = load_grammar(grammar_text())


class Use(NamedTuple):
    """Something that a message can do with a production, or a spelling of a keyword."""

    production: str
    what: str


_NEVER = {
    Use("service_change_descriptor", "no (_COMMA service_change_parm)"): "Method and Reason must both stand",
}
"""What the grammar allows -> the rule beside it that does not."""


# ------------------------------------------------------------------------------------------------- what can be done


def _possible() -> set[Use]:
    """Return all that messages can do."""
    spelled = {
        Use(name, f"spelled {spelling}")
        for name, spellings in _GRAMMAR.spellings.items()
        if _GRAMMAR.is_keyword(name)
        for spelling in spellings
    }
    return spelled | {Use(name, what) for name, production in _GRAMMAR.rules.items() for what in _forms(production)}


def _forms(expansion: Expansion) -> Iterator[str]:
    """Yield the parts of an expansion, and that some may be left out and others stand again."""
    match expansion:
        case Symbol(name):
            yield name
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _forms(part)
        case Maybe(part):
            yield f"without {_spelled(part)}"
            yield from _forms(part)
        case Many(part, least):
            yield from (_often(part, least, least), _often(part, least, least + 1))
            yield from _forms(part)


def _often(part: Expansion, least: int, times: int) -> str:
    """Tell what stands as seldom as it may from what stands more often."""
    return f"{'more' if times > least else 'one' if least else 'no'} {_spelled(part)}"


def _spelled(expansion: Expansion) -> str:
    """Return an expansion as the grammar file has it."""
    match expansion:
        case Symbol(name):
            return name
        case Sequence(parts):
            return f"({' '.join(map(_spelled, parts))})"
        case Choice(parts):
            return f"({' | '.join(map(_spelled, parts))})"
        case Maybe(part):
            return f"{_spelled(part)}?"
        case Many(part, least):
            return f"{_spelled(part)}{'+' if least else '*'}"


# ------------------------------------------------------------------------------------------------------ what is done


@cache
def _parser() -> Lark:
    """Return a parser that keeps punctuation in the tree."""
    return Lark(grammar_text(), parser="lalr", lexer="contextual", start="megaco_message", keep_all_tokens=True)


def _done(message: str) -> set[Use]:
    """Return what a message does."""
    uses: set[Use] = set()
    for tree in _parser().parse(message).iter_subtrees():
        children = tuple(_name(child) for child in tree.children)
        name = str(tree.data)
        ways = (found for at, found in _ways(_GRAMMAR.rules[name], children, 0) if at == len(children))
        uses |= {Use(name, what) for what in next(ways)}
    for token in _parser().parse(message).scan_values(lambda part: isinstance(part, Token)):
        spellings = _GRAMMAR.spellings.get(token.type, ())
        uses |= {Use(token.type, f"spelled {one}") for one in spellings if one.casefold() == token.casefold()}
    return uses


def _name(child: object) -> str:
    assert isinstance(child, Token | Tree)
    return str(child.type if isinstance(child, Token) else child.data)


def _ways(expansion: Expansion, children: tuple[str, ...], at: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield each way in which an expansion is the children from a place on: where it ends, and the forms it uses."""
    match expansion:
        case Symbol(name):
            if children[at : at + 1] == (name,):
                yield at + 1, frozenset({name})
        case Sequence(parts):
            yield from _in_turn(parts, children, at)
        case Choice(parts):
            for part in parts:
                yield from _ways(part, children, at)
        case Maybe(part):
            yield from _ways(part, children, at)
            yield at, frozenset({f"without {_spelled(part)}"})
        case Many(part, least):
            yield from _repeated(part, children, at, least)


def _in_turn(parts: tuple[Expansion, ...], children: tuple[str, ...], at: int) -> Iterator[tuple[int, frozenset[str]]]:
    if not parts:
        yield at, frozenset()
        return
    for middle, first in _ways(parts[0], children, at):
        for end, rest in _in_turn(parts[1:], children, middle):
            yield end, first | rest


def _repeated(part: Expansion, children: tuple[str, ...], at: int, least: int) -> Iterator[tuple[int, frozenset[str]]]:
    """Take as many as there are: nothing in the grammar that repeats can also stand behind the repetition."""
    times, used = 0, frozenset[str]()
    while (found := next(_ways(part, children, at), None)) is not None:
        at, used, times = found[0], used | found[1], times + 1
    if times >= least:
        yield at, used | {_often(part, least, times)}


def naked() -> list[Use]:
    """Return what messages can do and no fixture does."""
    messages = [path.read_bytes().decode("latin-1") for path in (*_PRODUCTIONS, *_DEVIATIONS)]
    return sorted(_possible() - set().union(*map(_done, messages)) - _NEVER.keys())


def report() -> str:
    """Return what is naked, a line each; "" where nothing is."""
    return "\n".join(f"{production}: {what}" for production, what in naked())


# ------------------------------------------------------------------------------------------------------------- tests


def test_no_production_is_naked() -> None:
    """Every part of every production, whatever may be left out or repeated, and every spelling of every keyword."""
    assert not report()


@pytest.mark.parametrize("path", _PRODUCTIONS, ids=lambda path: path.stem)
def test_the_productions_keep_to_the_standard(path: Path) -> None:
    """Strict decoding takes each, and what is written from it, in every encoding."""
    message = decode(path.read_bytes(), strict=True)
    for encoding in LAYOUTS:
        assert decode(encode(message, encoding), strict=True) == message


def test_each_allowance_has_its_deviation() -> None:
    """One file, called after it."""
    assert [path.stem for path in _DEVIATIONS] == sorted(ALLOWANCES)


@pytest.mark.parametrize("path", _DEVIATIONS, ids=lambda path: path.stem)
def test_a_deviation_is_taken_by_its_allowance(path: Path) -> None:
    """By that and no other: strict decoding refuses it, and so does decoding with all other allowances."""
    seen: set[str] = set()
    message = decode(path.read_bytes(), on_deviation=lambda deviation: seen.add(deviation.allowance))
    assert seen == {path.stem}
    assert decode(path.read_bytes(), allow=seen) == message
    for allowed in (set(), set(ALLOWANCES) - seen):
        with pytest.raises(DecodeError):
            decode(path.read_bytes(), allow=allowed)


def test_the_deviant_uses_every_allowance() -> None:
    """Two samples need all allowances; the others need none."""
    seen: set[str] = set()
    for sample in (DEVIANT, LATER):
        decode(sample, on_deviation=lambda deviation: seen.add(deviation.allowance))
    assert seen == set(ALLOWANCES)


@pytest.mark.parametrize("sample", [sample for sample in EVERY_SAMPLE if sample not in (DEVIANT, LATER)])
def test_the_samples_keep_to_the_standard(sample: str) -> None:
    """Strict decoding takes every sample but the deviants."""
    decode(sample, strict=True)


if __name__ == "__main__":
    print(report() or "every production, every part of it and every keyword is used")
