"""``python -m megaco.grammar [--check]``: generate codec and table of packages, or tell whether they are current."""

import sys

from lark.exceptions import LarkError

from megaco.errors import DataFileError

from .generate import stale, write


def main(arguments: list[str]) -> int:
    """Return the exit code: 1 where a generated file is not current, 2 for wrong usage."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m megaco.grammar [--check]", file=sys.stderr)
        return 2
    try:
        return check() if arguments else write()
    except ImportError as error:
        print(f"{error}; the generator wants what `pip install -e .[test]` installs", file=sys.stderr)
        return 1
    except DataFileError as error:
        print(error, file=sys.stderr)
        return 1
    except (LarkError, ValueError) as error:  # msgspec's ValidationError is a ValueError
        print(f"grammars/megaco.lark, megaco.toml, megaco.asn, megaco.asn.toml: {error}", file=sys.stderr)
        return 1


def check() -> int:
    """Name the generated files that are not current."""
    old = stale()
    for path in old:
        where = f"{path.parent.name}/{path.name}"
        print(f"megaco/{where}: not what the files in grammars/ give; run `make grammar`", file=sys.stderr)
    return 1 if old else 0


sys.exit(main(sys.argv[1:]))
