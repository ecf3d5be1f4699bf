"""Throughput of one TLS-terminated call through our relay, and through haproxy and stunnel doing the same.

    python bench/relay/run.py [--megabytes 256] [--chunk-kib 128] [--version TLSv1_3] [--rounds 3] [--profile FILE]

Client with TLS -> relay -> plain TCP peer ("up"), and back ("down"), all on loopback, certificates shown and checked on
both sides, the relays one after the other in every round. Printed: the median MB/s (10^6 bytes a second), its ratio to
ours, and the CPU seconds the relay itself used for a GB - the steadier figure where relay and load share few cores.
haproxy runs with one thread, as our relay does, with its default buffers and with ones of our size; stunnel starts
a thread a connection.
"""

import argparse
import contextlib
import functools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from iq_profile.agw.relay import Certificate

HERE = Path(__file__).parent
HOW_TO_INSTALL = {"haproxy": "apt-get install haproxy", "stunnel4": "apt-get install stunnel4"}
DIRECTIONS = ("up", "down")

HAPROXY = """\
global
    nbthread 1
    tune.bufsize {buffer_bytes}
defaults
    mode tcp
    timeout connect 10s
    timeout client 60s
    timeout server 60s
frontend access
    bind 127.0.0.1:{access_port} ssl crt {folder}/agw.pem ca-file {folder}/ue.crt verify required no-tls-tickets
    default_backend core
backend core
    server peer 127.0.0.1:{core_port}
"""

STUNNEL = """\
foreground = yes
pid =
debug = 3
[access]
accept = 127.0.0.1:{access_port}
connect = 127.0.0.1:{core_port}
cert = {folder}/agw.crt
key = {folder}/agw.key
CAfile = {folder}/ue.crt
verifyPeer = yes
"""


@dataclass(frozen=True, slots=True)
class Running:
    """A relay under test: its process, its ports, and whether the peer connects to it or it to the peer."""

    process: subprocess.Popen[bytes]
    access_port: int
    core_port: int
    peer_connects: bool

    def cpu_seconds(self) -> float:
        """User and system time the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def ours(folder: Path, options: argparse.Namespace) -> Iterator[Running]:
    """Our relay."""
    fingerprint = Certificate.load(folder / "ue.crt", folder / "ue.key").fingerprint()
    parameters = {
        "cert": str(folder / "agw.crt"),
        "key": str(folder / "agw.key"),
        "fingerprint": fingerprint.value,
        "settings": json.loads(options.settings),
        "profile": options.profile,
    }
    command = [sys.executable, str(HERE / "ours.py"), json.dumps(parameters)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        access_port, core_port = json.loads(process.stdout.readline())
        yield Running(process, access_port, core_port, peer_connects=True)
        process.communicate()


@contextlib.contextmanager
def installed(command: list[str], ports: tuple[int, int]) -> Iterator[Running]:
    """A relay that somebody else made; it is stopped afterwards."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_listener(ports[0], process)
            yield Running(process, *ports, peer_connects=False)
        finally:
            process.terminate()


def haproxy(
    folder: Path, ports: tuple[int, int], buffer_bytes: int = 16 * 1024
) -> contextlib.AbstractContextManager[Running]:
    """HAProxy in TCP mode, with the buffers it has by default or with others."""
    (folder / "agw.pem").write_bytes((folder / "agw.crt").read_bytes() + (folder / "agw.key").read_bytes())
    return installed(["haproxy", "-db", "-f", configure(folder, "haproxy.cfg", HAPROXY, ports, buffer_bytes)], ports)


def stunnel4(folder: Path, ports: tuple[int, int]) -> contextlib.AbstractContextManager[Running]:
    """stunnel in server mode."""
    return installed(["stunnel4", configure(folder, "stunnel.conf", STUNNEL, ports)], ports)


OTHERS: dict[str, tuple[str, Callable[[Path, tuple[int, int]], contextlib.AbstractContextManager[Running]]]] = {
    "haproxy": ("haproxy", haproxy),
    "haproxy 256 KiB": ("haproxy", functools.partial(haproxy, buffer_bytes=256 * 1024)),
    "stunnel4": ("stunnel4", stunnel4),
}


def configure(folder: Path, name: str, template: str, ports: tuple[int, int], buffer_bytes: int = 0) -> str:
    """Write a configuration file and return its path."""
    path = folder / name
    path.write_text(template.format(folder=folder, access_port=ports[0], core_port=ports[1], buffer_bytes=buffer_bytes))
    return str(path)


def free_ports() -> tuple[int, int]:
    """Two ports that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def wait_for_listener(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the kernel's table shows a listener at a port; connecting would be a call of its own."""
    wanted = f"0100007F:{port:04X} 00000000:0000 0A"
    while wanted not in Path("/proc/net/tcp").read_text():
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")


def measure(relay: Running, folder: Path, direction: str, options: argparse.Namespace) -> tuple[float, float, str]:
    """Run the load once; return MB/s, the relay's CPU seconds a GB, and the cipher."""
    total_bytes = options.megabytes << 20
    parameters = {
        "access_port": relay.access_port,
        "core_port": relay.core_port,
        "peer_connects": relay.peer_connects,
        "cert": str(folder / "ue.crt"),
        "key": str(folder / "ue.key"),
        "version": options.version,
        "total_bytes": total_bytes,
        "chunk_bytes": options.chunk_kib << 10,
    }
    before = relay.cpu_seconds()
    command = [sys.executable, str(HERE / "load.py"), direction, json.dumps(parameters)]
    finished = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result = json.loads(finished.stdout.splitlines()[-1])
    cpu = (relay.cpu_seconds() - before) / (total_bytes / 1e9)
    return total_bytes / 1e6 / result["seconds"], cpu, " ".join(map(str, result["cipher"][:2]))


def run_round(
    folder: Path, options: argparse.Namespace, figures: dict[tuple[str, str], list[tuple[float, float]]]
) -> str:
    """Measure every relay in both directions once; return the cipher."""
    cipher = ""
    for direction in DIRECTIONS:
        with ours(folder, options) as relay:
            *figure, cipher = measure(relay, folder, direction, options)
            figures.setdefault(("ours", direction), []).append((figure[0], figure[1]))
        for name, (program, start) in OTHERS.items():
            if shutil.which(program) is not None:
                with start(folder, free_ports()) as relay:
                    *figure, cipher = measure(relay, folder, direction, options)
                    figures.setdefault((name, direction), []).append((figure[0], figure[1]))
    return cipher


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=256, help="MiB to move in each measurement")
    parser.add_argument("--chunk-kib", type=int, default=128, help="KiB the load writes and reads at once")
    parser.add_argument("--version", choices=("TLSv1_2", "TLSv1_3"), default="TLSv1_3")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--settings", default="{}", help="JSON object of RelaySettings for ours")
    parser.add_argument("--profile", help="file for cProfile's figures of ours; they slow it down")
    options = parser.parse_args()
    for name, advice in HOW_TO_INSTALL.items():
        if shutil.which(name) is None:
            print(f"{name} is not here and is left out; on Debian: {advice}")
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for who in ("agw", "ue"):
            Certificate.generate(who, 2).save(folder / f"{who}.crt", folder / f"{who}.key")
        for _ in range(options.rounds):
            cipher = run_round(folder, options, figures)
    print(f"{options.megabytes} MiB, {options.rounds} rounds, {cipher}, {os.cpu_count()} cores")
    report(figures)


def report(figures: dict[tuple[str, str], list[tuple[float, float]]]) -> None:
    """Print a line for every relay and direction."""
    print(f"{'':17}{'':6}{'MB/s':>8}{'ours is':>10}{'CPU s/GB':>10}")
    for (name, direction), measured in sorted(figures.items(), key=lambda item: (item[0][1], item[0][0] != "ours")):
        rate, cpu = (statistics.median(column) for column in zip(*measured, strict=True))
        ratio = statistics.median(rate for rate, _ in figures["ours", direction]) / rate
        print(f"{name:17}{direction:6}{rate:8.0f}{ratio:9.2f}x{cpu:10.2f}")


if __name__ == "__main__":
    main()
