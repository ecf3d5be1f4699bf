"""Round trips a second of our controller and our gateway, and of Erlang/OTP's megaco on both sides, in one run.

    python bench/stack/run.py [--rounds 5] [--milliseconds 1000] [--idle-seconds 60] [--json FILE]

Two processes each, on loopback UDP, one association: the controller modifies one property of a termination, another one
each time, the gateway says that it is done; with one request under way and with 64. In every round each side, with each
of its ways and options, runs for itself, in fresh processes, so that what one remembers costs no other anything.
Printed: the medians, and the ratio to OTP's fastest line, the median of the rounds' ratios (above 1: ours is faster).
Then, of ours alone: memory, and what a controller with 1,000 gateways costs that have nothing to say.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HOW_TO_INSTALL = "on Debian: apt-get install erlang-megaco"
ENCODINGS = ("pretty", "compact", "binary")
WINDOWS = (1, 64)
WARM_UP_MS = 300
GATEWAYS = 1000
"""Of an idle controller."""
SETTLING_S = 3.0
"""Before an idle controller is watched."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A side, run in some way with some options."""

    name: str
    is_ours: bool
    way: str
    """How requests are sent; see ``ours.py`` and ``otp_stack.escript``."""
    options: tuple[str, ...] = ()
    flags: str = ""
    """Of Erlang's virtual machine."""
    windows: tuple[int, ...] = WINDOWS
    encodings: tuple[str, ...] = ENCODINGS

    def command(self, *arguments: str) -> list[str]:
        """Return how to start one of its ends."""
        if self.is_ours:
            return [sys.executable, str(HERE / "ours.py"), *arguments]
        return [str(shutil.which("escript")), str(HERE / "otp_stack.escript"), *arguments, *self.options]


_TUNED = ("buffers",)
VARIANTS = (
    Variant("ours, submit", True, "submit"),
    Variant("ours, request", True, "request"),
    Variant("OTP as it is, cast", False, "cast"),
    Variant("OTP, large buffers, cast", False, "cast", _TUNED),
    Variant(
        "  not spinning in wait", False, "cast", _TUNED, "+sbwt none +sbwtdcpu none +sbwtdio none", windows=WINDOWS[:1]
    ),
    Variant("  one scheduler", False, "cast", _TUNED, "+S 1:1"),
    Variant("  one scheduler, no process a message", False, "cast", (*_TUNED, "serialize"), "+S 1:1"),
    Variant(
        "  collecting 16 or 1 ms", False, "cast", (*_TUNED, "accumulate=16/1"), windows=(64,), encodings=ENCODINGS[:2]
    ),
    Variant("  64 in a message", False, "batch", _TUNED, windows=(64,)),
)


class End:
    """A process of one side."""

    def __init__(self, command: list[str], flags: str = "") -> None:
        environment = os.environ | ({"ERL_FLAGS": flags} if flags else {})
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
        )
        self.greeting = self._answer()

    def ask(self, *words: object) -> str:
        """Send a command, return the answer."""
        assert self._process.stdin is not None
        print(*words, file=self._process.stdin, flush=True)
        return self._answer()

    def cpu_seconds(self) -> float:
        """Return the user and system time that the process has used; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--milliseconds", type=int, default=1000, help="of each measurement in each round")
    parser.add_argument("--idle-seconds", type=float, default=60, help="of watching an idle controller; 0: not at all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    options = parser.parse_args()
    results: dict[str, Any] = {"python": platform.python_version(), "cores": os.cpu_count()}
    compare(options, results)
    results["memory"] = memory()
    if options.idle_seconds:
        results["idle"] = idle(options.idle_seconds)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    report_rest(results)


# Round trips


def compare(options: argparse.Namespace, results: dict[str, Any]) -> None:
    """Measure all sides in all encodings, and print that."""
    results["otp"] = releases()
    results["encodings"] = {}
    for encoding in ENCODINGS:
        variants = [one for one in VARIANTS if (one.is_ours or results["otp"]) and encoding in one.encodings]
        figures = rounds(variants, encoding, options)
        results["encodings"][encoding] = figures
        if encoding == ENCODINGS[0]:
            report_head(results, figures)
        report(encoding, variants, figures)


def releases() -> str | None:
    """Return the releases of OTP and its megaco; None, having said so, where they cannot be run."""
    program = shutil.which("escript")
    if program is not None:
        command = [program, str(HERE / "otp_stack.escript"), "releases"]
        told = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.strip()
        if told.startswith("OTP"):
            return told
    print(f"Erlang with megaco is not here: ours alone ({HOW_TO_INSTALL})")
    return None


def rounds(variants: list[Variant], encoding: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return what ``measure`` says, by variant, window and round."""
    figures: dict[str, Any] = {"octets": {}, "mode": ""}
    for _ in range(options.rounds):
        for variant in variants:
            with pair(variant, encoding) as (controller, gateway):
                figures["octets"]["ours" if variant.is_ours else "OTP"] = int(controller.ask("octets"))
                if variant.is_ours:
                    figures["mode"] = controller.ask("mode")
                for window in variant.windows:
                    controller.ask("run", variant.way, window, WARM_UP_MS)
                    measured = measure(controller, gateway, variant.way, window, options.milliseconds)
                    figures.setdefault(variant.name.strip(), {}).setdefault(str(window), []).append(measured)
    return figures


@contextlib.contextmanager
def pair(variant: Variant, encoding: str) -> Iterator[tuple[End, End]]:
    """A controller and a gateway that is registered with it."""
    controller = End(variant.command("mgc", encoding), variant.flags)
    port = controller.greeting.removeprefix("listening ")
    gateway = End(variant.command("mg", encoding, port), variant.flags)
    try:
        assert gateway.greeting == "registered", gateway.greeting
        yield controller, gateway
    finally:
        controller.close()
        gateway.close()


def measure(controller: End, gateway: End, way: str, window: int, milliseconds: int) -> dict[str, float]:
    """Return round trips a second, CPU microseconds of each, of both ends and with spinning in wait, and those lost."""
    before = controller.cpu_seconds() + gateway.cpu_seconds()
    count, lost = map(int, controller.ask("run", way, window, milliseconds).split())
    used = controller.cpu_seconds() + gateway.cpu_seconds() - before
    return {"a_second": count / milliseconds * 1e3, "cpu_us": used / max(count, 1) * 1e6, "lost": lost}


def ratios(variants: list[Variant], figures: dict[str, Any], ours: str, window: int) -> list[float]:
    """Return, by round, one of ours over the fastest of OTP's, which is the same in all rounds."""
    theirs = [figures[one.name.strip()][str(window)] for one in variants if not one.is_ours and window in one.windows]
    if not theirs:
        return []
    best = max(theirs, key=median)
    return [one["a_second"] / other["a_second"] for one, other in zip(figures[ours][str(window)], best, strict=True)]


def median(measured: list[dict[str, float]], what: str = "a_second") -> float:
    """Return the median of what was measured in all rounds."""
    return statistics.median(one[what] for one in measured)


# Of ours alone


def memory() -> dict[str, float]:
    """Return octets that a stored reply and an outstanding transaction take."""
    command = [sys.executable, str(HERE / "ours.py"), "memory"]
    figures = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return {str(what): float(figure) for what, figure in figures.items()}


def idle(seconds: float) -> dict[str, float]:
    """Return CPU seconds that a minute costs the controller, and its gateways together, while nobody says anything."""
    controller = End([sys.executable, str(HERE / "ours.py"), "mgc", "pretty"])
    port = controller.greeting.removeprefix("listening ")
    gateways = End([sys.executable, str(HERE / "ours.py"), "mgs", "pretty", port, str(GATEWAYS)])
    assert gateways.greeting == "registered", gateways.greeting
    time.sleep(SETTLING_S)
    before = controller.cpu_seconds(), gateways.cpu_seconds()
    time.sleep(seconds)
    used = controller.cpu_seconds() - before[0], gateways.cpu_seconds() - before[1]
    controller.close()
    gateways.close()
    return {"controller_s": used[0] / seconds * 60, "gateways_s": used[1] / seconds * 60}


# Output


def report_head(results: dict[str, Any], figures: dict[str, Any]) -> None:
    """Print what is measured on what."""
    octets = ", ".join(f"{side} {count}" for side, count in figures["octets"].items())
    print(f"Python {results['python']}, our codec {figures['mode']}; {results['otp'] or 'no OTP'}; ", end="")
    print(f"{results['cores']} cores")
    print(f"a request in pretty text, octets: {octets}; CPU: of both ends, spinning in wait included\n")
    windows = "".join(f"{f'window {window}':>12}{'us CPU':>8}{'of OTP':>8}{'lost':>6}" for window in WINDOWS)
    print(f"{'round trips a second':40}{windows}")


def report(encoding: str, variants: list[Variant], figures: dict[str, Any]) -> None:
    """Print one encoding's figures."""
    print(encoding)
    for variant in variants:
        cells = "".join(cell(variant, variants, figures, window) for window in WINDOWS)
        print(f"  {variant.name:38}{cells}".rstrip())


def cell(variant: Variant, variants: list[Variant], figures: dict[str, Any], window: int) -> str:
    """Return one variant's figures with one window."""
    name = variant.name.strip()
    if window not in variant.windows:
        return " " * 34
    measured = figures[name][str(window)]
    of_otp = ratios(variants, figures, name, window) if variant.is_ours else []
    ratio = f"{statistics.median(of_otp):7.2f}x" if of_otp else " " * 8
    lost = sum(one["lost"] for one in measured)
    return f"{median(measured):12.0f}{median(measured, 'cpu_us'):8.0f}{ratio}{lost:6.0f}"


def report_rest(results: dict[str, Any]) -> None:
    """Print what is measured of ours alone."""
    stored, outstanding = results["memory"]["stored_reply"], results["memory"]["outstanding"]
    print(f"\na stored reply {stored:.0f} octets, an outstanding transaction {outstanding:.0f}: ", end="")
    print(f"100,000 take {stored / 10:.0f} and {outstanding / 10:.0f} MB")
    if "idle" in results:
        told = results["idle"]
        print(f"a minute in which nobody says anything, with {GATEWAYS:,} gateways: controller ", end="")
        print(f"{told['controller_s']:.2f} s of CPU, gateways together {told['gateways_s']:.2f} s")


if __name__ == "__main__":
    main()
