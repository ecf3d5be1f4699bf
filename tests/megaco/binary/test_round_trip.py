"""Laws that hold for every message tree: what is written is read back, to the letter, and written again as it was."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings

from megaco import EncodeError, Message, decode, encode, from_json, to_json
from megaco.binary import Dictionary
from megaco.message import AddRequest, Value

from ..canonical import canonical
from ..samples import EVERY_SAMPLE, request
from ..strategies import MESSAGES
from .octets import fixtures
from .trees import for_binary

_SLOW_TO_DRAW = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
_FOR_BINARY = MESSAGES.map(for_binary)


@_SLOW_TO_DRAW
@given(_FOR_BINARY)
def test_every_tree_is_read_back(message: Message) -> None:
    """Strict decoding of what was encoded gives the same tree; nothing of it needs an allowance."""
    octets = encode(message, "binary")
    assert decode(octets, strict=True) == message
    assert encode(decode(octets), "binary") == octets


@_SLOW_TO_DRAW
@given(_FOR_BINARY)
def test_the_json_form_is_read_back(message: Message) -> None:
    """Also of what only binary has."""
    assert from_json(to_json(message)) == message


@_SLOW_TO_DRAW
@given(MESSAGES)
def test_trees_of_text_are_carried_or_refused(message: Message) -> None:
    """Any tree out of text is written and settled after one pass, or refused."""
    with suppress(EncodeError):
        octets = encode(message, "binary")
        read = decode(octets)
        assert encode(read, "binary") == octets
        assert decode(encode(read, "binary")) == read


@pytest.mark.parametrize("name", fixtures())
def test_encoding_is_settled_after_one_pass(name: str) -> None:
    """Octets that the encoder wrote are written again exactly so, and the tree is what text makes of it."""
    octets = fixtures()[name]
    message = decode(octets)
    assert encode(message, "binary") == octets
    assert decode(encode(message, "binary")) == message


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
def test_samples_come_back_in_their_canonical_form(sample: str) -> None:
    """Worked out from the package files alone."""
    message = decode(sample)
    with suppress(EncodeError):
        assert decode(encode(message, "binary")) == canonical(message)


@pytest.mark.parametrize(
    "text", ["*", "$", "*/*", "$/$", "*/$", "*/*/*", "$/$/$/$", "*/1/$", "ip/*", "ip/1/*/*", "a/*"]
)
def test_wildcards_come_back(text: str) -> None:
    """A TerminationID of wildcards, or with some, is the same text and the same octets the next time."""
    message = request(AddRequest((text,)), version=3)
    octets = encode(message, "binary")
    assert decode(octets, strict=True) == message
    assert encode(decode(octets), "binary") == octets


def test_every_item_has_one_name_and_one_number() -> None:
    """Each property, event, signal and statistic goes by its name to its octets and back; so do their parameters."""
    names = Dictionary()
    for kind in (names.properties, names.events, names.signals, names.statistics):
        for octets, item in list(kind.by_octets.items()):
            assert kind.named(item.name).octets == octets, item.name
            assert kind.named(item.name.upper()).octets == octets, item.name
            for scope in (item.requested, item.observed):
                for term in scope.by_octets.values():
                    assert scope.named(term.name).octets == term.octets, (item.name, term.name)


def test_every_word_of_a_value_comes_back() -> None:
    """The words of all enumerations in all packages."""
    names = Dictionary()
    for kind in (names.properties, names.events, names.signals, names.statistics):
        for item in list(kind.by_octets.values()):
            for term in (item, *item.requested.by_octets.values(), *item.observed.by_octets.values()):
                for number in range(20):
                    value = term.codec.read(bytes([10, 1, number])) or term.codec.read(bytes([2, 1, number]))
                    if value is not None and term.codec.is_known:
                        assert term.codec.read(term.codec.write(Value(value.text))) == value, (item.name, term.name)
