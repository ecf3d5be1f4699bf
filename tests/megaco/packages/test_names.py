"""The registry of numbers: names, numbers and titles of packages, whether or not their items are known."""

import csv
import re
from pathlib import Path

import pytest

from megaco.data import data_folder
from megaco.errors import DataFileError
from megaco.packages import Registry, RegistryRow, default_registry, shipped
from megaco.packages.loading import read_folder
from megaco.packages.registry import RegistryFile
from megaco.toml import read_toml

_FOLDER = data_folder() / "packages"
_FILE = data_folder() / "registry.toml"
_SHIPPED = default_registry()
_ROWS = shipped().rows
_IANA = Path(__file__).resolve().parents[4] / "shared" / "facts" / "iana-packages.csv"


def test_every_name_has_a_number_of_its_own() -> None:
    """Names have no case."""
    numbers = _SHIPPED.numbers
    assert len(numbers) > len(_SHIPPED)
    assert len({name.lower() for name in numbers}) == len(set(numbers.values())) == len(numbers)
    assert all(0 < number < 0xFFFF for number in numbers.values())


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("al", 0x0009),
        ("AL", 0x0009),
        ("rtcph", 0x00B5),
        ("BCP", 0x001E),
        ("bcp", 0x001E),
        ("tlsbsc", 0x8090),
        ("none", None),
    ],
)
def test_numbers_are_found_in_any_case(name: str, number: int | None) -> None:
    """None where a name is not known."""
    assert _SHIPPED.number(name) == number


def test_the_packages_agree_with_the_rows() -> None:
    """Where both know a name it is the same, so nothing shipped hangs on which of them wins."""
    assert len(_ROWS) > len(_SHIPPED)
    for package in _SHIPPED:
        assert _SHIPPED.numbers[package.id] == package.number
        row = _ROWS.get(package.number)
        assert row is None or row.name in ("", package.id)
    alone = Registry([], _ROWS)
    assert len(alone) == 0
    assert all(_SHIPPED.numbers[name] == number for name, number in alone.numbers.items())


def test_what_is_shipped_is_the_file() -> None:
    """All rows of it."""
    assert read_toml(_FILE, RegistryFile).by_number == _ROWS


@pytest.mark.skipif(not _IANA.exists(), reason=f"{_IANA} has the facts, and is not everywhere")
def test_every_row_of_the_registry_of_numbers_is_there() -> None:
    """With its name where one is known, its version and its document; 0000 is Annex C, no package."""
    with _IANA.open(newline="", encoding="utf-8") as lines:
        rows = {int(row["serial"], 16): row for row in csv.DictReader(lines) if re.match("0x", row["serial"])}
    del rows[0]
    assert len(rows) > 200
    for number, row in rows.items():
        assert number in _ROWS, row
        assert _ROWS[number].name == row["name"], row
        assert (row["version"] or None) == (str(_ROWS[number].version) if _ROWS[number].version else None), row
        assert _ROWS[number].title, row


def test_without_rows_there_are_the_numbers_of_the_packages() -> None:
    """An operator's own folders need none."""
    assert dict(Registry(read_folder(_FOLDER)).numbers) == {package.id: package.number for package in _SHIPPED}


def test_packages_win_over_rows() -> None:
    """By name and by number: a number stands for one package."""
    rows = {
        0x8123: RegistryRow(title="AL", name="AL"),
        0x000A: RegistryRow(title="Other", name="other"),
        0x8124: RegistryRow(title="More", name="more"),
        0x8125: RegistryRow(title="Nameless"),
    }
    registry = Registry(read_folder(_FOLDER), rows)
    assert registry.number("al") == 0x0009
    assert registry.number("other") is None
    assert registry.number("more") == 0x8124
    assert 0x8125 not in registry.numbers.values()
    assert registry.rows == rows


def _row(number: str, fields: str) -> str:
    return f"{number} = {{ {fields} }}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_row("0x0000", 'title = "a"'), ": Expected `int` >= 1"),
        (_row("0xffff", 'title = "a"'), ": Expected `int` <= 65534"),
        (
            _row("0x0001", 'title = "a", name = "a"') + _row("0x0002", 'title = "b", name = "A"'),
            ": `names`: the name A stands twice",
        ),
        (_row("0x0001", 'name = "a"'), ":2: packages.0x0001: Object missing required field `title`"),
        (
            _row("0x0001", 'title = "a", number = 1'),
            ":2: unknown key packages.0x0001.number; allowed here: name, ",
        ),
        (_row("0x0001", 'title = "a", name = "a/b"'), ":2: packages.0x0001: `name` 'a/b' is no package id"),
        (_row("0x0001", 'title = "a", version = 100'), ":2: packages.0x0001.version = 100: Expected `int` <= 99"),
        ("[standard]\na = 1", ":2: unknown key standard; allowed here: packages"),
    ],
)
def test_a_broken_file_of_rows_is_told(tmp_path: Path, text: str, said: str) -> None:
    """One line with file, line and cause."""
    path = tmp_path / "registry.toml"
    path.write_text("[packages]\n" + text)
    with pytest.raises(DataFileError) as caught:
        read_toml(path, RegistryFile)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", ["1", "0x1", "0x00AB", "0x00001", "abc"])
def test_a_number_is_four_hex_digits(tmp_path: Path, number: str) -> None:
    """As the registry writes it, so that the file can be searched."""
    path = tmp_path / "registry.toml"
    path.write_text("[packages]\n" + _row(number, 'title = "a"'))
    with pytest.raises(DataFileError, match=r"registry\.toml.*0x\[0-9a-f\]\{4\}"):
        read_toml(path, RegistryFile)
