"""Package names and numbers beyond the packages whose items are known."""

from pathlib import Path

import pytest

from megaco.data import data_folder
from megaco.errors import LocalError
from megaco.packages import Registry, default_registry

_FOLDER = data_folder() / "packages"
_SHIPPED = default_registry()


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


def test_the_files_of_packages_agree_with_the_names() -> None:
    """Where both know a package they know one number, so nothing shipped hangs on which of them wins."""
    for package in _SHIPPED:
        assert _SHIPPED.numbers[package.id] == package.number
    alone = Registry([], data_folder() / "package_names.toml")
    assert len(alone) == 0
    assert all(_SHIPPED.numbers[name] == number for name, number in alone.numbers.items())


def test_without_a_file_of_names_there_are_those_of_the_packages() -> None:
    """An operator's own folders need none."""
    assert dict(Registry([_FOLDER]).numbers) == {package.id: package.number for package in _SHIPPED}


def test_packages_win_over_names(tmp_path: Path) -> None:
    """By name and by number: a number stands for one package."""
    path = tmp_path / "names.toml"
    path.write_text("[standard]\nAL = 0x8123\nother = 0x000a\n[recalled]\nmore = 0x8124\n")
    registry = Registry([_FOLDER], path)
    assert registry.number("al") == 0x0009
    assert registry.number("other") is None
    assert registry.number("more") == 0x8124


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[standard]\na = 0", "Expected `int` >= 1"),
        ("[standard]\na = 1\n[recalled]\nb = 1", "`names`: the number 0x0001 stands twice, at b"),
        ("[standard]\na = 1\n[recalled]\nA = 2", "`names`: the name A stands twice"),
        ("[guessed]\na = 1", "unknown field `guessed`"),
    ],
)
def test_a_broken_file_of_names_is_told(tmp_path: Path, text: str, said: str) -> None:
    """One line with file and cause."""
    path = tmp_path / "names.toml"
    path.write_text(text)
    with pytest.raises(LocalError) as caught:
        Registry([], path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
