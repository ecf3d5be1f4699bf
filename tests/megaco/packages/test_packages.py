"""The package registry and the packages that are shipped."""

from pathlib import Path

import pytest

from megaco.errors import LocalError
from megaco.grammar.data import data_folder
from megaco.packages import Event, Package, Parameter, Property, Registry, Signal

_FOLDER = data_folder() / "packages"
_NAMES = sorted(path.stem for path in _FOLDER.glob("*.toml"))
_SHIPPED = Registry([_FOLDER])

_SOME = """
id = "x"
number = 0x8001
version = 1
title = "Some"
spec = "none"
[properties.p]
number = 1
title = "P"
type = "integer"
descriptor = "LocalControl"
provenance = "assumed"
"""


def _package(name: str) -> Package:
    found = _SHIPPED.package(name)
    assert found is not None
    return found


def _parameters(package: Package) -> list[dict[str, Parameter]]:
    """Return the parameters of each event, asked for and observed, and of each signal."""
    found: list[dict[str, Parameter]] = [signal.parameters for signal in package.signals.values()]
    for event in package.events.values():
        found += [event.parameters, event.observed]
    return found


@pytest.mark.parametrize("name", _NAMES)
def test_every_shipped_package_loads_under_the_name_of_its_file(name: str) -> None:
    """One package a file, called like it, and with something in it."""
    package = _package(name)
    assert package.id == name
    assert package.version >= 1
    assert package.title
    assert package.spec
    assert package.properties or package.events or package.signals


def test_there_are_packages_and_all_are_loaded() -> None:
    """No file hides another."""
    assert len(_SHIPPED) == len(_NAMES) > 0


def test_package_numbers_are_unique() -> None:
    """The binary encoding knows packages by number; what is not registered is in the private range."""
    packages = [_package(name) for name in _NAMES]
    numbers = [package.number for package in packages]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number <= 0xFFFF for number in numbers)
    assumed = {item.provenance for package in packages if package.number < 0x8000 for item in package.events.values()}
    assert "assumed" not in assumed


@pytest.mark.parametrize("name", _NAMES)
def test_item_numbers_and_names_are_unique(name: str) -> None:
    """Among properties, events, signals, and the parameters of each; names have no case."""
    package = _package(name)
    kinds: list[dict[str, Property] | dict[str, Event] | dict[str, Signal] | dict[str, Parameter]]
    kinds = [package.properties, package.events, package.signals, *_parameters(package)]
    for items in kinds:
        assert len({item.number for item in items.values()}) == len(items)
        assert len({key.lower() for key in items}) == len(items)
        assert all(0 < item.number <= 0xFFFF for item in items.values())


@pytest.mark.parametrize("name", _NAMES)
def test_enumerations_have_values_and_only_they(name: str) -> None:
    """Each value with a number of its own."""
    for parameters in _parameters(_package(name)):
        for parameter in parameters.values():
            assert bool(parameter.values) == (parameter.type == "enumeration")
            assert len(set(parameter.values.values())) == len(parameter.values)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("gm/saf", Property), ("GM/SAF", Property), ("g/cause", Event), ("tlsbsc/estbnc", Signal)],
)
def test_items_are_found_in_any_case(name: str, kind: type) -> None:
    """H.248.1 names have none."""
    assert type(_SHIPPED.item(name)) is kind


@pytest.mark.parametrize("name", ["", "gm", "gm/", "/saf", "gm/none", "none/saf", "gm/saf/x", "gm/*"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    """None, whatever is missing."""
    assert _SHIPPED.item(name) is None
    assert _SHIPPED.package("none") is None


def test_a_later_folder_replaces_a_package(tmp_path: Path) -> None:
    """An operator's own file of the same package counts; the others stay."""
    (tmp_path / "my.toml").write_text(_SOME.replace('id = "x"', 'id = "GM"'))
    registry = Registry([_FOLDER, tmp_path])
    assert len(registry) == len(_SHIPPED)
    assert registry.item("gm/saf") is None
    assert isinstance(registry.item("gm/p"), Property)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[properties.p]", "[properties.p", "at line "),
        ("number = 0x8001", 'number = "1"', "Expected `int`, got `str` - at `$.number`"),
        ("version = 1\n", "", "missing required field `version`"),
        ("version = 1", "verison = 1", "unknown field `verison`"),
        ('descriptor = "LocalControl"', "", "missing required field `descriptor` - at `$.properties[...]`"),
        ('"assumed"', '"guessed"', "Invalid enum value 'guessed' - at `$.properties[...].provenance`"),
    ],
)
def test_a_broken_package_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One line with file and cause."""
    assert old in _SOME
    path = tmp_path / "my.toml"
    path.write_text(_SOME.replace(old, new))
    with pytest.raises(LocalError) as caught:
        Registry([tmp_path])
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_package_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """No text, and no file."""
    (tmp_path / "my.toml").write_bytes(b"\xff")
    with pytest.raises(LocalError, match=r"my\.toml: 'utf-8' codec"):
        Registry([tmp_path])
    (tmp_path / "my.toml").unlink()
    (tmp_path / "my.toml").mkdir()
    with pytest.raises(LocalError, match=r"my\.toml: .*Is a directory"):
        Registry([tmp_path])
