"""The media stream properties of Annex C."""

from pathlib import Path

import pytest

from megaco.data import data_folder
from megaco.errors import DataFileError
from megaco.packages import shipped
from megaco.packages.annex_c import read_annex_c

_ROWS = shipped().annex_c
_BY_NAME = {one.name: one for one in _ROWS}
_SOME = """
[C_4]
title = "ATM"
[C_4.properties]
AESA = { number = 0x4001, type = "octet string", provenance = "standard" }
[C_7]
title = "AAL2"
[C_7.properties]
AESA = { number = 0x7001, type = "octet string", provenance = "standard" }
"""


def test_names_and_numbers_are_unique() -> None:
    """Names because the clause stands in them."""
    assert len(_BY_NAME) == len({one.number for one in _ROWS}) == len(_ROWS) > 0


def test_what_is_shipped_is_the_file() -> None:
    """All of it, in its order."""
    assert read_annex_c(data_folder() / "annex_c.toml") == _ROWS


def test_a_number_begins_with_its_clause() -> None:
    """0x4001 is of C.4, 0xC001 of C.12."""
    for one in _ROWS:
        clause = one.name.partition("/")[0]
        assert clause == f"C.{one.number >> 12}"


@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [
        ("C.1/Transmission_mode", 0x1002, "enumeration"),
        ("C.4/AESA", 0x4001, "octet string"),
        ("C.7/AESA", 0x7001, "octet string"),
        ("C.4/AALtype", 0x401A, "octet string"),
        ("C.6/Port", 0x6003, "unsigned integer"),
        ("C.9/Contcheck", 0x9003, "boolean"),
        ("C.9/USI", 0x9023, "octet string"),
        ("C.11/SDP_M", 0xB00F, "string"),
    ],
)
def test_rows_are_as_the_annex_has_them(name: str, number: int, kind: str) -> None:
    """First, last and those whose name stands twice."""
    assert (_BY_NAME[name].number, _BY_NAME[name].type) == (number, kind)


def test_enumerations_have_values() -> None:
    """And nothing else has."""
    for one in _ROWS:
        assert bool(one.values) == (one.type == "enumeration")
    assert _BY_NAME["C.6/Porttype"].values == {"TCP": 0, "UDP": 1, "SCTP": 2}


def test_sdp_lines_are_those_of_c_11() -> None:
    """Fifteen letters, each once."""
    lines = {one.line: one for one in _ROWS if one.line}
    assert "".join(lines) == "vosiuepcbzkatrm"
    assert [one.number for one in lines.values()] == list(range(0xB001, 0xB010))
    assert all(one.name.startswith("C.11/") and one.name.endswith(f"_{line.upper()}") for line, one in lines.items())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("0x7001", "0x4001", ": `properties`: the number 0x4001 stands twice, at C.7/AESA"),
        ('title = "ATM"', "", ":2: C_4: Object missing required field `title`"),
        (
            '"octet string"',
            '"20 octets"',
            ":5: C_4.properties.AESA.type = '20 octets': Invalid enum value '20 octets",
        ),
        ('"octet string"', '"enumeration"', ":2: C_4: AESA: `values` are missing"),
        ('"octet string"', '"string", line = "vv"', ":5: C_4.properties.AESA.line = 'vv': Expected `str` matching"),
        ("AESA = {", "AESA = {{", ": not TOML: "),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One line with file, line, key and cause."""
    path = tmp_path / "annex_c.toml"
    path.write_text(_SOME)
    assert len(read_annex_c(path)) == 2
    path.write_text(_SOME.replace(old, new, 1))
    with pytest.raises(DataFileError) as caught:
        read_annex_c(path)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)
