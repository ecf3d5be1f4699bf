"""The generated modules: current, made anew the same each time, and never made from files that make no sense."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from megaco.grammar.generate import sources, stale

from .rebuild import Rebuilt


def test_what_is_shipped_is_current() -> None:
    """Who edits the grammar files runs ``make grammar``."""
    assert stale() == []


def test_it_is_the_same_each_time() -> None:
    """Nothing in the modules hangs on the order of a set."""
    command = [sys.executable, "-c", "from megaco.grammar.generate import sources; print(sources())"]
    found = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    names = [f"{path.parent.name}/{path.name}" for path in sources()]
    generated = ["text/decoder.py", "text/encoder.py", "binary/decoder.py", "binary/encoder.py", "binary/schema.py"]
    assert names == [*generated, "packages/shipped.json"]


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("megaco.lark", "\nstream_mode: MODE_TOKEN", "\nstream_mode; MODE_TOKEN", "megaco.lark"),
        ("megaco.lark", "transaction_item+", "transaction_item*", "megaco_message"),
        ("megaco.toml", "[rules.stream_mode]\nvalue = true", "[rules.stream_mode]\nvalues = true", "values"),
    ],
)
def test_files_that_make_no_sense_are_told(tmp_path: Path, file: str, old: str, new: str, what: str) -> None:
    """One line that says what is wrong, no traceback, and the modules stay as they were."""
    rebuilt = Rebuilt(tmp_path)
    rebuilt.edit(file, old, new)
    before = rebuilt.modules()
    refused = rebuilt.refusal()
    assert what in refused
    assert "Traceback" not in refused
    assert rebuilt.modules() == before
