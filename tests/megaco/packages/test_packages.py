"""The package registry and the packages that are shipped."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from megaco.data import data_folder
from megaco.errors import LocalError
from megaco.packages import (
    Event,
    Package,
    Parameter,
    Property,
    Registry,
    Signal,
    Statistic,
    Typed,
    default_registry,
)

_FOLDER = data_folder() / "packages"
_NAMES = sorted(path.stem for path in _FOLDER.glob("*.toml"))
_SHIPPED = default_registry()

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


def _typed(package: Package) -> list[Typed]:
    """Return all of a package that has values."""
    found: list[Typed] = [*package.properties.values(), *package.statistics.values()]
    for parameters in _parameters(package):
        found += parameters.values()
    return found


@pytest.mark.parametrize("name", _NAMES)
def test_every_shipped_package_loads_under_the_name_of_its_file(name: str) -> None:
    """One package a file, called like it, and with something in it."""
    package = _package(name)
    assert package.id == name
    assert package.version >= 1
    assert package.title
    assert package.spec
    assert package.properties or package.events or package.signals or package.statistics


def test_there_are_packages_and_all_are_loaded() -> None:
    """No file hides another."""
    assert len(_SHIPPED) == len(_NAMES) > 0
    assert sorted(package.id for package in _SHIPPED) == _NAMES
    assert len({name.lower() for name in _NAMES}) == len(_NAMES)
    assert default_registry() is _SHIPPED


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
    kinds: list[Mapping[str, Typed] | Mapping[str, Event] | Mapping[str, Signal]]
    kinds = [package.properties, package.events, package.signals, package.statistics, *_parameters(package)]
    for items in kinds:
        assert len({item.number for item in items.values()}) == len(items)
        assert len({key.lower() for key in items}) == len(items)
        assert all(0 < item.number <= 0xFFFF for item in items.values())


@pytest.mark.parametrize("name", _NAMES)
def test_enumerations_have_values_with_numbers_of_their_own(name: str) -> None:
    """Those of extended packages too: others have added theirs. An integer may have words for some numbers."""
    for one in _typed(_package(name)):
        assert bool(one.values) >= one.type.endswith("enumeration")
        assert not one.values or one.type.endswith(("enumeration", "integer"))
        assert len(set(one.values.values())) == len(one.values)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gm/saf", Property),
        ("GM/SAF", Property),
        ("g/cause", Event),
        ("tlsbsc/estbnc", Signal),
        ("nt/OS", Statistic),
        ("dd/d0", Event),
        ("dg/d0", Signal),
    ],
)
def test_items_are_found_in_any_case(name: str, kind: type) -> None:
    """H.248.1 names have none."""
    assert type(_SHIPPED.item(name)) is kind


@pytest.mark.parametrize("name", _NAMES)
def test_every_item_is_found_by_its_name_and_has_its_number(name: str) -> None:
    """No two kinds of one package share a name, so a name is enough."""
    package = _package(name)
    kinds: tuple[Mapping[str, Property | Event | Signal | Statistic], ...]
    kinds = (package.properties, package.events, package.signals, package.statistics)
    for items in kinds:
        names = {item.number: key for key, item in items.items()}
        for key, item in items.items():
            assert _SHIPPED.item(f"{name}/{key}") is item
            assert names[item.number] == key


@pytest.mark.parametrize(
    ("extending", "extended"),
    [
        ("dd/std", "tonedet/std"),
        ("cd/LTD", "tonedet/ltd"),
        ("dg/pt", "tonegen/pt"),
        ("rtp/netfail", "nt/netfail"),
        ("tdmc/jit", "nt/jit"),
    ],
)
def test_items_may_be_named_with_the_package_that_extends(extending: str, extended: str) -> None:
    """What is extended need not be known for that."""
    assert _SHIPPED.item(extending) is _SHIPPED.item(extended) is not None


def test_an_own_item_comes_before_one_of_the_extended_package() -> None:
    """Both nt and rtp have a ``jit``."""
    assert isinstance(_SHIPPED.item("rtp/jit"), Statistic)
    assert isinstance(_SHIPPED.item("nt/jit"), Property)


def test_families_end() -> None:
    """A package, what it extends, and no more."""
    assert [one.id for one in _SHIPPED.family(_package("dd"))] == ["dd", "tonedet"]
    assert _SHIPPED.family(_package("al")) == (_package("al"),)


def test_tone_ids_are_those_of_the_items_that_stand_for_them() -> None:
    """RFC 3525 E.5.3 and E.7.3: each tone is a signal, an event and a tone id, with one number."""
    tones = {
        name: item.number
        for package in map(_package, ("dg", "cg"))
        for items in (package.signals,)
        for name, item in items.items()
    }
    detected = {
        name: item.number
        for package in map(_package, ("dd", "cd"))
        for name, item in package.events.items()
        if name != "ce"
    }
    assert tones == detected
    assert len(tones) == 25
    assert _package("tonegen").signals["pt"].parameters["tl"].values == tones
    detection = _package("tonedet").events
    for event in detection.values():
        for values in (event.parameters["tl"].values, event.observed["tid"].values):
            assert {name: number for name, number in values.items() if name != "*"} == tones
    assert detection["std"].parameters["tl"].values["*"] == 0


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


_TWICE = (
    '[properties.q]\nnumber = 1\ntitle = "Q"\ntype = "integer"\ndescriptor = "LocalControl"\nprovenance = "assumed"\n'
)
_SIGNAL = '[signals.s]\nnumber = 1\ntitle = "S"\ntype = "brief"\nprovenance = "assumed"\n'
_EVENT = '[events.e]\nnumber = 1\ntitle = "E"\nprovenance = "assumed"\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[properties.p]", "[properties.p", "at line "),
        ("number = 0x8001", 'number = "1"', "Expected `int`, got `str` - at `$.number`"),
        ("number = 0x8001", "number = 0xffff", "Expected `int` <= 65534 - at `$.number`"),
        ("number = 1\n", "number = 0\n", "Expected `int` >= 1 - at `$.properties[...].number`"),
        ("version = 1\n", "", "missing required field `version`"),
        ("version = 1", "verison = 1", "unknown field `verison`"),
        ('descriptor = "LocalControl"', "", "missing required field `descriptor` - at `$.properties[...]`"),
        ('"assumed"', '"guessed"', "Invalid enum value 'guessed' - at `$.properties[...].provenance`"),
        ('"integer"', '"list"', "Invalid enum value 'list' - at `$.properties[...].type`"),
        ('"integer"', '"enumeration"', "p: `values` are missing"),
        ('"integer"', '"sub-list of enumeration"', "p: `values` are missing"),
        ('"integer"', '"enumeration"\nvalues = { a = 1, b = 1 }', "`values`: the number 0x0001 stands twice, at b"),
        ('"integer"', '"enumeration"\nvalues = { a = 1, A = 2 }', "`values`: the name A stands twice"),
        ('"integer"', '"string"\nvalues = { a = 1 }', "`values` of a string"),
        ("[properties.p]", _TWICE + "[properties.p]", "`properties`: the number 0x0001 stands twice, at p"),
        ("[properties.p]", _TWICE.replace("= 1", "= 2").replace("s.q", "s.P") + "[properties.p]", "the name p stands"),
        ("[properties.p]", f"{_SIGNAL}{_SIGNAL.replace('.s', '.t')}[properties.p]", "`signals`: the number 0x0001"),
        ("[properties.p]", f"{_EVENT}{_EVENT.replace('.e', '.f')}[properties.p]", "`events`: the number 0x0001"),
        ("[properties.p]", _SIGNAL.replace("brief", "long") + "[properties.p]", "Invalid enum value 'long'"),
        ('spec = "none"', 'spec = "none"\nadds = { a = { b = 1 } }', "`adds` without `extends`"),
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


def test_two_packages_with_one_number_are_told(tmp_path: Path) -> None:
    """In binary nobody could tell them apart."""
    (tmp_path / "a.toml").write_text(_SOME)
    (tmp_path / "b.toml").write_text(_SOME.replace('id = "x"', 'id = "y"'))
    with pytest.raises(LocalError, match=r"b\.toml: number 0x8001 is that of package x$"):
        Registry([tmp_path])


def test_a_package_may_extend_one_that_is_not_there(tmp_path: Path) -> None:
    """Or itself, or one that extends it: families end all the same."""
    for name, number, extends in (
        ("x", "0x8001", "none"),
        ("y", "0x8002", "z"),
        ("z", "0x8003", "y"),
        ("w", "0x8004", "W"),
    ):
        text = _SOME.replace("0x8001", number).replace('id = "x"', f'id = "{name}"\nextends = "{extends}"')
        (tmp_path / f"{name}.toml").write_text(text)
    registry = Registry([tmp_path])
    families = {package.id: [one.id for one in registry.family(package)] for package in registry}
    assert families == {"w": ["w"], "x": ["x"], "y": ["y", "z"], "z": ["z", "y"]}
    assert registry.item("x/p") is not None


def _extending(path: Path, value: str) -> None:
    text = _SOME.replace('id = "x"', 'id = "x"\nextends = "TONEGEN"')
    path.write_text(f"{text}[adds.tl]\n{value}\n")


def test_an_extending_package_adds_values(tmp_path: Path) -> None:
    """Those of the shipped packages stay."""
    _extending(tmp_path / "my.toml", "moo = 0x99")
    registry = Registry([_FOLDER, tmp_path])
    signal = registry.item("x/pt")
    assert isinstance(signal, Signal)
    assert signal.parameters["tl"].values.items() > {("moo", 0x99), ("d0", 0x10), ("dt", 0x30)}
    shipped = _package("tonegen").signals["pt"].parameters["tl"].values
    assert "moo" not in shipped


@pytest.mark.parametrize(
    ("value", "said"), [("moo = 0x10", "the number 0x0010 stands twice"), ("D0 = 0x99", "the name .0 stands twice")]
)
def test_added_values_that_are_there_already_are_told(tmp_path: Path, value: str, said: str) -> None:
    """With the file that adds them."""
    _extending(tmp_path / "my.toml", value)
    with pytest.raises(LocalError, match=rf"my\.toml: adds to tonegen: `values`: {said}"):
        Registry([_FOLDER, tmp_path])
