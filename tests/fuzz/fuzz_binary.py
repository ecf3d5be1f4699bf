"""Feed the binary codec what atheris thinks of: ``make fuzz FUZZ=binary SECONDS=60``; ``harness.py`` tells the rest."""

import os
import sys
from pathlib import Path

import atheris


def main() -> None:
    """Set atheris up and leave the process to it."""
    os.environ["H248_INTERPRETED"] = "1"  # what is compiled tells atheris nothing
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # a script has only its own folder there
    with atheris.instrument_imports(include=["megaco"]):
        from tests.fuzz.properties import check
    from tests.fuzz.harness import fuzz
    from tests.fuzz.tlvs import mutated
    from tests.megaco.binary.octets import fixtures

    fuzz([check], mutated, list(fixtures().values()), b"", sys.argv[1:])


if __name__ == "__main__":
    main()
