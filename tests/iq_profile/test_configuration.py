"""Configuration files: what is wrong with them in one line, and the printed defaults read back."""

import io
import sys
import tomllib
from enum import Enum
from pathlib import Path

import msgspec
import pytest

from iq_profile.agw.config import AgwConfig, read_agw_config
from iq_profile.alg.config import AlgConfig, read_alg_config
from iq_profile.configuration import field_meanings, print_configuration
from megaco.errors import LocalError
from megaco.toml import read_toml

from .faults import told


class Colour(Enum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Inner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table
    whose meaning takes two lines."""

    colour: Colour = Colour.RED
    r"""Of the wall, "as is" \ as painted.

    In more words.
    """
    names: tuple[str, ...] = ("a", 'say "b" \\ c')
    undocumented: bool = True


class Outer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file."""

    number: int = 7
    """How many."""
    optional: str | None = None
    """Left out unless set."""
    made: list[float] = msgspec.field(default_factory=lambda: [0.5])
    """Anew for each."""
    inner: Inner = Inner()


def _error(tmp_path: Path, text: str | bytes, kind: type[msgspec.Struct] = Outer) -> str:
    """Return what is said of a file, without the file's name, which has to begin it, and the line."""
    path = tmp_path / "some.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    readers = {AgwConfig: read_agw_config, AlgConfig: read_alg_config}
    with pytest.raises(LocalError) as caught:
        readers[kind](str(path)) if kind in readers else read_toml(str(path), kind)
    return told(caught.value, path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "unknown key colour; allowed here: inner, made, number, optional"),
        ("[inner]\nsize = 1", "unknown key inner.size; allowed here: colour, names, undocumented"),
        ('[inner]\n"a.b" = 1', "unknown key inner.a.b; allowed here: colour, names, undocumented"),
        ('[inner]\n"a`b - at `$.c" = 1', "unknown key inner.a`b - at `$.c; allowed here: colour, names, undocumented"),
        ('number = "x"', "number = 'x': Expected `int`, got `str`"),
        ("inner = 3", "inner = 3: Expected `object`, got `int`"),
        ('[inner]\ncolour = "green"', "inner.colour = 'green': Invalid enum value 'green'; allowed: red, blue"),
        ('[inner]\nnames = "a"', "inner.names = 'a': Expected `array`, got `str`"),
        ('[inner]\nnames = ["a", 3]', "inner.names[1] = 3: Expected `str`, got `int`"),
        ("number = ", "not TOML: Invalid value (at end of document)"),
        (b"number = '\xff'", "not UTF-8"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    """File, key, value, and what is allowed."""
    assert _error(tmp_path, text) == said


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Missing, and a folder."""
    with pytest.raises(LocalError, match=r"nothing\.toml: No such file or directory$"):
        read_toml(str(tmp_path / "nothing.toml"), Outer)
    with pytest.raises(LocalError, match=r"Is a directory$"):
        read_toml(str(tmp_path), Outer)


def test_standard_input_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads it, and its errors call it stdin."""
    for text in (b"number = 3", b"number = x"):
        stream = io.TextIOWrapper(io.BytesIO(text), "utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        if text.endswith(b"3"):
            assert read_toml("-", Outer) == Outer(number=3)
        else:
            with pytest.raises(LocalError, match=r"^stdin: not TOML"):
                read_toml("-", Outer)


def test_a_file_that_sets_nothing_means_the_defaults(tmp_path: Path) -> None:
    """Every key has a default."""
    path = tmp_path / "empty.toml"
    path.write_text("")
    assert read_toml(str(path), Outer) == Outer()
    assert read_agw_config(str(path)) == AgwConfig()
    assert read_alg_config(str(path)) == AlgConfig()


@pytest.mark.parametrize("kind", [Outer, AgwConfig, AlgConfig])
def test_the_printed_configuration_reads_back_to_the_defaults(tmp_path: Path, kind: type[msgspec.Struct]) -> None:
    """Quotation marks, lists, choices and tables among them."""
    path = tmp_path / "printed.toml"
    path.write_text(print_configuration(kind))
    assert read_toml(str(path), kind) == kind()


@pytest.mark.parametrize("kind", [AgwConfig, AlgConfig])
def test_every_key_is_printed_with_its_meaning(kind: type[msgspec.Struct]) -> None:
    """No key without a comment above it, none left out."""
    lines = print_configuration(kind).splitlines()
    printed = tomllib.loads("\n".join(lines))
    assert msgspec.json.decode(msgspec.json.encode(kind())) == printed
    for line, above in zip(lines[1:], lines, strict=False):
        if " = " in line and not line.startswith("#"):
            assert above.startswith("# "), line


def test_the_printed_configuration_shows_what_is_not_set() -> None:
    """A key without default stands there as a comment; a table begins with its first line of meaning."""
    printed = print_configuration(Outer)
    assert '# Left out unless set.\n# optional = ""' in printed
    assert "# A table\n[inner]" in printed
    assert '# Of the wall, "as is" \\ as painted.\n# \n# In more words.\ncolour = "red"' in printed


def test_meanings_are_the_docstrings_below_the_fields() -> None:
    """A field without one has none."""
    assert field_meanings(Inner).keys() == {"colour"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "unknown key x; allowed here: h248, policy, signalling, transport"),
        (
            "[h248]\ncontroller = ''",
            "unknown key h248.controller; allowed here: accept_profiles, acknowledge_after_s, ",
        ),
        (
            "[h248]\nlisten = 'dccp://127.0.0.1'",
            "h248.listen = 'dccp://127.0.0.1': the transport is one of udp, tcp, sctp,",
        ),
        ("[h248]\nlisten = 'memory:alg'", "h248.listen = 'memory:alg': the transport is one of udp, tcp, sctp,"),
        ("[h248]\nlisten = 'udp://-.net'", "h248.listen = 'udp://-.net': '-.net' is no host; allowed: "),
        (
            "[h248]\nlisten = 'udp://127.0.0.1:70000'",
            "h248.listen = 'udp://127.0.0.1:70000': port 70000; allowed: 0 to ",
        ),
        ("[h248]\nlisten = 'udp://[::1'", "h248.listen = 'udp://[::1': written like udp://HOST[:PORT], HOST being "),
        ("[h248]\naccept_profiles = [1]", "h248.accept_profiles[0] = 1: Expected `str`, got `int`"),
        (
            "[h248]\nencoding = 'ber'",
            "h248.encoding = 'ber': Invalid enum value 'ber'; allowed: pretty, compact, bin",
        ),
        ("[h248]\nfirst_repeat_s = 0", "h248.first_repeat_s = 0: Expected `float` > 0.0; allowed: above 0, at most "),
        ("[h248]\nlifetime_s = nan", "h248.lifetime_s = nan: "),
        ("[h248]\nlong_timer_s = inf", "h248.long_timer_s = inf: "),
        ("[signalling]\nlisten = '127.0.0.1'", "signalling.listen = '127.0.0.1': a port is missing; written like "),
        ("[signalling]\nlisten = 'udp://127.0.0.1:1'", "signalling.listen = 'udp://127.0.0.1:1': written like "),
        ("[signalling]\nlisten = 'host:1'", "signalling.listen = 'host:1': 'host' does not appear to be an IPv4 or "),
        ("[policy]\nmechanisms = ['ipsec']", "policy.mechanisms = 'ipsec': allowed: bfcp-tls, msrp-tls"),
        ("[policy]\nmechanisms = ['msrp-tls', 3]", "policy.mechanisms[1] = 3: Expected `str`, got `int`"),
        ("[policy]\ncombine = 1", "policy.combine = 1: Expected `bool`, got `int`"),
        ("[policy]\nh248_transport = 'sctp'", "policy.h248_transport = 'sctp': Invalid enum value 'sctp'; allowed: "),
        (
            "[policy]\nwithout_cema = 'drop'",
            "policy.without_cema = 'drop': Invalid enum value 'drop'; allowed: ",
        ),
        ("[policy]\ngroup = 65536", "policy.group = 65536: Expected `int` <= 65535; allowed: 0 to 65535"),
        ("[policy]\nheartbeat_s = -1", "policy.heartbeat_s = -1: Expected `int` >= 0; allowed: 0 to 86400"),
        ("[policy]\nanswer_wait_s = 'long'", "policy.answer_wait_s = 'long': Expected `float`, got `str`; allowed: "),
        ("[policy]\nmost_sessions = 0", "policy.most_sessions = 0: Expected `int` >= 1; allowed: 1 to "),
        ("[policy]\nmost_lines = 0", "policy.most_lines = 0: Expected `int` >= 1; allowed: 1 to "),
    ],
)
def test_a_wrong_alg_toml_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """Every kind of value that the controller's file can have wrong."""
    assert _error(tmp_path, text, AlgConfig).startswith(said)
