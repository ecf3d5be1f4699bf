"""One bearer, that is one stream of one termination: a TCP connection with TLS on it or not, as a table.

Theory of operation. A bearer listens from the moment it is reserved, for the far end may be faster than the signalling
(TR 29.828 clause 5.2.1, steps 10). A SYN that comes in on one side of a context makes the bearer of the same stream on
the other side send one. On a plain bearer TCP is all; on a secured one TLS follows: as server at once, as client when
the controller says so. A finished handshake without a fingerprint to compare is not trusted: the bearer waits, and
nothing passes. When both bearers of a stream are open they are joined. Whatever goes wrong on one closes both, and the
controller hears of it once.

Rules of this file: no sockets, no SDP, no H.248; every pair of state and input is there, and a pair that means nothing
keeps its state and does nothing.
"""

from enum import Enum, auto
from typing import NamedTuple


class BearerState(Enum):
    """Where a bearer stands."""

    LISTENING = auto()
    """The port is reserved; a connection may come in or be opened."""
    CONNECTING = auto()
    CONNECTED = auto()
    """TCP is up, TLS is still to start."""
    HANDSHAKING = auto()
    UNVERIFIED = auto()
    """TLS is up; the fingerprint to compare the certificate with has not come."""
    OPEN = auto()
    """Application data may flow."""
    CLOSED = auto()


class BearerInput(Enum):
    """What can happen to a bearer."""

    ACCEPTED_PLAIN = auto()
    ACCEPTED_SECURED = auto()
    CONNECT = auto()
    """The other side is up, or the controller asks: open TCP now."""
    CONNECTED_PLAIN = auto()
    CONNECTED_SECURED = auto()
    CONNECT_FAILED = auto()
    START_TLS = auto()
    HANDSHAKEN = auto()
    VERIFIED = auto()
    TLS_FAILED = auto()
    WAIT_OVER = auto()
    """What was waited for did not come in time: a connection, the start of TLS, the fingerprint."""
    ENDED = auto()
    """The far end closed or reset the connection."""
    RELEASE = auto()


class BearerEffect(Enum):
    """What the engine does on a step."""

    OPEN_TCP = auto()
    TRIGGER_OTHER = auto()
    """The bearer on the other side shall open TCP as well."""
    CONSIDER_TLS = auto()
    """Start TLS if the role is known and nothing is to be waited for."""
    BEGIN_TLS = auto()
    AWAIT_FINGERPRINT = auto()
    JOIN = auto()
    """Join with the other side if that is open too."""
    TELL_TCP_FAILED = auto()
    TELL_TLS_FAILED = auto()
    TELL_RELEASED = auto()
    CLOSE = auto()
    ABORT = auto()
    CLOSE_OTHER = auto()
    """Close the bearer on the other side; it has no story of its own to tell."""


class BearerStep(NamedTuple):
    """What to do, and the state after it."""

    effects: tuple[BearerEffect, ...]
    state: BearerState


_S, _I, _E = BearerState, BearerInput, BearerEffect

_RELEASE = BearerStep((_E.CLOSE,), _S.CLOSED)
_TCP_FAILED = BearerStep((_E.TELL_TCP_FAILED, _E.ABORT, _E.CLOSE_OTHER), _S.CLOSED)
_TLS_FAILED = BearerStep((_E.TELL_TLS_FAILED, _E.ABORT, _E.CLOSE_OTHER), _S.CLOSED)
_ENDED = BearerStep((_E.TELL_RELEASED, _E.CLOSE, _E.CLOSE_OTHER), _S.CLOSED)

_STEPS: dict[BearerState, dict[BearerInput, BearerStep]] = {
    _S.LISTENING: {
        _I.ACCEPTED_PLAIN: BearerStep((_E.TRIGGER_OTHER, _E.JOIN), _S.OPEN),
        _I.ACCEPTED_SECURED: BearerStep((_E.TRIGGER_OTHER, _E.CONSIDER_TLS), _S.CONNECTED),
        _I.CONNECT: BearerStep((_E.OPEN_TCP,), _S.CONNECTING),
        _I.WAIT_OVER: _TCP_FAILED,
        _I.RELEASE: _RELEASE,
    },
    _S.CONNECTING: {
        # The far end's SYN may cross the order to connect: a simultaneous open (RFC 9293 clause 3.5).
        _I.ACCEPTED_PLAIN: BearerStep((_E.JOIN,), _S.OPEN),
        _I.ACCEPTED_SECURED: BearerStep((_E.CONSIDER_TLS,), _S.CONNECTED),
        _I.CONNECTED_PLAIN: BearerStep((_E.JOIN,), _S.OPEN),
        _I.CONNECTED_SECURED: BearerStep((_E.CONSIDER_TLS,), _S.CONNECTED),
        _I.CONNECT_FAILED: _TCP_FAILED,
        _I.ENDED: _TCP_FAILED,
        _I.RELEASE: _RELEASE,
    },
    _S.CONNECTED: {
        _I.START_TLS: BearerStep((_E.BEGIN_TLS,), _S.HANDSHAKING),
        _I.WAIT_OVER: _TLS_FAILED,
        _I.ENDED: _TLS_FAILED,
        _I.RELEASE: _RELEASE,
    },
    _S.HANDSHAKING: {
        _I.HANDSHAKEN: BearerStep((_E.AWAIT_FINGERPRINT,), _S.UNVERIFIED),
        _I.TLS_FAILED: _TLS_FAILED,
        _I.ENDED: _TLS_FAILED,
        _I.RELEASE: _RELEASE,
    },
    _S.UNVERIFIED: {
        _I.VERIFIED: BearerStep((_E.JOIN,), _S.OPEN),
        _I.TLS_FAILED: _TLS_FAILED,
        _I.WAIT_OVER: _TLS_FAILED,
        _I.ENDED: _TLS_FAILED,
        _I.RELEASE: _RELEASE,
    },
    _S.OPEN: {
        _I.TLS_FAILED: _TLS_FAILED,
        _I.ENDED: _ENDED,
        _I.RELEASE: _RELEASE,
    },
    _S.CLOSED: {},
}

BEARER: dict[tuple[BearerState, BearerInput], BearerStep] = {
    (state, what): _STEPS[state].get(what, BearerStep((), state)) for state in BearerState for what in BearerInput
}
"""Every pair of state and input."""
