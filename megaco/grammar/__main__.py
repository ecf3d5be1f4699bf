"""``python -m megaco.grammar [--check]``: generate the codec from the grammar files, or tell whether it is current."""

import sys

from .generate import stale, write


def main(arguments: list[str]) -> int:
    """Return the exit code: 1 where a generated file is not current, 2 for wrong usage."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m megaco.grammar [--check]", file=sys.stderr)
        return 2
    if not arguments:
        write()
        return 0
    old = stale()
    for path in old:
        print(f"{path.name}: not what grammars/megaco.lark and megaco.toml give; run `make grammar`", file=sys.stderr)
    return 1 if old else 0


sys.exit(main(sys.argv[1:]))
