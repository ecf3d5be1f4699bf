"""What the hand-written makers take: read from their source, for a generator imports no codec."""

import ast
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[2] / "binary" / "assembly.py"
_PREFIX = "make_"
_NOT_PARTS = ("self", "kind", "start")
"""The class that a CHOICE names, and the offset, are no parts of a type."""


@cache
def parts_taken() -> dict[str, dict[str, str]]:
    """Return, for each maker by its name without ``make_``, its parts -> what stands for one that is absent."""
    tree = ast.parse(_SOURCE.read_text("utf-8"))
    return {
        function.name.removeprefix(_PREFIX): {
            argument.arg: _absent(argument.annotation)
            for argument in function.args.args
            if argument.arg not in _NOT_PARTS
        }
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.startswith(_PREFIX)
    }


def _absent(annotation: ast.expr | None) -> str:
    kind = ast.unparse(annotation) if annotation is not None else ""
    return "()" if kind.startswith("tuple") and "None" not in kind else "False" if kind == "bool" else "None"
