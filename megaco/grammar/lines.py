"""Source text being written, line by line."""

from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """Lines with their indentation."""

    def __init__(self, indent: int = 0) -> None:
        self.indent = indent
        self.rows: list[str] = []

    def add(self, text: str) -> None:
        """Add a line at the present indentation."""
        self.rows.append("    " * self.indent + text if text else "")

    def __iadd__(self, texts: list[str]) -> "Lines":
        for text in texts:
            self.add(text)
        return self

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Indent what is added inside."""
        self.indent += 1
        yield
        self.indent -= 1

    def add_return(self, name: str) -> None:
        """Return a variable; straight away what the line before gives it."""
        given = "    " * self.indent + f"{name} = "
        if self.rows[-1].startswith(given):
            self.rows[-1] = "    " * self.indent + "return " + self.rows[-1].removeprefix(given)
        else:
            self.add(f"return {name}")

    def text(self) -> str:
        """Return all lines."""
        return "\n".join(self.rows) + "\n"


def camel(rule: str) -> str:
    """Return a rule's name as Annex B writes it."""
    head, *rest = rule.split("_")
    return head + "".join(part.capitalize() for part in rest)
