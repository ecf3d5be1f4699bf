"""Laws that hold for every message tree: what is written is read back, in each layout and in JSON."""

import pytest
from hypothesis import HealthCheck, given, settings

from megaco import decode, encode, from_json, to_json
from megaco.message import Message
from megaco.text import LAYOUTS

from ..samples import EVERY_SAMPLE
from ..strategies import MESSAGES

_SLOW_TO_DRAW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@_SLOW_TO_DRAW
@given(MESSAGES)
def test_each_layout_is_read_back(message: Message) -> None:
    """Decoding what was encoded gives the same tree, in the pretty and the compact layout."""
    for layout in LAYOUTS:
        assert decode(encode(message, layout)) == message


@_SLOW_TO_DRAW
@given(MESSAGES)
def test_the_json_form_is_read_back(message: Message) -> None:
    """Reading the JSON form gives the same tree, from text and from UTF-8 octets."""
    document = to_json(message)
    assert from_json(document) == message
    assert from_json(document.encode("utf-8")) == message


@pytest.mark.parametrize("sample", EVERY_SAMPLE)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_encoding_is_settled_after_one_pass(sample: str, layout: str) -> None:
    """Octets that the encoder wrote are written again exactly so."""
    octets = encode(decode(sample), layout)
    assert encode(decode(octets), layout) == octets
