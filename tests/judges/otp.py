"""Erlang/OTP's megaco as a judge: one virtual machine for a whole run, asked by lines and answering through files."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from .findings import Finding

HOW_TO_INSTALL = "Debian: apt-get install erlang-megaco erlang-examples"
JUDGES = ("otp-flex", "otp-plain")
"""OTP's two scanners, in C and in Erlang, before its one parser."""

Conversion = Literal["recode", "to-ber", "from-ber"]

_SUFFIXES: dict[Conversion, tuple[str, str]] = {
    "recode": (".ber", ".otp"),
    "to-ber": (".h248", ".ber"),
    "from-ber": (".ber", ".txt"),
}
"""Of the files that a conversion reads and writes."""


class Converted(NamedTuple):
    """What came of messages, and why nothing came of the others; each by name."""

    octets: dict[str, bytes]
    refusals: dict[str, str]


class OtpMissingError(Exception):
    """Erlang, its megaco or its examples are not here."""


class Otp:
    """The judge, running."""

    def __init__(self) -> None:
        """Start it; raises OtpMissingError."""
        program = shutil.which("escript")
        if program is None:
            raise OtpMissingError(f"Erlang is not installed ({HOW_TO_INSTALL})")
        command = [program, str(Path(__file__).parent / "otp_judge.escript")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        try:
            self.releases = self._answer()
        except OtpMissingError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End it and wait until it has ended."""
        self._process.communicate()

    def messages(self, folder: Path) -> dict[str, bytes]:
        """Return the messages that OTP measures itself with, by name; they pass through a folder."""
        self._ask("messages", folder)
        return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.h248"))}

    def judge(self, cases: Mapping[str, Mapping[str, bytes]], folder: Path) -> list[Finding]:
        """Return the findings on messages: name -> text (original, pretty, compact) -> octets."""
        for name, texts in cases.items():
            for text, octets in texts.items():
                _write(folder / f"{name}.{text}", octets)
        judged = int(self._ask("judge", folder))
        assert judged == len(cases)
        return [Finding(*line.split("\t", 3)) for line in (folder / "findings").read_text("utf-8").splitlines()]

    def convert(self, conversion: Conversion, messages: Mapping[str, bytes], folder: Path) -> Converted:
        """Have messages (name -> octets) written anew; they pass through an empty folder.

        ``recode`` is BER decoded and encoded by nothing but OTP's ASN.1 module of the message's version. ``to-ber``
        takes text and ``from-ber`` gives it, by the whole of OTP's codec: in binary it has values as they stand in
        text, without the tag and length that the standard puts around them.
        """
        source, target = _SUFFIXES[conversion]
        for name, octets in messages.items():
            _write(folder / f"{name}{source}", octets)
        converted = int(self._ask(conversion, folder))
        assert converted == len(messages)
        paths = {name: folder / f"{name}{target}" for name in messages}
        lines = (folder / "findings").read_text("utf-8").splitlines()
        return Converted(
            {name: path.read_bytes() for name, path in paths.items() if path.exists()},
            dict(_split_once(line) for line in lines),
        )

    def _ask(self, command: str, folder: Path) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command} {folder}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline().strip()
        if not answer or answer.startswith("missing"):
            raise OtpMissingError(f"Erlang: {answer or 'it ended'} ({HOW_TO_INSTALL})")
        return answer


def _write(path: Path, octets: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)


def _split_once(line: str) -> tuple[str, str]:
    name, _, reason = line.partition("\t")
    return name, reason
