"""The keys about the stack: defaults, message identifiers, and what is wrong with a value."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from iq_profile.agw.config import AgwConfig, read_agw_config
from iq_profile.alg.config import AlgConfig, read_alg_config
from iq_profile.stack import StackKeys, TransportSection, read_mid, write_mid
from megaco.association import AssociationConfig, ControllerConfig, WatchItems
from megaco.errors import LocalError
from megaco.message import DeviceName, DomainName, IpAddress, MessageIdentifier
from megaco.transaction import TransactionConfig
from megaco.transport import Address, LinkSettings

from .faults import told

Reader = Callable[[str], AgwConfig | AlgConfig]
READERS: list[Reader] = [read_agw_config, read_alg_config]


def read(folder: Path, text: str, reader: Reader) -> AgwConfig | AlgConfig:
    """Read a file of this text."""
    path = folder / "some.toml"
    path.write_text(text)
    return reader(str(path))


def refusal(folder: Path, text: str, reader: Reader) -> str:
    """Return what is said of a file behind its name and line."""
    with pytest.raises(LocalError) as caught:
        read(folder, text, reader)
    return told(caught.value, folder / "some.toml")


def test_the_defaults_are_those_of_the_stack() -> None:
    """An empty file changes nothing; the programs watch by the names of the profile, which are the stack's own."""
    assert StackKeys().transactions() == TransactionConfig()
    assert TransportSection().links() == LinkSettings()
    agw = AgwConfig()
    identity = agw.roles().identity
    assert agw.association(agw.roles()) == AssociationConfig(identity.name, identity.version)
    assert AlgConfig().controller() == ControllerConfig()


@pytest.mark.parametrize("reader", READERS)
def test_every_key_of_the_stack_arrives(tmp_path: Path, reader: Reader) -> None:
    """Each number is another than its default, and where the stack looks for it."""
    section = msgspec.to_builtins(StackKeys())
    timers = {
        name: value + 1
        for name, value in section.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and name != "lowest_version"
    }
    links = {
        name: value + 1 for name, value in msgspec.to_builtins(TransportSection()).items() if not isinstance(value, str)
    }
    lines = ["[h248]", *(f"{name} = {value}" for name, value in timers.items())]
    lines += ["three_way_handshake = true", "[transport]", *(f"{name} = {value}" for name, value in links.items())]
    config = read(tmp_path, "\n".join([*lines, 'sctp_style = "one-to-many"']), reader)
    assert config.transactions() == msgspec.convert({**timers, "three_way_handshake": True}, TransactionConfig)
    assert config.transport.links() == LinkSettings(**links, sctp_style="one-to-many")


def test_the_keys_of_the_association_arrive(tmp_path: Path) -> None:
    """Of the gateway and of the controller."""
    agw = read(
        tmp_path,
        '[h248]\ncontroller = "tcp://mgc.example.net"\ncontrollers = ["tcp://192.0.2.2:1", "tcp://192.0.2.3"]\n'
        'listen = "tcp://192.0.2.7:0"\nmid = "<gw.example.net>"\naccept_profiles = ["other/1"]\nlowest_version = 2\n'
        "most_redirects = 0\ninactivity_s = 7\nprobe_s = 0\nleave_s = 30\n",
        read_agw_config,
    )
    assert isinstance(agw, AgwConfig)
    hosts = ("mgc.example.net", 2944), ("192.0.2.2", 1), ("192.0.2.3", 2944)
    assert agw.h248.controller_addresses == tuple(Address(*one, "tcp") for one in hosts)
    assert agw.h248.controller_address == agw.h248.controller_addresses[0]
    association = agw.association(agw.roles())
    assert (association.profiles, association.lowest_version, association.most_redirects) == (("other/1",), 2, 0)
    assert (association.inactivity_s, association.probe_s, agw.h248.leave_s) == (7, 0, 30)
    assert agw.h248.identifier() == DomainName("gw.example.net")
    alg = read(
        tmp_path,
        '[h248]\nlisten = ["udp://192.0.2.1", "tcp://mgc.example.net:1"]\ngateways = ["gw.example.net", "::1"]\n'
        'redirect_to = "[192.0.2.9]:2944"\nhighest_version = 2\nlowest_version = 2\nmost_gateways = 3\naudit_s = 9\n',
        read_alg_config,
    )
    assert isinstance(alg, AlgConfig)
    assert alg.h248.urls == ("udp://192.0.2.1", "tcp://mgc.example.net:1")
    assert alg.controller() == ControllerConfig(
        highest_version=2, lowest_version=2, most_gateways=3, elsewhere=IpAddress("192.0.2.9", 2944), audit_s=9
    )


def test_items_are_watched_by_the_names_of_ones_own_profile(tmp_path: Path) -> None:
    """Whatever the letter case that they are written in."""
    package = tmp_path / "own.toml"
    package.write_text(
        'id = "Own"\nnumber = 0x9001\nversion = 1\ntitle = "Own"\nspec = "none"\n'
        '[events.Busy]\nnumber = 1\ntitle = "Busy"\nprovenance = "standard"\n'
        '[events.Busy.observed.Less]\nnumber = 1\ntitle = "Less"\ntype = "integer"\nprovenance = "standard"\n'
        '[events.Mute]\nnumber = 2\ntitle = "Mute"\nprovenance = "standard"\n'
        '[events.Mute.parameters.For]\nnumber = 1\ntitle = "For"\ntype = "integer"\nprovenance = "standard"\n'
    )
    profile = tmp_path / "my.profile"
    profile.write_text(
        'extends = "iq"\n[items]\n'
        'congestion = { name = "Own/Busy", reduction = "Less", provenance = "standard" }\n'
        'inactivity = { name = "Own/Mute", timer = "For", provenance = "standard" }\n'
    )
    keys = f'[h248]\nprofile_file = "{profile}"\npackages = ["{tmp_path}"]\n'
    folder = tmp_path / "config"
    folder.mkdir()
    agw, alg = read(folder, keys, read_agw_config), read(folder, keys, read_alg_config)
    assert isinstance(agw, AgwConfig)
    assert isinstance(alg, AlgConfig)
    assert agw.association(agw.roles()).items == WatchItems(inactivity="own/mute", inactivity_time="for")
    assert alg.controller().items == WatchItems(congestion="own/busy", congestion_reduction="less")


@pytest.mark.parametrize(
    ("text", "mid"),
    [
        ("[192.0.2.1]:2944", IpAddress("192.0.2.1", 2944)),
        ("[2001:db8::1]", IpAddress("2001:db8::1")),
        ("<mgc.example.net>:2944", DomainName("mgc.example.net", 2944)),
        ("gw1/5", DeviceName("gw1/5")),
    ],
)
def test_message_identifiers_are_written_as_messages_have_them(text: str, mid: MessageIdentifier) -> None:
    """Back and forth."""
    assert read_mid(text) == mid
    assert write_mid(mid) == text


@pytest.mark.parametrize("text", ["", "a b", "gw;x", "[192.0.2.1", "<>", "[no address]", "gw Error = 400 { }", "ü"])
def test_what_is_no_message_identifier_is_refused(text: str) -> None:
    """Nothing else of a message is taken with it."""
    with pytest.raises(ValueError, match="no message identifier; allowed: "):
        read_mid(text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mid = 'a b'", "h248.mid = 'a b': no message identifier; allowed: "),
        ("lowest_version = 4", "h248.lowest_version = 4: Expected `int` <= 3; allowed: 1 to 3"),
        ("lowest_version = 3", "h248.lowest_version = 3; allowed: 1 to 2, the version of the profile"),
        ("most_transactions = 0", "h248.most_transactions = 0: Expected `int` >= 1; allowed: 1 to 1000000"),
        ("most_octets = 9", "h248.most_octets = 9: Expected `int` >= 1024; allowed: 1024 to "),
        ("three_way_handshake = 1", "h248.three_way_handshake = 1: Expected `bool`, got `int`"),
        ("[transport]\nconnect_s = 0", "transport.connect_s = 0: Expected `float` > 0.0; allowed: "),
        ("[transport]\nsctp_style = 'x'", "transport.sctp_style = 'x': Invalid enum value 'x'; allowed: one-to-one, "),
        ("[transport]\nmemory_most_octets = 1", "unknown key transport.memory_most_octets; allowed here: connect_s, "),
    ],
)
def test_a_wrong_value_is_told_in_one_line(tmp_path: Path, text: str, said: str, reader: Reader) -> None:
    """File, line, key, value, and what is allowed; alike for both programs."""
    assert refusal(tmp_path, f"# first\n[h248]\n{text}", reader).startswith(said)


@pytest.mark.parametrize(
    ("text", "said", "reader"),
    [
        (
            "controllers = ['udp://192.0.2.1', 'dccp://x']",
            "h248.controllers = 'dccp://x': the transport is ",
            READERS[0],
        ),
        (
            "controllers = ['tcp://127.0.0.1']",
            "h248.controllers = 'tcp://127.0.0.1', h248.listen = 'udp://127.0.0.1:2946'; allowed: one transport, ",
            READERS[0],
        ),
        ("leave_s = 1.5", "h248.leave_s = 1.5: Expected `int`, got `float`; allowed: 0 to 86400", READERS[0]),
        ("most_redirects = -1", "h248.most_redirects = -1: Expected `int` >= 0; allowed: 0 to 100", READERS[0]),
        ("listen = []", "h248.listen = []; allowed: at least one URL", READERS[1]),
        ("listen = ['tcp://x', 'x']", "h248.listen = 'x': the transport is one of ", READERS[1]),
        ("gateways = ['a b']", "h248.gateways = 'a b': ", READERS[1]),
        ("redirect_to = '['", "h248.redirect_to = '[': no message identifier; allowed: ", READERS[1]),
        (
            "highest_version = 1\nlowest_version = 2",
            "h248.lowest_version = 2, h248.highest_version = 1; allowed: the lowest not above the highest",
            READERS[1],
        ),
        ("audit_s = -1", "h248.audit_s = -1: Expected `float` >= 0.0", READERS[1]),
    ],
)
def test_a_wrong_value_of_one_program_is_told_in_one_line(tmp_path: Path, text: str, said: str, reader: Reader) -> None:
    """Among them lists, of which the element at fault is shown."""
    assert refusal(tmp_path, f"[h248]\n{text}", reader).startswith(said)


def test_the_line_of_a_value_that_is_checked_is_told(tmp_path: Path) -> None:
    """Also where its type was right."""
    path = tmp_path / "some.toml"
    path.write_text("[h248]\n\nmid = 'a b'\n")
    with pytest.raises(LocalError) as caught:
        read_alg_config(str(path))
    assert str(caught.value).startswith(f"{path}:3: h248.mid = 'a b': ")
