"""TransactionIDs that do not come again over a restart (H.248.1 clause 8.1.1, Annex D.1.2.1)."""

_A_SECOND = 1_000_000
"""TransactionIDs set aside for a second: more than can be used."""
_IN_ALL = 2**32 - 1
"""1 to 4294967295; 0 is for requests whose id could not be read. They last for over 71 minutes."""
_STEP_S = 600.0


class TransactionIds:
    """Gives out the ids of one endpoint: one after the other, and every ten minutes a step to where the clock stands.

    So the ids of the last LONG-TIMER lie just below the clock's place, and an endpoint that starts again begins above
    all of them, with no memory but the clock. This holds as long as the clock is not put back by more than the restart
    takes and LONG-TIMER is under half an hour.
    """

    def __init__(self, epoch_s: float) -> None:
        """``epoch_s`` added to the ``now`` of any call gives seconds since 1970, or of any clock that outlives us."""
        self._epoch_s = epoch_s
        self._stepped_at = float("-inf")
        self._last = 0

    def next(self, now: float) -> int:
        """Return an id that was not used before."""
        if now - self._stepped_at >= _STEP_S:
            self._stepped_at = now
            self._last = int((self._epoch_s + now) * _A_SECOND) % _IN_ALL
        self._last = self._last % _IN_ALL + 1
        return self._last
