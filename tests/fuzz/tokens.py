"""Messages as tokens, for a fuzzer that would not think of ``ObservedEvents`` octet by octet."""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

from megaco.grammar import grammar_text, load_grammar

_TOKEN = re.compile(rb'"[^"]*"|;[^\r\n]*|[ \t\r\n]+|[A-Za-z0-9_]+|.', re.DOTALL)
_MOST = 8
"""Tokens that are moved, dropped or doubled at once."""


@cache
def vocabulary() -> tuple[bytes, ...]:
    """Return every keyword and mark that the grammar spells out, long and short."""
    spellings = load_grammar(grammar_text()).spellings.values()
    return tuple(sorted({spelling.encode("latin-1") for row in spellings for spelling in row if spelling}))


def dictionary() -> bytes:
    """Return the vocabulary as libFuzzer reads it: a quoted string a line."""
    return b"".join(b'"%s"\n' % b"".join(map(_escaped, token)) for token in vocabulary())


def _escaped(octet: int) -> bytes:
    return bytes([octet]) if chr(octet).isalnum() and octet < 128 else b"\\x%02x" % octet


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a message with a few of its tokens dropped, doubled, swapped, respelled, or taken from another message."""
    tokens = _TOKEN.findall(data) or [b""]
    first, last = _run(tokens, chance)
    chance.choice(_CHANGES)(tokens, first, last, others, chance)
    return b"".join(tokens)


_Change = Callable[[list[bytes], int, int, Sequence[bytes], random.Random], None]


def _drop(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    del tokens[first:last]


def _double(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    tokens[first:first] = tokens[first:last]


def _swap(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    other = chance.randrange(len(tokens))
    tokens[first], tokens[other] = tokens[other], tokens[first]


def _respell(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    tokens[first] = chance.choice((*vocabulary(), tokens[first].swapcase(), tokens[first] + b"1", b" ", b";\n"))


def _take(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    stranger = _TOKEN.findall(chance.choice(others))
    start, end = _run(stranger, chance)
    tokens[first : chance.choice((first, last))] = stranger[start:end]


def _take_block(tokens: list[bytes], first: int, last: int, others: Sequence[bytes], chance: random.Random) -> None:
    """Put what stands in a pair of braces of another message in the place of what stands in a pair of this one."""
    stranger = _TOKEN.findall(chance.choice(others))
    start, end = _block(stranger, chance)
    first, last = _block(tokens, chance)
    tokens[first:last] = stranger[start:end]


_CHANGES: tuple[_Change, ...] = (_drop, _double, _swap, _respell, _take, _take_block)


def _run(tokens: list[bytes], chance: random.Random) -> tuple[int, int]:
    """Choose a few tokens in a row."""
    first = chance.randrange(len(tokens))
    return first, min(first + chance.randint(1, _MOST), len(tokens))


def _block(tokens: list[bytes], chance: random.Random) -> tuple[int, int]:
    """Choose a word and the braces behind it; a few tokens where there are no braces."""
    opened = [index for index, token in enumerate(tokens) if token == b"{"]
    if not opened:
        return _run(tokens, chance)
    brace = chance.choice(opened)
    depth = 0
    for index in range(brace, len(tokens)):
        depth += (tokens[index] == b"{") - (tokens[index] == b"}")
        if depth == 0:
            return max(brace - chance.randint(0, _MOST), 0), index + 1
    return brace, len(tokens)
