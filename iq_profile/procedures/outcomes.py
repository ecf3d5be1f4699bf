"""What comes of procedures, as values."""

from dataclasses import dataclass

from megaco.message import AuditReturn, MessageIdentifier


@dataclass(frozen=True, slots=True)
class Reserved:
    """A connection point was reserved or configured."""

    context_id: int
    termination_id: str
    locals: dict[int, bytes]
    """Stream -> SDP that the gateway chose; only streams that were asked."""


@dataclass(frozen=True, slots=True)
class Released:
    """The terminations are gone."""

    context_id: int
    termination_ids: tuple[str, ...] = ()
    """Which, as the reply names them."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An indication was taken, or an order about ROOT carried out."""

    context_id: int
    termination_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceChanged:
    """A ServiceChange was accepted."""

    context_id: int
    termination_ids: tuple[str, ...]
    version: int | None = None
    """To speak from now on."""
    profile: str | None = None
    controller: MessageIdentifier | None = None
    """MgcIdToTry: register there instead."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was asked of terminations."""

    context_id: int
    termination_ids: tuple[str, ...]
    told: tuple[AuditReturn, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Command Rejected: ``code`` is of H.248.8, 0 where no reply came."""

    code: int
    text: str


Outcome = Reserved | Released | Acknowledged | ServiceChanged | Audited | Rejected
