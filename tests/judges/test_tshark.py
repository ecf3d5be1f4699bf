"""Wireshark's H.248 dissector finds no malformed packet and no error in what we write."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import megaco
from megaco.transport import Address, Datagram, capture
from megaco.transport.address import TEXT_PORT

from .conftest import Messages
from .findings import Finding, known_findings, objections

_LOCAL = Address("127.0.0.1", TEXT_PORT)
_WARNING = 0x600000
"""PI_WARN, the severity in Wireshark from which on an expert's remark counts; errors lie above."""
_BETWEEN = "\x1f"
"""Stands between several values of one field."""
_FIELDS = ("frame.protocols", "_ws.expert.severity", "_ws.expert.message")


@pytest.mark.parametrize("layout", megaco.ENCODINGS)
def test_fixtures(tshark: str, tmp_path: Path, fixture_messages: Messages, layout: str) -> None:
    """tshark has nothing against our fixtures, but for what is listed."""
    _check(tshark, tmp_path, fixture_messages, layout)


@pytest.mark.parametrize("layout", megaco.ENCODINGS)
def test_messages_of_otp(tshark: str, tmp_path: Path, otp_messages: Messages, layout: str) -> None:
    """tshark has nothing against OTP's messages as we write them, but for what is listed."""
    _check(tshark, tmp_path, otp_messages, layout)


def _check(tshark: str, folder: Path, messages: Messages, layout: str) -> None:
    file = folder / "messages.pcap"
    texts = [texts[layout] for texts in messages.values()]
    file.write_bytes(capture(Datagram(float(n), _LOCAL, _LOCAL, text) for n, text in enumerate(texts)))
    lines = _dissected(tshark, file)
    assert len(lines) == len(messages)
    findings = [
        Finding("tshark", name, layout, says)
        for name, line in zip(messages, lines, strict=True)
        for says in _remarks(line)
    ]
    wrong = objections(findings, known_findings(), "tshark", {(name, layout) for name in messages})
    assert not wrong, "\n".join(wrong)


def _dissected(tshark: str, file: Path) -> list[str]:
    fields = [argument for field in _FIELDS for argument in ("-e", field)]
    form = ["-T", "fields", "-E", "separator=/t", "-E", f"aggregator={_BETWEEN}", *fields]
    command = [tshark, "-r", str(file), "-o", "ip.check_checksum:TRUE", *form]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)
    return finished.stdout.splitlines()


def _remarks(line: str) -> Iterator[str]:
    """Yield what the dissector holds against one packet."""
    protocols, severities, remarks = line.split("\t")
    if "megaco" not in protocols.split(":"):
        yield f"not H.248 but {protocols}"
    for severity, remark in zip(_values(severities), _values(remarks), strict=True):
        if int(severity) >= _WARNING:
            yield remark


def _values(field: str) -> list[str]:
    return field.split(_BETWEEN) if field else []
