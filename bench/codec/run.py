"""Our codec and Erlang/OTP's megaco over the messages that OTP measures itself with, in one run.

    python bench/codec/run.py [--rounds 5] [--milliseconds 250] [--linear-seconds 2] [--json FILE]

Both sides run as processes on one and the same core and take turns: only one ever works. Printed: microseconds a
message, median of the rounds, and the ratio OTP/ours, median of each round's (above 1: ours is faster). OTP decodes
with its scanner in C ("flex", the one compared with) and with the one in Erlang ("plain"); binary, which has none,
stands under flex, once with OTP told the version of each message and once ("untold") with OTP finding it. Ours runs
compiled where it is built, and interpreted. Then, of ours alone: the same trees out of JSON, the reference parser,
pycrate on our binary, memory, start, and time an octet of messages from 1 KB to 1 MB, good and bad.
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
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "fixtures"
HOW_TO_INSTALL = "on Debian: apt-get install erlang-megaco erlang-examples"
ENCODINGS = ("original", "pretty", "compact", "binary")
KINDS = (
    "pretty-decode",
    "pretty-encode",
    "compact-decode",
    "compact-encode",
    "binary-decode",
    "binary-decode-untold",
    "binary-encode",
)
SCANNED = ("pretty-decode", "compact-decode")
ALONE = ("json-decode", "reference-decode", "sample-decode", "pycrate-decode", "pycrate-encode")
FLEX, PLAIN = "OTP flex", "OTP plain"
ONE_CORE = {"ERL_FLAGS": "+S 1:1 +sbwt none"}
"""One scheduler, and none that spins while the other side works."""
STARTS = 10
FLAT_FROM = 10_000
"""Octets from which on the costs of any message, however small, no longer show."""

Figures = dict[str, dict[str, list[float]]]
"""Side -> kind -> microseconds a message, one a round."""


class Side:
    """A process that answers each line with a line."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ | environment
        )
        self.greeting = self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def ask(self, *words: object) -> str:
        """Send a command, return the answer."""
        assert self._process.stdin is not None
        print(*words, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--milliseconds", type=int, default=250, help="of each measurement in each round")
    parser.add_argument("--linear-seconds", type=float, default=2, help="leave out sizes that would take longer")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    options = parser.parse_args()
    results: dict[str, Any] = {"python": platform.python_version(), "core": pin()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(folder, options, results)
        results["memory"] = json.loads(child("memory", str(folder))[0])
    results["start"] = starts()
    results["linear"] = [json.loads(line) for line in child("linear", str(options.linear_seconds))]
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    report_rest(results)


def pin() -> int | None:
    """Bind this process and all that it starts to one core; return which."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def child(*arguments: str) -> list[str]:
    """Run a measurement of ours in a fresh process; return its lines."""
    command = [sys.executable, str(HERE / "ours.py"), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.splitlines()


# Both sides, round by round


def compare(folder: Path, options: argparse.Namespace, results: dict[str, Any]) -> None:
    """Measure both sides over the messages that both decode, and print that."""
    with contextlib.ExitStack() as stack:
        otp = stack.enter_context(otp_side(folder))
        ours = {mode: stack.enter_context(side) for mode, side in our_sides(folder)}
        told = {mode: json.loads(side.greeting) for mode, side in ours.items()}
        names = choose(folder, otp, [set(one["names"]) for one in told.values()])
        for side in ours.values():
            octets = json.loads(side.ask("use", folder))
        figures = rounds(otp, ours, options)
        results["messages"] = {"there": len(list(folder.glob("*.h248"))), "measured": len(names)}
        results["octets"] = {"ours": octets, "otp": otp and list(map(int, otp.ask("octets").split()))}
        results["otp"] = otp and otp.greeting
        results["microseconds"] = figures
        results["first_pass_us"] = {mode: one["first_pass_us"] for mode, one in told.items()}
    results["ratios"] = {mode: ratios(figures[FLEX], figures[mode]) for mode in ours} if otp else {}
    report_comparison(results, list(ours))


@contextlib.contextmanager
def otp_side(folder: Path) -> Iterator[Side | None]:
    """OTP, having written its messages to the folder; without it our fixtures go there."""
    program = shutil.which("escript")
    if program is not None:
        with Side([program, str(HERE / "otp_bench.escript")], ONE_CORE) as side:
            if side.greeting.startswith("OTP") and side.ask("messages", folder).isdigit():
                yield side
                return
    print(f"Erlang with megaco and its examples is not here: ours alone, over our fixtures ({HOW_TO_INSTALL})")
    for number, path in enumerate(sorted(FIXTURES.glob("**/*.h248"))):
        (folder / f"fixture{number:03}.h248").write_bytes(path.read_bytes())
    yield None


def our_sides(folder: Path) -> Iterator[tuple[str, Side]]:
    """Ours as it is installed, and interpreted where that is something else; under the mode each says it runs in."""
    command = [sys.executable, str(HERE / "ours.py"), "serve", str(folder)]
    first = Side(command, {})
    mode = json.loads(first.greeting)["mode"]
    yield f"ours {mode}", first
    if mode == "interpreted":
        print("our codec is not compiled here: interpreted alone")
        return
    second = Side(command, {"H248_INTERPRETED": "1"})
    yield f"ours {json.loads(second.greeting)['mode']}", second


def choose(folder: Path, otp: Side | None, decoded: list[set[str]]) -> list[str]:
    """Return the messages that every side decodes, and have OTP take them."""
    names = sorted(set.intersection(*decoded))
    (folder / "names").write_text("\n".join(names))
    if otp is not None:
        names = otp.ask("use", folder).split()
        (folder / "names").write_text("\n".join(names))
    return names


def rounds(otp: Side | None, ours: dict[str, Side], options: argparse.Namespace) -> Figures:
    """Time every kind on every side in turn, as often as there are rounds."""
    figures: Figures = {side: {} for side in (*([FLEX, PLAIN] if otp else []), *ours)}

    def note(side: str, kind: str, answer: str) -> None:
        if (figure := json.loads(answer)) is not None:
            figures[side].setdefault(kind, []).append(figure)

    for _ in range(options.rounds):
        for kind in KINDS:
            if otp is not None:
                note(FLEX, kind, otp.ask("time", kind, "flex", options.milliseconds))
                if kind in SCANNED:
                    note(PLAIN, kind, otp.ask("time", kind, "plain", options.milliseconds))
            for mode, side in ours.items():
                note(mode, kind, side.ask("time", kind, options.milliseconds))
        for kind in ALONE:
            for mode, side in ours.items():
                note(mode, kind, side.ask("time", kind, options.milliseconds // 2))
    return figures


def ratios(theirs: dict[str, list[float]], ours: dict[str, list[float]]) -> dict[str, float]:
    """Return OTP/ours by kind, the median of the rounds' ratios; only what ours can do is there."""
    return {
        kind: statistics.median(one / other for one, other in zip(theirs[kind], ours[kind], strict=True))
        for kind in KINDS
        if kind in ours
    }


# Start


def starts() -> dict[str, float]:
    """Return milliseconds that importing takes, and a first message after it, above a bare interpreter's."""
    first = "import megaco; megaco.decode('MEGACO/3 [192.0.2.1] T=1{C=1{S=t}}')"
    codes = {"bare": "pass", "import": "import megaco", "first message": first}
    seconds: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(STARTS):
        for name, code in codes.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) * 1e3 for name, values in seconds.items()}
    return {
        "bare_ms": medians["bare"],
        "import_ms": medians["import"] - medians["bare"],
        "first_message_ms": medians["first message"] - medians["import"],
    }


# Output


def report_comparison(results: dict[str, Any], modes: list[str]) -> None:
    """Print both sides' figures."""
    count, figures = results["messages"], results["microseconds"]
    print(f"Python {results['python']}; {results['otp'] or 'no OTP'}; all on core {results['core']}")
    print(f"{count['measured']} of {count['there']} messages, those that every side reads and writes")
    for side, octets in results["octets"].items():
        if octets:
            told = ", ".join(f"{encoding} {mean}" for encoding, mean in zip(ENCODINGS, octets, strict=False))
            print(f"mean octets a message, {side}: {told}")
    print("decoded: by both sides the originals (pretty), by each its own compact text and its own binary;")
    print(
        "each encodes its own trees. binary decode: OTP is told the version of each message, as by its own measurement"
    )
    print("tool; untold: it finds the version by decoding once more. Ours reads it in the message, both times\n")
    sides = [side for side in (FLEX, PLAIN) if side in figures]
    head = "".join(f"{side:>12}" for side in sides) + "".join(f"{mode:>18}{'OTP/ours':>10}" for mode in modes)
    print(f"{'us a message':21}{head}")
    for kind in KINDS:
        line = "".join(cell(figures[side].get(kind), 12) for side in sides)
        for mode in modes:
            ratio = results["ratios"].get(mode, {}).get(kind)
            line += cell(figures[mode].get(kind), 18) + (f"{ratio:9.3g}x" if ratio else f"{'-':>10}")
        print(f"{kind.replace('-', ' '):21}{line}")


def cell(values: list[float] | None, width: int) -> str:
    """Return the median of some rounds, or a dash."""
    return f"{statistics.median(values):{width}.1f}" if values else f"{'-':>{width}}"


def report_rest(results: dict[str, Any]) -> None:
    """Print what is measured of ours alone."""
    for mode, figures in results["microseconds"].items():
        if mode.startswith("ours"):
            report_alone(mode, figures, results["first_pass_us"][mode])
    memory, start = results["memory"], results["start"]
    print(f"\na tree of a mean message: {memory['warm']:.0f} octets; {memory['cold']:.0f} with what a cold codec keeps")
    print(f"import {start['import_ms']:.0f} ms above a bare interpreter's {start['bare_ms']:.0f} ms, ", end="")
    print(f"first message {start['first_message_ms']:.0f} ms more")
    report_linear(results["linear"])


def report_alone(mode: str, figures: dict[str, list[float]], first_pass_us: float) -> None:
    """Print how one mode compares with the same trees out of JSON and with the reference parser."""
    medians = {kind: statistics.median(values) for kind, values in figures.items()}
    lower = medians["json-decode"]
    print(f"\n{mode}: each message for the first time {first_pass_us:.1f} us")
    print(f"  the same trees out of JSON (msgspec) {lower:.1f} us; ", end="")
    print(f"pretty decode takes {medians['pretty-decode'] / lower:.1f}x that")
    if "reference-decode" in medians:
        reference, ratio = medians["reference-decode"], medians["reference-decode"] / medians["sample-decode"]
        print(f"  the reference parser (Lark) on every 15th message {reference:.0f} us, {ratio:.1f}x ours on the same")
    for work in ("decode", "encode"):
        if (pycrate := medians.get(f"pycrate-{work}")) is not None:
            print(f"  pycrate on our binary: {work} {pycrate:.0f} us, {pycrate / medians[f'binary-{work}']:.1f}x ours")


def report_linear(rows: list[dict[str, Any]]) -> None:
    """Print time an octet by shape and size; a flat line means linear time."""
    sizes = sorted({row["size"] for row in rows})
    heads = "".join(f"{size // 1000:>8} KB" for size in sizes)
    print(f"\n{'ns an octet':37}{heads}{'growth':>9}   growth: of the largest over {FLAT_FROM // 1000} KB; 1 is linear")
    for shape in dict.fromkeys(row["shape"] for row in rows):
        of_shape = {row["size"]: row for row in rows if row["shape"] == shape}
        for what in ("decode", "encode"):
            values = {size: row[f"{what}_ns"] for size, row in of_shape.items() if row.get(f"{what}_ns")}
            if values:
                outcome = of_shape[max(of_shape)]["outcome"] if what == "decode" else ""
                print(linear_line(f"{what} {shape}", values, sizes, outcome))


def linear_line(what: str, values: dict[int, float], sizes: list[int], outcome: str) -> str:
    """Return the line of one shape: its figures, how they grow, what became of the message."""
    cells = "".join(f"{values[size]:11.1f}" if size in values else f"{'-':>11}" for size in sizes)
    growth = f"{values[max(values)] / values[FLAT_FROM]:8.1f}x" if max(values) > FLAT_FROM else f"{'-':>9}"
    return f"{what:37}{cells}{growth}   {outcome}".rstrip()


if __name__ == "__main__":
    main()
