"""``--packages`` and ``--provisioning``."""

from pathlib import Path

import pytest

import megaco

from .samples import BINARY, GOOD, PLAIN, call, written

FAX = """\
id = "fax"
number = 0x0012
version = 1
title = "Fax"
spec = "H.248.2"

[properties.ftv]
number = 0x0001
title = "Made up"
type = "octet string"
descriptors = ["LocalControl"]
provenance = "recalled"
"""

ODD = GOOD.replace(b"ds/dscp = 2E", b"fax/ftv = 2E")
"""With a property of a package of which no more is known than name and number."""

THREE_OCTETS = """\
[[terminations]]
levels = [{ bits = 8, closed = true, words = { ip = 7 } }, { bits = 8 }, { bits = 8 }]
"""

EVERY = {
    "decode": ("decode",),
    "check": ("check",),
    "explain": ("explain",),
    "encode": ("encode", "--to", "pretty"),
    "convert": ("convert", "--to", "pretty"),
}
every_command = pytest.mark.parametrize("command", EVERY.values(), ids=EVERY)


@pytest.fixture
def packages(tmp_path: Path) -> str:
    """Return a folder with a package that is not shipped."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "fax.toml").write_text(FAX)
    return str(folder)


def test_a_package_of_ones_own_is_written_and_read(packages: str, tmp_path: Path) -> None:
    """What cannot be written without the package can with it; what is read without it has its number for a name."""
    refused = call("convert", "--to", "binary", "-", stdin=ODD)
    result = call("convert", "--to", "binary", "--packages", packages, "-", stdin=ODD)
    assert (refused.exit_code, result.exit_code, result.stderr) == (1, 0, "")
    octets = result.stdout_bytes
    assert '"fax/ftv"' in call("decode", "--packages", packages, "-", stdin=octets).stdout
    assert '"fax/x0001"' in call("decode", "-", stdin=octets).stdout
    tree = ("decode", "--out", "tree", "-")
    assert "fax/ftv = 2E" in call(*tree, "--packages", packages, stdin=octets).stdout


def test_an_unknown_item_is_told_with_the_option_that_adds_it() -> None:
    """Of a name without a number: the file to write, and how to name its folder; with encode the document's place."""
    result = call("convert", "--to", "binary", "-", stdin=ODD)
    path = "message.transactions[0].actions[0].commands[0].command.descriptors[0].streams[0].local_control.properties"
    told = "package 'fax' is known by its number only; add a file fax.toml that has 'ftv'"
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert result.stderr == f"<stdin>: error: {path}[0].name: {told} (--packages DIR names its folder)\n"
    document = call("decode", "-", stdin=ODD).stdout_bytes
    again = call("encode", "--to", "hex", "-", stdin=document)
    assert again.stderr == f"<stdin>:1:1: error: {path}[0].name: {told} (--packages DIR names its folder)\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"zz/a = 1", "package 'zz' is not known; add a file zz.toml that has its number"),
        (b"nt/zz = 1", "package 'nt' has no property 'zz'; add it to nt.toml"),
    ],
)
def test_other_unknown_names_are_told_likewise(text: bytes, told: str) -> None:
    """A package without a number and one without the item are told with their files."""
    result = call("convert", "--to", "binary", "-", stdin=ODD.replace(b"fax/ftv = 2E", text))
    assert result.exit_code == 1
    assert result.stderr.endswith(f"{told} (--packages DIR names its folder)\n")


def test_an_unknown_parameter_is_told_likewise() -> None:
    """A parameter that an event does not have is to be added to the package's file."""
    message = b"!/3 a T=1{C=1{MF=t{E=1{nt/netfail{zz=1}}}}}"
    result = call("convert", "--to", "binary", "-", stdin=message)
    assert result.stderr.endswith(
        "the package has no parameter 'zz' here; add it to the package's file (--packages DIR names its folder)\n"
    )


def test_a_termination_that_fits_no_layout_is_told_with_the_option() -> None:
    """Where a TerminationID or a digit map has no octets the option that gives them is named."""
    result = call("convert", "--to", "binary", "-", stdin=PLAIN.replace(b"ip/1/$/$", b"ip/1/access/65536/9"))
    assert result.exit_code == 1
    assert result.stderr.endswith(
        "fits no form of the layout; name it under [termination_names] "
        "(--provisioning FILE names the file that has them)\n"
    )


def test_an_error_that_no_file_mends_names_no_option() -> None:
    """What binary has no form for stays the library's error."""
    message = b"!/3 a T=1{C=-{SC=t{SV{MT=X-own,RE=900}}}}"
    with pytest.raises(megaco.EncodeError) as refused:
        megaco.encode(megaco.decode(message), "binary")
    result = call("convert", "--to", "binary", "-", stdin=message)
    assert (result.exit_code, result.stderr) == (1, f"<stdin>: error: {refused.value}\n")


def test_a_provisioning_of_ones_own_is_written_and_read(tmp_path: Path) -> None:
    """TerminationIDs go to the octets that the file lays out, and back."""
    provisioning = ("--provisioning", written(tmp_path, "mine.toml", THREE_OCTETS.encode()))
    message = PLAIN.replace(b"ip/1/$/$", b"ip/1/5")
    octets = call("convert", "--to", "binary", *provisioning, "-", stdin=message).stdout_bytes
    assert b"\x81\x03\x07\x01\x05" in octets
    assert '"ip/1/5"' in call("decode", *provisioning, "-", stdin=octets).stdout
    assert '"ip/1/5"' not in call("decode", "-", stdin=octets).stdout


@pytest.mark.parametrize(("name", "is_written"), [("default", True), ("otp", False)])
def test_a_provisioning_that_is_shipped_goes_by_its_name(name: str, is_written: bool) -> None:
    """The default one knows ip/..., that of OTP three octets in binary digits and nothing else."""
    result = call("convert", "--to", "binary", "--provisioning", name, "-", stdin=PLAIN)
    assert (result.stdout_bytes == BINARY, result.exit_code) == (is_written, 0 if is_written else 1)


@every_command
def test_a_broken_package_file_is_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    """File, line and cause are told, the message is not looked at, the exit code is 1."""
    for content, told in (
        ("id = ", ": not TOML: "),
        ('id = "x"', ": Object missing required field `number`"),
        (FAX.replace('"octet string"', '"colour"'), ":10: properties.ftv.type = 'colour': "),
        (FAX.replace("0x0012", "0x000b"), ": number 0x000b is that of package nt"),
    ):
        file = written(tmp_path, "broken.toml", content.encode())
        result = call(*command, "--packages", str(tmp_path), str(tmp_path / "none"))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"Error: {file}{told}")
        assert len(result.stderr.splitlines()) == 1


@every_command
def test_a_broken_provisioning_is_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    """File, line and cause are told, the exit code is 1."""
    for content, told in (
        ("terminations = 1", ":1: terminations = 1: "),
        ("[[terminations]]\nlevels = [{ bits = 7 }]", ":1: terminations[0]: levels of 7 bits in all"),
        ("[digit_maps", ": not TOML: "),
        ("\xff", ": not UTF-8"),
    ):
        file = written(tmp_path, "broken.toml", content.encode("latin-1"))
        result = call(*command, "--provisioning", file, "-", stdin=PLAIN)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"Error: {file}{told}")
        assert len(result.stderr.splitlines()) == 1


@every_command
def test_folders_and_names_that_are_not_there_are_wrong_usage(command: tuple[str, ...], tmp_path: Path) -> None:
    """A folder that is not there, is a file, or holds no package; a provisioning that is neither name nor file."""
    file = written(tmp_path, "file", b"")
    for option, value, told in (
        ("--packages", str(tmp_path / "none"), "does not exist"),
        ("--packages", file, "is a file"),
        ("--packages", str(tmp_path), "has no package file (*.toml)"),
        ("--provisioning", "opt", "'opt' is no file, and none of those that are shipped: default, otp."),
        ("--provisioning", str(tmp_path), "is no file, and none of those that are shipped: default, otp."),
        ("--provisioning", "x" * 5000, "is no file, and none of those that are shipped: default, otp."),
    ):
        result = call(*command, option, value, "-", stdin=PLAIN)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr


@every_command
def test_help_tells_of_both_options(command: tuple[str, ...]) -> None:
    """The options are offered, and the names that are shipped told."""
    text = " ".join(call(command[0], "--help").stdout.split())
    assert "--packages DIR" in text
    assert "--provisioning NAME|FILE" in text
    assert "default, otp, or a TOML file" in text


def test_folders_add_up_and_the_last_wins(packages: str, tmp_path: Path) -> None:
    """The option may be given again; a package of a later folder replaces that of an earlier one."""
    later = tmp_path / "later"
    later.mkdir()
    (later / "fax.toml").write_text(FAX.replace("0x0001", "0x0002"))
    (later / "zz.toml").write_text(FAX.replace('"fax"', '"zz"', 1).replace("0x0012", "0xfff0"))
    message = ODD.replace(b"fax/ftv = 2E", b"fax/ftv = 2E, zz/ftv = 2E")
    folders = ("--packages", packages, "--packages", str(later))
    octets = call("convert", "--to", "binary", *folders, "-", stdin=message).stdout_bytes
    assert b"\x00\x12\x00\x02" in octets
    assert b"\xff\xf0\x00\x01" in octets


def test_text_is_what_it_was_with_the_options(packages: str) -> None:
    """Text has its names written out: neither option changes it."""
    options = ("--packages", packages, "--provisioning", "otp")
    assert call("decode", *options, "-", stdin=ODD).stdout == call("decode", "-", stdin=ODD).stdout
