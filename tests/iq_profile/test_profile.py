"""The profile file: what it names exists, what is wrong with it is told, and names are formed and read."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iq_profile.procedures.wording import EVENTS, PROPERTIES, SIGNALS
from iq_profile.profile import Item, Naming, load_profile, shipped_profile
from megaco.errors import LocalError
from megaco.grammar.data import data_folder
from megaco.message import CHOOSE
from megaco.packages import load_registry
from megaco.packages.items import Event, Property, Signal

from .faults import told

_SHIPPED = data_folder() / "profiles" / "iq.toml"
_ROLES = shipped_profile().roles
_REGISTRY = _ROLES.packages.registry
_SURENESS = ["standard", "recalled", "assumed"]


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        *((role, "property") for role in ("realm", *PROPERTIES)),
        *((role, "event") for role in (*EVENTS, "inactivity", "congestion", "realm_change")),
        *((role, "signal") for role in ("latching", *SIGNALS.values())),
    ],
)
def test_every_item_is_in_a_shipped_package(role: str, kind: str) -> None:
    """Each role is played by an item of the right kind, and is as sure as what is least sure of that."""
    item: Item = getattr(_ROLES.items, role)
    found: Property | Event | Signal | None = getattr(_REGISTRY, kind)(item.name)
    assert found is not None, item.name
    parameters = {**getattr(found, "parameters", {}), **getattr(found, "observed", {})}
    named = [parameters[one] for one in msgspec.structs.astuple(item) if one in parameters]
    assert item.provenance == max((one.provenance for one in (found, *named)), key=_SURENESS.index)


def test_every_parameter_is_in_its_package() -> None:
    """Timer, cause and text, and the values that tell how a connection changed."""
    items = _ROLES.items
    heartbeat, released = _REGISTRY.event(items.heartbeat.name), _REGISTRY.event(items.bearer_released.name)
    assert heartbeat is not None
    assert released is not None
    assert items.heartbeat.timer in heartbeat.parameters
    assert {items.bearer_released.cause, items.bearer_released.text} <= released.observed.keys()
    for change in (items.tcp_change, items.tls_change):
        event = _REGISTRY.event(change.name)
        assert event is not None
        assert {change.failed, change.released} <= event.observed[change.type].values.keys()
        assert items.bearer_released.text in event.observed


def test_the_shipped_profile_is_read_once() -> None:
    """And is what ``load_profile`` reads without a path."""
    assert shipped_profile() is shipped_profile()
    assert load_profile() == load_profile("iq") == load_profile(_SHIPPED) == shipped_profile()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[profile]", "[profile", "not TOML: "),
        ('name = "threegppiq/3"', "name = 3", "profile.name = 3: Expected `str`, got `int`"),
        ("version = 2", 'version = "2"', "profile.version = '2': Expected `int`, got `str`"),
        (
            'timer = "timerx"',
            'clock = "timerx"',
            "unknown key items.heartbeat.clock; allowed here: name, provenance, timer",
        ),
        ("realm = { name", "domain = { name", "unknown key items.domain; allowed here: bearer_released, burst_size, "),
        (
            'text = "Failurecause", provenance = "standard"',
            'text = "Failurecause", provenance = "guessed"',
            "items.bearer_released.provenance = 'guessed': Invalid enum value 'guessed'; allowed: standard, recalled, ",
        ),
        ("ipdc/realm", "ipdc/domain", "items.realm.name = 'ipdc/domain': no package has this property"),
        ("g/cause", "gm/saf", "items.bearer_released.name = 'gm/saf': no package has this event"),
        (
            'mode = "napt"',
            'mode = "nat"',
            "items.latching.mode = 'nat': ipnapt/latch has no such parameter; it has napt",
        ),
        (
            "[procedures.heartbeat",
            "[procedures.beat",
            "procedures.beat = 'TS 23.334 clause 8': no such procedure; known: ",
        ),
        ("{group}/", "", "{group} and {interface} once each, {id} at the end"),
        ("/{id}", "", "{id} at the end"),
        ("{id}", "x{id}", "{id} at the end"),
        ("{interface}", "{group}", "{id} at the end"),
        ("ip/", "{place}/", "{id} at the end"),
        ("ip/", "}/", "{id} at the end"),
    ],
)
def test_a_wrong_profile_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One line with file, line, key, value and cause."""
    text = _SHIPPED.read_text("utf-8")
    assert old in text
    path = tmp_path / "my.toml"
    path.write_text(text.replace(old, new, -1 if old.startswith("[procedures") else 1), "utf-8")
    with pytest.raises(LocalError) as caught:
        load_profile(path)
    assert said in told(caught.value, path)


def test_a_profile_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, and one that is no text."""
    with pytest.raises(LocalError, match=r"no\.toml: No such file or directory$"):
        load_profile(tmp_path / "no.toml")
    (tmp_path / "my.toml").write_bytes(b"\xff")
    with pytest.raises(LocalError, match=r"my\.toml: not UTF-8$"):
        load_profile(tmp_path / "my.toml")


def test_an_operator_can_rename_items(tmp_path: Path) -> None:
    """A copy with other names is a profile, and so is a file that extends the shipped one; packages have the items."""
    (tmp_path / "own").mkdir()
    package = (_SHIPPED.parent.parent / "packages" / "tlsbsc.toml").read_text("utf-8").replace("EstBNC", "Start")
    own = package.replace('id = "tlsbsc"', 'id = "xtls"').replace("0x8090", "0x8123")
    (tmp_path / "own" / "xtls.toml").write_text(own, "utf-8")
    copy, extending = tmp_path / "copy.toml", tmp_path / "my.toml"
    copy.write_text(_SHIPPED.read_text("utf-8").replace("tlsbsc/EstBNC", "xtls/Start"), "utf-8")
    item = 'tls_establish = { name = "xtls/Start", provenance = "standard" }'
    extending.write_text(f'extends = "iq"\n[items]\n{item}\n', "utf-8")
    for path in (copy, extending):
        items = load_profile(path, load_registry([tmp_path / "own"])).roles.items
        assert items.tls_establish.is_named("XTLS/start")
        assert items.realm == _ROLES.items.realm
        with pytest.raises(LocalError, match=r"items\.tls_establish\.name = 'xtls/Start': no package has this signal"):
            load_profile(path)


def test_items_are_named_in_any_case() -> None:
    """H.248.1 names have none."""
    assert Item("gm/saf", "recalled").is_named("GM/SAF")
    assert not Item("gm/saf", "recalled").is_named("gm/sam")


_FORMS = st.sampled_from(["ip/{group}/{interface}/{id}", "{interface}/{group}/{id}", "x/y/{group}/z/{interface}/{id}"])


@given(_FORMS, st.integers(0, 65535), st.sampled_from(["access", "core"]), st.integers(1) | st.just(CHOOSE))
def test_names_are_read_as_they_are_formed(form: str, group: int, interface: str, number: int | str) -> None:
    """The interface of a name of any form is the one it was made with."""
    naming = Naming(form, "assumed")
    name = naming.termination(group, interface, number)
    assert naming.interface_of(name) == interface
    assert naming.interface_of(name.upper()) == interface.upper()


@pytest.mark.parametrize("name", ["ROOT", "*", "$", "ip/1/core", "ip/1/core/1/2", "atm/1/core/1", ""])
def test_other_names_have_no_interface(name: str) -> None:
    """What is not of the form is not of this profile."""
    assert _ROLES.terminations.interface_of(name) is None
