"""The reference parser and the decoder agree, message for message: both take it, as one tree, or both refuse it.

``H248_EXAMPLES=20000 pytest tests/megaco/text/test_agreement.py`` looks longer; without it each drawn test has a few
hundred examples.
"""

import difflib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import megaco
from megaco import DecodeError, Limits, Message, reference
from megaco.deviations import Deviation
from megaco.grammar import grammar_text, read_toml

from ..samples import EVERY_SAMPLE
from ..sentences import Token, text_of, texts_of, token_lists

_ROOT = Path(__file__).resolve().parents[3]
_CORPUS = _ROOT.parent / "shared" / "corpus" / "messages.jsonl"
_FIXTURES = sorted((_ROOT / "fixtures").glob("*/*.h248"))
_NAMES = [f"sample{number}" for number in range(len(EVERY_SAMPLE))] + [
    f"{path.parent.name}/{path.stem}" for path in _FIXTURES
]
"""Of the samples and fixtures, in this order."""
_TERMINALS = sorted(reference.text_encoding().shapes)
_EXAMPLES = int(os.environ.get("H248_EXAMPLES", "500"))
_DRAWN = settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
_MOST_TOKENS = 150
"""Of a message whose tokens are all tried."""
_SYNTAX_ERRORS = (400, 403, 422, 442)
"""Codes of a syntax error, from the message down to the command."""

Decoder = Callable[[bytes, bool, Callable[[Deviation], None]], Message]


class Verdict(NamedTuple):
    """What a decoder says of a message."""

    message: Message | None
    deviations: tuple[tuple[int, int, str], ...]
    """Line, column and allowance of each."""
    error: DecodeError | None

    def __str__(self) -> str:
        if self.error is not None:
            return f"refuses it: {self.error.place}: {self.error.summary}"
        return f"takes it, with {', '.join(f'{row[0]}:{row[1]} {row[2]}' for row in self.deviations) or 'no deviation'}"


def by_reference(data: bytes, strict: bool, on_deviation: Callable[[Deviation], None]) -> Message:
    """Decode with the reference parser."""
    encoding = reference.text_encoding()
    allow = frozenset() if strict else frozenset(encoding.overlay.allowances)
    return reference.decode(data, encoding, allow=allow, on_deviation=on_deviation, max_items=Limits().items)


def by_decoder(data: bytes, strict: bool, on_deviation: Callable[[Deviation], None]) -> Message:
    """Decode as users of the library do."""
    return megaco.decode(data, strict=strict, on_deviation=on_deviation, limits=Limits(nesting=1000))


def verdict(decoder: Decoder, data: bytes, strict: bool) -> Verdict:
    """Ask a decoder; anything that it raises but a DecodeError fails the test."""
    deviations: list[tuple[int, int, str]] = []

    def note(deviation: Deviation) -> None:
        deviations.append((deviation.line or 0, deviation.column or 0, deviation.allowance))

    try:
        message = decoder(data, strict, note)
    except DecodeError as error:
        return Verdict(None, (), error)
    return Verdict(message, tuple(sorted(deviations)), None)


def both(data: bytes, strict: bool, decoder: Decoder = by_decoder) -> Verdict:
    """Ask both decoders and fail where they disagree; return what they say.

    A message with several faults may be refused for any of them; where both stop at one octet their codes are compared.
    """
    expected, found = verdict(by_reference, data, strict), verdict(decoder, data, strict)
    if found.error is not None and found.error.what.startswith("nested deeper"):
        return found  # the reference knows no such limit
    if found.error is not None and found.error.what.startswith("nested deeper"):
        return found  # the reference knows no such limit
    agree = (expected.message, expected.deviations) == (found.message, found.deviations)
    if expected.error is not None and found.error is not None and expected.error.offset == found.error.offset:
        agree = _are_near(expected.error.code, found.error.code)
    if not agree:
        pytest.fail(_told(data, strict, expected, found), pytrace=False)
    return expected


def _are_near(one: int, other: int) -> bool:
    """Tell whether two codes are the same, or of levels next to each other.

    A command that could go on, and an action behind its last brace, are open to one decoder and closed to the other.
    """
    # What stands in a command a second time can be wrong in itself too: one decoder sees this first, one that.
    one, other = (442 if code in (448, 456) else code for code in (one, other))
    # What stands in a command a second time can be wrong in itself too: one decoder sees this first, one that.
    one, other = (442 if code in (448, 456) else code for code in (one, other))
    if one in _SYNTAX_ERRORS and other in _SYNTAX_ERRORS:
        return abs(_SYNTAX_ERRORS.index(one) - _SYNTAX_ERRORS.index(other)) <= 1
    return one == other


def _told(data: bytes, strict: bool, expected: Verdict, found: Verdict) -> str:
    """Return the message, what each decoder says of it, and how their trees differ."""
    lines = [
        f"the decoders disagree ({'strict' if strict else 'with all allowances'}) on",
        data.decode("utf-8", "backslashreplace"),
        repr(data),
        f"the reference {expected}",
        f"the decoder {found}",
    ]
    if expected.message is not None and found.message is not None:
        trees = megaco.to_json(expected.message).splitlines(), megaco.to_json(found.message).splitlines()
        lines += difflib.unified_diff(trees[0], trees[1], "reference", "decoder", lineterm="")
    return "\n".join(lines)


def both_ways(data: bytes) -> None:
    """Both decoders agree with all allowances and without."""
    lax = both(data, strict=False)
    strict = both(data, strict=True)
    assert (strict.message is not None) is (lax.message is not None and not lax.deviations)


# ------------------------------------------------------------------------------------------------------ given messages


@pytest.mark.parametrize("path", _FIXTURES, ids=_NAMES[len(EVERY_SAMPLE) :])
def test_on_the_fixtures(path: Path) -> None:
    """Whole, and cut short behind each line."""
    data = path.read_bytes()
    both_ways(data)
    for end in [place for place, octet in enumerate(data) if octet in b"\r\n"]:
        both(data[:end], strict=False)


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_on_the_samples(sample: str) -> None:
    """Between them they use every production."""
    both_ways(sample.encode())


@pytest.mark.skipif(not _CORPUS.is_file(), reason="the corpus is not beside the project")
def test_on_messages_of_others() -> None:
    """Every text message of the corpus, valid or not."""
    rows = [json.loads(line) for line in _CORPUS.read_text("utf-8").splitlines()]
    messages = [row["text"].encode("utf-8", "surrogatepass") for row in rows if "text" in row]
    assert len(messages) > 1000
    for message in messages:
        both_ways(message)


# ---------------------------------------------------------------------------------------------------- changed messages


@cache
def _known_messages() -> tuple[tuple[Token, ...], ...]:
    """Return the fixtures and samples as tokens."""
    texts = [*EVERY_SAMPLE, *(path.read_bytes().decode("latin-1") for path in _FIXTURES)]
    lexers = [reference.text_encoding().parser.parse_interactive(text) for text in texts]
    return tuple(tuple(Token(row.type, str(row)) for row in lexer.iter_parse()) for lexer in lexers)


@pytest.mark.parametrize("number", range(len(_NAMES)), ids=_NAMES)
def test_on_known_messages_without_each_token(number: int) -> None:
    """Each of their first tokens left out, and each keyword among them replaced by a word that is none."""
    tokens = _known_messages()[number]
    for at, token in enumerate(tokens[:_MOST_TOKENS]):
        before, after = text_of(tokens[:at]), text_of(tokens[at + 1 :])
        both((before + after).encode("latin-1"), strict=False)
        if token.terminal.endswith("_TOKEN"):
            both((before + "Zz" + after).encode("latin-1"), strict=False)


_MESSAGES = st.deferred(lambda: st.sampled_from(_known_messages())) | token_lists()


@st.composite
def _one_token_off(draw: st.DrawFn) -> str:
    """A message with a token left out, doubled, exchanged, replaced, put in, or in other letter case."""
    tokens = list(draw(_MESSAGES))
    places = st.integers(0, len(tokens) - 1)
    at, other = draw(places), draw(places)
    stranger = draw(st.sampled_from(_TERMINALS))
    spelled = draw(st.sampled_from(texts_of(reference.text_encoding(), stranger)))
    match draw(st.sampled_from(["left out", "doubled", "exchanged", "replaced", "put in", "in other case"])):
        case "left out":
            del tokens[at]
        case "doubled":
            tokens.insert(at, tokens[at])
        case "exchanged":
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case "replaced":
            tokens[at] = Token(stranger, spelled)
        case "put in":
            tokens.insert(at, Token(stranger, spelled))
        case _:
            tokens[at] = Token(tokens[at].terminal, tokens[at].text.swapcase())
    return text_of(tokens)


@st.composite
def _one_octet_off(draw: st.DrawFn) -> bytes:
    """A message with an octet left out, changed or put in."""
    data = draw(_MESSAGES.map(text_of)).encode("latin-1")
    at = draw(st.integers(0, len(data) - 1))
    octet = bytes([draw(st.sampled_from(b'{}[]=,:;/-*$.@"\\ \n\r019aAxX<>#\x00\x7f\x80') | st.integers(0, 255))])
    return data[:at] + draw(st.sampled_from([octet, b"", octet + data[at : at + 1]])) + data[at + 1 :]


@st.composite
def _cut_short(draw: st.DrawFn) -> bytes:
    """The beginning of a message."""
    data = draw(_MESSAGES.map(text_of)).encode("latin-1")
    return data[: draw(st.integers(0, len(data) - 1))]


@_DRAWN
@given(token_lists())
def test_on_sentences_of_the_grammar(tokens: tuple[Token, ...]) -> None:
    """All productions are met, with names, numbers and white space of all sorts."""
    both_ways(text_of(tokens).encode("latin-1"))


@_DRAWN
@given(_one_token_off())
def test_on_messages_with_one_token_off(text: str) -> None:
    """Of fixtures, samples and drawn sentences."""
    both_ways(text.encode("latin-1"))


@_DRAWN
@given(_one_octet_off())
@example(b"0")
@example(b"")
def test_on_messages_with_one_octet_off(data: bytes) -> None:
    """Of fixtures, samples and drawn sentences."""
    both_ways(data)


@_DRAWN
@given(_cut_short())
def test_on_messages_cut_short(data: bytes) -> None:
    """Of fixtures, samples and drawn sentences."""
    both_ways(data)


# --------------------------------------------------------------------------------------------------- the tests' tools


def test_a_disagreement_is_told() -> None:
    """With the message, what each decoder says, and the line of the tree in which they differ."""
    data = b"!/1 a PN=1{}"

    def refuses(data: bytes, strict: bool, on_deviation: Callable[[Deviation], None]) -> Message:
        raise DecodeError("nothing", line=1, column=1)

    def misreads(data: bytes, strict: bool, on_deviation: Callable[[Deviation], None]) -> Message:
        return by_reference(data.replace(b"1{", b"2{"), strict, on_deviation)

    with pytest.raises(pytest.fail.Exception, match=r"(?s)!/1 a PN=1\{\}.*takes it, with no dev.*refuses it: 1:1"):
        both(data, strict=True, decoder=refuses)
    with pytest.raises(pytest.fail.Exception, match=r'(?s)-.*"transaction_id": 1.*\+.*"transaction_id": 2'):
        both(data, strict=False, decoder=misreads)


def _drawn(strategy: st.SearchStrategy[tuple[Token, ...]], count: int) -> list[tuple[Token, ...]]:
    """Return what a strategy draws."""
    found: list[tuple[Token, ...]] = []

    @settings(_DRAWN, max_examples=count, phases=[Phase.generate], database=None)
    @given(strategy)
    def draw(tokens: tuple[Token, ...]) -> None:
        found.append(tokens)

    draw()
    return found


def test_most_sentences_are_taken() -> None:
    """About three quarters are, and more than half of all to the letter; the rest breaks a rule beside the grammar."""
    messages = [text_of(tokens).encode("latin-1") for tokens in _drawn(token_lists(), 300)]
    verdicts = [verdict(by_reference, message, strict=False) for message in messages]
    taken = [one for one in verdicts if one.message is not None]
    assert len(messages) * 0.6 < len(taken) < len(messages)
    assert len(messages) * 0.2 < len([one for one in taken if not one.deviations])


def test_sentences_follow_the_grammar() -> None:
    """Of a grammar without an alternative there are no sentences that use it; of the shipped one there are."""
    changed = grammar_text().replace("                | NEVER_NOTIFY_TOKEN\n", "")
    other = reference.TextEncoding(changed, read_toml("megaco.toml"))
    for encoding, is_met in ((reference.text_encoding(), True), (other, False)):
        drawn = _drawn(token_lists(encoding, "notify_behaviour"), 200)
        assert any(token.terminal == "NEVER_NOTIFY_TOKEN" for tokens in drawn for token in tokens) is is_met
