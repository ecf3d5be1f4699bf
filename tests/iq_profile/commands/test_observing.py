"""What an operator sees of ``h248 agw`` and ``h248 alg``: traces, captures, metrics, the log."""

import asyncio
import builtins
import json
import shutil
import stat
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from .programs import call, line_of, serving, stderr_of, stop
from .test_serve import ALG, addresses, agw_toml, calling, told


def test_a_call_is_traced_and_captured_by_both(tmp_path: Path) -> None:
    """Every message is in the files of both ends, which are for their owner only; what one received the other sent."""
    files = {name: (tmp_path / f"{name}.jsonl", tmp_path / f"{name}.pcap") for name in ("alg", "agw")}

    def options(name: str) -> tuple[str, ...]:
        lines, packets = files[name]
        return "--trace", str(lines), "--pcap", str(packets)

    with serving("alg", "--config", "-", *options("alg"), stdin=ALG) as alg:
        controller, port = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", *options("agw"), stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            asyncio.run(calling(port))
            assert stop(agw) == (0, b"")
        assert stop(alg) == (0, b"")
    seen = {name: [json.loads(line) for line in lines.read_text().splitlines()] for name, (lines, _) in files.items()}
    assert {stat.S_IMODE(file.stat().st_mode) for pair in files.values() for file in pair} == {0o600}
    for one, other in (("alg", "agw"), ("agw", "alg")):
        sent = [message["text"] for message in seen[one] if message["direction"] == "sent"]
        received = [message["text"] for message in seen[other] if message["direction"] == "received"]
        assert set(received) <= set(sent)  # the gateway does not stay to hear that it may go
        assert len(received) > 5
    for name, (_, packets) in files.items():
        assert packets.read_bytes().count(b"MEGACO/") == len(seen[name])


def test_a_capture_may_be_piped() -> None:
    """``--pcap - | tshark -r -``; whatever else is said goes to standard error."""
    tshark = shutil.which("tshark")
    if tshark is None:
        pytest.skip("tshark is not installed (Debian: apt-get install tshark)")
    with serving("alg", "--config", "-", "--pcap", "-", stdin=ALG) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            stop(agw)
        alg.terminate()
        assert alg.stdout is not None
        octets = alg.stdout.read()
        assert alg.wait(5.0) == 0
    port = controller.rpartition(":")[2]
    command = [tshark, "-r", "-", "-d", f"udp.port=={port},megaco", "-T", "fields", "-e", "frame.protocols"]
    protocols = subprocess.run(command, input=octets, capture_output=True, check=True, timeout=60).stdout.decode()
    assert set(protocols.split()) == {"raw:ip:udp:megaco"}


def test_a_trace_may_be_piped_to_one_that_leaves() -> None:
    """The gateway is told so once, and goes on."""
    with serving("alg", "--config", "-", "--trace", "-", stdin=ALG) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        assert alg.stdout is not None
        alg.stdout.close()
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            assert "standard output: Broken pipe; nothing more is written to it" in line_of(alg, "h248.trace")
            assert stop(agw) == (0, b"")
        assert stop(alg) == (0, b"")


def test_metrics_are_served() -> None:
    """Where asked for, as long as the process runs, with those of the process itself."""
    with serving("alg", "--config", "-", "--metrics", "127.0.0.1:0", stdin=ALG) as alg:
        url = line_of(alg, "metrics on ").removeprefix("metrics on ")
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            with urllib.request.urlopen(url, timeout=10.0) as answer:
                text = answer.read().decode()
            assert "\nh248_associations 1.0\n" in text
            assert "\nh248_requests_received_total 1.0\n" in text
            assert 'h248_transport_messages_received_total{transport="udp"} 1.0\n' in text
            assert "\nprocess_cpu_seconds_total " in text
            assert told("agw", "--config", "-", "--metrics", url[7:-8], stdin=agw_toml(controller).encode()).startswith(
                f"Error: cannot serve metrics on {url.removesuffix('/metrics')}: "
            )
            stop(agw)
        assert stop(alg) == (0, b"")


def test_the_log_has_levels_and_forms() -> None:
    """At debug every transaction, as a line or as an object."""
    for options in (("--log-level", "debug"), ("--log-level", "debug", "--log-json")):
        with serving("alg", "--config", "-", *options, stdin=ALG) as alg:
            controller, _ = addresses(line_of(alg, "listening for gateways"))
            with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
                line_of(agw, "in service")
                stop(agw)
            line = line_of(alg, "h248.transaction")
            stop(alg)
        if "--log-json" in options:
            record = json.loads(line)
            assert (record["level"], record["logger"]) == ("DEBUG", "h248.transaction")
            assert record["h248"]["commands"] == ["ServiceChange"]
            assert record["h248"]["outcome"] == "reply"
        else:
            assert " DEBUG h248.transaction transaction=" in line
            assert " role=responder " in line
            assert " commands=ServiceChange outcome=reply " in line


def test_the_log_is_silent_where_all_is_well() -> None:
    """A gateway comes and goes without a word."""
    with serving("alg", "--config", "-", stdin=ALG) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            stop(agw)
        assert stop(alg) == (0, b"")
        assert stderr_of(alg).read() == b""


@pytest.mark.parametrize("name", ["agw", "alg"])
def test_files_that_cannot_be_written_are_told(tmp_path: Path, name: str) -> None:
    """One line, before anything is started."""
    for option in ("--trace", "--pcap"):
        line = told(name, "--config", "-", option, str(tmp_path / "none" / "file"), stdin=ALG if name == "alg" else b"")
        assert line == f"Error: {tmp_path}/none/file: No such file or directory"


def test_a_fault_in_the_configuration_leaves_the_files_alone(tmp_path: Path) -> None:
    """What was recorded before is there still."""
    file = tmp_path / "messages.jsonl"
    file.write_text("of before")
    assert told("alg", "--config", "-", "--trace", str(file), stdin=b"[h248]\nlisten = 7\n").startswith(
        "Error: stdin:2"
    )
    assert file.read_text() == "of before"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-v", "--log-level", "debug"), "-v is --log-level info: give one of the two"),
        (("--log-level", "chatty"), "'chatty' is not one of 'debug', 'info', 'warning', 'error'"),
        (("--trace", "-", "--pcap", "-"), "--trace and --pcap both write to -: name two files"),
        (("--trace", "a/../b", "--pcap", "b"), "--trace and --pcap both write to a/../b: name two files"),
        (("--metrics", "9248"), "9248: "),
        (("--metrics", "localhost:9248"), "written like 127.0.0.1:5080 or [::1]:5080"),
        (("--metrics", "127.0.0.1:99999"), "Port out of range"),
    ],
)
@pytest.mark.parametrize("name", ["agw", "alg"])
def test_wrong_usage_is_told(name: str, options: tuple[str, ...], words: str) -> None:
    """With what would be right."""
    result = call(name, "--config", "-", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())


def test_metrics_need_their_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is told at once."""
    imported = builtins.__import__

    def without_metrics(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "megaco.endpoint.metrics":
            raise ImportError("metrics need prometheus-client: pip install 'h248[metrics]'")
        return imported(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without_metrics)
    result = call("alg", "--config", "-", "--metrics", "127.0.0.1:9248")
    assert result.exit_code == 2
    assert "pip install 'h248[metrics]'" in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["agw", "alg"])
def test_every_option_has_an_example_or_a_help_text(name: str) -> None:
    """--help shows them all, and how they are used."""
    text = call(name, "--help").stdout
    for option in ("--trace FILE", "--pcap FILE", "--metrics ADDRESS:PORT", "--log-level", "--log-json"):
        assert option in text
    assert "--pcap - | wireshark -k -i -" in text or "--metrics 127.0.0.1:9248" in text
