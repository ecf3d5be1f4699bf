"""An exchange that keeps each rule of the shipped profile, and one that breaks it: ``fixtures/profiles``."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

import megaco
from iq_profile.profile import Finding, Profile, Spoken, judge_exchange, load_profile, shipped_profile
from megaco import EncodeError, Message
from megaco.data import data_folder

_FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "profiles" / "iq"
_FOLDERS = sorted(path for path in _FIXTURES.glob("*/*") if path.is_dir())
_FAILING = [path for path in _FOLDERS if path.name.startswith("fail")]
_BINARY = ".h248b"
_NOT_IN_BINARY = {
    "items/fail-3",  # a parameter that its package has not
    "no-digit-maps/fail",  # digit maps by name have no number by themselves
    "no-digit-maps/fail-2",
    "packages/fail-2",  # a package that nobody knows
}


class _Sheet(msgspec.Struct, forbid_unknown_fields=True):
    """``fixture.toml``: what is not as usual."""

    also: tuple[str, ...] = ()
    """Rules that the messages break beside the one that the folder is of."""
    transport: str | None = None
    profile: str = ""
    """A profile beside it, for what messages cannot break of the shipped one."""


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _sheet(folder: Path) -> _Sheet:
    path = folder / "fixture.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Sheet) if path.exists() else _Sheet()


@cache
def _profile(folder: Path) -> Profile:
    own = _sheet(folder).profile
    return load_profile(folder / own) if own else shipped_profile()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".h248", _BINARY))


def _spoken(folder: Path) -> list[Spoken]:
    transport: Any = _sheet(folder).transport
    return [
        Spoken(megaco.decode(path.read_bytes(), strict=True), "binary" if path.suffix == _BINARY else "text", transport)
        for path in _files(folder)
    ]


def _expected(folder: Path) -> set[str]:
    return {folder.parent.name, *_sheet(folder).also} if folder in _FAILING else set()


def _told(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(finding.rule_name, finding.index) for finding in findings]


def _nodes(value: object) -> Iterator[object]:
    """Yield every node of a tree."""
    if isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from _nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _nodes(one)


def test_every_rule_has_both() -> None:
    """And no folder is of a rule that is not there."""
    rules = set(shipped_profile().rules)
    assert {path.name for path in _FIXTURES.iterdir()} == rules
    for rule in sorted(rules):
        assert {"pass", "fail"} <= {path.name for path in (_FIXTURES / rule).iterdir()}, rule


@pytest.mark.parametrize("folder", _FOLDERS, ids=_name)
def test_only_what_is_expected_is_found(folder: Path) -> None:
    """Nothing in a good one; in a bad one the rule that it is of, and those that cannot but break with it."""
    assert _files(folder)
    assert folder.name.partition("-")[0] in ("pass", "fail")
    findings = judge_exchange(_spoken(folder), _profile(folder))
    assert {finding.rule_name for finding in findings} == _expected(folder), list(map(str, findings))


@pytest.mark.parametrize("folder", _FAILING, ids=_name)
def test_a_finding_says_where_and_how_sure(folder: Path) -> None:
    """Its node stands in the message that it is of; clause, provenance and severity are those of the file."""
    spoken, sheet = _spoken(folder), _sheet(folder)
    tables = tomllib.loads((data_folder() / "profiles" / "iq.toml").read_text("utf-8"))["rules"]
    if sheet.profile:
        tables |= tomllib.loads((folder / sheet.profile).read_text("utf-8")).get("rules", {})
    findings = judge_exchange(spoken, _profile(folder))
    for finding in findings:
        assert any(node is finding.node for node in _nodes(spoken[finding.index].message)), str(finding)
        table = tables[finding.rule_name]
        assert finding.rule.clause == table["clause"]
        assert finding.rule.provenance == table["provenance"]
        doubts = ["standard", "recalled", "assumed"]
        assert doubts.index(finding.provenance) >= doubts.index(table["provenance"])
        weight = table.get("severity", "error" if finding.provenance == "standard" else "warning")
        assert finding.severity == weight
        doubt = "" if finding.provenance == "standard" else f", {finding.provenance}"
        assert str(finding) == f"{weight}[{finding.rule_name}]: {finding.what} ({table['clause']}{doubt})"


@pytest.mark.parametrize("folder", _FOLDERS, ids=_name)
def test_binary_is_judged_alike(folder: Path) -> None:
    """The same messages in the other encoding break the same rules, where binary carries them."""
    messages = [one.message for one in _spoken(folder)]
    profile = _profile(folder)
    try:
        in_binary = [_through_binary(one) for one in messages]
    except EncodeError:
        assert _name(folder) in _NOT_IN_BINARY
        return
    assert _name(folder) not in _NOT_IN_BINARY
    findings = judge_exchange([Spoken(one) for one in messages], profile)
    assert _told(judge_exchange([Spoken(one) for one in in_binary], profile)) == _told(findings)


def _through_binary(message: Message) -> Message:
    return megaco.decode(megaco.encode(message, "binary"))


@pytest.mark.parametrize("folder", _FOLDERS, ids=_name)
def test_files_are_as_we_write_them(folder: Path) -> None:
    """Pretty text octet for octet, or binary; one after the other from 01; nothing else lies there."""
    for number, path in enumerate(_files(folder), 1):
        assert path.name.startswith(f"{number:02d}-")
        octets = path.read_bytes()
        assert megaco.encode(megaco.decode(octets), "binary" if path.suffix == _BINARY else "pretty") == octets
    others = {path.name for path in folder.iterdir()} - {path.name for path in _files(folder)}
    sheet = _sheet(folder)
    assert others == {name for name in (sheet.profile, "fixture.toml" if sheet != _Sheet() else "") if name}
    assert set(sheet.also) <= set(shipped_profile().rules)


@pytest.mark.parametrize("folder", _FAILING, ids=_name)
def test_a_rule_that_is_off_is_not_broken(folder: Path, tmp_path: Path) -> None:
    """With its kind ``off`` in a profile that extends, the rule is silent, and the others as before.

    But for ``sender``: who sends which command is what the rules of the commands say.
    """
    rule, own = folder.parent.name, _sheet(folder).profile
    profile = tmp_path / "off.toml"
    base = f"{folder / own}" if own else "iq"
    profile.write_text(f'extends = "{base}"\n[rules.{rule}]\nkind = "off"\n', "utf-8")
    found = {finding.rule_name for finding in judge_exchange(_spoken(folder), load_profile(profile))}
    assert rule not in found
    assert found | {"sender"} == (_expected(folder) - {rule}) | {"sender"}
