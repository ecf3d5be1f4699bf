"""The codec rebuilt from edited grammar files, as who edits them would: in a copy, by ``python -m megaco.grammar``."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import megaco
from megaco import Message, from_json, to_json

_ROOT = Path(__file__).resolve().parents[3]
_TALK = """
import json, sys
import megaco
for line in sys.stdin:
    what, text, option = json.loads(line)
    try:
        if what == "decode":
            octets = bytes.fromhex(text) if option == "binary" else text
            print(json.dumps([megaco.to_json(megaco.decode(octets, strict=True)), "", [], 0]))
        else:
            print(json.dumps([megaco.encode(megaco.from_json(text), option).decode("latin-1"), "", [], 0]))
    except megaco.DecodeError as error:
        print(json.dumps(["", str(error), error.expected, error.code]))
    except megaco.EncodeError as error:
        print(json.dumps(["", str(error), [], 0]))
"""


@dataclass(frozen=True)
class Outcome:
    """What the rebuilt codec said: ``text`` of a message (JSON where it was decoded), or ``error``.

    Octets are text in Latin-1.
    """

    text: str
    error: str
    expected: list[str]
    code: int


class Rebuilt:
    """A copy of the package, and its codec after an edit of the grammar files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ignored = shutil.ignore_patterns("*.so", "__pycache__")
        shutil.copytree(_ROOT / "megaco", folder / "megaco", ignore=ignored)
        shutil.copytree(_ROOT / "grammars", folder / "grammars")

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace what stands once in a grammar file; "" for ``old`` adds at its end."""
        path = self._folder / "grammars" / file
        text = path.read_text("utf-8")
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new) if old else text + new, "utf-8")

    def build(self) -> None:
        """Generate the codec from the edited files; nothing else in the package is touched."""
        self._run("-m", "megaco.grammar")

    def refusal(self) -> str:
        """Return what generating says that refuses the edited files."""
        done = self._start("-m", "megaco.grammar")
        assert done.returncode == 1
        return done.stderr

    def modules(self) -> list[str]:
        """Return the generated modules."""
        names = ("text/decoder.py", "text/encoder.py", "binary/decoder.py", "binary/encoder.py", "binary/schema.py")
        return [(self._folder / "megaco" / name).read_text("utf-8") for name in names]

    def decode(self, text: str) -> Outcome:
        """Decode, to the letter."""
        return self._ask("decode", text)

    def decode_binary(self, octets: bytes) -> Outcome:
        """Decode octets, to the letter."""
        return self._ask("decode", octets.hex(), "binary")

    def message(self, text: str) -> Message:
        """Return the message that a text decodes to."""
        outcome = self.decode(text)
        assert outcome.text, outcome.error
        return from_json(outcome.text)

    def encode(self, message: Message, layout: str) -> Outcome:
        """Encode a message."""
        return self._ask("encode", to_json(message), layout)

    def _ask(self, what: str, text: str, option: str = "") -> Outcome:
        answer: list[Any] = json.loads(self._run("-c", _TALK, given=json.dumps([what, text, option]) + "\n"))
        return Outcome(*answer)

    def _run(self, *arguments: str, given: str = "") -> str:
        done = self._start(*arguments, given=given)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _start(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder), "PYTHONSAFEPATH": "1"},
            check=False,
        )


def is_the_copy(rebuilt: Rebuilt) -> bool:
    """Tell whether what runs is the copy and not the package under test."""
    where = rebuilt._run("-c", "import megaco; print(megaco.__file__)").strip()
    return Path(where) != Path(str(megaco.__file__)) and Path(where).is_relative_to(rebuilt._folder)
