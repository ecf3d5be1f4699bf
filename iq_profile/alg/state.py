"""What the controller remembers of a session."""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from megaco.message import CHOOSE_CONTEXT
from megaco.sdp import MediaDescription, Sdp

from .plans import PlanStep
from .session import SessionState

Side = Literal["access", "core"]
Role = Literal["offerer", "answerer"]


@dataclass(slots=True, eq=False)
class Point:
    """A connection point: one termination, seen from here."""

    interface: Side
    termination_id: str | None = None
    """None until the gateway has named it."""
    locals: dict[int, bytes] = field(default_factory=dict)
    """Stream -> Local descriptor with what the gateway chose."""

    def media(self, stream_id: int) -> MediaDescription:
        """Return the gateway's side of a stream."""
        return Sdp.parse(self.locals[stream_id]).media[0]


@dataclass(slots=True, eq=False)
class Session:
    """One offer and its answer."""

    name: str
    offer: Sdp
    """With session-level fingerprints pushed down to the lines."""
    points: dict[Role, Point]
    secured: dict[int, str] = field(default_factory=dict)
    """Index of each m-line to secure -> application."""
    refused: frozenset[int] = frozenset()
    """Indexes of the m-lines that are answered with port 0."""
    state: SessionState = SessionState.IDLE
    plan: deque[PlanStep] = field(default_factory=deque)
    context_id: int = CHOOSE_CONTEXT
    answer: Sdp | None = None
    outstanding: int | None = None
    """Number of the request whose outcome is waited for."""
    reason: str = ""
    """Why the session ends, for people."""
    code: int = 488
    """SIP status code for a rejection."""

    @property
    def is_originating(self) -> bool:
        """Tell whether the UE makes the offer."""
        return self.points["offerer"].interface == "access"

    @property
    def named(self) -> tuple[str, ...]:
        """Return the terminations that the gateway has reserved."""
        return tuple(point.termination_id for point in self.points.values() if point.termination_id is not None)

    @property
    def needs_gateway(self) -> bool:
        """Tell whether anything of the session is, or is about to be, in the gateway."""
        return bool(self.secured or self.named) or self.outstanding is not None

    @property
    def has_others(self) -> bool:
        """Tell whether the offer has a line that does without the gateway."""
        spoken_for = self.secured.keys() | self.refused
        return any(index not in spoken_for and not media.is_rejected for index, media in enumerate(self.offer.media))

    @property
    def has_unserved(self) -> bool:
        """Tell whether a stream is reserved whose m-line was refused meanwhile."""
        reserved = {stream_id for point in self.points.values() for stream_id in point.locals}
        return not {stream_id - 1 for stream_id in reserved} <= self.secured.keys()
