"""A sample message as the tokens that its grammar sees, so that tests can rewrite one kind of token everywhere."""

from collections.abc import Callable

from lark import Token

from megaco.reference import TextEncoding, text_encoding


def tokens_of(text: str, encoding: TextEncoding | None = None) -> list[Token]:
    """Return every token, punctuation and white space included, in order."""
    return list((encoding or text_encoding()).parser.parse_interactive(text).iter_parse())


def rewritten(text: str, spell: Callable[[Token, Token | None], str]) -> str:
    """Return the text with each token spelled anew; ``spell`` takes the token and the one before it."""
    tokens = tokens_of(text)
    return "".join(map(spell, tokens, [None, *tokens]))
