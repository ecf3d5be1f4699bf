"""Our codec as a process, measured from outside.

    python bench/codec/ours.py serve FOLDER    time what is asked for, a command a line on standard input
    python bench/codec/ours.py memory FOLDER   octets that a decoded tree takes
    python bench/codec/ours.py linear SECONDS  time an octet, by shape and size; what would take longer is left out

FOLDER holds messages as NAME.h248, and in ``names`` which of them count. Answers are JSON, one value a line.
"""

import gc
import importlib
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from shapes import SHAPES, SIZES, Shape

import megaco
from megaco.message import Message, Octets

_UNBOUNDED = megaco.Limits(message_bytes=1 << 24, items=1 << 24)
_SAMPLE_STEP = 15
"""The reference parser is timed on every so-manieth message."""
_SHORT_SECONDS = 0.02
_LONG_SECONDS = 0.5

Work = Callable[[], None]
Result = TypeVar("Result")


def mode() -> str:
    """Return whether the codec runs compiled or interpreted."""
    text = importlib.import_module("megaco.text")
    if hasattr(text, "mode"):
        return str(text.mode())
    try:
        told = importlib.import_module("megaco.interpreted").mode(importlib.import_module("megaco.text.decoder"))
    except ImportError:
        return "interpreted"
    return str(told)


def main() -> None:
    """Do what the first argument says."""
    subcommand, argument = sys.argv[1:]
    if subcommand == "serve":
        serve(Path(argument))
    elif subcommand == "memory":
        say(memory(Path(argument)))
    else:
        linear(float(argument))


def say(value: Any) -> None:
    """Answer with a line."""
    print(json.dumps(value), flush=True)


def messages(folder: Path) -> dict[str, bytes]:
    """Return the messages of a folder that we decode and write in every encoding, by name."""
    octets = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.h248"))}
    return {name: one for name, one in octets.items() if is_decodable(one) and is_encodable(megaco.decode(one))}


def is_decodable(octets: bytes) -> bool:
    """Whether our decoder takes a message."""
    try:
        megaco.decode(octets)
    except megaco.DecodeError:
        return False
    return True


def is_encodable(tree: Message) -> bool:
    """Whether our encoder takes a tree."""
    try:
        in_binary([tree])
    except megaco.EncodeError:
        return False
    return True


def in_binary(trees: list[Message]) -> list[bytes] | None:
    """Return trees in binary; None where the codec is one that has no binary encoding yet."""
    try:
        return [megaco.encode(tree, "binary") for tree in trees]
    except ValueError:
        return None


# Timing


def serve(folder: Path) -> None:
    """Say mode, first pass and what is decoded; then take ``use``, ``octets`` and ``time KIND MS`` until the end."""
    first_pass = first_pass_us(folder)
    taken = messages(folder)
    say({"mode": mode(), "first_pass_us": first_pass, "names": list(taken)})
    works: dict[str, tuple[Work, int]] = {}
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "use":
            chosen = [taken[name] for name in (folder / "names").read_text().split()]
            works = prepare(chosen)
            say(mean_octets(chosen))
        else:
            kind, milliseconds = arguments
            say(microseconds(*works[kind], int(milliseconds)) if kind in works else None)


def first_pass_us(folder: Path) -> float:
    """Return microseconds a message where each is decoded for the first time, the parser itself being ready."""
    octets = [path.read_bytes() for path in sorted(folder.glob("*.h248"))]
    is_decodable(octets[0])
    start = time.perf_counter()
    for one in octets:
        is_decodable(one)
    return (time.perf_counter() - start) / len(octets) * 1e6


def prepare(originals: list[bytes]) -> dict[str, tuple[Work, int]]:
    """Return what can be timed: kind -> work and how many messages it handles."""
    trees = [megaco.decode(one) for one in originals]
    compact = [megaco.encode(tree, "compact") for tree in trees]
    documents = [msgspec.json.encode(tree, enc_hook=bytes.decode) for tree in trees]
    from_json = msgspec.json.Decoder(Message, dec_hook=octets_of).decode
    sample = originals[::_SAMPLE_STEP]
    works = {
        "pretty-decode": over(megaco.decode, originals),
        "compact-decode": over(megaco.decode, compact),
        "pretty-encode": over(lambda tree: megaco.encode(tree, "pretty"), trees),
        "compact-encode": over(lambda tree: megaco.encode(tree, "compact"), trees),
        "json-decode": over(from_json, documents),
        "sample-decode": over(megaco.decode, sample),
    }
    if (binary := in_binary(trees)) is not None:
        works["binary-decode"] = works["binary-decode-untold"] = over(megaco.decode, binary)
        works["binary-encode"] = over(lambda tree: megaco.encode(tree, "binary"), trees)
        works |= of_pycrate(binary)
    if (reference := reference_decoder()) is not None:
        works["reference-decode"] = over(reference, sample)
    return works


def octets_of(_type: type, value: str) -> Octets:
    """Read octets from their JSON form."""
    return Octets(value.encode())


def of_pycrate(binary: list[bytes]) -> dict[str, tuple[Work, int]]:
    """Return what is timed of pycrate, which runs the ASN.1 of H.248.1 in Python, over our binary; {} without it."""
    try:
        module = importlib.import_module("pycrate_asn1dir.H248")
    except ImportError:
        return {}
    message = module.MEDIA_GATEWAY_CONTROL.MegacoMessage

    def values(octets: bytes) -> Any:
        message.from_ber(octets)
        return message.get_val()

    works = {"pycrate-decode": over(message.from_ber, binary)}
    encoding = over(message.to_ber, [values(one) for one in binary])
    try:
        encoding[0]()
    except Exception:  # of several families; it loses the place where a type stands inside itself
        return works
    return works | {"pycrate-encode": encoding}


def reference_decoder() -> Callable[[bytes], Any] | None:
    """Return the parser that Lark makes of the grammar file, if it can be had."""
    try:
        reference = importlib.import_module("megaco.reference")
    except ImportError:
        reference = importlib.import_module("megaco.text")
    try:
        decode, encoding = reference.decode, reference.text_encoding()
    except (AttributeError, ImportError):
        return None
    taken = {"allow": frozenset(megaco.allowances()), "on_deviation": None, "max_items": megaco.Limits().items}
    return lambda octets: decode(octets, encoding, **taken)


def over(function: Callable[[Any], object], values: list[Any]) -> tuple[Work, int]:
    """Return the work of calling a function with each value in turn."""

    def work() -> None:
        for value in values:
            function(value)

    return work, len(values)


def microseconds(work: Work, parts: int, milliseconds: int) -> float:
    """Return microseconds a part, the mean of as many passes as fill the time; one before the clock starts."""
    work()
    passes = 0
    start = now = time.perf_counter()
    while now < start + milliseconds / 1e3:
        work()
        passes += 1
        now = time.perf_counter()
    return (now - start) / passes / parts * 1e6


def mean_octets(originals: list[bytes]) -> list[int]:
    """Return mean octets of originals, of our pretty and compact texts and of our binary, where there is that."""
    trees = [megaco.decode(one) for one in originals]
    texts = [originals, *([megaco.encode(tree, layout) for tree in trees] for layout in ("pretty", "compact"))]
    if (binary := in_binary(trees)) is not None:
        texts.append(binary)
    return [round(sum(map(len, text)) / len(text)) for text in texts]


# Memory


def memory(folder: Path) -> dict[str, float]:
    """Return octets of memory a tree takes: all are decoded and kept, once cold and once more.

    Cold, one message has made the parser ready, and whatever the codec keeps for itself counts too.
    """
    originals = [(folder / f"{name}.h248").read_bytes() for name in (folder / "names").read_text().split()]
    megaco.decode(originals[0])
    return {"cold": kept(originals), "warm": kept(originals)}


def kept(originals: list[bytes]) -> float:
    """Return octets of memory a tree takes."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    trees = [megaco.decode(one) for one in originals]
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return taken / len(trees)


# Linearity


def linear(longest_seconds: float) -> None:
    """Say a line for every shape and size: what became of it, nanoseconds an octet to decode and to encode."""
    tree_or_error(b"")  # makes the parser ready
    for shape in SHAPES:
        predicted = 0.0
        for size in SIZES:
            if predicted > longest_seconds:
                break
            figures = measure(shape, size)
            say(figures)
            predicted = figures["seconds"] * 10


def measure(shape: Shape, size: int) -> dict[str, Any]:
    """Return the figures of one shape in one size."""
    octets = shape.octets(size)
    seconds, outcome = timed(lambda: tree_or_error(octets))
    figures = {"shape": shape.name, "size": size, "seconds": seconds, "decode_ns": seconds / len(octets) * 1e9}
    if isinstance(outcome, Message):
        tree = outcome
        seconds, text = timed(lambda: megaco.encode(tree, "compact"))
        shrinks = len(text) < len(octets) / 2  # comments and the like are not written
        return figures | {"outcome": "taken", "encode_ns": None if shrinks else seconds / len(text) * 1e9}
    return figures | {"outcome": f"refused at {outcome.offset / len(octets):.0%}"}


def tree_or_error(octets: bytes) -> Message | megaco.DecodeError:
    """Decode without the limits that keep such messages out."""
    try:
        return megaco.decode(octets, limits=_UNBOUNDED)
    except megaco.DecodeError as error:
        return error


def timed(function: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds a call takes, the least of several where it does not take long, and its result."""
    seconds: list[float] = []
    while sum(seconds) < _SHORT_SECONDS or (len(seconds) == 1 and seconds[0] < _LONG_SECONDS):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


if __name__ == "__main__":
    main()
