"""The Iq profile's names on the wire, by the role they play: ``grammars/profiles/iq.toml`` or an operator's copy."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from megaco.errors import LocalError
from megaco.grammar.data import data_folder

Provenance = Literal["standard", "recalled", "assumed"]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A property, event or signal ``package/item``."""

    name: str
    provenance: Provenance

    def is_named(self, name: str) -> bool:
        """Tell whether a message means this item; names are compared without case."""
        return self.name.lower() == name.lower()


class Heartbeat(Item, frozen=True):
    """The event that a termination reports while it lives."""

    timer: str


class Cause(Item, frozen=True):
    """The event that tells why a bearer is gone."""

    cause: str
    text: str


class Change(Item, frozen=True):
    """The event that a connection changed, with the values that tell how."""

    type: str
    failed: str
    released: str


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every item that the procedures use."""

    realm: Item
    source_filter: Item
    heartbeat: Heartbeat
    inactivity: Item
    bearer_released: Cause
    tcp_change: Change
    tls_change: Change
    tls_establish: Item


class Naming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How terminations are named."""

    form: str
    """Levels with slashes between: ``{group}`` and ``{interface}`` once each, ``{id}`` last, others as they stand."""
    provenance: Provenance

    def __post_init__(self) -> None:
        """Refuse a form by which terminations could not be told apart."""
        levels = self.form.split("/")
        fields = [level for level in levels if "{" in level or "}" in level]
        if sorted(fields) != ["{group}", "{id}", "{interface}"] or levels[-1] != "{id}":
            raise ValueError(f"form = {self.form!r}: {{group}} and {{interface}} once each, {{id}} at the end")

    def termination(self, group: int, interface: str, number: int | str) -> str:
        """Return a TerminationID; ``number`` may be ``$``."""
        return self.form.format(group=group, interface=interface, id=number)

    def interface_of(self, termination_id: str) -> str | None:
        """Return the interface part of a TerminationID; None where it is not of this form."""
        wanted, found = self.form.split("/"), termination_id.split("/")
        if len(wanted) != len(found):
            return None
        parts = dict(zip(wanted, found, strict=True))
        fixed = all(name.startswith("{") or name.lower() == value.lower() for name, value in parts.items())
        return parts.get("{interface}") if fixed else None


class ProfileIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a gateway says of the profile when it registers."""

    name: str
    name_provenance: Provenance
    version: int
    version_provenance: Provenance


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    profile: ProfileIdentity
    terminations: Naming
    items: Items


def load_profile(path: Path | None = None) -> Profile:
    """Read a profile file, None for the shipped one; raises LocalError with file, key and cause."""
    chosen = path or data_folder() / "profiles" / "iq.toml"
    try:
        return msgspec.convert(tomllib.loads(chosen.read_text("utf-8")), Profile)
    except OSError as error:
        raise LocalError(f"{chosen}: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LocalError(f"{chosen}: {error}") from None


@cache
def shipped_profile() -> Profile:
    """Return the profile that comes with the program."""
    return load_profile()
