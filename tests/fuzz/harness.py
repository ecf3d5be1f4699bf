"""Leads a fuzzer to atheris: what fuzzing text and fuzzing binary have in common.

What fails is kept in ``crashes``; once mended it moves to ``finds``, which the tests replay. The arguments are those of
libFuzzer: ``-max_total_time=60``, a folder that keeps the messages which led somewhere new, or files to run just these.
"""

import hashlib
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import atheris

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_CRASHES = HERE / "crashes"
_FLAGS = ("-max_len=8192", "-timeout=20", f"-artifact_prefix={_CRASHES}{os.sep}")

Check = Callable[[bytes], None]
Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]
"""Message, others to take parts of -> another message."""
_Mutator = Callable[[bytes, int, int], bytes]


def fuzz(checks: Sequence[Check], change: Change, seeds: Sequence[bytes], words: bytes, arguments: list[str]) -> None:
    """Set atheris up and leave the process to it; ``words`` are a dictionary as libFuzzer reads it."""
    # Files without a name: at its end libFuzzer leaves without a word to Python, which would have removed them.
    with ExitStack() as files:

        def path_to(content: bytes) -> str:
            return _holding(files.enter_context(tempfile.TemporaryFile()), content)

        own = [f"-dict={path_to(words)}"] if words else []
        own.append(f"-seed_inputs=@{path_to(','.join(map(path_to, seeds)).encode())}")
        atheris.Setup([sys.argv[0], *_FLAGS, *own, *arguments], _target(checks), custom_mutator=_mutator(change, seeds))
        _CRASHES.mkdir(exist_ok=True)
        atheris.Fuzz()


def _holding(file: IO[bytes], content: bytes) -> str:
    """Fill a file and return a path to it."""
    file.write(content)
    file.flush()
    return f"/dev/fd/{file.fileno()}"


def _target(checks: Sequence[Check]) -> Check:
    def target(data: bytes) -> None:
        try:
            for check in checks:
                check(data)
        except BaseException:  # pytest's failures are no Exceptions
            print(f"\n{data!r}\nto reproduce: {_command(data)}", file=sys.stderr)
            raise

    return target


def _command(data: bytes) -> str:
    """Keep a message, in the file that libFuzzer would make of it, and return what runs it again."""
    crash = _CRASHES / f"crash-{hashlib.sha1(data).hexdigest()}"
    crash.write_bytes(data)
    own = [one for one in sys.argv[1:] if not one.startswith("-max_total_time")]
    return " ".join([sys.executable, str(Path(sys.argv[0]).resolve()), *own, str(crash)])


def _mutator(change: Change, seeds: Sequence[bytes]) -> _Mutator:
    """Return what changes octets or parts, those mostly of a seed: what is new to libFuzzer is seldom a message."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        kind = chance.randrange(4)
        if kind == 0:
            return bytes(atheris.Mutate(data, most))
        return change(data if kind == 1 else chance.choice(seeds), seeds, chance)[:most]

    return mutate
