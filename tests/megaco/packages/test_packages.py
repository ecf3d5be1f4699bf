"""The package registry and the packages that are shipped."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from megaco.data import data_folder
from megaco.errors import DataFileError
from megaco.packages import (
    Event,
    Item,
    Package,
    Parameter,
    Property,
    Registry,
    Signal,
    Statistic,
    Typed,
    default_registry,
    load_registry,
)
from megaco.packages.loading import read_folder

_FOLDER = data_folder() / "packages"
_NAMES = sorted(path.stem for path in _FOLDER.glob("*.toml"))
_SHIPPED = default_registry()

_WITHOUT_ITEMS = ("erosdp",)
_LAST_KNOWN = 0x010A
"""Of what is registered with IANA, in the copy that registry.toml is from."""

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
descriptors = ["LocalControl"]
provenance = "assumed"
"""


def _read(*folders: Path) -> Registry:
    """Return the packages of folders, and no others."""
    return Registry([one for folder in folders for one in read_folder(folder)])


def _package(name: str) -> Package:
    found = _SHIPPED.package(name)
    assert found is not None
    return found


def _every_kind(key: str | int) -> Iterator[Item]:
    """Yield what a name or a number means, of every kind."""
    for find in (_SHIPPED.property, _SHIPPED.event, _SHIPPED.signal, _SHIPPED.statistic):
        if (found := find(key)) is not None:
            yield found


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
    """One package a file, called like it, and with something in it, or the reason why there is nothing.

    A package may be no more than an agreement on how messages are read (erosdp), or the values that it adds.
    """
    package = _package(name)
    assert package.id == name
    assert package.version >= 1
    assert package.title
    assert package.spec
    has_items = bool(package.properties or package.events or package.signals or package.statistics)
    assert has_items or package.adds or name in _WITHOUT_ITEMS


def test_there_are_packages_and_all_are_loaded() -> None:
    """No file hides another."""
    assert len(_SHIPPED) == len(_NAMES) > 0
    assert sorted(package.id for package in _SHIPPED) == _NAMES
    assert len({name.lower() for name in _NAMES}) == len(_NAMES)
    assert default_registry() is _SHIPPED


def test_package_numbers_are_unique() -> None:
    """The binary encoding knows packages by number; none has one that is known to be free or another's."""
    packages = [_package(name) for name in _NAMES]
    numbers = [package.number for package in packages]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number <= 0xFFFF for number in numbers)
    assert all(number in _SHIPPED.rows or number > _LAST_KNOWN for number in numbers)


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
    """H.248.1 names have none; what is of one kind is not found as another."""
    found = (_SHIPPED.property(name), _SHIPPED.event(name), _SHIPPED.signal(name), _SHIPPED.statistic(name))
    assert [type(one) for one in found if one is not None] == [kind]


@pytest.mark.parametrize("name", _NAMES)
def test_every_item_is_found_by_its_name_and_has_its_number(name: str) -> None:
    """By text and by number, each kind by itself."""
    package = _package(name)
    kinds: tuple[tuple[Mapping[str, Item], Callable[[str | int], Item | None]], ...] = (
        (package.properties, _SHIPPED.property),
        (package.events, _SHIPPED.event),
        (package.signals, _SHIPPED.signal),
        (package.statistics, _SHIPPED.statistic),
    )
    for items, find in kinds:
        for key, item in items.items():
            assert find(f"{name}/{key}") is find(f"{name}/{key}".upper()) is item
            assert find(package.number << 16 | item.number) is item


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
    ours, theirs = ([*_every_kind(name)] for name in (extending, extended))
    assert len(ours) == len(theirs) == 1
    assert ours[0] is theirs[0]


def test_numbers_too_may_be_those_of_the_package_that_extends() -> None:
    """0006 is dd, 0004 tonedet, and 0001 its std."""
    assert _SHIPPED.event(0x0006_0001) is _SHIPPED.event(0x0004_0001) is _SHIPPED.event("tonedet/std") is not None
    assert _SHIPPED.event(0x0006_0010) is _SHIPPED.event("dd/d0") is not None
    assert _SHIPPED.event(0x0004_0010) is None


def test_a_name_of_one_kind_does_not_hide_one_of_another() -> None:
    """Both nt and rtp have a ``jit``, one a property and one a statistic."""
    assert _SHIPPED.statistic("rtp/jit") is _package("rtp").statistics["jit"]
    assert _SHIPPED.statistic("nt/jit") is None
    assert _SHIPPED.property("rtp/jit") is _SHIPPED.property("nt/jit") is _package("nt").properties["jit"]


def test_families_end() -> None:
    """A package, what it extends, and no more."""
    assert [one.id for one in _SHIPPED.family(_package("dd"))] == ["dd", "tonedet"]
    assert _SHIPPED.family(_package("al")) == (_package("al"),)


def test_tone_ids_are_those_of_the_items_that_stand_for_them() -> None:
    """RFC 3525 E.5.3 and E.7.3: each tone is a signal, an event and a tone id, with one number; ftmd adds one id."""
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
    only_detected = _package("ftmd").adds["tl"]
    assert only_detected == _package("ftmd").adds["tid"] == {"dtfm": 0x39}
    assert _package("tonegen").signals["pt"].parameters["tl"].values == tones
    detection = _package("tonedet").events
    for event in detection.values():
        for values in (event.parameters["tl"].values, event.observed["tid"].values):
            assert {name: number for name, number in values.items() if name != "*"} == tones | only_detected
    assert detection["std"].parameters["tl"].values["*"] == 0


@pytest.mark.parametrize("name", ["", "gm", "gm/", "/saf", "gm/none", "none/saf", "gm/saf/x", "gm/*"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    """None, whatever is missing."""
    assert [*_every_kind(name)] == []
    assert _SHIPPED.package("none") is None


def test_a_later_folder_replaces_a_package(tmp_path: Path) -> None:
    """An operator's own file of the same package counts; the others stay."""
    (tmp_path / "my.toml").write_text(_SOME.replace('id = "x"', 'id = "GM"'))
    registry = load_registry([tmp_path])
    assert len(registry) == len(_SHIPPED)
    assert registry.property("gm/saf") is None
    assert isinstance(registry.property("gm/p"), Property)


_TWICE = '[properties.q]\nnumber = 1\ntitle = ""\ntype = "integer"\ndescriptors = ["Remote"]\nprovenance = "assumed"\n'
_SIGNAL = '[signals.s]\nnumber = 1\ntitle = "S"\ntype = "brief"\nprovenance = "assumed"\n'
_EVENT = '[events.e]\nnumber = 1\ntitle = "E"\nprovenance = "assumed"\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[properties.p]", "[properties.p", ": not TOML: Expected ']' at the end of a table declaration (at line 7,"),
        ("number = 0x8001", 'number = "1"', ":3: number = '1': Expected `int`, got `str`; allowed: 1 to 65534"),
        ("number = 0x8001", "number = 0xffff", ":3: number = 65535: Expected `int` <= 65534; allowed: 1 to 65534"),
        ("number = 1\n", "number = 0\n", ":8: properties.p.number = 0: Expected `int` >= 1; allowed: 1 to 65534"),
        ("version = 1\n", "", ": Object missing required field `version`"),
        ("version = 1", "verison = 1", ":4: unknown key verison; allowed here: adds, clause, description, errors, "),
        ("version = 1", "version = 100", ":4: version = 100: Expected `int` <= 99; allowed: 1 to 99"),
        ('descriptors = ["LocalControl"]', "", ":7: properties.p: Object missing required field `descriptors`"),
        ('["LocalControl"]', "[]", ":11: properties.p.descriptors = []: Expected `array` of length >= 1"),
        ('["LocalControl"]', '["Modem"]', ":11: properties.p.descriptors[0] = 'Modem': Invalid enum value 'Modem'; "),
        (
            '"assumed"',
            '"guessed"',
            ":12: properties.p.provenance = 'guessed': Invalid enum value 'guessed'; allowed: ",
        ),
        (
            '"integer"',
            '"list"',
            ":10: properties.p.type = 'list': Invalid enum value 'list'; allowed: boolean, ",
        ),
        ('"integer"', '"integer"\naccess = "none"', ":11: properties.p.access = 'none': Invalid enum value 'none'; "),
        ('"integer"', '"integer"\nminimum = 2\nmaximum = 1', ":7: properties.p: `minimum` 2 is above `maximum` 1"),
        ('"integer"', '"enumeration"', ": p: `values` are missing"),
        ('"integer"', '"sub-list of enumeration"', ": p: `values` are missing"),
        (
            '"integer"',
            '"enumeration"\nvalues = { a = 1, b = 1 }',
            ":7: properties.p: `values`: the number 0x0001 stands twice, at b",
        ),
        (
            '"integer"',
            '"enumeration"\nvalues = { a = 1, A = 2 }',
            ":7: properties.p: `values`: the name A stands twice",
        ),
        ('"integer"', '"string"\nvalues = { a = 1 }', ":7: properties.p: `values` of a string"),
        ("[properties.p]", _TWICE + "[properties.p]", ": `properties`: the number 0x0001 stands twice, at p"),
        (
            "[properties.p]",
            _TWICE.replace("= 1", "= 2").replace("s.q", "s.P") + "[properties.p]",
            ": `properties`: the name p stands twice",
        ),
        (
            "[properties.p]",
            f"{_SIGNAL}{_SIGNAL.replace('.s', '.t')}[properties.p]",
            ": `signals`: the number 0x0001 stands twice, at t",
        ),
        (
            "[properties.p]",
            f"{_EVENT}{_EVENT.replace('.e', '.f')}[properties.p]",
            ": `events`: the number 0x0001 stands twice, at f",
        ),
        (
            "[properties.p]",
            _SIGNAL.replace("brief", "long") + "[properties.p]",
            ":10: signals.s.type = 'long': Invalid enum value 'long'; allowed: on/off, timeout, brief",
        ),
        ('spec = "none"', 'spec = "none"\nadds = { a = { b = 1 } }', ": `adds` without `extends`"),
        ('spec = "none"', 'spec = "none"\nerrors = { 399 = "" }', ": `errors`: 399 is no error code"),
        ('spec = "none"', 'spec = "none"\nerrors = { x = "" }', ": `errors`: x is no error code"),
    ],
)
def test_a_broken_package_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One line with file, line, key, value, cause and what is allowed."""
    assert old in _SOME
    path = tmp_path / "my.toml"
    path.write_text(_SOME.replace(old, new))
    with pytest.raises(DataFileError) as caught:
        _read(tmp_path)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


def test_a_package_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """No text, and no file."""
    (tmp_path / "my.toml").write_bytes(b"\xff")
    with pytest.raises(DataFileError, match=r"my\.toml: not UTF-8$"):
        _read(tmp_path)
    (tmp_path / "my.toml").unlink()
    (tmp_path / "my.toml").mkdir()
    with pytest.raises(DataFileError, match=r"my\.toml: Is a directory$"):
        _read(tmp_path)


def test_two_packages_with_one_number_are_told(tmp_path: Path) -> None:
    """In binary nobody could tell them apart."""
    (tmp_path / "a.toml").write_text(_SOME)
    (tmp_path / "b.toml").write_text(_SOME.replace('id = "x"', 'id = "y"'))
    with pytest.raises(DataFileError, match=r"b\.toml: number 0x8001 is that of package x$"):
        _read(tmp_path)


def test_a_package_may_extend_one_that_is_not_there(tmp_path: Path) -> None:
    """Or one that extends it: families end all the same; itself it cannot extend."""
    for name, number, extends in (
        ("x", "0x8001", "none"),
        ("y", "0x8002", "z"),
        ("z", "0x8003", "y"),
    ):
        text = _SOME.replace("0x8001", number).replace('id = "x"', f'id = "{name}"\nextends = "{extends}"')
        (tmp_path / f"{name}.toml").write_text(text)
    registry = _read(tmp_path)
    families = {package.id: [one.id for one in registry.family(package)] for package in registry}
    assert families == {"x": ["x"], "y": ["y", "z"], "z": ["z", "y"]}
    assert registry.property("x/p") is not None
    (tmp_path / "x.toml").write_text(_SOME.replace('id = "x"', 'id = "x"\nextends = "X"'))
    with pytest.raises(DataFileError, match=r"`extends` names the package itself$"):
        _read(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "x"', 'id = "x y"', "`id` 'x y' is no name: "),
        ('id = "x"', 'id = "*"', "`id` '*' is no name: "),
        ("[properties.p]", '[properties."p/q"]', "'p/q' is no name: "),
        ('type = "integer"', 'type = "integer"\nsince = 2', "p: `since` 2 is above `version` 1"),
        ('type = "integer"', 'type = "string"\nfraction_bits = 8', "`fraction_bits` of a string"),
        ('type = "integer"', 'type = "integer"\nfraction_bits = -5', "Expected `int` >= 0"),
        ('type = "integer"', 'type = "integer"\ndefault = "high"', "p: default = 'high'; expected a number"),
        ('type = "integer"', 'type = "integer"\nmaximum = 5\ndefault = 99', "p: default = 99; expected"),
        ('type = "integer"', 'type = "octet string"\ndefault = "xyz"', "p: default = "),
        ('type = "integer"', 'type = "enumeration"\nvalues = { "a b" = 1 }', "`values`: 'a b' = 1 is no word"),
        ("[properties.p]", "[adds.nope]\na = 1\n[properties.p]", "`adds` without `extends`"),
    ],
)
def test_nonsense_in_a_package_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What would be taken and fail later is refused at once, in one line."""
    (tmp_path / "x.toml").write_text(_SOME.replace(old, new, 1))
    with pytest.raises(DataFileError) as caught:
        _read(tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def _extending(path: Path, value: str) -> None:
    text = _SOME.replace('id = "x"', 'id = "x"\nextends = "TONEGEN"')
    path.write_text(f"{text}[adds.tl]\n{value}\n")


def test_an_extending_package_adds_values(tmp_path: Path) -> None:
    """Those of the shipped packages stay."""
    _extending(tmp_path / "my.toml", "moo = 0x99")
    registry = load_registry([tmp_path])
    signal = registry.signal("x/pt")
    assert signal is not None
    assert signal.parameters["tl"].values.items() > {("moo", 0x99), ("d0", 0x10), ("dt", 0x30)}
    shipped = _package("tonegen").signals["pt"].parameters["tl"].values
    assert "moo" not in shipped


@pytest.mark.parametrize(
    ("value", "said"), [("moo = 0x10", "the number 0x0010 stands twice"), ("D0 = 0x99", "the name .0 stands twice")]
)
def test_added_values_that_are_there_already_are_told(tmp_path: Path, value: str, said: str) -> None:
    """With the file that adds them."""
    _extending(tmp_path / "my.toml", value)
    with pytest.raises(DataFileError, match=rf"my\.toml: adds to tonegen: `values`: {said}"):
        load_registry([tmp_path])
