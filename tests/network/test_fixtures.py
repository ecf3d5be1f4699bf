"""Replays the runs that are kept: those that showed a fault, and those that reach what chance seldom does."""

from pathlib import Path

import pytest

from .files import FOLDER, replay, write
from .levels import ASSOCIATIONS, TRANSACTIONS


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_kept_run(path: Path) -> None:
    """A fault that was mended stays mended."""
    assert replay(path).violations == ()


def test_there_are_some() -> None:
    """The folder is where this file looks for it."""
    assert len(list(FOLDER.glob("*.toml"))) >= 15


def test_a_written_run_is_the_same(tmp_path: Path) -> None:
    """What is written reads as the plan that it was."""
    path = tmp_path / "run.toml"
    plan = TRANSACTIONS.draw("storm", 3)
    write(path, 'why "quoted"', plan)
    assert replay(path) == TRANSACTIONS.run(plan)
    service = ASSOCIATIONS.draw("turmoil", 3)
    write(path, "why", service)
    assert replay(path).outcomes == ASSOCIATIONS.run(service).outcomes
