"""Fixture folders: the shipped ones pass, and tampering with one is found."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

import megaco
from iq_profile.flow.fixtures import Finding, check_folder, fixture_folders, record_folder
from iq_profile.flow.run import FlowOptions, run_flow
from iq_profile.flow.steps import PROCEDURES
from megaco import decode, encode, to_json
from megaco.errors import LocalError
from megaco.message import Message, TransactionPending

SHIPPED = Path(__file__).resolve().parents[3] / "fixtures"
PENDING = b"MEGACO/2 [127.0.0.1]:1\nPending = 1 { }\n"
MESSAGES = ("productions", "deviations")
NAMES = sorted(path.name for path in (SHIPPED / "msrp-originating").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a shipped folder, to tamper with."""
    return Path(shutil.copytree(SHIPPED / "msrp-originating", tmp_path / "flow"))


def tampered(folder: Path, name: str, change: Callable[[bytes], bytes]) -> list[Finding]:
    """Change the one file whose name contains ``name`` and check."""
    (path,) = [one for one in folder.iterdir() if name in one.name]
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before
    return check_folder(folder)


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return a change of one word."""
    return lambda data: data.replace(old, new)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_shipped_fixtures_come_out_as_recorded(procedure: str) -> None:
    """In every encoding, through both engines."""
    assert check_folder(SHIPPED / procedure) == []


def test_there_is_a_folder_for_each_flow() -> None:
    """And none besides, but those of single messages, of what is judged by a profile, and of plans of a network."""
    folders = sorted(path.name for path in SHIPPED.iterdir() if path.is_dir() and path.name != "network")
    assert folders == sorted((*PROCEDURES, *MESSAGES, "profiles"))


@pytest.mark.parametrize("name", MESSAGES)
def test_the_shipped_messages_come_back(name: str) -> None:
    """From every encoding, those with deviations too; most of them from binary."""
    skipped: list[Finding] = []
    assert check_folder(SHIPPED / name, skipped.append) == []
    assert 0 < len(skipped) < len(list((SHIPPED / name).iterdir())) / 2
    assert all(one.what for one in skipped)


def test_binary_carries_the_flows() -> None:
    """Nothing of them is skipped, so that both engines are replayed in binary as well."""
    skipped: list[Finding] = []
    for procedure in PROCEDURES:
        assert check_folder(SHIPPED / procedure, skipped.append) == []
    assert skipped == []


def altered(monkeypatch: pytest.MonkeyPatch, change: Callable[[Message], bytes]) -> None:
    """Let binary, and nothing else, be written another way."""
    encode = megaco.encode
    monkeypatch.setattr(
        megaco,
        "encode",
        lambda message, encoding: change(message) if encoding == "binary" else encode(message, encoding),
    )


def test_what_differs_in_binary_only_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engines do not say what was recorded when they hear it in binary; the finding says so."""
    encode = megaco.encode

    def elsewhere(message: Message) -> bytes:
        text = encode(message, "pretty").replace(b"= ip/1/core/1", b"= ip/1/core/9")
        return encode(decode(text), "binary")

    altered(monkeypatch, elsewhere)
    findings = [finding.what for finding in check_folder(folder)]
    assert any(what.startswith("in binary: the gateway replies otherwise") for what in findings), findings
    assert all(what.startswith("in binary: ") for what in findings)


def test_a_flow_that_binary_cannot_carry_is_replayed_in_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be carried is told, and is no fault."""

    def refuses(_: Message) -> bytes:
        raise megaco.EncodeError("no number")

    altered(monkeypatch, refuses)
    skipped: list[Finding] = []
    assert check_folder(folder, skipped.append) == []
    assert {(one.path.suffix, one.what) for one in skipped} == {(".h248", "no number")}
    assert [finding.path.name for finding in tampered(folder, "050-agw", swap(b"core/1", b"core/9"))]


@pytest.mark.parametrize("fault", ["other octets", "other SDP", "no message"])
def test_a_message_that_does_not_come_back_from_binary_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Octets that change when written again, another description, octets that cannot be read."""
    (tmp_path / "one.h248").write_bytes(b"!/1 gw T=1{C=1{MF=t{M{L{v=0\nm=audio 1 RTP/AVP 0\n}}}}}")
    encode, versions = megaco.encode, iter((1, 2))

    def wrongly(message: Message) -> bytes:
        if fault == "no message":
            return b"0\x00"
        if fault == "other octets":
            return encode(msgspec.structs.replace(message, version=next(versions)), "binary")
        return encode(decode(encode(message, "compact").replace(b"audio 1 ", b"audio 2 ")), "binary")

    altered(monkeypatch, wrongly)
    (finding,) = check_folder(tmp_path)
    assert finding.what.startswith("the message does not come back from binary")


def test_a_message_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    """In a folder that holds no flow; its other messages are checked all the same."""
    (tmp_path / "good.h248").write_bytes(b"!/1 1gw PN=1{}")
    (tmp_path / "bad.h248").write_bytes(b"!/1 gw PN=1")
    (tmp_path / "worse.h248").write_bytes(b"\xff")
    findings = check_folder(tmp_path)
    assert [finding.path.name for finding in findings] == ["bad.h248", "worse.h248"]
    assert "bad.h248: 1:12: error[" in str(findings[0])


def test_a_message_that_does_not_come_back_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finding names the encoding."""
    (tmp_path / "good.h248").write_bytes(b"!/1 gw PN=1{}")
    monkeypatch.setattr(megaco, "encode", lambda message, encoding: b"!/1 gw PN=2{}")
    monkeypatch.setattr(megaco, "to_json", lambda message: to_json(decode("!/1 gw PN=3{}")))
    findings = [finding.what for finding in check_folder(tmp_path)]
    assert findings == [f"the message does not come back from {name}" for name in ("pretty", "compact", "JSON")]


@pytest.mark.parametrize("procedure", PROCEDURES)
async def test_what_is_recorded_comes_out_as_recorded(procedure: str, tmp_path: Path) -> None:
    """Record and check are inverse; old files go, and what is written is of the kinds of the shipped folder."""
    (tmp_path / "990-alg-to-agw.add.request.h248").write_bytes(b"old")
    result = await run_flow(procedure, FlowOptions())
    written = record_folder(result, tmp_path)
    assert kinds(tmp_path) == kinds(SHIPPED / procedure)
    assert len(kinds(tmp_path)) == written
    assert check_folder(tmp_path) == []


def kinds(folder: Path) -> list[str]:
    """Return the names without their numbers: signalling and H.248 may overtake each other."""
    return sorted(path.name.partition("-")[2] for path in folder.iterdir())


@pytest.mark.parametrize("name", NAMES[:-1])
def test_a_missing_file_is_found(folder: Path, name: str) -> None:
    """Whichever it is, but the gateway's last word, that it leaves."""
    (folder / name).unlink()
    assert check_folder(folder)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("octets", [b"", b"junk", b"\xff\x00", b"v=0\r\n", PENDING])
def test_a_file_that_holds_something_else_is_found(folder: Path, name: str, octets: bytes) -> None:
    """Not a message, not SDP, or not what was said."""
    (folder / name).write_bytes(octets)
    findings = check_folder(folder)
    assert findings or name == NAMES[-1]


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("040-alg-to-agw", swap(b"core", b"access"), "otherwise"),
        ("040-alg-to-agw", swap(b"timerx = 300", b"timerx = 301"), "the controller sends otherwise"),
        ("060-alg-to-agw", swap(b"tlsbsc/BNCChange", b"tlsbsc/BNCChang"), "the controller sends otherwise"),
        ("050-agw-to-alg", swap(b"ip/1/core/1", b"ip/1/core/9"), "the gateway replies otherwise"),
        ("050-agw-to-alg", swap(b"TCP/MSRP", b"TCP/BFCP"), "the gateway replies otherwise"),
        ("070-agw-to-alg", swap(b"a=fingerprint:sha-256 ", b"a=fingerprint:sha-1 "), "otherwise"),
        ("080-alg-to-peer", swap(b"a=setup:actpass", b"a=setup:active"), "the controller sends otherwise"),
        ("090-peer-to-alg", swap(b"a=setup:active", b"a=setup:passive"), "the controller sends otherwise"),
        ("140-alg-to-ue", swap(b"a=msrp-cema\r\n", b""), "the controller sends otherwise"),
        ("030-ue-to-alg", swap(b"a=3ge2ae:requested\r\n", b""), "the controller does not send it"),
        ("030-ue-to-alg", swap(b"m=message", b"m=messages no"), "SDP line"),
        ("170-alg-to-agw", swap(b"Subtract", b"  Subtract"), "not in the pretty layout"),
        ("170-alg-to-agw", swap(b"Subtract", b"Substract"), "error["),
        ("170-alg-to-agw", swap(b"Transaction = ", b"Transaction = 1"), "there is no reply to it"),
        ("020-alg-to-agw", swap(b"Version = 2", b"Version = 1"), "the controller replies otherwise"),
        ("020-alg-to-agw", swap(b"Reply = ", b"Reply = 1"), "which the other side has not sent"),
        ("100-alg-to-agw", swap(b"MEGACO/2 [127.0.0.1]", b"MEGACO/2 [127.0.0.2]"), "a side keeps its own"),
    ],
)
def test_each_kind_of_tampering_is_found(folder: Path, name: str, change: Callable[[bytes], bytes], told: str) -> None:
    """Requests, replies, SDP, layout, numbers and identifiers; the finding says what is wrong."""
    findings = tampered(folder, name, change)
    assert any(told in finding.what for finding in findings), findings


def test_several_transactions_of_a_message_are_replayed_one_by_one(folder: Path) -> None:
    """Whatever travels with a transaction, and however often it comes again; what is said of one is still held to."""
    later, earlier = (next(folder.glob(f"{number}-alg-to-agw*")) for number in ("170", "150"))
    first, second = decode(earlier.read_bytes()), decode(later.read_bytes())
    number = first.transactions[0].transaction_id  # type: ignore[union-attr]  # a request
    others = (TransactionPending(number), *first.transactions, *second.transactions)
    later.write_bytes(encode(replace(second, transactions=others), "pretty"))
    assert check_folder(folder) == []
    later.write_bytes(later.read_bytes().replace(b"Subtract = ip/1/core/1", b"Subtract = ip/1/core/9"))
    assert any("the controller sends otherwise" in one.what for one in check_folder(folder) if one.path == later)


def test_a_time_stamp_is_the_controllers_own(folder: Path) -> None:
    """What its clock said when it was recorded is said again; the rest of the reply is held to."""
    (path,) = folder.glob("020-alg-to-agw*")
    stamped = path.read_bytes().replace(b"Version = 2", b"Version = 2, 20250301T12000000")
    path.write_bytes(stamped)
    assert check_folder(folder) == []
    path.write_bytes(stamped.replace(b"Version = 2", b"Version = 1"))
    assert any("the controller replies otherwise" in finding.what for finding in check_folder(folder))


def test_a_folder_of_plans_holds_no_fixtures(tmp_path: Path) -> None:
    """TOML files alone are for the project's tests; beside fixtures they are what they always were."""
    for name in ("plans", "flow"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.toml").write_text("")
    (tmp_path / "flow" / "one.h248").write_bytes(b"!/1 gw PN=1{}")
    assert [path.name for path in fixture_folders(tmp_path)] == ["flow"]


def test_a_finding_names_its_file(folder: Path) -> None:
    """In one line."""
    finding = tampered(folder, "170-alg", swap(b"Subtract", b"Substract"))[0]
    assert str(finding).startswith(f"{folder}/170-alg-to-agw.subtract.request.h248: ")
    assert "\n" not in str(finding)


def test_a_last_answer_that_is_missing_is_found(folder: Path) -> None:
    """The controller says more than stands in the files."""
    (folder / "140-alg-to-ue.answer.sdp").unlink()
    assert any("the controller says more than is recorded" in finding.what for finding in check_folder(folder))


def test_lines_of_a_message_matter_one_by_one(folder: Path) -> None:
    """Leaving out any line of the reply with the fingerprint is found."""
    (path,) = folder.glob("070-*")
    rows = path.read_bytes().splitlines(keepends=True)
    for number in range(len(rows)):
        path.write_bytes(b"".join(rows[:number] + rows[number + 1 :]))
        assert check_folder(folder), rows[number]


def test_a_folder_without_fixtures_is_refused(tmp_path: Path) -> None:
    """Other files do not count, and a folder that is not there is told."""
    (tmp_path / "README.md").write_text("x")
    with pytest.raises(LocalError, match="no fixtures"):
        check_folder(tmp_path)
    with pytest.raises(LocalError, match="No such file"):
        check_folder(tmp_path / "none")
