"""Erlang/OTP's megaco as a judge: one virtual machine for a whole run, asked by lines and answering through files."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from .findings import Finding

HOW_TO_INSTALL = "Debian: apt-get install erlang-megaco erlang-examples"
JUDGES = ("otp-flex", "otp-plain")
"""OTP's two scanners, in C and in Erlang, before its one parser."""


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
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            for text, octets in texts.items():
                (folder / f"{name}.{text}").write_bytes(octets)
        judged = int(self._ask("judge", folder))
        assert judged == len(cases)
        return [Finding(*line.split("\t", 3)) for line in (folder / "findings").read_text("utf-8").splitlines()]

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
