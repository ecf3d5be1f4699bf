"""``h248 version``."""

import platform
import sys
from importlib.metadata import PackageNotFoundError

import pytest

import megaco
from megaco.commands import version

from .samples import call


def test_it_says_what_runs() -> None:
    """Release, Python and codec, then the TLS libraries."""
    lines = call("version").stdout.splitlines()
    assert lines[:3] == [f"h248 {megaco.__version__}", f"Python {platform.python_version()}", "codec: interpreted"]
    assert [line.split()[0] for line in lines[3:]] == ["cryptography", "pyOpenSSL", "OpenSSL"]


def test_libraries_that_are_not_installed_have_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the TLS libraries there is nothing to say of them."""

    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(version, "installed_version", absent)
    monkeypatch.setitem(sys.modules, "OpenSSL", None)
    assert version.tls_versions() == []
