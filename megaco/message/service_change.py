"""Parameters of ServiceChange (H.248.1 clause 7.2.8)."""

from enum import Enum

from .audits import AuditItem, IndividualAudit
from .base import Node
from .identifiers import MessageIdentifier
from .values import NonStandardData, PropertyParm, TimeStamp, Value


class ServiceChangeMethod(Enum):
    """What happens to a termination or to the whole gateway (clause 7.2.8)."""

    FAILOVER = "Failover"
    FORCED = "Forced"
    GRACEFUL = "Graceful"
    RESTART = "Restart"
    DISCONNECTED = "Disconnected"
    HAND_OFF = "HandOff"


class ServiceChangeParm(Node, frozen=True):
    """Parameters of a ServiceChange request (clause 7.2.8)."""

    method: ServiceChangeMethod | None
    """None only where ``method_extension`` stands in its place."""
    reason: Value
    """Decimal code and words, quoted: ``901 Cold Boot``."""
    delay: int | None = None
    """Seconds; None, with Graceful, waits until terminations are idle."""
    address: MessageIdentifier | None = None
    """Where to send requests from now on; excludes ``mgc_id_to_try``."""
    address_port: int | None = None
    """The same, when only the port changes."""
    mgc_id_to_try: MessageIdentifier | None = None
    profile: str | None = None
    """``name/version``."""
    version: int | None = None
    """The highest protocol version the sender can do."""
    time_stamp: TimeStamp | None = None
    incomplete: bool = False
    """More ServiceChanges follow; since version 3."""
    extensions: tuple[PropertyParm, ...] = ()
    """``X-`` and ``X+`` parameters."""
    method_extension: str | None = None
    """A method of the sender's own, ``X-`` or ``X+`` and 1 to 6 letters or digits; ``method`` is None then."""
    items: tuple[AuditItem, ...] = ()
    """What has changed, as whole descriptors; since version 2."""
    individual: tuple[IndividualAudit, ...] = ()
    """What has changed, in parts of descriptors; since version 2."""
    non_standard: NonStandardData | None = None
    """The binary encoding only: data that no extension parameter of the text encoding stands for."""


class ServiceChangeResParm(Node, frozen=True):
    """Parameters of a ServiceChange reply (clause 7.2.8)."""

    address: MessageIdentifier | None = None
    address_port: int | None = None
    mgc_id_to_try: MessageIdentifier | None = None
    """Go to this controller instead."""
    profile: str | None = None
    version: int | None = None
    """The version to use from now on."""
    time_stamp: TimeStamp | None = None
