"""What fuzzing found, and was mended since, stays mended; the fuzzers' own parts work without atheris."""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.megaco.binary.octets import fixtures

from . import tlvs, tokens
from .properties import check
from .tokens import dictionary, vocabulary

_FINDS = sorted(path for path in (Path(__file__).parent / "finds").iterdir() if path.name != "README.md")
_SEEDS = sorted((Path(__file__).parents[2] / "fixtures").glob("*/*.h248"))

Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]


@pytest.mark.parametrize("path", _FINDS, ids=lambda path: path.name)
def test_find(path: Path) -> None:
    """An input that once failed, in text or in binary."""
    check(path.read_bytes())


@pytest.mark.parametrize("path", _SEEDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_seed(path: Path) -> None:
    """A message that the fuzzer of text begins with."""
    check(path.read_bytes())


@pytest.mark.parametrize("name", fixtures())
def test_seed_in_binary(name: str) -> None:
    """A message that the fuzzer of binary begins with."""
    check(fixtures()[name])


@pytest.mark.parametrize(
    ("change", "seeds"),
    [(tokens.mutated, [path.read_bytes() for path in _SEEDS]), (tlvs.mutated, list(fixtures().values()))],
    ids=["text", "binary"],
)
def test_mutants(change: Change, seeds: list[bytes]) -> None:
    """Changes of parts make other messages, and most of them are still messages of a sort."""
    chance = random.Random(0)
    mutants = [change(seed, seeds, chance) for seed in seeds]
    assert sum(mutant != seed for mutant, seed in zip(mutants, seeds, strict=True)) > len(seeds) * 0.8
    for mutant in [*mutants, change(b"", seeds, chance)]:
        check(mutant)


def test_dictionary() -> None:
    """Keywords long and short and marks, in lines as libFuzzer reads them."""
    assert {b"Transaction", b"T", b"{", b"MEGACO"} <= set(vocabulary())
    lines = dictionary().splitlines()
    assert len(lines) == len(vocabulary())
    assert all(re.fullmatch(rb'"(?:[A-Za-z0-9]|\\x[0-9a-f]{2})+"', line) for line in lines)
