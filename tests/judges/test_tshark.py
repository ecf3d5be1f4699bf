"""Wireshark's H.248 dissector finds no malformed packet and no error in the texts that we write."""

from pathlib import Path

import pytest

from megaco.text import LAYOUTS

from .conftest import Messages
from .findings import known_findings, objections
from .tshark import dissected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_fixtures(tshark: str, tmp_path: Path, fixture_messages: Messages, layout: str) -> None:
    """tshark has nothing against our fixtures, but for what is listed."""
    _check(tshark, tmp_path, fixture_messages, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_messages_of_otp(tshark: str, tmp_path: Path, otp_messages: Messages, layout: str) -> None:
    """tshark has nothing against OTP's messages as we write them, but for what is listed."""
    _check(tshark, tmp_path, otp_messages, layout)


def _check(tshark: str, folder: Path, messages: Messages, layout: str) -> None:
    findings = dissected(tshark, {name: texts[layout] for name, texts in messages.items()}, layout, folder)
    wrong = objections(findings, known_findings(), "tshark", {(name, layout) for name in messages})
    assert not wrong, "\n".join(wrong)
