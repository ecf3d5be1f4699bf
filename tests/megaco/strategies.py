"""Hypothesis strategies for message trees: every node that the text encoding carries, in its canonical form."""

from hypothesis import strategies as st

from megaco import message as tree
from megaco.message import Octets

UINT16 = st.integers(0, 65535)
UINT32 = st.integers(0, 4294967295)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORDS = _LETTERS + "0123456789_"
_QUOTED = st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters='"\x7f').filter(
    lambda character: character >= " " or character in "\t\r\n"
)


def _name(first: str = _LETTERS, rest: str = _WORDS, longest: int = 12) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.sampled_from(first), st.text(rest, max_size=longest))


def _tuple[Item](items: st.SearchStrategy[Item], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def _maybe[Item](items: st.SearchStrategy[Item]) -> st.SearchStrategy[Item | None]:
    return st.none() | items
