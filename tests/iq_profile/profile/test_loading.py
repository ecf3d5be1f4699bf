"""Profiles of one's own: what they extend and change, how they stand alone, and how what is wrong with one is told."""

from pathlib import Path

import pytest

from iq_profile.profile import Profile, Spoken, judge, judge_exchange, load_profile, shipped_profile
from iq_profile.profile.model import TransportRule
from megaco.data import data_folder
from megaco.errors import DataFileError, LocalError
from megaco.packages import load_registry
from tests.iq_profile.faults import told

from .samples import ADD, AGW, CONFIGURE, HEARTBEAT, REGISTRATION, asked, service_change

_PROFILE = shipped_profile()
_EXTENDS = 'extends = "iq"\n'
_TOPOLOGY = asked(f"Topology {{ ip/1/core/1, ip/1/access/2, OneWay }}, {CONFIGURE}")


def _written(folder: Path, text: str, name: str = "my.toml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _own(folder: Path, text: str) -> Profile:
    """Return a profile that extends the shipped one."""
    return load_profile(_written(folder, _EXTENDS + text))


def _refused(path: Path) -> str:
    """Return what is said of a profile behind file and line."""
    with pytest.raises(DataFileError) as caught:
        load_profile(path)
    return told(caught.value, path)


# ---------------------------------------------------------------------------------------------------------- extending


def test_a_file_that_says_nothing_is_what_it_extends(tmp_path: Path) -> None:
    """But for its name."""
    own = _own(tmp_path, "")
    assert own.name == "my"
    assert (own.identity, own.rules, own.packages) == (_PROFILE.identity, _PROFILE.rules, _PROFILE.packages)
    assert own.roles == _PROFILE.roles
    assert load_profile(str(tmp_path / "my.toml")) == own


def test_a_rule_takes_the_place_of_its_like(tmp_path: Path) -> None:
    """Whole: nothing of the other is left in it; all others stay, in their order."""
    own = _own(tmp_path, '[rules.transport]\nkind = "transport"\nallowed = ["tcp"]\n')
    assert own.rules["transport"] == TransportRule(allowed=("tcp",))
    assert list(own.rules) == list(_PROFILE.rules)
    assert {name: rule for name, rule in own.rules.items() if name != "transport"} == {
        name: rule for name, rule in _PROFILE.rules.items() if name != "transport"
    }
    found = judge(asked(CONFIGURE), own, transport="udp")
    assert [str(one) for one in found] == ["warning[transport]: transport udp; expected tcp (assumed)"]
    assert judge(asked(CONFIGURE), own, transport="tcp") == []


def test_a_rule_may_be_off(tmp_path: Path) -> None:
    """And is still there, for whoever extends again."""
    own = _own(tmp_path, '[rules.no-topology]\nkind = "off"\n')
    assert judge(_TOPOLOGY, own) == []
    assert [one.rule_name for one in judge(_TOPOLOGY, _PROFILE)] == ["no-topology"]
    again = '[rules.no-topology]\nkind = "unused"\nwhat = "Topology"\nprovenance = "standard"\nclause = "mine"\n'
    back = load_profile(_written(tmp_path, f'extends = "my.toml"\n{again}', "back.toml"))
    assert [str(one) for one in judge(_TOPOLOGY, back)] == ["error[no-topology]: Topology, which is not used (mine)"]


@pytest.mark.parametrize("provenance", ["standard", "recalled", "assumed"])
@pytest.mark.parametrize("severity", ["error", "warning", None])
def test_severity_is_told_or_follows_from_provenance(tmp_path: Path, severity: str | None, provenance: str) -> None:
    """A rule that was read is an error, one that was not a warning, unless it says otherwise."""
    said = f'severity = "{severity}"\n' if severity else ""
    rule = f'[rules.no-topology]\nkind = "unused"\nwhat = "Topology"\nprovenance = "{provenance}"\n{said}'
    (found,) = judge(_TOPOLOGY, _own(tmp_path, rule))
    assert found.severity == (severity or ("error" if provenance == "standard" else "warning"))
    assert found.source == ("" if provenance == "standard" else provenance)


def test_a_rule_of_ones_own_joins_the_others(tmp_path: Path) -> None:
    """Commands of a transaction are held to a number by no rule that is shipped."""
    own = _own(tmp_path, '[rules.two-commands]\nkind = "commands"\nmost = 2\nclause = "TS 183 018"\n')
    three = ", ".join(CONFIGURE.replace("core/1", f"core/{number}") for number in (1, 2, 3))
    (found,) = judge(asked(three), own)
    assert str(found) == "warning[two-commands]: more than 2 commands in a transaction (TS 183 018, assumed)"
    assert judge(asked(three), _PROFILE) == []


def test_an_item_is_renamed_with_a_package_of_ones_own(tmp_path: Path) -> None:
    """The procedures go by the new name: a heartbeat that is called otherwise is a heartbeat."""
    package = (data_folder() / "packages" / "hangterm.toml").read_text("utf-8")
    _written(tmp_path, package.replace('"hangterm"', '"xhang"').replace("0x0098", "0x8123"), "own/xhang.toml")
    text = (
        f'{_EXTENDS}[items]\nheartbeat = {{ name = "xhang/thb", timer = "timerx", provenance = "assumed" }}\n'
        '[packages]\nxhang = { use = "mandatory", clause = "mine", provenance = "assumed" }\n'
    )
    path = _written(tmp_path, text)
    own = load_profile(path, load_registry([tmp_path / "own"]))
    renamed = asked(ADD.replace("hangterm/thb", "xhang/thb"), "$")
    assert judge(renamed, own) == []
    assert {one.rule_name for one in judge(renamed, _PROFILE)} == {"elements", "items", "packages"}
    assert "elements" in {one.rule_name for one in judge(asked(ADD, "$"), own)}
    assert judge(asked(HEARTBEAT.replace("hangterm", "xhang"), mid=AGW), own) == []
    assert _refused(path).startswith("items.heartbeat.name = 'xhang/thb': no package has this event; add it to a")


def test_names_of_terminations_are_ones_own(tmp_path: Path) -> None:
    """The form says which are right."""
    own = _own(tmp_path, '[terminations]\nform = "x/{interface}/{group}/{id}"\nprovenance = "assumed"\n')
    moved = CONFIGURE.replace("ip/1/core/1", "x/core/1/1")
    assert judge(asked(moved), own) == []
    assert [one.what for one in judge(asked(CONFIGURE), own)] == [
        "TerminationID ip/1/core/1; expected x/{interface}/{group}/{id}"
    ]


def test_who_one_is_may_be_told_in_part(tmp_path: Path) -> None:
    """Keys of [profile] that are left out are those of the other file."""
    own = _own(tmp_path, '[profile]\nname = "lab/7"\n')
    assert own.identity is not None
    assert _PROFILE.identity is not None
    assert (own.identity.name, own.identity.version) == ("lab/7", _PROFILE.identity.version)
    assert judge(service_change(REGISTRATION.replace("threegppiq/3", "LAB/7")), own) == []
    assert [one.rule_name for one in judge(service_change(REGISTRATION), own)] == ["registration"]


def test_names_of_packages_have_no_case(tmp_path: Path) -> None:
    """What a file says of a package takes the place of what was said before in other letters."""
    own = _own(tmp_path, '[packages]\nHangTerm = { use = "optional", clause = "mine", provenance = "assumed" }\n')
    assert own.packages["hangterm"].use == "optional"
    assert own.packages["hangterm"].clause == "mine"
    assert judge(asked(ADD, "$"), own) == []


def test_a_file_is_extended_that_lies_beside(tmp_path: Path) -> None:
    """Relative to the one that extends it, whatever the working folder; step by step up to the shipped one."""
    _written(tmp_path, f'{_EXTENDS}[rules.no-topology]\nkind = "off"\n', "base.toml")
    _written(tmp_path, 'extends = "../base.toml"\n[rules.no-iepscall]\nkind = "off"\n', "lab/middle.toml")
    own = load_profile(_written(tmp_path, 'extends = "middle.toml"\n', "lab/my.toml"))
    off = [name for name, rule in own.rules.items() if type(rule).__name__ == "Rule"]
    assert off == ["no-iepscall", "no-topology"] or off == ["no-topology", "no-iepscall"]
    absolute = load_profile(_written(tmp_path, f'extends = "{tmp_path / "base.toml"}"\n', "absolute.toml"))
    assert judge(_TOPOLOGY, absolute) == []


def test_a_shipped_name_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``iq`` is the shipped one though a file is called so; ``./iq`` is the file."""
    _written(tmp_path, "", "iq")
    monkeypatch.chdir(tmp_path)
    assert load_profile("iq") == _PROFILE
    assert load_profile("./iq").rules == {}
    assert load_profile(_written(tmp_path, 'extends = "./iq"\n')).rules == {}
    assert load_profile(_written(tmp_path, _EXTENDS)).rules == _PROFILE.rules


def test_extending_has_an_end(tmp_path: Path) -> None:
    """A file that extends itself, two that extend each other, and a chain as long as is allowed."""
    itself = _written(tmp_path, 'extends = "my.toml"\n')
    assert _refused(itself) == "extends = 'my.toml': more than 8 files extend each other"
    first = _written(tmp_path, 'extends = "b.toml"\n', "a.toml")
    _written(tmp_path, 'extends = "a.toml"\n', "b.toml")
    assert _refused(first).endswith("more than 8 files extend each other")
    _written(tmp_path, '[rules.mine]\nkind = "off"\n', "0.toml")
    for number in range(1, 10):
        _written(tmp_path, f'extends = "{number - 1}.toml"\n', f"{number}.toml")
    assert list(load_profile(tmp_path / "8.toml").rules) == ["mine"]
    with pytest.raises(DataFileError, match="more than 8 files extend each other"):
        load_profile(tmp_path / "9.toml")


# ------------------------------------------------------------------------------------------------------- standing alone


def test_a_profile_may_have_rules_only(tmp_path: Path) -> None:
    """Nothing else is judged then; no gateway can run by it."""
    own = load_profile(_written(tmp_path, '[rules.mine]\nkind = "transactions"\nmost = 1\n'))
    assert list(own.rules) == ["mine"]
    assert own.roles_or_none is None
    assert judge(_TOPOLOGY, own) == []
    with pytest.raises(LocalError, match=r"profile my: \[profile\], \[terminations\] and \[items\] are needed"):
        _ = own.roles


def test_rules_that_need_more_are_silent(tmp_path: Path) -> None:
    """Procedures, elements and names, where the file says nothing of them."""
    kinds = ("procedures", "elements", "termination-names", "constant-identifier", "sender")
    own = load_profile(_written(tmp_path, "".join(f'[rules.{kind}]\nkind = "{kind}"\n' for kind in kinds)))
    strange = [asked("Move = tdm/1"), asked("Notify = tdm/1 { ObservedEvents = 1 { g/cause } }", number=2)]
    assert judge_exchange([Spoken(one) for one in strange], own) == []
    assert judge(service_change('Method = Restart, Reason = "901 Cold Boot"'), own) == []


def test_an_empty_file_has_nothing_against_anything(tmp_path: Path) -> None:
    """It is a profile all the same."""
    own = load_profile(_written(tmp_path, ""))
    assert judge_exchange([Spoken(_TOPOLOGY, "text", "tcp")], own) == []


def test_names_are_judged_without_procedures(tmp_path: Path) -> None:
    """A file that says how terminations are named has that rule judged."""
    text = '[terminations]\nform = "ip/{group}/{interface}/{id}"\nprovenance = "assumed"\n'
    own = load_profile(_written(tmp_path, f'{text}[rules.names]\nkind = "termination-names"\n'))
    assert [one.rule_name for one in judge(asked("Modify = tdm/1"), own)] == ["names"]


def test_registrations_are_judged_without_procedures(tmp_path: Path) -> None:
    """A file that says which profile it is has that rule judged."""
    text = '[profile]\nname = "lab/7"\nname_provenance = "assumed"\nversion = 2\nversion_provenance = "assumed"\n'
    own = load_profile(_written(tmp_path, f'{text}[rules.registering]\nkind = "registration"\nreasons = [901]\n'))
    assert [one.rule_name for one in judge(service_change(REGISTRATION), own)] == ["registering"]


# -------------------------------------------------------------------------------------------------------- what is wrong

_USE = 'clause = "", provenance = "assumed"'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[rulez]\n", 2, "unknown key rulez; allowed here: extends, items, packages, procedures, profile, rules, "),
        ('[rules.mine]\nkind = "off"\nclauze = "x"\n', 4, "unknown key rules.mine.clauze"),
        ('[rules.mine]\nseverity = "error"\n', 2, "rules.mine: Object missing required field `kind`"),
        ('[rules.mine]\nkind = "transports"\n', 3, "rules.mine.kind = 'transports': Invalid value 'transports'"),
        ("[rules.mine]\nkind = 3\n", 3, "rules.mine.kind = 3: Expected `str`, got `int`"),
        ("[rules]\nmine = 3\n", 3, "rules.mine = 3: Expected `object`, got `int`"),
        ("rules = 3\n", 2, "rules = 3: Expected `object`, got `int`"),
        ('[rules.mine]\nkind = "transport"\n', 2, "rules.mine: Object missing required field `allowed`"),
        ('[rules.mine]\nkind = "transport"\nallowed = []\n', 4, "rules.mine.allowed = []: Expected `array` of length"),
        (
            '[rules.mine]\nkind = "transport"\nallowed = ["udp", "dccp"]\n',
            4,
            "rules.mine.allowed[1] = 'dccp': Invalid enum value 'dccp'",
        ),
        ('[rules.mine]\nkind = "transactions"\nmost = 0\n', 4, "rules.mine.most = 0: Expected `int` >= 1"),
        ('[rules.mine]\nkind = "version"\nallowed = [4]\n', 4, "rules.mine.allowed[0] = 4: Expected `int` <= 3"),
        ('[rules.mine]\nkind = "unused"\nwhat = "Modem"\n', 4, "rules.mine.what = 'Modem': Invalid enum value 'Modem'"),
        (
            '[rules.mine]\nkind = "command"\ncommand = "add"\n',
            4,
            "rules.mine.command = 'add': Invalid enum value 'add'",
        ),
        ('[rules.mine]\nkind = "off"\nprovenance = "guessed"\n', 4, "rules.mine.provenance = 'guessed': Invalid enum"),
        ('[rules.mine]\nkind = "off"\nseverity = "fatal"\n', 4, "rules.mine.severity = 'fatal': Invalid enum value"),
        ("[items]\nwhatever = 3\n", 3, "unknown key items.whatever; allowed here: bearer_released, burst_size, "),
        (
            '[items]\nrealm = { name = "ipdc/domain", provenance = "assumed" }\n',
            3,
            "items.realm.name = 'ipdc/domain': no package has this property; add it to a package file",
        ),
        (
            '[items]\nrealm = { name = "hangterm/thb", provenance = "assumed" }\n',
            3,
            "items.realm.name = 'hangterm/thb': no package has this property",
        ),
        (
            '[items]\nrealm = { name = "ipdc", provenance = "assumed" }\n',
            3,
            "items.realm.name = 'ipdc': Expected `str`",
        ),
        ('[items]\nrealm = { name = "ipdc/realm" }\n', 3, "items.realm: Object missing required field `provenance`"),
        (
            '[items]\nlatching = { name = "ipnapt/latch", provenance = "assumed" }\n',
            3,
            "items.latching: Object missing required field `mode`",
        ),
        (
            '[items]\nheartbeat = { name = "hangterm/thb", timer = "timery", provenance = "assumed" }\n',
            3,
            "items.heartbeat.timer = 'timery': hangterm/thb has no such parameter; it has timerx",
        ),
        (
            '[items]\nbearer_released = { name = "g/cause", cause = "Cause", text = "Text", provenance = "assumed" }\n',
            3,
            "items.bearer_released.cause = 'Cause': g/cause has no such parameter; it has Generalcause, Failurecause",
        ),
        (
            f'[packages]\nacme = {{ use = "optional", {_USE} }}\n',
            3,
            "packages.acme = 'optional': no package of this id is known; add its file to a folder of packages",
        ),
        (
            f'[packages.g]\nuse = "optional"\nitems = ["cause", "zz"]\n{_USE.replace(", ", chr(10))}\n',
            4,
            "packages.g.items = 'zz': package g has no such item",
        ),
        (f'[packages]\ng = {{ use = "maybe", {_USE} }}\n', 3, "packages.g.use = 'maybe': Invalid enum value 'maybe'"),
        (f'[packages]\ng = {{ use = "optional", version = 0, {_USE} }}\n', 3, "packages.g.version = 0: Expected `int`"),
        (
            '[procedures.dance]\ncommand = "Add"\nsender = "gateway"\nclause = "x"\nprovenance = "assumed"\n',
            2,
            "procedures.dance = 'x': no such procedure; known: audit_capability, audit_value, bearer_released, ",
        ),
        ('[procedures.reserve]\nsender = "nobody"\n', 3, "procedures.reserve.sender = 'nobody': Invalid enum value"),
        ('[terminations]\nform = "x/{id}"\n', 2, "terminations: form = 'x/{id}': {group} and {interface} once each"),
        ('[profile]\nversion = "2"\n', 3, "profile.version = '2': Expected `int`, got `str`"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, line: int, said: str) -> None:
    """FILE:LINE: key = value: cause; one line."""
    path = _written(tmp_path, _EXTENDS + text)
    with pytest.raises(DataFileError) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}:{line}: {said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends = 3\n", "extends = 3: Expected `str`, got `int`"),
        ("[rules\n", "not TOML: "),
        ("a = 1\na = 2\n", "not TOML: "),
        (f"rules = {'[' * 5000}{']' * 5000}\n", ""),
    ],
)
def test_what_is_no_profile_is_told(tmp_path: Path, text: str, said: str) -> None:
    """With its file; one line."""
    assert _refused(_written(tmp_path, text)).startswith(said)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file that is not there, one that is a folder, one that is no text; also where it is extended."""
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff")
    for name, said in (("no.toml", "No such file or directory"), (".", "Is a directory"), ("binary.toml", "not UTF-8")):
        for path in (tmp_path / name, _written(tmp_path, f'extends = "{name}"\n')):
            with pytest.raises(DataFileError) as caught:
                load_profile(path)
            assert str(caught.value) == f"{tmp_path / name}: {said}"


def test_no_toml_in_what_is_extended_is_told_there(tmp_path: Path) -> None:
    """By the name of that file."""
    base = _written(tmp_path, "[rules\n", "base.toml")
    with pytest.raises(DataFileError) as caught:
        load_profile(_written(tmp_path, 'extends = "base.toml"\n'))
    assert str(caught.value).startswith(f"{base}: not TOML: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules.mine]\nkind = "transports"\n', ":2: rules.mine.kind = 'transports': "),
        (f'[packages]\nacme = {{ use = "optional", {_USE} }}\n', ":2: packages.acme = 'optional': no package of this"),
    ],
    ids=["kind", "package"],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    """By the name of the file that is extended, and its line."""
    base = _written(tmp_path, text, "base.toml")
    with pytest.raises(DataFileError) as caught:
        load_profile(_written(tmp_path, 'extends = "base.toml"\n[profile]\nname = "x/1"\n'))
    assert str(caught.value).startswith(f"{base}{said}")


@pytest.mark.parametrize(
    "text",
    [
        '[items]\ntcp_change = { name = "tcpbcc/BNCChange", type = "Type", '
        'failed = "no", released = "rel", provenance = "assumed" }\n',
        '[procedures.reserve]\ncommand = "Adds"\nsender = "controller"\nclause = ""\nprovenance = "assumed"\n',
        '[procedures.reserve]\ncommand = "Add"\nsender = "controller"\nclause = ""\nprovenance = "assumed"\n'
        '[procedures.reserve.elements]\nlokal = { title = "Local", presence = "M", provenance = "assumed" }\n',
        '[rules.add]\nkind = "command"\ncommand = "Add"\nrequest = ["Media/Strem/Local"]\n',
        '[rules.lines]\nkind = "sdp-lines"\nrequired = ["o"]\nallowed = ["v", "c", "m"]\n',
    ],
    ids=["value of a parameter", "command", "element", "descriptor", "required and not allowed"],
)
def test_a_name_that_means_nothing_is_told(tmp_path: Path, text: str) -> None:
    """A slip of the pen in a profile makes a rule that nobody can keep, or that nobody can break."""
    with pytest.raises(DataFileError):
        load_profile(_written(tmp_path, _EXTENDS + text))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ('[rules.mine]\nkind = "off"\nclauze = "x"\n', "clause, kind, provenance, severity"),
        ('[rules.mine]\nkind = "transports"\n', "transport"),
        ('[rules.mine]\nkind = "transport"\nallowed = ["dccp"]\n', "sctp, udp, tcp"),
    ],
    ids=["key", "kind", "value"],
)
def test_what_is_allowed_in_a_rule_is_told(tmp_path: Path, text: str, allowed: str) -> None:
    """As of every other table."""
    assert allowed in _refused(_written(tmp_path, _EXTENDS + text)).partition("allowed")[2]
