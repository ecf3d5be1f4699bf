"""How long a peer takes to answer, and so how long to wait before a repeat (H.248.1 Annex D.1.3)."""

from .config import TransactionConfig

_AVERAGE_GAIN = 1 / 8
_DEVIATION_GAIN = 1 / 4
"""The gains of TCP (RFC 6298), which Annex D.1.3 refers to."""

_MARGIN = 1.25


class AnswerDelay:
    """Average acknowledgement delay (AAD) of a peer and its average deviation (ADEV), seconds."""

    def __init__(self, config: TransactionConfig) -> None:
        """Nothing is measured yet."""
        self.average_s = config.first_repeat_s
        self.deviation_s = 0.0
        self._is_measured = False
        self._suspected_s = 0.0

    def observe(self, delay_s: float) -> None:
        """Take the delay of a reply to a request that was sent once, and so is known to belong to it."""
        self._suspected_s = 0.0
        if not self._is_measured:
            self._is_measured = True
            self.average_s, self.deviation_s = delay_s, delay_s / 2
            return
        self.deviation_s += _DEVIATION_GAIN * (abs(delay_s - self.average_s) - self.deviation_s)
        self.average_s += _AVERAGE_GAIN * (delay_s - self.average_s)

    def suspect(self, delay_s: float) -> None:
        """Take the delay of a reply to a request that was repeated: of which sending it is nobody knows.

        It is no measure of the average, but the next request waits for so long: else a peer that has become slower than
        the first repeat would never be measured again.
        """
        self._suspected_s = max(self._suspected_s, delay_s)

    def wait_s(self, repeats: int, chance: float, config: TransactionConfig) -> float:
        """Return how long to wait after a request was sent, and ``repeats`` times again; ``chance`` is within 0..1.

        The average doubles with each repeat of this request, not of others: one lost datagram says little of a peer.
        """
        shortest_s = min(config.shortest_repeat_s, config.first_repeat_s)
        average_s = min(max(self.average_s, shortest_s) * 2.0 ** min(repeats, 30), config.longest_repeat_s)
        if repeats:
            average_s *= 0.5 + 0.5 * chance
        wait_s = max(average_s + config.deviations * self.deviation_s, _MARGIN * self._suspected_s)
        return min(wait_s, config.longest_repeat_s)
