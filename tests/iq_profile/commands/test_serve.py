"""``h248 agw`` and ``h248 alg`` as processes of their own on loopback."""

import asyncio
import re
import signal
import socket
from pathlib import Path

import pytest

from iq_profile.agw.relay import Certificate
from iq_profile.flow.end import End, EndPlan
from iq_profile.flow.recorder import Recorder
from iq_profile.profile import shipped_profile
from megaco.sdp import Setup

from .programs import call, line_of, serving, start, stderr_of, stop

ALG = b'[h248]\nlisten = "udp://127.0.0.1:0"\n[signalling]\nlisten = "127.0.0.1:0"\n'


def agw_toml(controller: str, more: str = "") -> str:
    """Return a gateway's configuration."""
    return (
        f'[h248]\ncontroller = "udp://{controller}"\nlisten = "udp://127.0.0.1:0"\n'
        f"maximum_waiting_delay_s = 0.0\n{more}"
    )


def addresses(line: str) -> tuple[str, int]:
    """Return from what the controller says where gateways find it, and the port for ends."""
    found = re.search(r"for gateways on udp://(\S+), for ends on 127\.0\.0\.1:(\d+)", line)
    assert found is not None, line
    return found.group(1), int(found.group(2))


async def calling(port: int) -> Recorder:
    """Let a UE call a core peer over MSRP, both say and hear all, and hang up."""
    recorder = Recorder(shipped_profile().roles, {})
    certificate = Certificate.generate("UE", validity_days=1)
    ue_plan = EndPlan("UE", "msrp", "127.0.0.1", Setup.ACTPASS, certificate, certificate.fingerprint(), "msrp-tls")
    ue, peer = End(ue_plan, recorder), End(EndPlan("peer", "msrp", "127.0.0.1", Setup.ACTIVE), recorder)
    try:
        for end in (ue, peer):
            await asyncio.wait_for(end.attach("127.0.0.1", port), 10.0)
        ue.offer("call1", to="peer")
        await asyncio.wait_for(asyncio.gather(ue.finished, peer.finished), 10.0)
        ue.hang_up()
        await asyncio.wait_for(asyncio.gather(ue.gone, peer.gone), 10.0)
    finally:
        await ue.close()
        await peer.close()
    return recorder


def test_a_call_through_two_processes(tmp_path: Path) -> None:
    """The gateway registers, a call passes, and SIGTERM ends both in good order."""
    (tmp_path / "alg.toml").write_bytes(ALG)
    with serving("alg", "--config", str(tmp_path / "alg.toml")) as alg:
        controller, port = addresses(line_of(alg, "listening for gateways"))
        (tmp_path / "agw.toml").write_text(agw_toml(controller))
        with serving("agw", "--config", str(tmp_path / "agw.toml")) as agw:
            assert line_of(agw, "in service") == f"in service with udp://{controller}, H.248 version 2"
            tags = asyncio.run(calling(port)).tags
            assert {"tls:UE", "verified:UE", "media-request:UE>peer", "media-request:peer>UE"} <= tags.keys()
            assert stop(agw) == (0, b"")
        assert stop(alg) == (0, b"")


def test_a_gateway_in_binary_calls_through_a_controller_of_text(tmp_path: Path) -> None:
    """The controller speaks what the gateway does; the gateway warns once of what is assumed."""
    (tmp_path / "alg.toml").write_bytes(ALG)
    with serving("alg", "--config", str(tmp_path / "alg.toml")) as alg:
        controller, port = addresses(line_of(alg, "listening for gateways"))
        (tmp_path / "agw.toml").write_text(agw_toml(controller, 'encoding = "binary"\n'))
        with serving("agw", "--config", str(tmp_path / "agw.toml")) as agw:
            assert line_of(agw, "").startswith("warning: binary uses assumed numbers for tcpbcc, tlsbsc: both ends ")
            line_of(agw, "in service")
            assert {"media-request:UE>peer", "media-request:peer>UE"} <= asyncio.run(calling(port)).tags.keys()
            assert stop(agw) == (0, b"")
        assert stop(alg) == (0, b"")


def test_a_controller_in_binary_warns_of_what_is_assumed() -> None:
    """Once, before it listens; text is silent."""
    with serving("alg", "--config", "-", stdin=ALG.replace(b"[h248]", b'[h248]\nencoding = "binary"')) as alg:
        assert line_of(alg, "").startswith("warning: binary uses assumed numbers for tcpbcc, tlsbsc")
        line_of(alg, "listening for gateways")
        assert stop(alg) == (0, b"")


def test_a_configuration_may_come_from_standard_input() -> None:
    """``--config -``, of both; Ctrl-C stops as SIGTERM does."""
    with serving("alg", "--config", "-", stdin=ALG) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            line_of(agw, "in service")
            assert stop(agw, signal.SIGINT) == (0, b"")
        assert stop(alg, signal.SIGINT) == (0, b"")


def test_verbose_logs_who_comes_and_goes() -> None:
    """On standard error, beside what is always said."""
    with serving("alg", "-v", "--config", "-", stdin=ALG) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        with serving("agw", "--config", "-", stdin=agw_toml(controller).encode()) as agw:
            assert "INFO h248.association" in line_of(alg, "GatewayUp")
            line_of(agw, "in service")
            stop(agw)
        assert "INFO h248.association" in line_of(alg, "GatewayDown")
        stop(alg)
        assert "Gateway" not in stderr_of(alg).read().decode()


def test_a_gateway_may_wait_for_its_controller() -> None:
    """It stops when told to while it still registers."""
    more = "registration_attempts = 0\nlifetime_s = 0.2\nretry_s = 0.05\n"
    with (
        free_port() as port,
        serving("agw", "--config", "-", stdin=agw_toml(f"127.0.0.1:{port}", more).encode()) as agw,
    ):
        line_of(agw, "does not answer; trying again")
        code, _ = stop(agw)
        assert code == 0


class free_port:  # noqa: N801  # reads as what it gives
    """A port at which nobody answers: bound, and left alone."""

    def __enter__(self) -> int:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        return int(self._socket.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def told(*arguments: str, stdin: bytes = b"") -> str:
    """Run a program that cannot start; return its one line."""
    result = start(*arguments, stdin=stdin)
    assert (result.returncode, result.stdout) == (1, b"")
    (*before, line) = result.stderr.decode().splitlines()
    assert "Traceback" not in result.stderr.decode()
    assert all(one.startswith("listening on ") for one in before)
    return line


def test_a_controller_that_does_not_answer_is_told() -> None:
    """After T-MAX the gateway gives up, with what to do."""
    with free_port() as port:
        line = told("agw", "--config", "-", stdin=agw_toml(f"127.0.0.1:{port}", "lifetime_s = 0.3\n").encode())
    assert line.startswith(f"Error: udp://127.0.0.1:{port} does not answer: start the controller")


def test_a_controller_that_refuses_is_told() -> None:
    """With its code."""
    accepting = ALG.replace(b"[signalling]", b'accept_profiles = ["other/1"]\n[signalling]')
    with serving("alg", "--config", "-", stdin=accepting) as alg:
        controller, _ = addresses(line_of(alg, "listening for gateways"))
        line = told("agw", "--config", "-", stdin=agw_toml(controller).encode())
        assert line.startswith(f"Error: udp://{controller} refuses the registration: 459")


def test_busy_ports_are_told() -> None:
    """Of H.248 and of signalling."""
    with serving("alg", "--config", "-", stdin=ALG) as alg:
        controller, port = addresses(line_of(alg, "listening for gateways"))
        udp = ALG.replace(b"udp://127.0.0.1:0", f"udp://{controller}".encode())
        tcp = ALG.replace(b'"127.0.0.1:0"', f'"127.0.0.1:{port}"'.encode())
        agw = agw_toml("127.0.0.1:2944").replace("udp://127.0.0.1:0", f"udp://{controller}")
        assert told("alg", "--config", "-", stdin=udp).startswith(f"Error: cannot listen on udp://{controller}: ")
        assert told("alg", "--config", "-", stdin=tcp).startswith("Error: cannot listen for ends on 127.0.0.1 port ")
        assert told("agw", "--config", "-", stdin=agw.encode()).startswith(
            f"Error: cannot listen on udp://{controller}: "
        )


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    """With its name; one of the two is refused at once."""
    Certificate.generate("AGW", validity_days=1)
    both = f'[media]\ncertificate = "{tmp_path}/agw.pem"\nkey = "{tmp_path}/agw.key"\n'
    line = told("agw", "--config", "-", stdin=(agw_toml("127.0.0.1:2944") + both).encode())
    assert f"{tmp_path}/agw." in line
    assert "No such file" in line
    one = f'[media]\ncertificate = "{tmp_path}/agw.pem"\n'
    assert "allowed: both, or neither" in told("agw", "--config", "-", stdin=one.encode())


@pytest.mark.parametrize("name", ["agw", "alg"])
def test_a_fault_in_the_configuration_is_one_line(name: str, tmp_path: Path) -> None:
    """File, key, value, and what is allowed."""
    assert told(name, "--config", "-", stdin=b"[h248]\nlisten = 7\n").startswith("Error: stdin:2: h248.listen = 7: ")
    assert told(name, "--config", "-", stdin=b"\xff").startswith("Error: stdin: not UTF-8")
    file = tmp_path / "none.toml"
    assert told(name, "--config", str(file)) == f"Error: {file}: No such file or directory"


@pytest.mark.parametrize("name", ["agw", "alg"])
def test_print_config_prints_a_file_that_can_be_used(name: str) -> None:
    """Every key with its default and its meaning; nothing is started."""
    result = call(name, "--print-config")
    assert result.exit_code == 0
    assert result.stderr == ""
    rows = result.stdout.splitlines()
    keys = [number for number, row in enumerate(rows) if re.match(r"\w+ = ", row)]
    assert len(keys) > 10
    assert all(rows[number - 1].startswith("# ") for number in keys)


@pytest.mark.parametrize("name", ["agw", "alg"])
def test_without_a_configuration_nothing_is_started(name: str) -> None:
    """Wrong usage, with what to do."""
    result = call(name)
    assert result.exit_code == 2
    assert "--print-config shows what goes in" in result.stderr
