"""Timers and limits of the transaction layer."""

import msgspec

from megaco.errors import LocalError

_MOST = 1e12
_REPEATED = ("first_repeat_s", "longest_repeat_s", "reliable_repeat_s", "pending_repeat_s", "execution_s")


class TransactionConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Timers and limits of the transaction layer (H.248.1 clause 8, Annex D.1; times in seconds)."""

    reliable: bool = False
    """True where every transport repeats by itself; a link that knows better says so for its own peers."""
    first_repeat_s: float = 0.2
    """Average acknowledgement delay (AAD) as long as none was measured: the first repeat comes after it (D.1.3)."""
    shortest_repeat_s: float = 0.1
    """A request is not repeated sooner, however fast the far end has answered so far; ``first_repeat_s`` if less."""
    longest_repeat_s: float = 4.0
    """The wait between two repeats grows no further (D.1.3)."""
    deviations: float = 4.0
    """N: how many average deviations (ADEV) a reply may be later than the average before the repeat (D.1.3)."""
    reliable_repeat_s: float = 10.0
    """Wait before a repeat over a reliable transport, where only a broken connection loses anything (D.2.1)."""
    lifetime_s: float = 25.0
    """T-MAX: a request without reply has failed by then (D.1.5)."""
    long_timer_s: float = 30.0
    """LONG-TIMER: replies are remembered for so long (D.1.1)."""
    provisional_s: float = 1.0
    """A request still executing by then is answered with TransactionPending (root/MGProvisionalResponseTimerValue)."""
    execution_s: float = 2.0
    """TransactionPending is said again after each of it (root/normalMGExecutionTime, in a controller
    normalMGCExecutionTime)."""
    most_pendings: int = 5
    """TransactionPendings said of one request; instead of a further one it is given up with 506
    (root/MGOriginatedPendingLimit, in a controller MGCOriginatedPendingLimit)."""
    most_pendings_taken: int = 20
    """TransactionPendings of a peer about one request; a further one means that it has failed."""
    pending_repeat_s: float = 4.0
    """Wait between repeats of a request that the far end says is pending (clause 8.2.3)."""
    three_way_handshake: bool = False
    """Whether replies are acknowledged unasked, so that the far end need not keep them (D.1.2.2)."""
    acknowledge_after_s: float = 1.0
    """An acknowledgement goes with the next message to the same peer, or alone after this."""
    most_acknowledged: int = 200
    """Replies acknowledged together; at so many the acknowledgement waits no longer."""
    keeps_order: bool = True
    """Whether a request waits for those before it about the same terminations (clause 9.1)."""
    most_transactions: int = 100
    """Transactions taken in one message (TS 29.334 sends at most 10); a message with more is refused with 413."""
    most_transactions_sent: int = 10
    """Transactions put into one message, where several to the same peer are ready; 1: each travels alone."""
    most_octets: int = 65_507
    """Octets of a message, where the link has no limit of its own. A longer reply goes in segments (version 3) or
    becomes error 533, a longer request raises LocalError."""
    segments: bool = True
    """Whether a reply that is too long for one message is sent in segments to a peer of version 3 or higher."""
    most_segments: int = 1000
    """Segments of one reply, sent or taken; a longer one becomes error 533, or fails."""
    most_segments_held: int = 10_000
    """Segments of replies that are not whole yet, in all; beyond it further ones are not taken, and come again."""
    segments_wait_s: float = 8.0
    """How long the other segments of a reply may take once the last is here (seg/MGCSegmentationTimerValue, in a
    controller MGSegmentationTimerValue)."""
    most_executing: int = 10_000
    """Requests of peers executing at once; beyond it new ones are refused with 510."""
    max_received: int = 1_000_000
    """Requests of peers remembered at once, some 500 octets each and their replies; beyond it new ones are refused
    with 510."""
    max_sent: int = 100_000
    """Requests of our own without reply at once; beyond it ``submit`` raises LocalError."""
    most_answered: int = 100_000
    """Requests of our own remembered for LONG-TIMER after their replies, to acknowledge these again; the oldest go."""

    def __post_init__(self) -> None:
        """Refuse settings that no clock and no counter could keep; raises LocalError."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value < 0 or value > _MOST:
                raise LocalError(f"{name} = {value:g}; allowed: 0 to {_MOST:g}")
            if name in _REPEATED and not value:
                raise LocalError(f"{name} = 0; allowed: above 0, for it happens again and again")
