"""The names that the Iq profile has on the wire, by the role they play, and what makes a message a procedure.

They are data: the sections ``terminations``, ``items`` and ``procedures`` of ``grammars/profiles/iq.toml`` or of an
operator's profile.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from megaco.message import CHOOSE, ROOT, ServiceChangeMethod
from megaco.packages import Items
from megaco.packages.items import Provenance

CommandWord = Literal["Add", "Modify", "Move", "Subtract", "AuditValue", "AuditCapability", "Notify", "ServiceChange"]
"""H.248.1's words for the commands."""
Sender = Literal["controller", "gateway"]
"""Who sends a command: the IMS-ALG, or the IMS-AGW."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A property, event or signal ``package/item``."""

    name: Annotated[str, msgspec.Meta(pattern="^[^/]+/[^/]+$")]
    provenance: Provenance

    def is_named(self, name: str) -> bool:
        """Tell whether a message means this item; names are compared without case."""
        return self.name.lower() == name.lower()


class Latching(Item, frozen=True):
    """The signal that makes the gateway send to where packets come from."""

    mode: str
    """Its parameter: OFF, LATCH or RELATCH."""


class Heartbeat(Item, frozen=True):
    """The event that a termination reports while it lives, or that a gateway reports when it has heard nothing."""

    timer: str


class MediaInactivity(Item, frozen=True):
    """The event that no media came."""

    time: str
    direction: str


class Cause(Item, frozen=True):
    """The event that tells why a bearer is gone."""

    cause: str
    text: str


class Change(Item, frozen=True):
    """The event that a connection changed, with the values that tell how."""

    type: str
    failed: str
    released: str


class Congestion(Item, frozen=True):
    """The event that the gateway wants less work."""

    reduction: str
    """Its parameter, in percent."""


class RealmChange(Item, frozen=True):
    """The event that realms became available or unavailable."""

    available: str
    unavailable: str


class RoleItems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every item that the procedures use."""

    # Properties of LocalControl.
    realm: Item
    source_filter: Item
    source_mask: Item
    source_port_filter: Item
    source_ports: Item
    dscp: Item
    policing: Item
    sustainable_rate: Item
    burst_size: Item
    peak_rate: Item
    delay_tolerance: Item
    rtcp: Item
    # Signals of a stream.
    latching: Latching
    tcp_establish: Item
    tcp_release: Item
    tls_establish: Item
    tls_release: Item
    # Events of a termination.
    heartbeat: Heartbeat
    bearer_released: Cause
    media_inactivity: MediaInactivity
    tcp_change: Change
    tls_change: Change
    # Events of ROOT.
    inactivity: Heartbeat
    congestion: Congestion
    realm_change: RealmChange


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
        fixed = [level for level in levels if "{" not in level]
        if not all(re.fullmatch(r"[A-Za-z0-9_]{1,30}", level) for level in fixed) or levels[0].upper() == ROOT:
            raise ValueError(f"form = {self.form!r}: letters, digits and _ between the slashes, and not ROOT")

    def termination(self, group: int | None, interface: str | None, number: int | str) -> str:
        """Return a TerminationID; ``number`` may be ``$``, and None is to be chosen."""
        levels = {"group": group, "interface": interface, "id": number}
        return self.form.format(**{name: CHOOSE if level is None else level for name, level in levels.items()})

    def parts(self, termination_id: str) -> Mapping[str, str] | None:
        """Return ``group``, ``interface`` and ``id`` of a TerminationID; None where it is not of this form."""
        wanted, found = self.form.split("/"), termination_id.split("/")
        if len(wanted) != len(found):
            return None
        pairs = dict(zip(wanted, found, strict=True))
        if any(not name.startswith("{") and name.lower() != value.lower() for name, value in pairs.items()):
            return None
        return {name[1:-1]: value for name, value in pairs.items() if name.startswith("{")}

    def interface_of(self, termination_id: str) -> str | None:
        """Return the interface part of a TerminationID; None where it is not of this form."""
        parts = self.parts(termination_id)
        return parts["interface"] if parts is not None else None


class Element(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An information element of a procedure (TS 23.334 clause 8)."""

    title: str
    presence: Literal["M", "O", "C"]
    """Mandatory, optional, conditional."""
    provenance: Provenance


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A procedure: where it stands, and what a message must hold to be it."""

    clause: str
    provenance: Provenance
    """Of the procedure and of the command that carries it."""
    command: CommandWord
    sender: Sender
    elements: dict[str, Element] = {}
    """By the field of the procedure (``iq_profile.procedures``) that holds them."""
    methods: tuple[ServiceChangeMethod, ...] = ()
    """Of a ServiceChange."""
    reasons: tuple[int, ...] = ()
    """Of a ServiceChange; codes of H.248.1 clause 7.2.8."""
    on_root: bool | None = None
    """Whether it is about ROOT; None: either."""


class ProfileIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a gateway says of the profile when it registers."""

    name: Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_]{0,63}/[1-9][0-9]?$")]
    """``name/version`` (Annex B ``serviceChangeProfile``)."""
    name_provenance: Provenance
    version: Annotated[int, msgspec.Meta(ge=1, le=3)]
    version_provenance: Provenance


@dataclass(frozen=True)
class Roles:
    """Names and procedures of a profile, and the packages that type their values."""

    identity: ProfileIdentity
    terminations: Naming
    items: RoleItems
    procedures: Mapping[str, Row]
    packages: Items
