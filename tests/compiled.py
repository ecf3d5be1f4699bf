"""Tests that change the code that they test: they need it as Python."""

import pytest

from megaco.transaction import engine

interpreted_only = pytest.mark.skipif(
    not engine.__file__.endswith(".py"),
    reason="compiled code cannot be changed; run with H248_INTERPRETED=1, as `make test` does too",
)
