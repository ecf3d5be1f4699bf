"""Every keyword of the grammar, long and short, in any letter case."""

import pytest
from lark import Token

from megaco import decode
from megaco.reference import text_encoding

from ..samples import EVERY_SAMPLE, HEAD
from .lexing import rewritten, tokens_of

_GRAMMAR = text_encoding().grammar
_KEYWORDS = sorted(name for name in _GRAMMAR.spellings if _GRAMMAR.is_keyword(name))


def test_the_samples_use_every_keyword() -> None:
    """No keyword of the grammar goes untested here."""
    used = {token.type for message in EVERY_SAMPLE for token in tokens_of(message)}
    assert set(_KEYWORDS) - used == set()


@pytest.mark.parametrize("keyword", _KEYWORDS)
def test_each_spelling_means_the_same(keyword: str) -> None:
    """The long and the short form, in capitals, small letters and a mixture, decode alike."""
    message = next(text for text in EVERY_SAMPLE if any(token.type == keyword for token in tokens_of(text)))
    expected = decode(message)
    for spelling in _GRAMMAR.spellings[keyword]:
        for written in {spelling, spelling.lower(), spelling.upper(), spelling.swapcase()}:

            def spell(token: Token, _before: Token | None, written: str = written) -> str:
                return written if token.type == keyword else str(token)

            assert decode(rewritten(message, spell)) == expected


def test_keywords_are_no_reserved_words() -> None:
    """A termination, a package or a parameter may be called like a keyword that cannot stand there."""
    message = HEAD + "T = 1 { C = 1 { Add = Add { Events = 1 { Media/Add { Local = Add } } } } }"
    assert decode(message) != decode(message.replace("= Add {", "= t {"))


def test_a_keyword_ends_where_its_word_ends() -> None:
    """``Ax`` is not the keyword ``A`` with something after it."""
    with pytest.raises(Exception, match="'Ax'; expected Add"):
        decode(HEAD + "T = 1 { C = 1 { Ax = t } }")
