"""An independent judge: Wireshark's H.248 dissector reads every message that the flows exchange."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import megaco
from megaco.transport import Address, Datagram, capture
from megaco.transport.address import TEXT_PORT

FIXTURES = sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.h248"))
_LOCAL = Address("127.0.0.1", TEXT_PORT)


@pytest.fixture(scope="module")
def tshark() -> str:
    """The dissector; CI installs it, elsewhere its absence is a reason to skip."""
    found = shutil.which("tshark")
    if found is None and os.environ.get("CI"):
        pytest.fail("tshark is missing, .ci/run installs it")
    if found is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    return found


@pytest.mark.parametrize("encoding", megaco.ENCODINGS)
def test_no_message_is_malformed(tshark: str, tmp_path: Path, encoding: str) -> None:
    """tshark knows each message as H.248 and finds no malformed packet and no expert error in it."""
    messages = [megaco.encode(megaco.decode(path.read_bytes()), encoding) for path in FIXTURES]
    file = tmp_path / "messages.pcap"
    file.write_bytes(capture(Datagram(float(n), _LOCAL, _LOCAL, message) for n, message in enumerate(messages)))
    fields = ["-e", "frame.protocols", "-e", "_ws.malformed", "-e", "_ws.expert.severity"]
    command = [tshark, "-r", str(file), "-o", "ip.check_checksum:TRUE", "-T", "fields", "-E", "separator=|", *fields]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.splitlines()
    assert len(lines) == len(FIXTURES)
    for path, line in zip(FIXTURES, lines, strict=True):
        protocols, malformed, severity = line.split("|")
        assert "megaco" in protocols.split(":"), f"{path.name}: {protocols}"
        assert not malformed, path.name
        assert not any(int(one) >= 0x600000 for one in severity.split(",") if one), f"{path.name}: {severity}"
