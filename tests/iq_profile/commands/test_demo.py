"""``h248 demo``."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from iq_profile.flow.run import PARTICIPANTS
from iq_profile.flow.steps import PROCEDURES

from .programs import call, start


def test_all_flows_are_shown_as_ladders() -> None:
    """Without arguments: every flow, each step with its verdict, exit code 0."""
    result = call("demo")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert [line for line in result.stdout.split() if line in PROCEDURES] == list(PROCEDURES)
    assert result.stdout.count("steps ok") == len(PROCEDURES)
    assert "failed" not in result.stdout


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}])
def test_a_pipe_gets_no_colour(environment: dict[str, str]) -> None:
    """Nothing that steers a terminal is in the output of a process."""
    result = start("demo", "bfcp-originating", environment=environment)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\x1b" not in result.stdout
    assert b"14 of 14 steps ok" in result.stdout


def test_json_is_one_object_a_flow() -> None:
    """A line each, in the order asked for."""
    result = call("demo", "--json", "msrp-terminating", "bfcp-terminating")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["procedure"] for one in told] == ["msrp-terminating", "bfcp-terminating"]
    assert all(one["ok"] for one in told)
    assert result.exit_code == 0


def test_options_reach_the_flow() -> None:
    """Answer, address family and layout."""
    result = call("demo", "--json", "--setup", "passive", "--ipv6", "--encoding", "compact", "msrp-originating")
    told = json.loads(result.stdout)
    messages = [one["text"] for one in told["messages"] if one["kind"] == "h248" and one["from"] != one["to"]]
    assert all(text.startswith("!/") and "[::1]" in text for text in messages)
    assert told["access"]["tls_role_of_agw"] == "server"


_PACKAGE = """
id = "xtls"
number = 0x9001
version = 1
title = "Own TLS"
spec = "none"
[signals.go]
number = 1
title = "Start TLS"
type = "brief"
provenance = "standard"
"""
_PROFILE = """
extends = "iq"
[items]
tls_establish = { name = "xtls/go", provenance = "standard" }
"""


@pytest.mark.parametrize("encoding", ["pretty", "binary"])
def test_names_of_ones_own_reach_the_wire(tmp_path: Path, encoding: str) -> None:
    """A profile and a package file give the start of TLS another name and number, and no code changes."""
    (tmp_path / "xtls.toml").write_text(_PACKAGE)
    profile = tmp_path / "my.profile"
    profile.write_text(_PROFILE)
    named = ("--profile", str(profile), "--packages", str(tmp_path))
    result = call("demo", "--json", "--encoding", encoding, *named, "msrp-originating")
    assert result.exit_code == 0
    texts = [one["text"] for one in json.loads(result.stdout)["messages"] if one["kind"] == "h248"]
    assert any("xtls/go" in text for text in texts)
    assert not any("tlsbsc/EstBNC" in text for text in texts)


def test_a_name_that_no_package_has_is_told(tmp_path: Path) -> None:
    """One line with file, line and key."""
    profile = tmp_path / "my.profile"
    profile.write_text(_PROFILE)
    result = call("demo", "--profile", str(profile), "msrp-originating")
    assert result.exit_code == 1
    assert f"{profile}:4: items.tls_establish.name = 'xtls/go': no package has this signal" in result.stderr


def test_verbose_shows_each_message() -> None:
    """Below its arrow."""
    brief, verbose = call("demo", "bfcp-originating"), call("demo", "-v", "bfcp-originating")
    assert "a=floorctrl:c-only" not in brief.stdout
    assert "a=floorctrl:c-only" in verbose.stdout


@pytest.mark.parametrize(("wrong", "refuser"), [("ue", "AGW"), ("agw", "UE")])
def test_a_wrong_certificate_is_exit_code_1(wrong: str, refuser: str) -> None:
    """The failed steps are named, and so is who refused."""
    result = start("demo", "msrp-originating", "--wrong-certificate", wrong)
    text = result.stdout.decode()
    assert (result.returncode, result.stderr) == (1, b"")
    assert f"the {refuser} refuses the certificate" in text
    assert "2 failed" in text
    told = json.loads(start("demo", "--json", "msrp-originating", "--wrong-certificate", wrong).stdout)
    assert [step["step"] for step in told["steps"] if not step["ok"]] == ["21", "media"]


def test_the_drawing_is_xml(tmp_path: Path) -> None:
    """One document, every participant and flow in it."""
    file = tmp_path / "ladder.svg"
    result = call("demo", "msrp-originating", "bfcp-terminating", "--svg", str(file))
    root = ET.fromstring(file.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    text = " ".join("".join(root.itertext()).split())
    assert all(name in text for name in (*PARTICIPANTS, "msrp-originating", "bfcp-terminating"))
    assert result.exit_code == 0


def test_the_capture_holds_the_messages(tmp_path: Path) -> None:
    """In a file that begins as capture files do."""
    file = tmp_path / "call.pcap"
    assert call("demo", "bfcp-originating", "--pcap", str(file)).exit_code == 0
    data = file.read_bytes()
    assert data[:4] in (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x0a\x0d\x0d\x0a", b"\x4d\x3c\xb2\xa1")
    assert data.count(b"MEGACO/2") >= 10


def test_all_flows_in_binary_are_h248_to_wireshark(tmp_path: Path) -> None:
    """Every step of every flow is seen, as text; in the capture no packet is malformed."""
    capture, drawing = tmp_path / "calls.pcap", tmp_path / "ladder.svg"
    files = ("--pcap", str(capture), "--svg", str(drawing))
    result = call("demo", "all", "--encoding", "binary", "--json", *files)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["procedure"], one["ok"]) for one in told] == [(name, True) for name in PROCEDURES]
    assert (result.exit_code, result.stderr) == (0, "")
    texts = [
        message["text"]
        for one in told
        for message in one["messages"]
        if message["kind"] == "h248" and message["from"] != message["to"]
    ]
    assert all(re.match(r"; \d+ octets in binary, which are in text:\nMEGACO/", text) for text in texts)
    assert "octets in binary" in "".join(ET.fromstring(drawing.read_bytes()).itertext())
    packets = dissected(capture)
    assert len(packets) == len(texts)
    assert all(protocols.endswith("h248") and not malformed for protocols, malformed in packets)


def dissected(capture: Path) -> list[tuple[str, bool]]:
    """Return what Wireshark makes of a capture: the protocols of each packet, and whether it is malformed."""
    rows = fields_of(capture, "frame.protocols", "_ws.malformed")
    return [(protocols, bool(malformed)) for protocols, malformed in rows]


def fields_of(capture: Path, *names: str) -> list[list[str]]:
    """Return what Wireshark finds of each packet, "" where it finds nothing."""
    tshark = shutil.which("tshark")
    if tshark is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    fields = ("-T", "fields", *(part for name in names for part in ("-e", name)))
    told = subprocess.run([tshark, "-r", str(capture), *fields], capture_output=True, text=True, check=True, timeout=60)
    return [line.split("\t") for line in told.stdout.splitlines()]


def test_text_is_megaco_to_wireshark(tmp_path: Path) -> None:
    """Without being told the port."""
    capture = tmp_path / "call.pcap"
    assert call("demo", "bfcp-originating", "--pcap", str(capture)).exit_code == 0
    assert all("megaco" in protocols and not malformed for protocols, malformed in dissected(capture))


def test_binary_may_be_shown_whole() -> None:
    """Below its arrow, in text that a reader reads."""
    result = call("demo", "-v", "bfcp-originating", "--encoding", "binary")
    assert result.exit_code == 0
    assert "octets)" in result.stdout
    assert "┊ Transaction = " in result.stdout.replace("┊   T", "┊ T")


@pytest.mark.parametrize("option", ["--svg", "--pcap"])
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, option: str) -> None:
    """One line, exit code 1."""
    file = tmp_path / "none" / "file"
    result = call("demo", "bfcp-originating", option, str(file))
    assert (result.exit_code, result.stderr) == (1, f"Error: {file}: No such file or directory\n")


@pytest.mark.parametrize(
    "arguments",
    [("sip",), ("--setup", "actpass"), ("--encoding", "xml"), ("--wrong-certificate", "peer"), ("--colour",)],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    """With what would be right."""
    result = call("demo", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


@pytest.mark.parametrize("encoding", ["pretty", "binary"])
def test_all_flows_run_over_tcp(tmp_path: Path, encoding: str) -> None:
    """Ladder, JSON, drawing and capture as over UDP; each message is a TPKT to Wireshark, and nothing is amiss."""
    capture, drawing = tmp_path / "calls.pcap", tmp_path / "ladder.svg"
    files = ("--pcap", str(capture), "--svg", str(drawing))
    result = call("demo", "all", "--transport", "tcp", "--encoding", encoding, "--json", *files)
    assert (result.exit_code, result.stderr) == (0, "")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["procedure"], one["ok"]) for one in told] == [(name, True) for name in PROCEDURES]
    assert all(name in "".join(ET.fromstring(drawing.read_bytes()).itertext()) for name in PROCEDURES)
    messages = [one for flow in told for one in flow["messages"] if one["kind"] == "h248" and one["from"] != one["to"]]
    packets = dissected(capture)
    assert len(packets) == len(messages)
    last = "h248" if encoding == "binary" else "megaco"
    assert all(":tcp:" in protocols and last in protocols and not malformed for protocols, malformed in packets)
    assert all(length == octets for length, octets in fields_of(capture, "tpkt.length", "tcp.len"))
    assert not any(flags for (flags,) in fields_of(capture, "tcp.analysis.flags"))


def test_a_ladder_over_tcp_is_the_one_over_udp() -> None:
    """Steps, participants and verdicts; times and numbers of the run aside."""
    over_udp, over_tcp = (call("demo", "bfcp-terminating", "--transport", one).stdout for one in ("udp", "tcp"))
    verdicts = re.compile(r"^ +ok +\S+  .*?(?=  seen)", re.MULTILINE)
    assert len(verdicts.findall(over_tcp)) == 14
    assert verdicts.findall(over_tcp) == verdicts.findall(over_udp)


def test_help_has_an_example() -> None:
    """And the exit codes."""
    result: subprocess.CompletedProcess[bytes] = start("demo", "--help")
    assert result.returncode == 0
    assert b"h248 demo all" in result.stdout
    assert b"Exit codes" in result.stdout
