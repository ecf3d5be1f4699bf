"""Feed the text codec what atheris thinks of: ``make fuzz SECONDS=60``.

What fails is kept in ``crashes``; once mended it moves to ``finds``, which the tests replay. The arguments are those of
libFuzzer: ``-max_total_time=60``, a folder that keeps the messages which led somewhere new, or files to run just these.
One more, ``--reference N``, lets the reference parser judge every Nth message; it is many times slower than the codec.
"""

import argparse
import hashlib
import os
import random
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import atheris

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_CRASHES = _HERE / "crashes"
_FLAGS = ("-max_len=8192", "-timeout=20", f"-artifact_prefix={_CRASHES}{os.sep}")

Check = Callable[[bytes], None]
Mutator = Callable[[bytes, int, int], bytes]


def main() -> None:
    """Set atheris up and leave the process to it."""
    os.environ["H248_INTERPRETED"] = "1"  # what is compiled tells atheris nothing
    sys.path.insert(0, str(_ROOT))  # a script has only its own folder there
    reference, libfuzzer = _arguments()
    with atheris.instrument_imports(include=["megaco"]):
        from tests.fuzz.properties import check
    from tests.fuzz.tokens import dictionary

    seeds = sorted((_ROOT / "fixtures").glob("**/*.h248"))
    # Files without a name: at its end libFuzzer leaves without a word to Python, which would have removed them.
    with tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as list_of_seeds:
        own = [f"-dict={_holding(words, dictionary())}"]
        own.append(f"-seed_inputs=@{_holding(list_of_seeds, ','.join(map(str, seeds)).encode())}")
        target = _target([check, _comparison(reference)] if reference else [check], reference)
        atheris.Setup([sys.argv[0], *_FLAGS, *own, *libfuzzer], target, custom_mutator=_mutator(seeds))
        _CRASHES.mkdir(exist_ok=True)
        atheris.Fuzz()


def _arguments() -> tuple[int, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=int, default=0, metavar="N")
    options, libfuzzer = parser.parse_known_args()
    return options.reference, libfuzzer


def _holding(file: IO[bytes], content: bytes) -> str:
    """Fill a file and return a path to it."""
    file.write(content)
    file.flush()
    return f"/dev/fd/{file.fileno()}"


def _target(checks: list[Check], reference: int) -> Check:
    def target(data: bytes) -> None:
        try:
            for check in checks:
                check(data)
        except BaseException:  # pytest's failures are no Exceptions
            print(f"\n{data!r}\nto reproduce: {_command(data, reference)}", file=sys.stderr)
            raise

    return target


def _command(data: bytes, reference: int) -> str:
    """Keep a message, in the file that libFuzzer would make of it, and return what runs it again."""
    crash = _CRASHES / f"crash-{hashlib.sha1(data).hexdigest()}"
    crash.write_bytes(data)
    judged = f" --reference {reference}" if reference else ""
    return f"{sys.executable} {Path(__file__).resolve()}{judged} {crash}"


def _comparison(every: int) -> Check:
    """Return the comparison with the reference parser, of one message in so many: always of the same ones."""
    from tests.megaco.text.test_agreement import both_ways

    def compare(data: bytes) -> None:
        if zlib.crc32(data) % every == 0:
            both_ways(data)

    return compare


def _mutator(seeds: list[Path]) -> Mutator:
    """Return what changes octets or tokens, those mostly of a seed: what is new to libFuzzer is seldom a message."""
    from tests.fuzz.tokens import mutated

    others = [seed.read_bytes() for seed in seeds]

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        kind = chance.randrange(4)
        if kind == 0:
            return bytes(atheris.Mutate(data, most))
        return mutated(data if kind == 1 else chance.choice(others), others, chance)[:most]

    return mutate


if __name__ == "__main__":
    main()
