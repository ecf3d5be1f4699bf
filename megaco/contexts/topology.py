"""The topology of a context: which way media flows between its terminations (H.248.1 clause 7.1.18)."""

from collections.abc import Iterator

from megaco.message import TopologyDirection, TopologyRequest

from .names import key_of

_Flows = dict[int | None, TopologyRequest]
"""By stream, None being all streams that are not named."""


class Topology:
    """What differs from the default, by which each termination hears every other."""

    def __init__(self) -> None:
        self._flows: dict[str, dict[str, _Flows]] = {}
        """By the keys of both terminations, each way round: the same flows stand at two places."""
        self.count = 0
        """Flows kept."""

    def between(self, one: str, other: str, stream_id: int | None = None) -> TopologyRequest:
        """Return how media flows between two terminations, on a stream or (None) on streams not named.

        ``termination_from`` and ``termination_to`` say which way ``direction`` is to be read.
        """
        flows = self._flows.get(key_of(one), {}).get(key_of(other), {})
        default = TopologyRequest(one, other, TopologyDirection.BOTHWAY, stream_id)
        return flows.get(stream_id) or flows.get(None) or default

    def set(self, flow: TopologyRequest) -> None:
        """Let media flow so between two terminations; without stream it goes for all streams."""
        one, other = key_of(flow.termination_from), key_of(flow.termination_to)
        flows = self._flows.get(one, {}).get(other, {})
        self.count -= len(flows)
        if flow.stream_id is None:
            flows.clear()
        is_default = flow.direction is TopologyDirection.BOTHWAY and None not in flows
        if is_default:
            flows.pop(flow.stream_id, None)
        else:
            flows[flow.stream_id] = flow
        self.count += len(flows)
        if flows:
            self._flows.setdefault(one, {})[other] = self._flows.setdefault(other, {})[one] = flows
        else:
            self._forget_pair(one, other)

    def forget(self, name: str) -> None:
        """Forget a termination that leaves the context."""
        key = key_of(name)
        for other, flows in list(self._flows.get(key, {}).items()):
            self.count -= len(flows)
            self._forget_pair(key, other)

    def _forget_pair(self, one: str, other: str) -> None:
        for near, far in ((one, other), (other, one)):
            others = self._flows.get(near, {})
            others.pop(far, None)
            if not others:
                self._flows.pop(near, None)

    def __iter__(self) -> Iterator[TopologyRequest]:
        """Yield each flow that is not the default, once."""
        for near, others in self._flows.items():
            for far, flows in others.items():
                if near < far:
                    yield from flows.values()
