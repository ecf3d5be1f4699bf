"""A gateway without physical terminations, whose application does whatever is asked."""

import pytest

from .rig import Rig


@pytest.fixture
def rig() -> Rig:
    """Return it with the default settings."""
    return Rig()
