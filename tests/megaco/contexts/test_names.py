"""TerminationIDs with wildcards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megaco.contexts.names import fixed_start, form_to_fill, is_root, key_of, matcher_of


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("*", "anything/at/all", True),
        ("R13/3/*", "r13/3/1", True),
        ("R13/3/*", "R13/4/1", False),
        ("r13/*", "R13/3/1", True),  # the same previous characters (Annex B.1)
        ("*/1", "R13/3/1", True),
        ("R13/*/1", "R13/3/1", True),
        ("R13/*/1", "R13/3/2", False),
        ("tdm/1*", "tdm/17", True),
        ("tdm/1*", "tdm/27", False),
        ("a*a", "a", False),  # the characters before and after are not the same one
        ("a*a", "aa", True),
        ("a*b*a", "a/b/a", True),
        ("a*b*a", "a/c/a", False),
        ("*b*", "abc", True),
        ("**", "abc", True),
        ("abc", "ABC", True),
        ("abc", "abcd", False),
    ],
)
def test_all_stands_for_any_characters(pattern: str, name: str, matches: bool) -> None:
    """What matches has the same characters before and after (Annex B.1), in any case."""
    assert matcher_of(pattern)(key_of(name)) is matches


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_matching_is_that_of_a_regular_expression(pattern: str, name: str) -> None:
    """However many wildcards there are."""
    import re

    wanted = re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name) is not None
    assert matcher_of(pattern)(name) is wanted


def test_many_wildcards_cost_no_more_than_few() -> None:
    """A name of ten thousand characters, and a pattern that makes a naive matcher try for years."""
    assert not matcher_of("a*" * 5_000 + "b")("a" * 10_000)


@pytest.mark.parametrize(("name", "found"), [("ROOT", True), ("root", True), ("Root", True), ("roots", False)])
def test_root_is_known_in_any_case(name: str, found: bool) -> None:
    """Annex B.2: text has no case."""
    assert is_root(name) is found


@pytest.mark.parametrize(
    ("pattern", "start"), [("tdm/1/*", "tdm/1/"), ("TDM/$/x*", "tdm/"), ("*", ""), ("tdm/1", "tdm/1")]
)
def test_the_fixed_start_ends_at_the_first_wildcard(pattern: str, start: str) -> None:
    """In the case in which keys are."""
    assert fixed_start(pattern) == start


@pytest.mark.parametrize(
    ("pattern", "forms", "filled"),
    [
        ("$", ("rtp/$", "*"), "rtp/$"),
        ("$", ("ip/*/core/$",), None),
        ("$", ("*",), None),
        ("$", (), None),
        ("rtp/$", ("rtp/$",), "rtp/$"),
        ("RTP/$", ("rtp/$",), "RTP/$"),
        ("atm/$", ("rtp/$",), None),
        ("atm/$", ("rtp/$", "*"), "atm/$"),
        ("ip/1/core/$", ("ip/*/core/$",), "ip/1/core/$"),
        ("ip/1/lan/$", ("ip/*/core/$",), None),
        ("ip/$/core/$", ("ip/*/core/$",), None),
        ("ip/core/$", ("ip/*/core/$",), None),
        ("ip/$/core/$", ("ip/$/core/$",), "ip/$/core/$"),
    ],
)
def test_a_form_says_what_may_be_made(pattern: str, forms: tuple[str, ...], filled: str | None) -> None:
    """``$`` alone asks for the first; ``*`` in a form is a level that the controller names."""
    assert form_to_fill(pattern, forms) == filled
