"""The build: what a wheel holds with a C compiler and without one, and which of the two forms of the codec runs."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from zipfile import ZipFile

import pytest

from hatch_build import LIBRARY, NotCompiledError, compile_or_say, find_tools, listed_sources

ROOT = Path(__file__).resolve().parent.parent
SOURCES = listed_sources(ROOT)
LIBRARIES = {
    Path(name).with_suffix(EXTENSION_SUFFIXES[0]).as_posix()
    for name in (*SOURCES, LIBRARY.replace(".", "/") + "__mypyc.py")
}
PROGRAM = "from iq_profile.program import main; main()"


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with some environment variables of its own."""
    inherited = {name: value for name, value in os.environ.items() if name != "H248_INTERPRETED"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def build(folder: Path, environment: Mapping[str, str]) -> tuple[str, set[str], list[str]]:
    """Build a wheel, unpack it; return its tag, its files and what was said."""
    said = run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), folder=ROOT, **environment).stderr
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
        files = set(archive.namelist())
    installed = wheel.name.rsplit("-", 3)[0] + ".dist-info"
    assert {name.split("/")[0] for name in files} == {"megaco", "iq_profile", installed}
    return wheel.stem.split("-", 2)[2], files, [line for line in said.splitlines() if line != str(wheel)]


def codec_of(folder: Path, **environment: str) -> str:
    """Tell which form of the codec runs from an unpacked wheel."""
    lines = run("-c", PROGRAM, "version", folder=folder, PYTHONPATH=str(folder), **environment).stdout.splitlines()
    return next(line for line in lines if line.startswith("codec: "))


def test_what_was_compiled_before_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of modules that are listed no longer too: one such would not find its library."""
    monkeypatch.setenv("H248_INTERPRETED", "1")
    old = tmp_path / "megaco" / "packages" / f"use{EXTENSION_SUFFIXES[0]}"
    old.parent.mkdir(parents=True)
    old.touch()
    assert compile_or_say(SOURCES, tmp_path) == []
    assert not old.exists()


def test_with_a_compiler_a_wheel_holds_libraries_inside_the_package(tmp_path: Path) -> None:
    """It is for this platform, all libraries lie beside their sources, and both forms run from it."""
    try:
        find_tools(SOURCES)
    except NotCompiledError as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    compiler = tmp_path / "compiler"  # quick to compile is enough here
    compiler.write_text(f'#!/bin/sh\nexec {sysconfig.get_config_var("CC")} "$@" -O0\n')
    compiler.chmod(0o755)
    folder = tmp_path / "wheel"
    tag, files, said = build(folder, {"CC": str(compiler)})
    assert not said
    assert tag.startswith(f"cp{sys.version_info.major}{sys.version_info.minor}-")
    assert {name for name in files if name.endswith(tuple(EXTENSION_SUFFIXES))} == LIBRARIES
    assert codec_of(folder) == "codec: compiled (mypyc)"
    assert codec_of(folder, H248_INTERPRETED="1") == "codec: interpreted"


@pytest.mark.parametrize(
    ("environment", "reason"),
    [({"CC": "/nonexistent"}, "there is no C compiler /nonexistent"), ({"H248_INTERPRETED": "1"}, "H248_INTERPRETED")],
)
def test_without_a_compiler_a_wheel_is_plain_python(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    """It is for every platform, holds no library, says why in one line, and runs."""
    tag, files, said = build(tmp_path, environment)
    assert tag == "py3-none-any"
    assert not {name for name in files if name.endswith(tuple(EXTENSION_SUFFIXES))}
    assert len(said) == 1
    assert reason in said[0]
    assert codec_of(tmp_path) == "codec: interpreted"


def test_headers_of_python_are_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A compiler without Python.h is as good as none."""
    monkeypatch.setenv("CC", sys.executable)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(NotCompiledError, match=r"there is no Python\.h; install .*python3-dev"):
        find_tools([])


def test_what_is_not_compiled_leaves_no_older_library_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise an editable install would run what its sources no longer say."""
    monkeypatch.setenv("H248_INTERPRETED", "1")
    older = (tmp_path / "one.py").with_suffix(EXTENSION_SUFFIXES[0])
    older.touch()
    assert compile_or_say(["one.py"], tmp_path) == []
    assert not older.exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_wrong_types_are_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The module stays plain Python, and what mypyc said is told."""
    monkeypatch.delenv("H248_INTERPRETED", raising=False)
    monkeypatch.setattr("hatch_build.find_tools", lambda sources: None)
    monkeypatch.chdir(tmp_path)
    Path("wrong.py").write_text("number: int = ''\n")
    assert compile_or_say(["wrong.py"], tmp_path) == []
    told = capfd.readouterr()
    assert "wrong.py:1: error" in told.out
    assert told.err.startswith("h248: the codec is not compiled")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("name", SOURCES)
def test_no_library_of_the_source_tree_is_older_than_its_source(name: str) -> None:
    """What the other tests ran is what the sources say."""
    library = (ROOT / name).with_suffix(EXTENSION_SUFFIXES[0])
    if not library.exists():
        pytest.skip(f"{name} is not compiled")
    assert library.stat().st_mtime >= (ROOT / name).stat().st_mtime, "run `make compile`"
