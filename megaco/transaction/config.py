"""Timers and limits of the transaction layer."""

import msgspec


class TransactionConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Timers and limits of the transaction layer (H.248.1 Annex D.1; times in seconds)."""

    reliable: bool = False
    """True where the transport repeats by itself: requests are sent once."""
    first_repeat_s: float = 0.2
    """Wait before a request is repeated the first time (D.1.3); doubles each time."""
    longest_repeat_s: float = 4.0
    """The wait between two repeats grows no further (D.1.3)."""
    lifetime_s: float = 25.0
    """T-MAX: a request without reply has failed by then (D.1.5)."""
    long_timer_s: float = 30.0
    """LONG-TIMER: replies are remembered for so long (D.1.4)."""
    provisional_s: float = 1.0
    """A request still executing by then is answered with TransactionPending (root/MGProvisionalResponseTimerValue)."""
    pending_repeat_s: float = 4.0
    """Wait between repeats of a request that the far end says is pending (clause 8.2.3)."""
    most_transactions: int = 100
    """Transactions taken in one message (TS 29.334 sends at most 10); a message with more is refused with 413."""
    most_octets: int = 65_507
    """Octets that the transport can carry; a longer reply becomes error 533, a longer request raises LocalError."""
    max_received: int = 100_000
    """Requests of peers remembered at once; beyond it new ones are refused with code 413."""
    max_sent: int = 100_000
    """Requests of our own remembered at once, answered ones for LONG-TIMER; beyond it ``submit`` raises."""
