"""``python cli.py``: the program ``h248`` from a source tree."""

from iq_profile.program import main

if __name__ == "__main__":
    main()
