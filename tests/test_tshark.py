"""An independent judge: Wireshark's H.248 dissector reads every message that the flows exchange."""

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

import megaco

FIXTURES = sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.h248"))
_ETHERNET, _H248_TEXT_PORT = 1, 2944


@pytest.fixture(scope="module")
def tshark() -> str:
    """The dissector; CI installs it, elsewhere its absence is a reason to skip."""
    found = shutil.which("tshark")
    if found is None and os.environ.get("CI"):
        pytest.fail("tshark is missing, .ci/run installs it")
    if found is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    return found


def _frame(payload: bytes) -> bytes:
    """Wrap a message in UDP, IPv4 and Ethernet; checksums are left zero."""
    udp = struct.pack("!HHHH", _H248_TEXT_PORT, _H248_TEXT_PORT, 8 + len(payload), 0) + payload
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
    return bytes(12) + b"\x08\x00" + ip + udp


def _capture(messages: list[bytes]) -> bytes:
    frames = [_frame(message) for message in messages]
    head = struct.pack("!IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, _ETHERNET)
    return head + b"".join(struct.pack("!IIII", n, 0, len(frame), len(frame)) + frame for n, frame in enumerate(frames))


@pytest.mark.parametrize("encoding", megaco.ENCODINGS)
def test_no_message_is_malformed(tshark: str, tmp_path: Path, encoding: str) -> None:
    """tshark knows each message as H.248 and finds no malformed packet and no expert error in it."""
    messages = [megaco.encode(megaco.decode(path.read_bytes()), encoding) for path in FIXTURES]
    capture = tmp_path / "messages.pcap"
    capture.write_bytes(_capture(messages))
    fields = ["-e", "frame.protocols", "-e", "_ws.malformed", "-e", "_ws.expert.severity"]
    command = [tshark, "-r", str(capture), "-o", "ip.check_checksum:FALSE", "-T", "fields", "-E", "separator=|", *fields]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.splitlines()
    assert len(lines) == len(FIXTURES)
    for path, line in zip(FIXTURES, lines, strict=True):
        protocols, malformed, severity = line.split("|")
        assert "megaco" in protocols.split(":"), f"{path.name}: {protocols}"
        assert not malformed, path.name
        assert not any(int(one) >= 0x600000 for one in severity.split(",") if one), f"{path.name}: {severity}"
