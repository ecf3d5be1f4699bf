"""``h248 version``."""

import platform
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import PackageNotFoundError

import pytest

import megaco
from megaco.commands import version
from megaco.interpreted import mode
from megaco.text import decoder

from .samples import call


def test_it_says_what_runs() -> None:
    """Release, Python and codec, then the TLS libraries."""
    lines = call("version").stdout.splitlines()
    assert lines[:2] == [f"h248 {megaco.__version__}", f"Python {platform.python_version()}"]
    assert lines[2] == {"compiled": "codec: compiled (mypyc)", "interpreted": "codec: interpreted"}[mode(decoder)]
    assert [line.split()[0] for line in lines[3:]] == ["cryptography", "pyOpenSSL", "OpenSSL"]


@pytest.mark.parametrize(
    ("suffix", "line"), [(EXTENSION_SUFFIXES[0], "codec: compiled (mypyc)"), (".py", "codec: interpreted")]
)
def test_the_codec_is_what_was_loaded(monkeypatch: pytest.MonkeyPatch, suffix: str, line: str) -> None:
    """A compiled module was loaded from a library."""
    monkeypatch.setattr(decoder, "__file__", f"/somewhere/decoder{suffix}")
    assert call("version").stdout.splitlines()[2] == line


def test_libraries_that_are_not_installed_have_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the TLS libraries there is nothing to say of them."""

    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(version, "installed_version", absent)
    monkeypatch.setitem(sys.modules, "OpenSSL", None)
    assert version.tls_versions() == []
