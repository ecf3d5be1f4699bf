"""``h248 packages``, and the examples of ``docs/packages.md``."""

import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import megaco
from megaco.commands.package_page import KINDS, Member, example, members
from megaco.packages import Event, Package, Property, Signal, Typed, ValueType, default_registry

from .samples import call, written

DOCS = (Path(__file__).parents[3] / "docs" / "packages.md").read_text("utf-8")
ACME, *_ = re.findall(r"^```toml\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)
"""The package file of the documentation."""
SHIPPED = sorted(default_registry(), key=lambda package: package.number)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return a folder with the package of the documentation."""
    folder = tmp_path / "my-packages"
    folder.mkdir()
    (folder / "acme.toml").write_text(ACME, "utf-8")
    return str(folder)


def lines_of(*arguments: str) -> list[str]:
    """Return what the command prints, where nothing is wrong."""
    result = call("packages", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def refused(*arguments: str) -> str:
    """Return the one line of a name that is unknown."""
    result = call("packages", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    return result.stderr.rstrip("\n")


# --------------------------------------------------------------------------------------------------------------- table


@pytest.mark.parametrize("columns", ["40", "80", "100", "120"])
def test_the_table_has_a_line_a_package_and_fits(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """A heading, then all packages by their numbers, none longer than the terminal has columns."""
    monkeypatch.setenv("COLUMNS", columns)
    heading, *rows = lines_of()
    rows = rows[: rows.index("")]
    registry = default_registry()
    numbers = sorted({*registry.rows, *(package.number for package in registry)})
    assert heading.split() == ["number", "id", "ver", "items", "spec", "title"]
    assert [row[:6] for row in rows] == [f"{number:#06x}" for number in numbers]
    assert columns == "40" or max(map(len, (heading, *rows))) <= int(columns)


def test_a_title_is_cut_where_it_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """With few columns it ends in dots; where nobody says how many there are it is whole."""
    monkeypatch.setenv("COLUMNS", "80")
    assert any(line.endswith("Application data inactiv...") for line in lines_of())
    assert all(len(line) <= 80 for line in lines_of())
    monkeypatch.delenv("COLUMNS")
    assert any(line.endswith("Application data inactivity detection") for line in lines_of())


def test_the_table_tells_what_is_known_and_how_sure_it_is() -> None:
    """Items are counted; a package without them says so; what was not read is marked, and the marks are explained."""
    lines = {line[:6]: line.split() for line in lines_of()}
    assert lines["0x008c"][1:4] == ["gm", "2", "9"]
    assert lines["0x001e"][1:5] == ["BCP", "~", "number", "only"]
    assert lines["0x8089"][1:3] == ["tcpbcc", "?"]
    assert lines["0x003c"][1:] == ["number", "only", "H.248.23", "Analog", "Display", "Signalling"]
    assert "~ recalled" in lines_of()[-1]


def test_titles_of_packages_known_by_number_only_are_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal; NO_COLOR leaves all styles out."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    styled = call("packages", color=True).stdout
    assert "\x1b[2mAnalog Display Signalling" in styled
    assert "\x1b[1mnumber" in styled
    monkeypatch.setenv("NO_COLOR", "1")
    assert call("packages", color=True).stdout == call("packages").stdout


def test_json_is_an_array_with_an_object_a_package() -> None:
    """What is not known is null."""
    found = {one["number"]: one for one in json.loads(call("packages", "--json").stdout)}
    gm = {"id": "gm", "number": 140, "version": 2, "title": "Gate management", "spec": "H.248.43", "clause": "7"}
    assert found[140] == {**gm, "provenance": "standard", "known": True, "items": 9}
    bare = {"id": None, "number": 60, "version": None, "title": "Analog Display Signalling", "spec": "H.248.23"}
    assert found[60] == {**bare, "clause": "", "provenance": None, "known": False, "items": None}
    assert len(found) == len(lines_of()) - 3


# --------------------------------------------------------------------------------------------------------------- pages


def test_a_package_goes_by_id_or_number() -> None:
    """Case is free, numbers are decimal or hexadecimal, also as binary's names for unknown ones have them."""
    page = lines_of("gm")
    assert page[:2] == ["NAME", "    gm - Gate management"]
    for name in ("GM", "0x8c", "0X008C", "140", "x008c"):
        assert lines_of(name) == page


def test_a_page_has_all_of_an_item(folder: str) -> None:
    """Number, type, unit, values, range, default, descriptors, access, remark, version and provenance."""
    page = "\n".join(lines_of("--packages", folder, "acme"))
    assert page.startswith(
        "NAME\n    acme - Acme line care\n\nDESCRIPTION\n    Watches the copper that a line runs on\n\nPACKAGE\n"
        "    number: 0xfe01 (65025)\n    version: 2\n    extends: nt\n    spec: Acme TS 7 clause 4\n"
        "    provenance: standard; of id, number and version\n\nPROPERTIES\n"
    )
    for told in (
        "    acme/gain 0x0011 Gain [recalled]\n"
        "        integer; unit dB; automatic (-100); -100 to 20; in LocalControl or\n"
        "          TerminationState; read only\n"
        "        not while the line is ringing; since version 2\n"
        "        acme/gain = automatic\n",
        "enumeration; off (0), idle (1), always (2); default idle; in\n",
        "    acme/wet 0x0010 The line got wet\n"
        "        in Events: acme/wet { limit = 10 }\n"
        "            limit 0x0001\n"
        "                unsigned integer; unit kOhm; required\n"
        "        in ObservedEvents: acme/wet { pairs = [10] }\n",
        "    acme/dry 0x0010 Dry the line\n"
        "        timeout; duration 3 s\n"
        "        in Signals: acme/dry { heat = 0.5 }\n"
        "            heat 0x0001 [assumed]\n"
        "                double; 32 bits of it are fraction\n",
        "    acme/drops 0x0010 Drops of water\n        double; of terminations\n        acme/drops = 10\n",
        "    also, of nt: acme/dur, acme/os, acme/or\n",
        "ERRORS\n    780 Line under water",
    ):
        assert told in page


def test_items_that_a_package_extends_and_values_that_it_adds_are_named() -> None:
    """The names are those of the package; items of one line each stand close."""
    page = "\n".join(lines_of("dd"))
    assert "    dd/d0 0x0010 DTMF 0\n    dd/d1 0x0011 DTMF 1\n" in page
    assert "    also, of tonedet: dd/std, dd/etd, dd/ltd" in page
    assert "VALUES ADDED\n    To parameters of tonedet:\n    tl: d0 (16), " in page


@pytest.mark.parametrize("package", SHIPPED, ids=lambda package: package.id)
def test_a_page_of_every_package_fits(monkeypatch: pytest.MonkeyPatch, package: Package) -> None:
    """Every item is on the page, and no line is longer than the terminal."""
    monkeypatch.setenv("COLUMNS", "60")
    page = lines_of(package.id)
    assert max(map(len, page)) <= 60
    words = set(" ".join(page).replace(",", " ").split())
    assert {f"{package.id}/{one.name}" for one in members(default_registry(), package)} <= words


def test_a_package_known_by_number_only_says_so() -> None:
    """And where a file of one's own would go."""
    page = "\n".join(lines_of("BCP"))
    assert "NAME\n    BCP - Bearer Characteristics" in page
    assert "version: not known" in page
    assert "recalled, known but not read in the specification; of the id" in page
    assert "known by its number only" in page
    assert "A file BCP.toml of your own, in a folder that --packages DIR names" in page
    nameless = "\n".join(lines_of("0x3c"))
    assert "id: not known" in nameless
    assert json.loads(call("packages", "--json", "BCP").stdout)["known"] is False


def test_an_item_alone() -> None:
    """By name or number, of the package itself or of one that it extends, whatever it is."""
    page = lines_of("nt/os")
    assert page[0] == "STATISTIC of package nt (Network, 0x000b version 1, H.248.1 Annex E.11)"
    assert page[1:2] + page[-1:] == ["    nt/os 0x0002 Octets sent", "        nt/os = 10"]
    for name in ("NT/OS", "0xb/0x2", "11/2", "nt/x0002"):
        assert lines_of(name) == page
    assert lines_of("rtp/os")[:2] == [f"{page[0]}, which", "  rtp extends"]
    assert [line.split()[0] for line in lines_of("rtp/jit") if line[:1] not in ("", " ")] == ["PROPERTY", "STATISTIC"]


def test_several_names_stand_one_after_the_other() -> None:
    """A blank line stands between two; one that is unknown hides none."""
    assert lines_of("gm", "nt/os") == [*lines_of("gm"), "", *lines_of("nt/os")]
    result = call("packages", "zz", "gm", "zz/a")
    assert (result.exit_code, result.stdout.splitlines()) == (1, lines_of("gm"))
    assert len(result.stderr.splitlines()) == 2


def test_json_of_a_package_is_all_of_it(folder: str) -> None:
    """The keys are those of its file; what it has from others stands apart; a document a name."""
    found = json.loads(call("packages", "--json", "--packages", folder, "acme").stdout)
    assert found["properties"]["mode"]["values"] == {"off": 0, "idle": 1, "always": 2}
    assert found["errors"] == {"780": "Line under water"}
    assert found["inherited"]["nt"]["statistics"]["os"]["number"] == 2
    assert found["known"] is True
    documents = call("packages", "--json", "gm", "nt/os").stdout
    first, end = json.JSONDecoder().raw_decode(documents)
    item = json.loads(documents[end:])
    assert first["id"] == "gm"
    assert (item["package"], item["owner"], item["kind"], item["number"]) == ("nt", "nt", "statistic", 2)


# -------------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gmm", "Error: no package 'gmm'; close: gm, g"),
        ("zzzz", "Error: no package 'zzzz'; h248 packages lists what is known"),
        ("65000", "Error: no package '65000'; h248 packages lists what is known"),
        ("", "Error: no package ''; h248 packages lists what is known"),
        ("gm/saff", "Error: package gm has no item 'saff'; close: gm/saf, gm/spf"),
        ("gm/99", "Error: package gm has no item '99'; close: "),
        ("zzzz/a", "Error: no package 'zzzz'; h248 packages lists what is known"),
        ("BCP/a", "Error: package BCP is known by its number only; "),
        ("a\x1b[31m\n", r"Error: no package 'a\x1b[31m\n'; "),
        ("x" * 5000, f"Error: no package '{'x' * 60}'...; "),
    ],
)
def test_an_unknown_name_is_one_line_with_names_like_it(name: str, told: str) -> None:
    """On standard error, with exit code 1; nothing of the name obeys the terminal."""
    assert refused(name).startswith(told)
    assert refused("--json", name).startswith(told)


def test_a_broken_package_file_is_one_line(tmp_path: Path) -> None:
    """File, line and cause are told, with exit code 1; a folder that holds no package is wrong usage."""
    empty = call("packages", "--packages", str(tmp_path))
    assert empty.exit_code == 2
    file = written(tmp_path, "acme.toml", ACME.replace('"enumeration"', '"colour"').encode())
    assert refused("--packages", str(tmp_path)).startswith(f"Error: {file}:15: properties.mode.type = 'colour': ")


def test_a_package_of_ones_own_is_in_the_table_and_wins(folder: str, tmp_path: Path) -> None:
    """What is shipped is replaced as a whole by a file with its id."""
    assert any(line.startswith("0xfe01  acme") for line in lines_of("--packages", folder))
    (tmp_path / "own").mkdir()
    own = 'id = "GM"\nnumber = 0x008c\nversion = 3\ntitle = "Mine"\nspec = "none"\n'
    written(tmp_path, "own/gm.toml", own.encode())
    page = lines_of("--packages", folder, "--packages", str(tmp_path / "own"), "gm")
    assert page[1] == "    GM - Mine"
    assert "    items: none of its own are known" in page


# ------------------------------------------------------------------------------------------------------------ examples


def test_examples_are_of_the_type_and_in_its_range() -> None:
    """Whatever the type and its range there is an example; where none is short there are dots."""

    def shown(kind: ValueType, **fields: Any) -> str:
        return example(Typed(number=1, type=kind, provenance="assumed", **fields))

    assert shown("string", minimum=2, maximum=3) == '"tex"'
    assert shown("string", minimum=9) == '"texttextt"'
    assert shown("string", minimum=10**12) == "..."
    assert shown("character") == '"t"'
    assert shown("octet string", maximum=1) == "0A"
    assert shown("sub-list of octet string") == "[0A1B2C3D]"
    assert shown("integer", maximum=-5) == "-5"
    assert shown("double", minimum=100) == "100"
    assert float(shown("double", fraction_bits=8, minimum=1)) == 10
    assert shown("boolean", default=True) == "off"
    assert shown("enumeration", values={"*": 0, "a": 1, "b": 2}, default="a") == "b"


@pytest.mark.parametrize(
    ("kind", "default", "told"),
    [
        ("octet string", '"0a"', "0A"),
        ("string", '"a b"', '"a b"'),
        ("boolean", "true", "on"),
        ("sub-list of integer", "[1, 2]", "[1, 2]"),
    ],
)
def test_a_default_is_told_as_text_writes_it(tmp_path: Path, kind: str, default: str, told: str) -> None:
    """As the file has it where it is no value of the type."""
    head = 'id = "own"\nnumber = 0xfe02\nversion = 1\ntitle = "Own"\nspec = "none"\n[properties.p]\nnumber = 1\n'
    rest = f'title = "P"\ntype = "{kind}"\ndefault = {default}\ndescriptors = ["Local"]\nprovenance = "assumed"\n'
    written(tmp_path, "own.toml", (head + rest).encode())
    assert f"default {told}; in Local" in " ".join(lines_of("--packages", str(tmp_path), "own/p"))


EXAMPLES = [(package, one) for package in SHIPPED for one in members(default_registry(), package)]


@pytest.mark.parametrize(
    ("package", "member"), EXAMPLES, ids=[f"{package.id}/{one.name}-{one.kind}" for package, one in EXAMPLES]
)
def test_text_with_the_examples_is_read_and_right(package: Package, member: Member) -> None:
    """What the pages show can stand in a message, and is what the package says."""
    for text, names_an_item in messages_with(package, member):
        message = megaco.decode(text, strict=True)
        errors = [str(error) for error in megaco.default_items().check(message)]
        assert errors == [] or names_an_item


def messages_with(package: Package, member: Member) -> Iterator[tuple[str, bool]]:
    """Yield messages that have the examples of an item, and whether one of its parameters is an item's name."""
    item = member.item
    whole = f"{package.id}/{member.name}"
    if isinstance(item, Event | Signal):
        around = {
            "parameters": "MF=t{SG{%s}}" if isinstance(item, Signal) else "MF=t{E=1{%s}}",
            "observed": "N=t{OE=1{%s}}",
        }
        for field, command in around.items():
            parameters = getattr(item, field, {})
            given = ", ".join(f"{name} = {example(one)}" for name, one in parameters.items())
            shown = f"{whole} {{ {given} }}" if given else whole
            if field == "parameters" or isinstance(item, Event):
                request = f"!/3 a T=1{{C=1{{{command % shown}}}}}"
                yield request, any(one.text for one in parameters.values())
        return
    around_value = "M{O{%s}}" if isinstance(item, Property) and "LocalControl" in item.descriptors else "M{TS{%s}}"
    inside = (around_value if isinstance(item, Property) else "SA{%s}") % f"{whole} = {example(item)}"
    yield f"!/3 a P=1{{C=1{{MF=t{{{inside}}}}}}}", False


def test_every_kind_has_a_heading() -> None:
    """The kinds are those that a package's name can stand before."""
    assert set(KINDS) == {"property", "event", "signal", "statistic"}


# ------------------------------------------------------------------------------------------------------- documentation


def test_the_documentation_is_right(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its examples print is what they print."""
    monkeypatch.chdir(Path(folder).parent)
    blocks = re.findall(r"^```pycon\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 5
    test = doctest.DocTestParser().get_doctest("".join(blocks), {}, "packages.md", "packages.md", 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_help_tells_of_names_and_options() -> None:
    """The ways to name a package, the options and the exit codes."""
    text = " ".join(call("packages", "--help").stdout.split())
    for told in ("0x8c, 140", "--packages DIR", "--json", "Exit codes: 0 fine", "h248 packages nt/os"):
        assert told in text
