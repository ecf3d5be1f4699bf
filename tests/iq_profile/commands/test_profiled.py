"""``h248 check --profile`` and the procedures in the trees of ``h248 decode``."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import megaco
from iq_profile.program import program

from .programs import ROOT, call, start

_PROFILES = ROOT / "fixtures" / "profiles" / "iq"
_FLOW = ROOT / "fixtures" / "msrp-originating"

_ACME = """\
id = "acme"
number = 0x8abc
version = 1
title = "Acme"
spec = "Acme 1"

[properties.qos]
number = 0x0001
title = "Class of service"
type = "integer"
unit = "classes"
descriptors = ["LocalControl"]
provenance = "recalled"
"""

_UNITS = b"""\
MEGACO/2 [192.0.2.1]:2944
Transaction = 1 {
  Context = 7 {
    Modify = ip/1/access/2 {
      Media { Stream = 1 { LocalControl { tman/sdr = 8000, ipdc/realm = "access" } } },
      Events = 2 { hangterm/thb { timerx = 300 } },
      Signals { ipnapt/latch { napt = LATCH } }
    }
  }
}
"""


def _files(folder: str) -> list[str]:
    """Return the messages of a fixture, ``RULE/NAME``."""
    return sorted(str(path) for path in (_PROFILES / folder).glob("*.h248"))


def _check(*arguments: str, stdin: bytes = b"") -> Result:
    return call("check", "--profile", "iq", *arguments, stdin=stdin)


def _in_binary(file: str) -> bytes:
    return megaco.encode(megaco.decode(Path(file).read_bytes()), "binary")


def _tree(*arguments: str, stdin: bytes = b"") -> Result:
    return call("decode", "--out", "tree", *arguments, stdin=stdin)


def _written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


# ------------------------------------------------------------------------------------------------------ check: findings


def test_nothing_is_said_of_good_messages() -> None:
    """One by one, and as an exchange; with --strict too."""
    files = _files("add/pass")
    for options in ((), ("--exchange",), ("--strict",), ("--exchange", "--strict", "--transport", "sctp")):
        result = _check(*options, *files)
        assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("folder", "place", "line"),
    [
        (
            "protocol-version/fail",
            "1:1",
            "warning[protocol-version]: version 1; expected 2 (TS 29.334 clause 5.3, recalled)",
        ),
        (
            "message-identifier/fail-2",
            "1:10",
            "warning[message-identifier]: the mId is a MtpAddress; expected IpAddress, DomainName "
            "(TS 29.334 clause 5.11, recalled)",
        ),
        (
            "no-reserve-group/fail",
            "7:11",
            "warning[no-reserve-group]: ReserveGroup, which is not used (TS 29.334 clause 5.7, recalled)",
        ),
        (
            "no-signal-lists/fail",
            "6:9",
            "warning[no-signal-lists]: signal lists, which is not used (TS 29.334 clause 5.7, assumed)",
        ),
        (
            "sdp-lines/fail-2",
            "7:11",
            "warning[sdp-lines]: SDP without c=; expected v=, c=, m= (TS 29.334 clause 5.7, recalled)",
        ),
        (
            "items/fail-2",
            "7:46",
            "warning[items]: gm/saf = '5'; expected on or off (449) (H.248.1 clause 12, recalled)",
        ),
        (
            "elements/fail",
            "4:5",
            "error[elements]: Reserve AGW Connection Point without its mandatory Notify termination heartbeat "
            "(TS 23.334 clause 8)",
        ),
    ],
)
def test_a_finding_in_text_has_line_and_column(folder: str, place: str, line: str) -> None:
    """FILE:LINE:COL: severity[RULE]: what; expected what (clause, how sure); only errors end with exit code 1."""
    (file,) = _files(folder)
    result = _check(file)
    assert result.stderr == f"{file}:{place}: {line}\n"
    assert result.stdout == ""
    assert result.exit_code == (1 if line.startswith("error") else 0)


@pytest.mark.parametrize("folder", ["no-reserve-group/fail", "termination-names/fail", "elements/fail"])
def test_a_finding_in_binary_has_offset_and_path(folder: str) -> None:
    """FILE:@OFFSET: ... (in PATH): the offset of the node, as in ``h248 decode --out tree``; the rest as in text."""
    (file,) = _files(folder)
    octets = _in_binary(file)
    (line,) = _check("-", stdin=octets).stderr.splitlines()
    _, offset, rest = line.split(":", 2)
    what, _, path = rest.strip().rpartition(" (in ")
    assert _check(file).stderr.rstrip().endswith(what)
    (report,) = map(json.loads, _check("--json", "-", stdin=octets).stdout.splitlines())
    assert (report["place"], report["path"]) == (offset, path.removesuffix(")"))
    nodes = {"no-reserve-group": "LocalControl", "termination-names": "ModifyRequest", "elements": "AddRequest"}
    node = nodes[folder.partition("/")[0]]
    (shown,) = (one for one in _tree("-", stdin=octets).stdout.splitlines() if node in one)
    assert shown.split()[0] == offset


def test_the_encoding_is_judged(tmp_path: Path) -> None:
    """A profile that has one only."""
    folder = _PROFILES / "encoding" / "fail-2"
    (binary,) = folder.glob("*.h248b")
    result = call("check", "--profile", str(folder / "profile.toml"), str(binary))
    assert result.exit_code == 1
    assert (
        result.stderr
        == f"{binary}:@0: error[encoding]: binary encoding; expected text (TS 29.334 clause 5.9) (in message)\n"
    )
    assert _check(str(binary)).output == ""


def test_exit_codes() -> None:
    """Warnings alone are 0, with --strict 1; errors are 1."""
    (warned,), (wrong,) = _files("no-topology/fail"), _files("elements/fail")
    assert [_check(*one).exit_code for one in ((warned,), ("--strict", warned), (wrong,), (warned, wrong))] == [
        0,
        1,
        1,
        1,
    ]
    assert _check("--strict", warned).stderr == _check(warned).stderr


def test_every_file_has_its_findings() -> None:
    """In the order given; what cannot be read or decoded is told among them."""
    (warned,), (wrong,) = _files("no-topology/fail"), _files("elements/fail")
    result = _check(warned, "no-such-file", wrong, "-", stdin=b"MEGACO/2 x")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [warned, "no-such-file", wrong, "<stdin>"]
    assert result.exit_code == 1
    assert _check(str(_PROFILES)).stderr == f"{_PROFILES}: error: a directory; name the files in it\n"


def test_deviations_are_told_beside() -> None:
    """What the codec takes and what the profile has against it."""
    octets = b"MEGACO/2 [192.0.2.1] Transaction = 1 { Context = 7 { Subtract = 1a } }"
    result = _check("-", stdin=octets)
    assert [line.split(": ")[1].partition("]")[0] for line in result.stderr.splitlines()] == [
        "warning[digit-first-id",
        "warning[termination-names",
    ]
    assert result.exit_code == 0


@pytest.mark.parametrize("in_binary", [False, True])
def test_json_lines(in_binary: bool) -> None:
    """One object a finding on standard output, with the fields that the line has and the path; nothing else is said."""
    (file,) = _files("sdp-lines/fail")
    octets = _in_binary(file) if in_binary else Path(file).read_bytes()
    result = _check("--json", "-", stdin=octets)
    assert (result.exit_code, result.stderr) == (0, "")
    reports: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["what"].partition("=")[0] for one in reports] == ["o", "s", "t"]
    for one in reports:
        assert one["place"].startswith("@") == in_binary
        assert one.pop("place")
        assert one.pop("what").endswith("= in SDP; expected v=, c=, m=, b=, a=")
        assert one == {
            "file": "<stdin>",
            "severity": "warning",
            "label": "sdp-lines",
            "path": "message.transactions[0].actions[0].commands[0].command.descriptors[0].streams[0].remote",
            "clause": "TS 29.334 clause 5.7",
            "provenance": "recalled",
        }


# ------------------------------------------------------------------------------------------ check: exchange, transport


def test_an_exchange_is_judged_as_one() -> None:
    """What needs more than one message is found only then, at the file where it shows."""
    files = _files("terminations-per-context/fail")
    assert _check(*files).output == ""
    result = _check("--exchange", *files)
    assert result.stderr == (
        f"{files[-1]}:4:5: warning[terminations-per-context]: 4 terminations in a context; expected at most 3 "
        "(TS 29.334 clause 5.4, recalled)\n"
    )
    request, reply = _files("reply-match/fail")
    assert _check("--exchange", request, reply).stderr.startswith(f"{reply}:2:1: error[reply-match]: ")
    assert _check("--exchange", request, reply).exit_code == 1


def test_an_exchange_may_be_of_both_encodings(tmp_path: Path) -> None:
    """Each finding has the place of its own message."""
    request, reply = _files("reply-match/fail-2")
    binary = tmp_path / "reply.bin"
    binary.write_bytes(_in_binary(reply))
    (line,) = _check("--exchange", request, str(binary)).stderr.splitlines()
    assert line.startswith(f"{binary}:@")
    assert line.endswith("(in message.transactions[0].actions[0].replies[1])")


def test_what_cannot_be_decoded_is_left_out_of_an_exchange(tmp_path: Path) -> None:
    """It is told, and the others are judged."""
    broken = _written(tmp_path, "broken.txt", "MEGACO/2 x")
    request, reply = _files("reply-match/fail-2")
    first, second = _check("--exchange", request, broken, reply).stderr.splitlines()
    assert first.startswith(f"{broken}:1:11: error[")
    assert second.startswith(f"{reply}:5:5: error[reply-match]: ")
    assert _check("--exchange", broken).exit_code == 1


@pytest.mark.parametrize("flow", ["msrp-originating", "msrp-terminating", "bfcp-originating", "bfcp-terminating"])
def test_recorded_flows_are_of_the_profile(flow: str) -> None:
    """All four, to the letter."""
    files = sorted(str(path) for path in (ROOT / "fixtures" / flow).glob("*.h248"))
    result = _check("--exchange", "--strict", "--transport", "udp", *files)
    assert (result.exit_code, result.output) == (0, "")


def test_the_transport_is_judged_where_it_is_told() -> None:
    """At the message as a whole."""
    (file,) = _files("transport/fail")
    result = _check("--transport", "tcp", file)
    assert result.stderr == f"{file}:1:1: error[transport]: transport tcp; expected sctp, udp (TS 29.334 clause 5.12)\n"
    assert [_check("--transport", one, file).output for one in ("sctp", "udp")] == ["", ""]


@pytest.mark.parametrize("options", [("--exchange",), ("--transport", "udp"), ("--exchange", "--transport", "udp")])
def test_what_is_said_to_a_profile_needs_one(options: tuple[str, ...]) -> None:
    """Wrong usage."""
    result = call("check", *options, *_files("add/pass"))
    assert result.exit_code == 2
    assert "--exchange and --transport say how messages are judged by a --profile" in result.stderr


def test_usage() -> None:
    """A transport that there is none of, and no files."""
    assert _check("--transport", "dccp", *_files("add/pass")).exit_code == 2
    assert _check().exit_code == 2


# ----------------------------------------------------------------------------------------- check: profiles of one's own


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    """What it says of a rule holds, the rest is the shipped one's."""
    profile = _written(
        tmp_path,
        "lab.toml",
        'extends = "iq"\n[rules.no-topology]\nkind = "unused"\nwhat = "Topology"\n'
        'severity = "error"\nclause = "lab 1"\n',
    )
    (file,) = _files("no-topology/fail")
    result = call("check", "--profile", profile, file, *_files("elements/fail"))
    first, second = result.stderr.splitlines()
    assert first == f"{file}:3:3: error[no-topology]: Topology, which is not used (lab 1, assumed)"
    assert ": error[elements]: " in second
    assert result.exit_code == 1


def test_a_rule_without_clause_says_how_sure_it_is(tmp_path: Path) -> None:
    """And one that is standard, and of no clause, says nothing."""
    rule = '[rules.mine]\nkind = "unused"\nwhat = "Topology"\n'
    (file,) = _files("no-topology/fail")
    doubted = call("check", "--profile", _written(tmp_path, "a.toml", rule), file)
    assert doubted.stderr == f"{file}:3:3: warning[mine]: Topology, which is not used (assumed)\n"
    sure = call("check", "--profile", _written(tmp_path, "b.toml", f'{rule}provenance = "standard"\n'), file)
    assert sure.stderr == f"{file}:3:3: error[mine]: Topology, which is not used\n"


def test_packages_of_ones_own_are_those_of_the_profile(tmp_path: Path) -> None:
    """An item that only they know, which a profile may name with them and not without."""
    folder = Path(_written(tmp_path, "packages/acme.toml", _ACME)).parent
    profile = _written(
        tmp_path,
        "lab.toml",
        'extends = "iq"\n[packages]\n'
        'acme = { use = "optional", items = ["qos"], clause = "lab 2", provenance = "assumed" }\n',
    )
    (file,) = _files("packages/fail-2")
    assert [line.split(": ")[1] for line in _check(file).stderr.splitlines()] == ["error[items]", "warning[packages]"]
    known = _check("--packages", str(folder), file)
    assert [line.split(": ")[1] for line in known.stderr.splitlines()] == ["warning[packages]"]
    result = call("check", "--profile", profile, "--packages", str(folder), file)
    assert (result.exit_code, result.output) == (0, "")
    refused = start("check", "--profile", profile, file)
    assert refused.returncode == 1
    assert refused.stderr.decode() == (
        f"h248: {profile}:3: packages.acme = 'optional': no package of this id is known; "
        "add its file to a folder of packages\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'extends = "iq"\n[rules.mine]\nkind = "unused"\nwhat = "Everything"\n',
            ":4: rules.mine.what = 'Everything': ",
        ),
        ('extends = "iq"\n[rulez]\n', ":2: unknown key rulez; allowed here: "),
        ("[rules\n", ": not TOML: "),
        ('extends = "bad.toml"\n', ": extends = 'bad.toml': more than "),
    ],
    ids=["value", "key", "no TOML", "itself"],
)
@pytest.mark.parametrize("command", [("check",), ("decode", "--out", "tree")], ids=lambda one: str(one[0]))
def test_a_bad_profile_file_is_told(tmp_path: Path, command: tuple[str, ...], text: str, said: str) -> None:
    """On one line, once; exit code 1."""
    profile = _written(tmp_path, "bad.toml", text)
    result = start(*command, "--profile", profile, *_files("add/pass"))
    assert result.returncode == 1
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith(f"h248: {profile}{said}")


@pytest.mark.parametrize("command", [("check",), ("decode", "--out", "tree")], ids=lambda one: str(one[0]))
def test_a_profile_that_is_not_there_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    """No such file; a folder."""
    for name, why in (("no.toml", "No such file or directory"), (".", "Is a directory")):
        result = start(*command, "--profile", str(tmp_path / name), _files("add/pass")[0])
        assert (result.returncode, result.stderr.decode()) == (1, f"h248: {tmp_path / name}: {why}\n")


@pytest.mark.parametrize("command", [("check",), ("decode",)], ids=lambda one: str(one[0]))
def test_a_profile_that_is_not_there_is_told_whatever_the_messages(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Also where it is not needed: of messages that are broken, and of JSON."""
    broken = _written(tmp_path, "broken.txt", "MEGACO/2 x")
    file = broken if command == ("check",) else _files("add/pass")[0]
    assert b"no.toml: No such file" in start(*command, "--profile", str(tmp_path / "no.toml"), file).stderr


def test_nothing_is_written_where_a_profile_is_not_there(tmp_path: Path) -> None:
    """Of several files, each has its name above its tree."""
    assert start("decode", "--out", "tree", "--profile", str(tmp_path / "no.toml"), *_files("add/pass")).stdout == b""


def test_help_says_what_a_profile_is() -> None:
    """Of both commands."""
    for command in ("check", "decode"):
        result = call(command, "--help")
        assert result.exit_code == 0
        assert "--profile NAME|FILE" in result.stdout
        assert "Exit codes: " in result.stdout


# -------------------------------------------------------------------------------------------------------- decode: trees


def _node(tree: str, name: str) -> str:
    """Return the one line of a node, without indent."""
    (line,) = (one.strip() for one in tree.splitlines() if one.strip().startswith(name))
    return line


def test_a_tree_names_procedures() -> None:
    """With the interface and the transport; of replies the same without the name."""
    request, reply = _FLOW / "060-alg-to-agw.add.request.h248", _FLOW / "050-agw-to-alg.add.reply.h248"
    told = "# Reserve and Configure AGW Connection Point, access, TCP/TLS/MSRP"
    assert _node(_tree(str(request)).stdout, "AddRequest") == f"AddRequest termination_ids=ip/1/access/$  {told}"
    assert _node(_tree(str(reply)).stdout, "AddReply") == "AddReply termination_ids=ip/1/core/1  # core, TCP/MSRP"
    first = _FLOW / "040-alg-to-agw.add.request.h248"
    assert _node(_tree(str(first)).stdout, "AddRequest").endswith("# Reserve AGW Connection Point, core, TCP/MSRP")


@pytest.mark.parametrize("flow", ["msrp-originating", "msrp-terminating", "bfcp-originating", "bfcp-terminating"])
def test_every_command_of_a_flow_has_a_name(flow: str) -> None:
    """In text and in binary; nothing is missing to any."""
    for path in (ROOT / "fixtures" / flow).glob("*.h248"):
        text, binary = _tree(str(path)).stdout, _tree("-", stdin=_in_binary(str(path))).stdout
        shown = [line.partition("  # ")[2] for line in text.splitlines() if "Request termination_ids" in line]
        assert all(shown)
        assert not any("missing" in one or "no procedure" in one for one in shown)
        assert shown == [line.partition("  # ")[2] for line in binary.splitlines() if "Request termination_ids" in line]


def test_a_tree_says_what_items_mean() -> None:
    """Titles and units of properties, events, signals and their parameters."""
    tree = _tree("-", stdin=_UNITS).stdout
    items = {line.strip().partition("  # ")[::2] for line in tree.splitlines() if "  # " in line}
    assert ("timerx = 300", "Time without a message about the termination, seconds; 0 is off") in items
    assert ("RequestedEvent name=hangterm/thb", "Termination heartbeat") in items
    assert ('ipdc/realm = "access"', "IP realm that the termination is in") in items
    assert ("Signal name=ipnapt/latch", "Learn the remote address and port from arriving packets") in items
    (rate,) = (note for name, note in items if name == "tman/sdr = 8000")
    assert rate.endswith(", octets/s") or ", " in rate


def test_a_tree_says_what_is_missing_and_what_is_no_procedure() -> None:
    """The nearest is named, with why it is not that."""
    missing = _tree(*_files("elements/fail")).stdout
    assert _node(missing, "AddRequest").endswith(
        "# Reserve AGW Connection Point, core, TCP/MSRP - missing: Notify termination heartbeat"
    )
    none = _tree(*_files("procedures/fail-2")).stdout
    assert _node(none, "ServiceChangeRequest").endswith(
        "# no procedure; nearest: IMS-AGW Registration (no procedure has Graceful for reason 901)"
    )
    beside = _tree(*_files("no-digit-maps/fail")).stdout
    assert _node(beside, "ModifyRequest").endswith(
        "# Configure AGW Connection Point, core, TCP/MSRP - beside it: Unsupported or unknown descriptor DigitMap"
    )


def test_a_tree_without_profile_names_no_procedures() -> None:
    """``--profile none``: items are still explained, for their packages are not the profile's."""
    tree = _tree("--profile", "none", *_files("elements/fail")).stdout
    assert _node(tree, "AddRequest") == "AddRequest termination_ids=ip/1/core/$"
    assert "  # IP realm that the termination is in" in tree


def test_a_tree_by_a_profile_of_ones_own(tmp_path: Path) -> None:
    """Names that are the operator's; one without procedures names none."""
    form = 'extends = "iq"\n[terminations]\nform = "{interface}/{group}/{id}"\nprovenance = "assumed"\n'
    octets = _UNITS.replace(b"ip/1/access/2", b"access/1/2")
    profile = _written(tmp_path, "lab.toml", form)
    assert "# Configure AGW Connection Point, access" in _tree("--profile", profile, "-", stdin=octets).stdout
    assert "# Configure AGW Connection Point\n" in _tree("-", stdin=octets).stdout
    alone = _written(tmp_path, "alone.toml", "[rules]\n")
    assert "AGW Connection Point" not in _tree("--profile", alone, "-", stdin=octets).stdout


def test_json_does_not_depend_on_a_profile() -> None:
    """It is the message and nothing else."""
    for file in (*_files("elements/fail"), *_files("procedures/fail"), *_files("add/pass")):
        shown = [call("decode", *options, file).stdout for options in ((), ("--profile", "iq"), ("--profile", "none"))]
        assert shown[0] == shown[1] == shown[2] == megaco.to_json(megaco.decode(Path(file).read_bytes())) + "\n"


# --------------------------------------------------------------------------------------------------- what a peer writes

_ESCAPES = b"""\
MEGACO/2 [192.0.2.1]:2944
Transaction = 1 {
  Context = 7 {
    Modify = ip/1/access/2 {
      Media { Stream = 1 { Remote {
v=0
c=IN IP4 203.0.113.77
m=message 39963 \x1b[31mTCP/MSRP\x1b]0;owned\x07 *
} } }
    }
  }
}
"""
_BINARY_ESCAPES = {b"threegppiq/3": b"three\x1b[3mq/3", b"901 Cold Boot": b"999 \x1b[2J\x1b[31m"}


def _coloured(*arguments: str, stdin: bytes) -> str:
    """Return all that a command writes, as a terminal would get it, without the styles of its own."""
    environment = {name: None for name in os.environ if name == "NO_COLOR"}
    result = CliRunner(env=environment).invoke(program, arguments, input=stdin, color=True, catch_exceptions=False)
    return _without_styles(result.output)


def _without_styles(text: str) -> str:
    for style in ("\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[36m", "\x1b[32m"):
        text = text.replace(style, "")
    return text


def _registration() -> bytes:
    octets = _in_binary(_files("registration/fail")[0]).replace(b"ETSI_BGF/2", b"\x1b[31mBGF/2")
    assert b"\x1b" in octets
    return octets


def test_no_escape_of_a_peer_reaches_the_terminal_in_a_tree() -> None:
    """Transports of an SDP beside the name of a procedure, and names in binary."""
    shown = _coloured("decode", "--out", "tree", "-", stdin=_ESCAPES)
    assert "# Configure AGW Connection Point, access, \\x1b[31mTCP/MSRP\\x1b]0;owned\\x07\n" in shown
    for told in (shown, _coloured("decode", "--out", "tree", "-", stdin=_registration())):
        assert all(character.isprintable() or character == "\n" for character in told)


@pytest.mark.parametrize(
    "octets",
    [_ESCAPES.replace(b"} } }\n", b"\x1b[2J\n} } }\n", 1), _registration()],
    ids=["line of SDP", "profile in binary"],
)
def test_no_escape_of_a_peer_reaches_the_terminal_in_a_finding(octets: bytes) -> None:
    """The letter of an SDP line; the profile that a gateway registers with."""
    shown = _coloured("check", "--profile", "iq", "-", stdin=octets)
    assert ("[sdp-lines]" in shown) or ("[registration]" in shown)
    assert all(character.isprintable() or character == "\n" for character in shown)
