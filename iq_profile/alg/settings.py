"""What an operator may set on the controller's decisions: the open points of TR 29.828 clause 5.2.1 as policies."""

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta

from iq_profile.configuration import Seconds


class H248Transport(Enum):
    """How the transport is named to the gateway (editor's notes at steps 4 and 7)."""

    MEDIA = "media"
    """TCP/MSRP and TCP/TLS/MSRP: the gateway knows the application."""
    TCP = "tcp"
    """TCP and TCP/TLS."""


class WithoutCema(Enum):
    """What becomes of an MSRP line without a=msrp-cema: only an application-aware gateway could rewrite its a=path."""

    REFUSE = "refuse"
    """The m-line is rejected: its port becomes 0."""
    FORWARD = "forward"
    """It is treated like one with a=msrp-cema; the ends must ignore the authority in a=path."""


class AlgSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Policies and limits of the controller: the open points of TR 29.828 clause 5.2.1, decided by the operator."""

    mechanisms: tuple[str, ...] = ("msrp-tls", "bfcp-tls")
    """Media security that this P-CSCF announces in Security-Server (5.2.1.2.1, 5.2.1.3.1)."""
    e2ae_always: bool = False
    """Terminate TLS for every TCP/TLS/MSRP offer of a UE with a fingerprint, asked for or not (5.2.1.2.2 NOTE 1)."""
    combine: bool = False
    """Leave Reserve and Configure of the offerer's side until the answer (5.2.1.2.2 NOTE 2)."""
    skip_core_configure: bool = False
    """Leave out Configure of the core side when the answer says a=setup:active (5.2.1.2.2 NOTE 3)."""
    merge_tls_start: bool = False
    """Start TLS with the Configure of steps 16-18 instead of step 21."""
    h248_transport: H248Transport = H248Transport.MEDIA
    """``media`` or ``tcp``: TCP/MSRP and TCP/TLS/MSRP, or TCP and TCP/TLS."""
    without_cema: WithoutCema = WithoutCema.REFUSE
    """``refuse`` or ``forward``."""
    release_all: bool = False
    """Release with one Subtract of ALL and a wildcarded reply."""
    filter_source: bool = False
    """Ask the gateway to take TCP connections only from the far end's address (gm/saf)."""
    group: Annotated[int, Meta(ge=0, le=65535)] = 1
    """Termination group asked for."""
    heartbeat_s: Annotated[int, Meta(ge=0, le=86_400)] = 300
    """Period of the termination heartbeat in seconds; 0 turns it off."""
    answer_wait_s: Seconds = 180.0
    """How long an offer waits for its answer before everything is released."""
    most_sessions: Annotated[int, Meta(ge=1, le=10_000_000)] = 100_000
    """Sessions at once; beyond it an offer is rejected with 503."""
    most_lines: Annotated[int, Meta(ge=1, le=1_000)] = 64
    """m-lines in one offer; more are rejected with 488."""
