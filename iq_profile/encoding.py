"""What is sent: the names of the profile, the encoding, and for binary a number for every name."""

from pathlib import Path
from typing import Literal

import msgspec

from megaco import Dictionary, EncodeError, dictionary, encode
from megaco.errors import ItemUseError
from megaco.message import CHOOSE_CONTEXT, DeviceName, Message, TransactionRequest
from megaco.packages import load_registry

from .configuration import ConfigFile
from .procedures import (
    BEARER_EVENTS,
    BearerReleased,
    EventTerms,
    Heartbeat,
    Procedure,
    ReserveConnectionPoint,
    StreamTerms,
    TcpFailed,
    TlsFailed,
    compose,
    compose_probe,
)
from .profile import Item, Roles, load_profile

_SHIPPED_PROVISIONING = "default"


class EncodingKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of a configuration file that are about what is sent."""

    profile_file: str = ""
    """A profile of one's own with an operator's names; extends = "iq" in it keeps the rest. Empty: the shipped one."""
    encoding: Literal["pretty", "compact", "binary"] = "pretty"
    """Encoding of what is sent: pretty or compact text, or binary. Whoever sends the other is answered in the other."""
    packages: tuple[str, ...] = ()
    """Folders of package files that join the shipped ones, or take their place. The shipped numbers of tcpbcc and
    tlsbsc are assumed; in binary both ends must have the same."""
    provisioning: str = _SHIPPED_PROVISIONING
    """How binary writes TerminationIDs and digit map names, agreed on by both ends: default, otp, or a file."""

    @property
    def is_binary(self) -> bool:
        """Whether what is sent is binary."""
        return self.encoding == "binary"

    def roles(self) -> Roles:
        """Return the names of the profile; raises LocalError for a bad file."""
        registry = load_registry(map(Path, self.packages)) if self.packages else None
        return load_profile(self.profile_file or None, registry).roles

    def dictionary(self) -> Dictionary | None:
        """Return the names for binary; None: the shipped ones. Raises LocalError for a bad file."""
        if not self.packages and self.provisioning == _SHIPPED_PROVISIONING:
            return None
        return dictionary(map(Path, self.packages), self.provisioning)

    def assumed_packages(self) -> tuple[str, ...]:
        """Return the packages that the procedures use and whose numbers are assumed."""
        roles = self.roles()
        items: tuple[Item, ...] = msgspec.structs.astuple(roles.items)
        packages = (roles.packages.registry.package(item.name.partition("/")[0]) for item in items)
        assumed = [package.id for package in packages if package is not None and package.provenance == "assumed"]
        return tuple(dict.fromkeys(assumed))


def check_encoding(file: ConfigFile, keys: EncodingKeys) -> None:
    """Hold the keys of a configuration file to what they name; raises LocalError that says which is wrong.

    Where binary is what is sent, a profile with a name that has no number is refused at once.
    """
    for folder in keys.packages:
        file.check("h248.packages", folder, _check_folder)
    file.check("h248.profile_file", keys.profile_file, lambda _: keys.roles())
    file.check("h248.provisioning", keys.provisioning, lambda value: dictionary(provisioning=value))
    names = keys.dictionary()
    if not keys.is_binary:
        return
    try:
        encode(_everything_said(keys.roles()), keys.encoding, dictionary=names)
    except (EncodeError, ItemUseError) as error:
        shown = f"h248.packages = {list(keys.packages)}, h248.provisioning = {keys.provisioning!r}"
        raise file.error(f"{shown}: the profile cannot be sent in binary: {error.what}") from None


def _check_folder(folder: str) -> None:
    """Refuse a folder that has no package files: the shipped numbers would hold in silence."""
    if not any(Path(folder).glob("*.toml")):
        raise ValueError("no folder with package files (*.toml)")
    dictionary([Path(folder)])


def _everything_said(roles: Roles) -> Message:
    """Return a message with every name in it that gateway and controller send, on both interfaces."""
    streams = (StreamTerms(1, establish_tls=True, source_filter=True),)
    events = EventTerms(1, BEARER_EVENTS, heartbeat_s=1)
    said: list[Procedure] = [
        ReserveConnectionPoint(CHOOSE_CONTEXT, 1, interface, streams, events, realm=interface)
        for interface in ("access", "core")
    ]
    name = roles.terminations.termination(1, "access", 1)
    said += [kind(1, name, 1, 1, "cause") for kind in (TcpFailed, TlsFailed, BearerReleased)]
    actions = [compose(one, roles) for one in (*said, Heartbeat(1, name, 1))]
    return Message(2, DeviceName("x"), (TransactionRequest(1, (*actions, compose_probe(roles))),))
