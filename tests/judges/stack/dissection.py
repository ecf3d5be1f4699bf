"""What Wireshark makes of a capture of an exchange: protocols, remarks, transactions, contexts, response times."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

_BETWEEN = "\x1f"
"""Stands between several values of one field."""
_WARNING = 0x600000
"""PI_WARN, the severity in Wireshark from which on an expert's remark counts; errors lie above."""
_NO_OBJECTION = "Errored Command"
"""Warns, in binary, that there is an error descriptor in a reply."""
_PREFERENCES = ("ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "megaco.ctx_info:TRUE", "h248.ctx_info:TRUE")
"""The last two: follow contexts and their commands."""
_FIELDS = (
    "frame.protocols",
    "_ws.expert.severity",
    "_ws.expert.message",
    "megaco.transid",
    "h248.transactionRequest.transactionId",
    "h248.transactionreply.transactionId",
    "megaco.ctx.cmd",
    "h248.ctx.cmd",
    "_ws.col.Info",
)


class Frame(NamedTuple):
    """One message."""

    protocols: list[str]
    remarks: list[str]
    """That count."""
    transactions: set[int]
    """Ids of transactions; of those in binary requests and replies only."""
    same_contexts: set[int]
    """Numbers of the frames with commands on the contexts of this one, itself included, counted from 1."""
    summary: str


class Capture:
    """A capture file of an exchange with the end at a port."""

    def __init__(self, program: str, file: Path, transport: str, encoding: str, port: int) -> None:
        # Over TCP the dissector of text knows TPKT, and hands on what is binary.
        protocol = "h248" if encoding == "binary" and transport == "udp" else "megaco"
        options = [argument for preference in _PREFERENCES for argument in ("-o", preference)]
        self._command = [program, "-r", str(file), "-d", f"{transport}.port=={port},{protocol}", *options]

    def frames(self) -> list[Frame]:
        """Return what each frame holds."""
        fields = [argument for field in _FIELDS for argument in ("-e", field)]
        form = ["-T", "fields", "-E", "separator=/t", "-E", f"aggregator={_BETWEEN}", *fields]
        return [_frame(line.split("\t")) for line in self._run(*form).splitlines()]

    def response_times(self) -> dict[str, int]:
        """Return the counts of Wireshark's response time statistics, which knows text only."""
        report = self._run("-q", "-z", "megaco,rtd")
        counts = {
            what: int(count) for what, count in re.findall(r"^([A-Z][a-z]+ [a-z]+): (\d+)$", report, re.MULTILINE)
        }
        found = re.search(r"^ALL  \|\s*(\d+)", report, re.MULTILINE)
        assert found is not None, report
        return counts | {"Answered": int(found[1])}

    def _run(self, *arguments: str) -> str:
        command = [*self._command, *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout


def _frame(fields: list[str]) -> Frame:
    protocols, severities, remarks, *rest, summary = fields
    text_ids, requests, replies, text_frames, binary_frames = map(_values, rest)
    counted = [
        remark
        for severity, remark in zip(_values(severities), _values(remarks), strict=True)
        if int(severity) >= _WARNING and remark != _NO_OBJECTION
    ]
    return Frame(
        protocols.split(":"),
        counted,
        set(map(int, text_ids + requests + replies)),
        set(map(int, text_frames + binary_frames)),
        summary,
    )


def _values(field: str) -> list[str]:
    return field.split(_BETWEEN) if field else []
