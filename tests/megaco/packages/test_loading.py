"""Where packages come from: what is shipped, what installed distributions bring, and folders that a user names."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import megaco
from megaco.data import data_folder
from megaco.errors import DataFileError
from megaco.packages import default_registry, load_registry, shipped
from megaco.packages.codes import read_codes
from megaco.packages.loading import SHIPPED_FILE, build_shipped, read_folder

Install = Callable[[str, str, dict[str, str]], Path]


def _package(id_: str, number: int, title: str = "One's own") -> str:
    """Return a file of a package with one property, p."""
    return dedent(
        f"""\
        id = "{id_}"
        number = {number:#06x}
        version = 1
        title = "{title}"
        spec = "none"
        [properties.p]
        number = 1
        title = "P"
        type = "integer"
        descriptors = ["LocalControl"]
        provenance = "assumed"
        """
    )


# ------------------------------------------------------------------------------------------------------ what is shipped


def test_what_is_shipped_is_current() -> None:
    """``make grammar`` has been run since grammars/ changed."""
    assert SHIPPED_FILE.read_bytes() == build_shipped()


def test_what_is_shipped_is_all_of_the_files() -> None:
    """Packages by the name of their file, and the codes of errors and reasons."""
    folder = data_folder()
    assert [*shipped().packages] == sorted(path.name for path in (folder / "packages").glob("*.toml"))
    assert shipped().errors == read_codes(folder / "errors.toml")
    assert shipped().reasons == read_codes(folder / "reasons.toml")
    assert shipped().errors[450].text == "No such property in this package"
    assert shipped().reasons[901].text == "Cold Boot"
    assert shipped() is shipped()


def test_what_is_shipped_can_be_built_of_other_files(tmp_path: Path) -> None:
    """A broken file among them is told."""
    for name in ("registry", "annex_c", "errors", "reasons"):
        (tmp_path / f"{name}.toml").write_bytes((data_folder() / f"{name}.toml").read_bytes())
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "x.toml").write_text(_package("x", 0x9001))
    built = build_shipped(tmp_path)
    assert b'"x.toml"' in built
    assert b'"al.toml"' not in built
    (tmp_path / "errors.toml").write_text("[errors.400]\nprovenance = 'standard'\n")
    with pytest.raises(DataFileError, match=r"errors\.toml:1: errors\.400: Object missing required field `text`$"):
        build_shipped(tmp_path)


_COUNTED = """
import sys, tomllib
parsed = []
tomllib.loads = lambda text, **_: parsed.append(text) or {}
import megaco
imported = sorted(name for name in sys.modules if name.startswith("megaco."))
message = megaco.decode(b"MEGACO/1 [192.0.2.1] T = 1 { C = 1 { A = t { Media { LocalControl { tdmc/ec = on } } } } }")
assert megaco.find(message, "tdmc/ec") is True
assert megaco.encode(message, "compact")
assert not parsed, parsed
print(*imported)
"""


def test_no_file_is_parsed_for_text() -> None:
    """Neither on import nor by the text codec nor by who asks for an item; and the import alone loads no packages."""
    done = subprocess.run([sys.executable, "-c", _COUNTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "megaco.version" in done.stdout.split()
    assert not {"megaco.packages", "megaco.toml", "megaco.codec"} & set(done.stdout.split())


# ------------------------------------------------------------------------------------------------------- user's folders


def test_a_users_file_replaces_a_shipped_one(tmp_path: Path) -> None:
    """By its id, in any case, whatever the file is called; it may have another number."""
    (tmp_path / "mine.toml").write_text(_package("AL", 0x9001))
    registry = load_registry([tmp_path])
    assert len(registry) == len(default_registry())
    found = registry.package("al")
    assert found is not None
    assert (found.id, found.number, found.title) == ("AL", 0x9001, "One's own")
    assert registry.package(0x9001) is found
    assert registry.package(0x0009) is None
    assert registry.event("al/on") is None
    assert registry.property("al/p") is registry.property(0x9001_0001) is not None
    assert registry.package("g") is default_registry().package("g")


def test_a_users_file_adds_a_package(tmp_path: Path) -> None:
    """What has the number of a row without items takes its place."""
    (tmp_path / "txc.toml").write_text(_package("mytxc", 0x000F))
    (tmp_path / "no package.txt").write_text("no TOML")
    (tmp_path / "folder").mkdir()
    registry = load_registry([tmp_path])
    assert len(registry) == len(default_registry()) + 1
    assert registry.number("mytxc") == 0x000F
    assert registry.number("txc") is None
    assert default_registry().number("txc") == 0x000F


def test_the_last_folder_wins(tmp_path: Path) -> None:
    """Of those that a user names."""
    for name, title in (("one", "First"), ("two", "Second")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.toml").write_text(_package("x", 0x9001, title))
    for names, title in ((("one", "two"), "Second"), (("two", "one"), "First")):
        found = load_registry([tmp_path / name for name in names]).package("x")
        assert found is not None
        assert found.title == title


def test_an_empty_folder_is_one(tmp_path: Path) -> None:
    """It adds nothing."""
    assert [*read_folder(tmp_path)] == []
    assert {one.id for one in load_registry([tmp_path])} == {one.id for one in default_registry()}


def test_a_broken_folder_is_told(tmp_path: Path) -> None:
    """Not there, no folder, or with a broken file."""
    with pytest.raises(DataFileError) as caught:
        load_registry([tmp_path / "none"])
    assert str(caught.value) == f"{tmp_path / 'none'}: no such folder"
    path = tmp_path / "x.toml"
    path.write_text(_package("x", 0x9001).replace('"integer"', '"number"'))
    with pytest.raises(DataFileError) as caught:
        load_registry([path])
    assert str(caught.value) == f"{path}: no such folder"
    for load in (load_registry, megaco.load_registry, megaco.dictionary):
        with pytest.raises(DataFileError) as caught:
            load([tmp_path])
        assert str(caught.value).startswith(f"{path}:9: properties.p.type = 'number': Invalid enum value 'number'; al")


def test_a_number_that_is_taken_is_told(tmp_path: Path) -> None:
    """With the file that took it."""
    (tmp_path / "x.toml").write_text(_package("x", 0x0009))
    with pytest.raises(DataFileError) as caught:
        load_registry([tmp_path])
    assert str(caught.value) == f"{tmp_path / 'x.toml'}: number 0x0009 is that of package al"


def test_a_number_that_is_taken_by_what_replaces_a_package_is_told(tmp_path: Path) -> None:
    """The file that is wrong is the user's, not one that is shipped."""
    (tmp_path / "al.toml").write_text(_package("al", 0x0001))
    with pytest.raises(DataFileError) as caught:
        load_registry([tmp_path])
    assert str(caught.value) == f"{tmp_path / 'al.toml'}: number 0x0001 is that of package g"


# -------------------------------------------------------------------------------------------- installed distributions


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what puts a distribution on the path: its name, an entry point's value, and files of packages."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def add(name: str, value: str, files: dict[str, str]) -> Path:
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[megaco.packages]\n{name} = {value}\n[console_scripts]\nx = x:y\n")
        for path, text in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text)
        return site

    return add


_TRAP = "raise SystemExit('this code is not to be run')\n"


@pytest.mark.parametrize("value", ["acme.h248", "acme.h248:whatever"])
def test_a_distribution_brings_packages(install: Install, value: str) -> None:
    """From the folder of a Python package, of which no code is run."""
    site = install(
        "acme",
        value,
        {"acme/__init__.py": _TRAP, "acme/h248/__init__.py": _TRAP, "acme/h248/x.toml": _package("x", 0x9001)},
    )
    registry = load_registry()
    assert len(registry) == len(shipped().packages) + 1
    assert registry.property("x/p") is not None
    assert "acme" not in sys.modules
    (site / "acme/h248/x.toml").write_text("id = 1")
    with pytest.raises(DataFileError, match=r"acme.h248.x\.toml:1: id = 1: Expected `str`, got `int`$"):
        load_registry()


def test_a_distributions_folder_needs_no_code(install: Install) -> None:
    """A folder without ``__init__.py`` is a package too."""
    install("acme", "acme_h248", {"acme_h248/x.toml": _package("x", 0x9001)})
    assert load_registry().number("x") == 0x9001


def test_users_win_over_distributions_and_they_over_what_is_shipped(install: Install, tmp_path: Path) -> None:
    """Among distributions the last name wins."""
    install("beta", "beta", {"beta/al.toml": _package("al", 0x9001, "Beta")})
    install("alpha", "alpha", {"alpha/al.toml": _package("al", 0x9002, "Alpha")})
    found = load_registry().package("al")
    assert found is not None
    assert found.title == "Beta"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "al.toml").write_text(_package("al", 0x9003, "Mine"))
    found = load_registry([tmp_path / "mine"]).package("al")
    assert found is not None
    assert found.title == "Mine"


@pytest.mark.parametrize("value", ["acme_none", "acme.none", "acme.module", "acme.module.deeper"])
def test_a_distribution_without_its_folder_is_told(install: Install, value: str) -> None:
    """Who brings it, and what it names: nothing, or a module that is no package."""
    install("acme", value, {"acme/__init__.py": "", "acme/module.py": ""})
    with pytest.raises(DataFileError) as caught:
        load_registry()
    assert str(caught.value) == (
        f"acme: entry point acme of megaco.packages names {value!r}, which is no package that can be imported"
    )


def test_a_distribution_that_names_no_module_is_told(install: Install) -> None:
    """Not with a traceback."""
    install("acme", "no module!", {})
    with pytest.raises(DataFileError, match=r"^acme: entry point acme of megaco\.packages names 'no module!'"):
        load_registry()
