"""Wireshark's H.248 dissectors, for text and for binary, as a judge."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from megaco.transport import Address, Datagram, capture
from megaco.transport.address import TEXT_PORT

from .findings import Finding

_BINARY_PORT = 2945
_WARNING = 0x600000
"""PI_WARN, the severity in Wireshark from which on an expert's remark counts; errors lie above."""
_BETWEEN = "\x1f"
"""Stands between several values of one field."""
_FIELDS = ("frame.protocols", "_ws.expert.severity", "_ws.expert.message")
_NO_OBJECTION = "Errored Command"
"""Warns, in binary, that there is an error descriptor in a reply."""


def dissected(program: str, messages: Mapping[str, bytes], text: str, folder: Path) -> list[Finding]:
    """Return the findings on messages, name -> octets, that are written as ``text``."""
    file = folder / "messages.pcap"
    protocol, port = ("h248", _BINARY_PORT) if text == "binary" else ("megaco", TEXT_PORT)
    at = Address("127.0.0.1", port)
    file.write_bytes(capture(Datagram(float(n), at, at, octets) for n, octets in enumerate(messages.values())))
    lines = _lines(program, file)
    assert len(lines) == len(messages)
    named = zip(messages, lines, strict=True)
    return [Finding("tshark", name, text, says) for name, line in named for says in _remarks(line, protocol)]


def _lines(program: str, file: Path) -> list[str]:
    fields = [argument for field in _FIELDS for argument in ("-e", field)]
    form = ["-T", "fields", "-E", "separator=/t", "-E", f"aggregator={_BETWEEN}", *fields]
    command = [program, "-r", str(file), "-o", "ip.check_checksum:TRUE", *form]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)
    return finished.stdout.splitlines()


def _remarks(line: str, protocol: str) -> Iterator[str]:
    """Yield what the dissector holds against one packet."""
    protocols, severities, remarks = line.split("\t")
    if protocol not in protocols.split(":"):
        yield f"not H.248 but {protocols}"
    for severity, remark in zip(_values(severities), _values(remarks), strict=True):
        if int(severity) >= _WARNING and remark != _NO_OBJECTION:
            yield remark


def _values(field: str) -> list[str]:
    return field.split(_BETWEEN) if field else []
