"""The profile file: what it names exists, what is wrong with it is told, and names are formed and read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iq_profile.profile import Item, Naming, load_profile, shipped_profile
from megaco.errors import LocalError
from megaco.grammar.data import data_folder
from megaco.message import CHOOSE
from megaco.packages import Event, Property, Registry, Signal

_SHIPPED = data_folder() / "profiles" / "iq.toml"
_REGISTRY = Registry([data_folder() / "packages"])


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("realm", Property),
        ("source_filter", Property),
        ("heartbeat", Event),
        ("bearer_released", Event),
        ("tcp_change", Event),
        ("tls_change", Event),
        ("tls_establish", Signal),
    ],
)
def test_every_item_is_in_a_shipped_package(role: str, kind: type) -> None:
    """The profile invents nothing: each role is played by an item of the right kind."""
    item = getattr(shipped_profile().items, role)
    found = _REGISTRY.item(item.name)
    assert isinstance(found, Property | Event | Signal), item.name
    assert type(found) is kind
    assert found.provenance == item.provenance


def test_every_parameter_is_in_its_package() -> None:
    """Timer, cause and text, and the values that tell how a connection changed."""
    items = shipped_profile().items
    heartbeat, released = _REGISTRY.item(items.heartbeat.name), _REGISTRY.item(items.bearer_released.name)
    assert isinstance(heartbeat, Event)
    assert isinstance(released, Event)
    assert items.heartbeat.timer in heartbeat.parameters
    assert {items.bearer_released.cause, items.bearer_released.text} <= released.observed.keys()
    for change in (items.tcp_change, items.tls_change):
        event = _REGISTRY.item(change.name)
        assert isinstance(event, Event)
        assert {change.failed, change.released} <= event.observed[change.type].values.keys()
        assert items.bearer_released.text in event.observed


def test_the_shipped_profile_is_read_once() -> None:
    """And is what ``load_profile`` reads without a path."""
    assert shipped_profile() is shipped_profile()
    assert load_profile() == load_profile(_SHIPPED) == shipped_profile()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[profile]", "[profile", "at line "),
        ('name = "threegppiq/3"', "name = 3", "Expected `str`, got `int` - at `$.profile.name`"),
        ("version = 2", 'version = "2"', "Expected `int`, got `str` - at `$.profile.version`"),
        ('timer = "timerx"', 'clock = "timerx"', "unknown field `clock` - at `$.items.heartbeat`"),
        ("[items.realm]", "[items.domain]", "unknown field `domain` - at `$.items`"),
        ('provenance = "standard"', 'provenance = "guessed"', "'guessed' - at `$.items.bearer_released.provenance`"),
        ("{group}/", "", "{group} and {interface} once each, {id} at the end - at `$.terminations`"),
        ("/{id}", "", "{id} at the end"),
        ("{id}", "x{id}", "{id} at the end"),
        ("{interface}", "{group}", "{id} at the end"),
        ("ip/", "{place}/", "{id} at the end"),
        ("ip/", "}/", "{id} at the end"),
    ],
)
def test_a_wrong_profile_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One line with file, cause and key."""
    text = _SHIPPED.read_text("utf-8")
    assert old in text
    path = tmp_path / "my.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LocalError) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_profile_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, and one that is no text."""
    with pytest.raises(LocalError, match=r"no\.toml: No such file or directory$"):
        load_profile(tmp_path / "no.toml")
    (tmp_path / "my.toml").write_bytes(b"\xff")
    with pytest.raises(LocalError, match=r"my\.toml: 'utf-8' codec"):
        load_profile(tmp_path / "my.toml")


def test_an_operator_can_rename_items(tmp_path: Path) -> None:
    """A copy with other names is a profile."""
    path = tmp_path / "my.toml"
    path.write_text(_SHIPPED.read_text("utf-8").replace("tlsbsc/EstBNC", "x-tls/Start"), "utf-8")
    assert load_profile(path).items.tls_establish.is_named("X-TLS/start")


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
    assert shipped_profile().terminations.interface_of(name) is None
