"""Contexts and terminations."""

import pytest

from megaco.message import ALL_CONTEXTS, CHOOSE_CONTEXT, NULL_CONTEXT, is_wildcarded


@pytest.mark.parametrize(
    ("termination", "expected"),
    [("ip/1/2", False), ("ROOT", False), ("$", True), ("*", True), ("ip/$/2", True), ("ip/1/*", True), ("", False)],
)
def test_wildcards(termination: str, expected: bool) -> None:
    """CHOOSE or ALL at any level makes a wildcard."""
    assert is_wildcarded(termination) is expected


def test_special_contexts_are_the_binary_encodings() -> None:
    """Null, CHOOSE and ALL have the numbers that Annex A gives them."""
    assert (NULL_CONTEXT, CHOOSE_CONTEXT, ALL_CONTEXTS) == (0, 0xFFFFFFFE, 0xFFFFFFFF)
