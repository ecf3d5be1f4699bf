"""Our binary is BER of Annex A to OTP, pycrate and tshark; what OTP and pycrate write in binary we read."""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

import megaco

from ..megaco.canonical import canonical, differences
from . import asn1
from .conftest import Messages
from .findings import Finding, known_findings, objections
from .names import dictionary, registry
from .otp import Otp
from .tshark import dissected

_NOT_IN_BINARY: dict[str, str] = {
    # Annex A has no component for it.
    "productions/individual_audit_filters": "local_control.mode.relation: a relation to a mode cannot be carried",
    "productions/individual_audit_of_events": "individual[4].parameter: parameter cannot be carried",
    "productions/individual_audit_of_signals": "individual[0].signal: an audit of no signal cannot be carried",
    "productions/modem_descriptor": "descriptors[0].extensions[0]: extensions cannot be carried",
    "productions/mux_descriptor": "descriptors[0].extension: extension cannot be carried",
    "productions/octets_of_any_kind": "remote.sdp: 'hello' is no line of SDP, cannot be carried",
    "productions/packages_descriptor": "'X_own-65535' is no package with its version",
    "productions/service_change_extensions": "extensions[0]: more than one extension parameter cannot be carried",
    "productions/service_change_methods": "services.method_extension: a method of one's own cannot be carried",
    "productions/service_change_methods_short": "services.method_extension: a method of one's own cannot be carried",
    # Names that have no number because nobody has such packages or parameters.
    "profiles/iq/items/fail-3/01-modify-request": "the package has no parameter 'mode'",
    "profiles/iq/packages/fail-2/01-add-request": "package 'acme' is not known",
    "deviations/bare-digit-map": "the package has no parameter 'strict'",
    "productions/event_digit_map_name": "the package has no parameter 'method'",
    "productions/keywords_as_names": "package 'o' is not known",
    "productions/property_names": "package 'pkg_1' is not known",
}
"""Messages that cannot be written: name -> a part of what EncodeError says."""

_AS_TEXT = {b"\x0a\x01\x00": b"exact", b"\x0a\x01\x01": b"state", b"\x02\x04\x33\x33\x33\x33": b"0.2"}
"""Values in OTP's messages that are neither strings nor whole numbers, and how the packages write them in text."""
_STRING, _INTEGER = 0x16, 0x02

_SHOWN = 12
"""Octets of each side where two encodings part."""


class Written(NamedTuple):
    """Messages as we write them in binary, each by name."""

    trees: dict[str, megaco.Message]
    octets: dict[str, bytes]
    refusals: dict[str, str]
    """What EncodeError says of those that we do not write."""


def same(from_text: megaco.Message, from_binary: megaco.Message) -> bool:
    """Whether a tree out of binary says what the tree out of text says."""
    return canonical(from_text, registry()) == from_binary


@pytest.fixture(scope="module")
def written(otp_messages: Messages, fixture_messages: Messages) -> Written:
    """All messages, written once."""
    result = Written({}, {}, {})
    for name, texts in (otp_messages | fixture_messages).items():
        result.trees[name] = tree = megaco.decode(texts["original"])
        try:
            result.octets[name] = megaco.encode(tree, "binary", dictionary=dictionary())
        except megaco.EncodeError as error:
            result.refusals[name] = str(error)
    return result


def test_every_message_is_written_but_for_those_listed(written: Written) -> None:
    """What binary cannot carry is known, message by message, and why."""
    assert len(written.octets) == len(written.trees) - len(_NOT_IN_BINARY)
    others = {name: says for name, says in written.refusals.items() if name not in _NOT_IN_BINARY}
    assert not others, "\n".join(f"{name}: {says}" for name, says in others.items())
    gone = [name for name, says in _NOT_IN_BINARY.items() if says not in written.refusals.get(name, "")]
    assert not gone


def test_what_we_write_we_read_alike(written: Written) -> None:
    """Binary loses nothing."""
    wrong = {name: _reading(written.trees[name], octets) for name, octets in written.octets.items()}
    assert not any(wrong.values()), "\n".join(f"{name}: {says}" for name, says in wrong.items() if says)


def test_pycrate_writes_what_it_read(written: Written) -> None:
    """pycrate decodes every message and encodes it to the same octets, but for what is listed."""
    findings = [Finding("pycrate", name, "binary", says) for name, says in _recoding(written.octets)]
    _check(findings, written.octets, "pycrate")


def test_otp_writes_what_it_read(otp: Otp, written: Written, tmp_path: Path) -> None:
    """OTP's ASN.1 modules decode every message and encode it to the same octets, but for what is listed."""
    converted = otp.convert("recode", written.octets, tmp_path)
    refused = [Finding("otp-asn1", name, "binary", f"refuses: {says}") for name, says in converted.refusals.items()]
    other = [
        Finding("otp-asn1", name, "binary", _parting(written.octets[name], octets))
        for name, octets in converted.octets.items()
        if octets != written.octets[name]
    ]
    _check([*refused, *other], written.octets, "otp-asn1")


@pytest.mark.parametrize("form", asn1.FORMS)
def test_other_forms_of_ber_are_read_alike(written: Written, form: asn1.Form) -> None:
    """What pycrate writes with other lengths, or with strings in parts, is the same message to us."""
    for name, octets in written.octets.items():
        assert _decoded(asn1.rewritten(octets, form)) == _decoded(octets), name


def test_what_otp_writes_from_text_is_read_like_the_text(otp: Otp, otp_messages: Messages, tmp_path: Path) -> None:
    """OTP's binary of its messages, values as they stand in text, says to us what the text says."""
    originals = {name: texts["original"] for name, texts in otp_messages.items()}
    converted = otp.convert("to-ber", originals, tmp_path)
    assert not converted.refusals
    findings = [
        Finding("otp-ber", name, "binary", says)
        for name, octets in converted.octets.items()
        if (says := _reading(megaco.decode(originals[name]), octets))
    ]
    _check(findings, originals, "otp-ber")


def test_we_write_what_otp_writes(otp: Otp, otp_originals: dict[str, bytes], tmp_path: Path) -> None:
    """Our binary of OTP's messages is OTP's to the octet once our values stand there bare, but for what is listed."""
    names = megaco.dictionary(provisioning="otp")
    ours = {
        name: asn1.with_values(megaco.encode(megaco.decode(original), "binary", dictionary=names), _bare)
        for name, original in otp_originals.items()
    }
    theirs = otp.convert("to-ber", otp_originals, tmp_path).octets
    assert ours.keys() == theirs.keys()
    findings = [
        Finding("otp-octets", name, "binary", _parting(octets, theirs[name]))
        for name, octets in ours.items()
        if octets != theirs[name]
    ]
    _check(findings, otp_originals, "otp-octets")


def test_tshark_finds_nothing_malformed(tshark: str, written: Written, tmp_path: Path) -> None:
    """tshark has nothing against what we write, but for what is listed."""
    _check(dissected(tshark, written.octets, "binary", tmp_path), written.octets, "tshark")


# That the judges see something


def test_judges_agree_about_what_otp_writes(otp: Otp, otp_originals: dict[str, bytes], tmp_path: Path) -> None:
    """pycrate and OTP's ASN.1 modules encode OTP's binary to the same octets, whatever form pycrate gives it first."""
    octets = otp.convert("to-ber", otp_originals, tmp_path / "ber").octets
    assert octets.keys() == otp_originals.keys()
    assert not list(_recoding(octets))
    for form in asn1.FORMS:
        others = {name: asn1.rewritten(one, form) for name, one in octets.items()}
        assert others != octets
        assert otp.convert("recode", others, tmp_path / form.replace(" ", "-")).octets == octets


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param(b"\x80\x01\x03", b"\x88\x01\x03", id="no version"),
        pytest.param(b"\x80\x01\x03", b"\x80\x01\x64", id="version out of range"),
        pytest.param(b"\x80\x01\x03\xa1", b"\x80\x01\x03\xa9", id="no mId"),
        pytest.param(b"\x30", b"\x31", id="not a SEQUENCE"),
    ],
)
def test_judges_refuse_what_is_wrong(
    otp: Otp, otp_originals: dict[str, bytes], tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    """Another tag or value is found by both."""
    octets = otp.convert("to-ber", {"case": otp_originals["msg79a01"]}, tmp_path / "right").octets["case"]
    case = {"case": octets.replace(right, wrong, 1)}
    assert case["case"] != octets
    assert [found.split(":")[0] for _, found in _recoding(case)] == ["refuses"]
    assert otp.convert("recode", case, tmp_path / "wrong").refusals.keys() == case.keys()


# Comparing


def _check(findings: list[Finding], judged: Mapping[str, bytes], judge: str) -> None:
    wrong = objections(findings, known_findings(), judge, {(name, "binary") for name in judged})
    assert not wrong, "\n".join(wrong)


def _decoded(octets: bytes) -> megaco.Message:
    return megaco.decode(octets, dictionary=dictionary())


def _bare(value: bytes) -> bytes:
    """Return a value as OTP has it: what stands in text, without tag and length."""
    if value in _AS_TEXT:
        return _AS_TEXT[value]
    assert value[0] in (_STRING, _INTEGER)
    assert value[1] == len(value) - 2
    return value[2:] if value[0] == _STRING else str(int.from_bytes(value[2:], "big", signed=True)).encode()


def _recoding(messages: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the messages that pycrate does not write as it read them, and what it does."""
    for name, octets in messages.items():
        try:
            recoded = asn1.recode(octets)
        except asn1.Asn1Error as error:
            yield name, f"refuses: {error}"
        else:
            if recoded != octets:
                yield name, _parting(octets, recoded)


def _parting(ours: bytes, theirs: bytes) -> str:
    """Say where two encodings part for the last time: the lengths round that place differ too."""
    backwards = zip(reversed(ours), reversed(theirs), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    one, other = (octets[: len(octets) - alike][-_SHOWN:].hex(" ") for octets in (ours, theirs))
    return f"{one} became {other}, {alike} octets before the end"


def _reading(from_text: megaco.Message, octets: bytes) -> str:
    """Say what we read otherwise from binary than from text; "" where it is the same."""
    try:
        from_binary = _decoded(octets)
    except megaco.DecodeError as error:
        return f"refused: {error}"
    if same(from_text, from_binary):
        return ""
    return str(next(differences(canonical(from_text, registry()), from_binary)))
