"""No production of the grammar goes untested: the samples use every one, and every part of it."""

from collections.abc import Iterator

import pytest
from lark import Token, Tree

from megaco import allowances, decode
from megaco.grammar import Choice, Expansion, Many, Maybe, Sequence, Symbol
from megaco.text import text_encoding

from ..samples import DEVIANT, EVERY_SAMPLE

_GRAMMAR = text_encoding().grammar


def _parts(expansion: Expansion) -> Iterator[str]:
    """Yield the rules and terminals of a production; the parser keeps no terminal that begins with ``_``."""
    match expansion:
        case Symbol(name):
            yield from () if name.startswith("_") else (name,)
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _parts(part)
        case Maybe(part) | Many(part):
            yield from _parts(part)


def _used(sample: str) -> Iterator[tuple[str, str]]:
    for tree in text_encoding().parser.parse(sample).iter_subtrees():
        for child in tree.children:
            assert isinstance(child, Token | Tree)
            yield str(tree.data), str(child.type if isinstance(child, Token) else child.data)


def test_no_production_is_naked() -> None:
    """Every part of every production, and so every alternative, stands in some sample."""
    written = {(name, part) for name, production in _GRAMMAR.rules.items() for part in _parts(production)}
    assert written - {pair for sample in EVERY_SAMPLE for pair in _used(sample)} == set()


def test_the_deviant_uses_every_allowance() -> None:
    """One sample needs all allowances; the others need none."""
    seen: set[str] = set()
    decode(DEVIANT, on_deviation=lambda deviation: seen.add(deviation.allowance))
    assert seen == set(allowances())


@pytest.mark.parametrize("sample", [sample for sample in EVERY_SAMPLE if sample is not DEVIANT])
def test_the_samples_keep_to_the_standard(sample: str) -> None:
    """Strict decoding takes every sample but the deviant."""
    decode(sample, strict=True)
