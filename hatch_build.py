"""Build hook: compile the modules that pyproject.toml lists with mypyc, or say why they stay plain Python.

``python hatch_build.py`` compiles them beside their sources. Where H248_INTERPRETED is set nothing is compiled.
"""

import os
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from contextlib import chdir
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY = "megaco.compiled"
"""The one group of all compiled modules. A name of mypyc's own choice would lie beside the package, not in it."""
REMEDY = "install gcc (or clang) and the headers of Python (Debian: gcc libc6-dev python3-dev), then install h248 again"


FASTER_CALLS = ["-fno-plt", "-fno-semantic-interposition"]
"""Calls into Python's own library go there straight: a twentieth faster, measured by bench/codec."""


class NotCompiledError(Exception):
    """Why the modules stay plain Python."""


class CompileHook(BuildHookInterface[BuilderConfig]):
    """Put the compiled modules into a wheel, or beside their sources for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before hatchling collects files; a wheel that holds no compiled module stays py3-none-any."""
        self.scratch = TemporaryDirectory()
        target = Path(self.root if version == "editable" else self.scratch.name)
        with chdir(self.root):
            compiled = compile_or_say(self.config["compiled"], target)
        if compiled and version != "editable":
            build_data["force_include"].update({str(target / file): str(file) for file in compiled})
            build_data.update(pure_python=False, infer_tag=True)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Drop what the wheel has taken in."""
        self.scratch.cleanup()


def compile_or_say(sources: list[str], target: Path) -> list[Path]:
    """Compile below a folder and return the files, relative to it; none and one line on stderr where it cannot be."""
    for suffix in EXTENSION_SUFFIXES:  # never run what is older than its source, or was listed once
        below = (target / LIBRARY.partition(".")[0]).rglob(f"*{suffix}")
        for old in (*below, *((target / module).with_suffix(suffix) for module in sources)):
            old.unlink(missing_ok=True)
    try:
        if os.environ.get("H248_INTERPRETED"):
            raise NotCompiledError("H248_INTERPRETED is set")
        find_tools(sources)
        with TemporaryDirectory() as scratch:
            libraries = Path(scratch, "libraries")
            files = run_mypyc(sources, libraries, scratch)
            shutil.copytree(libraries, target, dirs_exist_ok=True)  # all or none: a part of them would not import
        return [file.relative_to(libraries) for file in files]
    except NotCompiledError as reason:
        print(f"h248: the codec is not compiled and runs as plain Python, only slower: {reason}", file=sys.stderr)
        return []


def find_tools(sources: Iterable[str]) -> None:
    """Raise NotCompiledError if anything is missing that every platform with a Unix compiler needs."""
    for source in sources:
        if not Path(source).exists():
            raise NotCompiledError(f"there is no {source}")
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "").split()
    if compiler and shutil.which(compiler[0]) is None:
        raise NotCompiledError(f"there is no C compiler {compiler[0]}; {REMEDY}")
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        raise NotCompiledError(f"there is no Python.h; {REMEDY}")


def run_mypyc(sources: list[str], target: Path, scratch: str) -> list[Path]:
    """Compile all sources in one group, so that calls and inheritance between them are native."""
    # Type errors in other modules and the settings of the developers' own mypy are no reason not to compile.
    options = ["--config-file=", "--follow-imports=silent"]
    try:
        from mypyc.build import mypycify
        from setuptools import Distribution

        extensions = mypycify(
            [*options, *sources], opt_level="3", debug_level="0", group_name=LIBRARY, target_dir=scratch
        )
        for extension in extensions if sys.platform == "linux" else []:
            extension.extra_compile_args += FASTER_CALLS
        command = Distribution({"name": "h248", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(target), scratch
        command.ensure_finalized()
        command.run()
        return [Path(file) for file in command.get_outputs()]
    except (Exception, SystemExit) as error:  # mypyc exits where the types of a module are wrong
        raise NotCompiledError(f"compilation failed ({type(error).__name__}: {error}), see above") from error


def listed_sources(root: Path) -> list[str]:
    """Return the sources that pyproject.toml lists."""
    tool: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]
    sources: list[str] = tool["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["compiled"]
    return sources


if __name__ == "__main__":
    os.chdir(Path(__file__).parent)
    for compiled in compile_or_say(listed_sources(Path()), Path()):
        print(f"compiled {compiled}")
