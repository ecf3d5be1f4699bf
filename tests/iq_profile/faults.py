"""Errors of configuration files: one line that begins with the file and, where a key is at fault, with its line."""

import re
from pathlib import Path


def told(error: Exception, path: Path) -> str:
    """Return what is said behind file and line; the line, where there is one, has to be that of the key."""
    said = str(error)
    assert "\n" not in said
    found = re.match(rf"{re.escape(str(path))}(?::([0-9]+))?: ", said)
    assert found is not None, said
    rest = said[found.end() :]
    if found.group(1) is not None:
        keys = re.split(r"[ =:;]", rest.removeprefix("unknown key "), maxsplit=1)[0]
        last = re.sub(r"\[[0-9]+\]$", "", keys).rpartition(".")[2]
        line = path.read_text("utf-8").splitlines()[int(found.group(1)) - 1]
        assert last in line, (said, line)
    return rest
