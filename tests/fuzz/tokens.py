"""Messages as tokens, for a fuzzer that would not think of ``ObservedEvents`` octet by octet."""

import random
import re
from collections.abc import Sequence
from functools import cache

from megaco.grammar import grammar_text, load_grammar

_TOKEN = re.compile(rb'"[^"]*"|;[^\r\n]*|[ \t\r\n]+|[A-Za-z0-9_]+|.', re.DOTALL)
_USUAL = (b"0", b"1", b"65535", b"65536", b"4294967294", b"4294967296", b"$", b"*", b" ", b";\n", b'"a"', b"a/b")
_MOST = 4
"""Tokens that are dropped, doubled or moved at once, where they are no item."""

Span = tuple[int, int]


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
    """Return a message with a few tokens, or an item of a list, dropped, doubled, moved, respelled or exchanged."""
    tokens = _TOKEN.findall(data) or [b""]
    span_of = chance.choice((_run, _item, _item))
    first, last = span_of(tokens, chance)
    match chance.choice(("drop", "double", "move", "respell", "exchange", "exchange")):
        case "drop":
            del tokens[first:last]
        case "double":
            tokens[first:first] = [*tokens[first:last], *([b","] if span_of is _item else [])]
        case "move":
            start, end = span_of(tokens, chance)
            moved = tokens[first:last]
            tokens[first:last] = tokens[start:end]
            tokens[start:end] = moved
        case "respell":
            tokens[first] = chance.choice((*vocabulary(), *_USUAL, tokens[first].swapcase(), tokens[first] + b"1"))
        case _:
            tokens[first:last] = _like(tokens[first], _TOKEN.findall(chance.choice(others)), chance)
    return b"".join(tokens)


def _run(tokens: list[bytes], chance: random.Random) -> Span:
    """Choose a few tokens in a row."""
    first = chance.randrange(len(tokens))
    return first, min(first + chance.randint(1, _MOST), len(tokens))


def _item(tokens: list[bytes], chance: random.Random) -> Span:
    """Choose what stands between two commas, or a comma and a brace: a word, a descriptor, a command with all in it."""
    return _item_from(tokens, chance.choice(_beginnings(tokens) or [0]))


def _beginnings(tokens: list[bytes]) -> list[int]:
    marks = [at + 1 for at, token in enumerate(tokens) if token in (b"{", b",", b"[")]
    places = [at + tokens[at].isspace() for at in marks if at < len(tokens)]
    return [at for at in places if at < len(tokens)]


def _item_from(tokens: list[bytes], first: int) -> Span:
    depth = 0
    for at in range(first, len(tokens)):
        if depth == 0 and tokens[at] in (b",", b"}", b"]"):
            return first, max(at, first + 1)
        depth += (tokens[at] in (b"{", b"[")) - (tokens[at] in (b"}", b"]"))
    return first, len(tokens)


def _like(word: bytes, stranger: list[bytes], chance: random.Random) -> list[bytes]:
    """Take an item of another message: one that begins alike if there is one, since that may fit."""
    alike = [at for at in _beginnings(stranger) if stranger[at][:1].lower() == word[:1].lower()]
    first, last = _item_from(stranger, chance.choice(alike)) if alike else _item(stranger, chance)
    return stranger[first:last]
