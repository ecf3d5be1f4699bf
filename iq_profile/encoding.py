"""The encoding of H.248, and what binary needs beside it: a number for every name that the profile uses."""

from pathlib import Path
from typing import Literal

import msgspec

from megaco import Dictionary, EncodeError, dictionary, encode
from megaco.data import data_folder
from megaco.errors import LocalError
from megaco.message import CHOOSE_CONTEXT, DeviceName, Message, TransactionRequest
from megaco.packages import Registry, default_registry

from .configuration import check_key, file_name
from .procedures import (
    BearerReleased,
    Heartbeat,
    Procedure,
    ReserveConnectionPoint,
    StreamTerms,
    TcpFailed,
    TlsFailed,
    compose,
    compose_probe,
)
from .profile import Profile

_SHIPPED_PROVISIONING = "default"


class EncodingKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of a configuration file that are about the encoding."""

    encoding: Literal["pretty", "compact", "binary"] = "pretty"
    """Encoding of what is sent: pretty or compact text, or binary. Whoever sends the other is answered in the other."""
    packages: tuple[str, ...] = ()
    """Folders of package files whose names and numbers join the shipped ones, or take their place, in binary. The
    shipped numbers of tcpbcc and tlsbsc are assumed; both ends must have the same."""
    provisioning: str = _SHIPPED_PROVISIONING
    """How binary writes TerminationIDs and digit map names, agreed on by both ends: default, otp, or a file."""

    @property
    def is_binary(self) -> bool:
        """Whether what is sent is binary."""
        return self.encoding == "binary"

    def dictionary(self) -> Dictionary | None:
        """Return the names for binary; None: the shipped ones. Raises LocalError for a bad file."""
        if not self.packages and self.provisioning == _SHIPPED_PROVISIONING:
            return None
        return dictionary(map(Path, self.packages), self.provisioning)

    def assumed_packages(self, profile: Profile) -> tuple[str, ...]:
        """Return the packages that the profile uses and whose items and numbers are assumed."""
        folders = [data_folder() / "packages", *map(Path, self.packages)]
        registry = Registry(folders) if self.packages else default_registry()
        items = ((item.name, registry.item(item.name)) for item in msgspec.structs.astuple(profile.items))
        assumed = [name.partition("/")[0] for name, item in items if item is not None and item.provenance == "assumed"]
        return tuple(dict.fromkeys(assumed))


def check_encoding(path: str, keys: EncodingKeys, profile: Profile) -> None:
    """Hold the keys of a configuration file to what they name; raises LocalError that says which is wrong.

    Where binary is what is sent, a profile with a name that has no number is refused at once.
    """
    for folder in keys.packages:
        check_key(path, "h248.packages", folder, _check_folder)
    check_key(path, "h248.provisioning", keys.provisioning, lambda value: dictionary(provisioning=value))
    names = keys.dictionary()
    if not keys.is_binary:
        return
    try:
        encode(_everything_said(profile), keys.encoding, dictionary=names)
    except EncodeError as error:
        shown = f"h248.packages = {list(keys.packages)}, h248.provisioning = {keys.provisioning!r}"
        raise LocalError(f"{file_name(path)}: {shown}: the profile cannot be sent in binary: {error.what}") from None


def _check_folder(folder: str) -> None:
    """Refuse a folder that has no package files: the shipped numbers would hold in silence."""
    if not any(Path(folder).glob("*.toml")):
        raise ValueError("no folder with package files (*.toml)")
    dictionary([Path(folder)])


def _everything_said(profile: Profile) -> Message:
    """Return a message with every name of the profile in it, on both interfaces."""
    streams = (StreamTerms(1, establish_tls=True),)
    said: list[Procedure] = [
        ReserveConnectionPoint(CHOOSE_CONTEXT, 1, interface, streams, heartbeat_s=1, filter_source=True)
        for interface in ("access", "core")
    ]
    name = profile.terminations.termination(1, "access", 1)
    said += [kind(1, name, 1, 1, "cause") for kind in (TcpFailed, TlsFailed, BearerReleased)]
    actions = [compose(one, profile) for one in (*said, Heartbeat(1, name, 1))]
    return Message(2, DeviceName("x"), (TransactionRequest(1, (*actions, compose_probe(profile))),))
