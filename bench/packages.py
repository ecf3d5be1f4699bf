"""What packages and profiles cost beside decoding: typing values, finding items, judging; starting up.

python bench/packages.py [--rounds 5] [--messages 10000]

The messages are those of the recorded flows (fixtures/), which are all of the Iq profile and full of properties and
events. Each figure is the median of the rounds, in microseconds a message, and its ratio to decoding the same message
in the same round. The last lines are `h248 check --profile iq` as a whole process, and fresh interpreters.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import megaco
from iq_profile.profile import judge, shipped_profile
from megaco.interpreted import mode
from megaco.message import ObservedEvent, PropertyParm, RequestedEvent, Signal
from megaco.packages.places import places
from megaco.text import decoder

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_PASSES = 40
_STARTS = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=10_000)
    arguments = parser.parse_args()
    files = sorted(FIXTURES.glob("*-*/*.h248"))
    works = _works([path.read_bytes() for path in files])
    print(f"{len(files)} messages, codec {mode(decoder)}")
    rounds = [{name: _microseconds(work, len(files)) for name, work in works.items()} for _ in range(arguments.rounds)]
    for name in works:
        own = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[name] / one["decode"] for one in rounds)
        print(f"{name:34} {own:8.2f} us {ratio:8.2f} of decode")
    _check(files, arguments.messages)
    for code in ("pass", "import megaco", "import megaco; megaco.decode", "import megaco; megaco.default_items()"):
        print(f"python -c {code!r:44} {_start(code):6.1f} ms")


def _works(octets: list[bytes]) -> dict[str, Callable[[], object]]:
    items, profile = megaco.default_items(), shipped_profile()
    messages = [megaco.decode(one) for one in octets]
    nodes = [place.node for message in messages for place in places(message)]
    properties = [node for node in nodes if isinstance(node, PropertyParm)]
    others = [node for node in nodes if isinstance(node, RequestedEvent | ObservedEvent | Signal)]
    return {
        "decode": lambda: [megaco.decode(one) for one in octets],
        "look up and type every property": lambda: [items.value(node.name, node.value) for node in properties],
        "look up and type every parameter": lambda: [items.parameters(node) for node in others],
        "find one property": lambda: [items.find(message, "ipdc/realm") for message in messages],
        "check every item": lambda: [list(items.check(message)) for message in messages],
        "judge by the Iq profile": lambda: [judge(message, profile, encoding="text") for message in messages],
    }


def _microseconds(work: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(_PASSES):
        work()
    return (time.perf_counter() - start) / _PASSES / count * 1e6


def _check(files: list[Path], count: int) -> None:
    """Time ``h248 check`` on many files, with and without the profile."""
    with TemporaryDirectory() as folder:
        names = []
        for number in range(count):
            path = Path(folder, f"{number}.h248")
            path.write_bytes(files[number % len(files)].read_bytes())
            names.append(str(path))
        for options in ([], ["--profile", "iq"], ["--profile", "iq", "--exchange"]):
            start = time.perf_counter()
            subprocess.run([sys.executable, "cli.py", "check", *options, *names], check=False, capture_output=True)
            shown = " ".join(["h248 check", *options])
            print(f"{shown:40} {time.perf_counter() - start:6.2f} s for {count} files")


def _start(code: str) -> float:
    """Return the milliseconds of a fresh interpreter, the least of several."""
    took = []
    for _ in range(_STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        took.append(time.perf_counter() - start)
    return min(took) * 1000


if __name__ == "__main__":
    main()
