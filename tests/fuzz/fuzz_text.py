"""Feed the text codec what atheris thinks of: ``make fuzz FUZZ=text SECONDS=60``; ``harness.py`` tells the rest.

One more argument, ``--reference N``, lets the reference parser judge every Nth message; it is many times slower than
the codec.
"""

import argparse
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import atheris

_ROOT = Path(__file__).resolve().parents[2]

Check = Callable[[bytes], None]


def main() -> None:
    """Set atheris up and leave the process to it."""
    os.environ["H248_INTERPRETED"] = "1"  # what is compiled tells atheris nothing
    sys.path.insert(0, str(_ROOT))  # a script has only its own folder there
    reference, libfuzzer = _arguments()
    with atheris.instrument_imports(include=["megaco"]):
        from tests.fuzz.properties import check
    from tests.fuzz.harness import fuzz
    from tests.fuzz.tokens import dictionary, mutated

    seeds = [path.read_bytes() for path in sorted((_ROOT / "fixtures").glob("**/*.h248"))]
    fuzz([check, *_comparison(reference)], mutated, seeds, dictionary(), libfuzzer)


def _arguments() -> tuple[int, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=int, default=0, metavar="N")
    options, libfuzzer = parser.parse_known_args()
    return options.reference, libfuzzer


def _comparison(every: int) -> list[Check]:
    """Return the comparison with the reference parser, of one message in so many: always of the same ones."""
    if not every:
        return []
    from tests.megaco.text.test_agreement import both_ways

    def compare(data: bytes) -> None:
        if zlib.crc32(data) % every == 0:
            both_ways(data)

    return [compare]


if __name__ == "__main__":
    main()
