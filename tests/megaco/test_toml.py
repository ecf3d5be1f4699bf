"""Files in TOML: what is wrong with one is told with its line, its key, its value and what is allowed."""

import io
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from megaco.errors import DataFileError, LocalError
from megaco.toml import STDIN, convert, file_name, is_struct, line_of, read_text, read_toml


class _Colour(Enum):
    RED = "red"
    GREEN = "green"


class _Part(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table in the file."""

    size: Annotated[int, msgspec.Meta(ge=1, le=9)]
    kind: Literal["a", "b"] = "a"
    colour: _Colour = _Colour.RED
    share: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1.0
    more: dict[str, int] = {}
    renamed: int = msgspec.field(default=0, name="new-name")

    def __post_init__(self) -> None:
        if self.size == 5:
            raise ValueError("`size` must not be 5")


class _File(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A file."""

    name: str
    part: _Part = msgspec.field(default_factory=lambda: _Part(size=1))
    maybe: _Part | None = None
    rows: list[_Part] = []
    table: dict[str, _Part] = {}
    deep: dict[str, dict[str, _Part]] = {}
    numbers: list[int] = []
    text: str = ""


def _told(text: str) -> str:
    """Return what is said of a text."""
    with pytest.raises(DataFileError) as caught:
        convert("f.toml", text, _File)
    told = str(caught.value)
    assert "\n" not in told
    return told.removeprefix("f.toml")


def test_a_file_becomes_a_structure(tmp_path: Path) -> None:
    """Keys in quotation marks, dotted keys, tables in tables and lists of tables among them."""
    path = tmp_path / "f.toml"
    path.write_text(
        'name = "ä"\npart.size = 2\n[table."a.b"]\nsize = 3\n"new-name" = 4\n[deep.x]\ny = { size = 6 }\n'
        '[[rows]]\nsize = 7\n[[rows]]\nsize = 8\nkind = "b"\nmore."c d" = 9\n',
        "utf-8",
    )
    file = read_toml(path, _File)
    assert (file.name, file.part.size, file.table["a.b"].renamed, file.deep["x"]["y"].size) == ("ä", 2, 4, 6)
    assert [(row.size, row.kind, row.more) for row in file.rows] == [(7, "a", {}), (8, "b", {"c d": 9})]
    assert read_toml(str(path), _File) == file


def test_the_error_is_the_callers() -> None:
    """Whoever catches LocalError catches it."""
    assert issubclass(DataFileError, LocalError)


_HEAD = 'name = "x"\n'
_KEYS = "colour, kind, more, new-name, share, size"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nmae = 1", ":2: unknown key nmae; allowed here: deep, maybe, name, numbers, part, rows, table, text"),
        ("[part]\nsize = 1\nsise = 1", f":4: unknown key part.sise; allowed here: {_KEYS}"),
        ("[part]\nrenamed = 1\nsize = 1", f":3: unknown key part.renamed; allowed here: {_KEYS}"),
        ("[[rows]]\nsize = 1\n[[rows]]\nsise = 1", f":5: unknown key rows[1].sise; allowed here: {_KEYS}"),
        ("[table.a]\nsize = 1\n[table.b]\nsise = 1", f":5: unknown key table.b.sise; allowed here: {_KEYS}"),
        ("[deep.a]\nb = { size = 1 }\nc = { sise = 1 }", f":4: unknown key deep.a.c.sise; allowed here: {_KEYS}"),
        ("[parts]\nsize = 1", ":2: unknown key parts; allowed here: "),
        ("parts.size = 1", ":2: unknown key parts; allowed here: "),
    ],
)
def test_an_unknown_key(text: str, said: str) -> None:
    """With its line, its whole path, and the keys that there are."""
    assert _told(_HEAD + text).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[part]\nsize = "1"', ":3: part.size = '1': Expected `int`, got `str`; allowed: 1 to 9"),
        ("\n\n# one\n[part] # two\n\n  size = 0 # three", ":7: part.size = 0: Expected `int` >= 1; allowed: 1 to 9"),
        ("[ part ]\nsize=10", ":3: part.size = 10: Expected `int` <= 9; allowed: 1 to 9"),
        ("[part]\nsize = 1\nshare = 0.0", ":4: part.share = 0.0: Expected `float` > 0.0; allowed: above 0, at most 1"),
        ('part = { size = 1, kind = "c" }', ":2: part.kind = 'c': Invalid enum value 'c'; allowed: a, b"),
        ('[part]\nsize = 1\ncolour = "blue"', ":4: part.colour = 'blue': Invalid enum value 'blue'; allowed: red, gr"),
        ("part.size = 1\npart.new-name = true", ":3: part.new-name = True: Expected `int`, got `bool`"),
        ("numbers = [\n 1,\n 'x',\n]", ":2: numbers[1] = 'x': Expected `int`, got `str`"),
        ("part = 3", ":2: part = 3: Expected `object`, got `int`"),
        ("[deep.a.b]\nsize = 1\n[deep.a.c]\nsize = 1.5", ":5: deep.a.c.size = 1.5: Expected `int`, got `float`"),
        ("[deep]\na.b.size = 1\na.c.size = 0", ":4: deep.a.c.size = 0: Expected `int` >= 1; allowed: 1 to 9"),
        ('[table.a]\nsize = 1\nmore = { x = 1, y = "2" }', ":4: table.a.more.y = '2': Expected `int`, got `str`"),
        ('[table.a]\nsize = 1\n[table.a.more]\nx = 1\ny = "2"', ":6: table.a.more.y = '2': Expected `int`, got `str`"),
        (
            "[table]\na.size = 9\nb.size = 10\nc.size = 10",
            ":4: table.b.size = 10: Expected `int` <= 9; allowed: 1 to 9",
        ),
    ],
)
def test_a_value_that_is_none(text: str, said: str) -> None:
    """In nested tables, in tables on one line, by dotted keys; where several are wrong the first is told."""
    assert _told(_HEAD + text).startswith(said)


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('["table".a]\nsize = 0', 3, "table.a.size"),
        ('[table."a.b"]\nsize = 0', 3, "table.a.b.size"),
        ("[table]\n\"a.b\".size = 1\n'c#d' . size = 0", 4, "table.c#d.size"),
        ('[table."a]b"]\nsize = 1\n[table."c]"]\nsize = 0', 5, "table.c].size"),
        ('[table."a\\"b"]\nsize = 0', 3, 'table.a"b.size'),
        ('[table."x`y"]\nsize = 0', 3, "table.x`y.size"),
        ('[table."ä=b"]\n"size" = 0', 3, "table.ä=b.size"),
    ],
)
def test_keys_in_quotation_marks(text: str, line: int, key: str) -> None:
    """Are found as TOML reads them."""
    assert _told(_HEAD + text) == f":{line}: {key} = 0: Expected `int` >= 1; allowed: 1 to 9"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[rows]]\nsize = 1\n\n[[rows]]\nkind = "b"\nsize = 10\n', ":7: rows[1].size = 10: Expected `int` <= 9"),
        ("[[rows]]\nsize = 0\n[[rows]]\nsize = 0\n", ":3: rows[0].size = 0: Expected `int` >= 1"),
        ("[[rows]]\nsize = 1\n[[rows]]\nkind = 'b'\n", ":4: rows[1]: Object missing required field `size`"),
        ("rows = [{ size = 1 },\n { size = 12 }]", ":2: rows[1].size = 12: Expected `int` <= 9"),
        ('[[rows]]\nsize = 1\n[[rows]]\nsize = 2\nmore.x = "1"', ":6: rows[1].more.x = '1': Expected `int`, got `str`"),
    ],
)
def test_lists_of_tables(text: str, said: str) -> None:
    """Are counted from 0, and each has its own line; one that begins elsewhere is found by the key of the list."""
    assert _told(_HEAD + text).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[part]\nsize = 1", ": Object missing required field `name`"),
        (_HEAD + "[part]\nkind = 'a'", ":2: part: Object missing required field `size`"),
        (_HEAD + "part = { kind = 'a' }", ":2: part: Object missing required field `size`"),
        (_HEAD + "[table.a]\nsize = 1\n[table.b]\n", ":4: table.b: Object missing required field `size`"),
        (_HEAD + "[deep.a.b]\nkind = 'a'", ":2: deep.a.b: Object missing required field `size`"),
        ("", ": Object missing required field `name`"),
    ],
)
def test_a_field_that_is_missing(text: str, said: str) -> None:
    """With the line of the table that lacks it; the whole file has none."""
    assert _told(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[part]\nsize = 5", ":2: part: `size` must not be 5"),
        ("[table]\na.size = 1\nb.size = 5", ":4: table.b: `size` must not be 5"),
        ("[[rows]]\nsize = 1\n[[rows]]\nsize = 5", ":4: rows[1]: `size` must not be 5"),
    ],
)
def test_what_a_structure_refuses_itself(text: str, said: str) -> None:
    """In the words of the structure, with the line of its table."""
    assert _told(_HEAD + text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x', ": not TOML: "),
        ("[part", ": not TOML: Expected ']' at the end of a table declaration (at end of document)"),
        (_HEAD + "name = 2\n", ": not TOML: Cannot overwrite a value (at line 2, column 9)"),
        (_HEAD + "part = 1979-13-01", ": not TOML: "),
        ("name = " + "1" * 5000, ": not TOML: Exceeds the limit"),
        ("name = 25:00", ": not TOML: "),
        ("name = '\0'", ": not TOML: "),
    ],
)
def test_what_is_no_toml(text: str, said: str) -> None:
    """Also dates and numbers that Python has no room for."""
    assert _told(text).startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "numbers = " + "[" * 5000 + "]" * 5000,
        "numbers = " + "{a=" * 5000 + "1" + "}" * 5000,
        "name = [" + "[" * 5000,
    ],
)
def test_what_is_nested_too_deep(text: str) -> None:
    """Whoever wrote the file cannot exhaust the stack."""
    assert _told(text) == ": tables nested too deep"


def test_line_ends_of_other_systems() -> None:
    """Count as one."""
    assert _told('name = "x"\r\n\r\n[part]\r\nsize = "1"\r\n').startswith(":4: part.size = '1'")


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["name"], 1),
        (["part"], 2),
        (["part", "size"], 3),
        (["part", "kind"], 2),
        (["rows", 0, "size"], 5),
        (["rows", 1], 6),
        (["rows", 1, "kind"], 6),
        (["rows", 2], None),
        (["none"], None),
        ([], None),
    ],
)
def test_lines_of_keys(keys: list[str | int], line: int | None) -> None:
    """That of the key, else of the table that would hold it, else none."""
    assert line_of('name = "x"\n[part]\nsize = 1\n[[rows]]\nsize = 1\n[[rows]]\nsize = 2\n', keys) == line


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Not there, a folder, no UTF-8: the file and the cause."""
    path = tmp_path / "f.toml"
    steps: tuple[tuple[Callable[[], object], str], ...] = (
        (path.mkdir, "Is a directory"),
        (path.rmdir, "No such file or directory"),
        (lambda: path.write_bytes(b'name = "\xff"'), "not UTF-8"),
    )
    for step, said in steps:
        step()
        with pytest.raises(DataFileError) as caught:
            read_toml(path, _File)
        assert str(caught.value) == f"{path}: {said}"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` is read from there, and called stdin."""
    for octets, said in ((b"\n[part]\nsize = 0", ":3: part.size = 0"), (b"\xff", ": not UTF-8"), (b"[", ": not TOML")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))
        with pytest.raises(DataFileError) as caught:
            read_toml(STDIN, _File)
        assert str(caught.value).startswith(f"stdin{said}")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'name = "\xc3\xa4"')))
    assert read_text("-") == 'name = "ä"'
    assert file_name("-") == "stdin"
    assert file_name(Path("a/b.toml")) == "a/b.toml"


def test_numbers_as_keys() -> None:
    """TOML has names only; what is meant as a number is read as one."""
    assert convert("f.toml", "[codes]\n400 = 'a'\n", dict[str, dict[int, str]]) == {"codes": {400: "a"}}
    with pytest.raises(DataFileError, match=r"^f\.toml.*: .*Expected `int`"):
        convert("f.toml", "[codes]\nx = 'a'\n", dict[str, dict[int, str]])


def test_structures_are_told_from_other_types() -> None:
    """A table with given keys is one; a dict is not."""
    assert is_struct(_Part)
    assert not is_struct(dict[str, int])
    assert not is_struct(int)


# --------------------------------------------------------------------------------------------- what is not so yet


def test_lines_of_a_string_are_no_keys() -> None:
    """Neither assignments nor headers."""
    text = 'text = """\n[part]\nsize = 3\n"""\n[part]\nsize = 0'
    assert _told(_HEAD + text).startswith(":7: part.size = 0")


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_lines_end_where_toml_ends_them(character: str) -> None:
    """Not at the other characters that Unicode has for it."""
    assert _told(f"{_HEAD}# a {character} b\n[part]\nsize = 0").startswith(":4: part.size = 0")


def test_tables_in_lists_of_tables() -> None:
    """``[rows.more]`` is of the last of ``[[rows]]``."""
    text = '[[rows]]\nsize = 1\n[[rows]]\nsize = 1\n[rows.more]\nx = "1"'
    assert _told(_HEAD + text).startswith(":7: rows[1].more.x = '1'")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[maybe]\nsize = 1\nsise = 1", f":4: unknown key maybe.sise; allowed here: {_KEYS}"),
        ("[maybe]\nsize = 0", ":3: maybe.size = 0: Expected `int` >= 1; allowed: 1 to 9"),
    ],
)
def test_what_is_allowed_in_a_table_that_may_be_absent(text: str, said: str) -> None:
    """The same as in one that must be there."""
    assert _told(_HEAD + text) == said
