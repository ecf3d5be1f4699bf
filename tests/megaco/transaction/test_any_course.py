"""Any course of events at all, peers that keep no rule among them: nothing raises, and in the end nothing is left."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from megaco.codec import encode
from megaco.errors import LocalError
from megaco.message import (
    ActionReply,
    ActionRequest,
    AddRequest,
    CommandRequest,
    DeviceName,
    ErrorDescriptor,
    Message,
    ModifyReply,
    ModifyRequest,
    NotifyReply,
    SegmentReply,
    SubtractRequest,
    Transaction,
    TransactionAck,
    TransactionPending,
    TransactionReply,
    TransactionRequest,
    TransactionResponseAck,
)
from megaco.transaction import (
    ReplyReceived,
    RequestAborted,
    RequestFailed,
    RequestReceived,
    TransactionConfig,
    TransactionEngine,
)

from .looks import an_engine

_IDS = st.integers(1, 6) | st.sampled_from([0, 4294967295])
_NUMBERS = st.integers(0, 5) | st.sampled_from([1000, 1001, 65_535])
_COMMAND_REPLIES = st.sampled_from([ModifyReply(("ip/1",)), NotifyReply(("ip/2",)), ModifyReply(("ip/3",))])
_ACTIONS = st.lists(
    st.builds(ActionReply, st.integers(0, 2), st.none(), st.lists(_COMMAND_REPLIES, max_size=3).map(tuple)),
    min_size=1,
    max_size=3,
).map(tuple)
_ERRORS = st.builds(ErrorDescriptor, st.integers(400, 600), st.just("no"))
_RANGES = st.builds(TransactionAck, st.integers(0, 2**32 - 1) | _IDS, st.none() | st.integers(0, 2**32 - 1) | _IDS)
_COMMANDS = st.builds(
    lambda kind, name: CommandRequest(kind((name,))),
    st.sampled_from([AddRequest, ModifyRequest, SubtractRequest]),
    st.sampled_from(["ip/1", "ip/2", "ip/*", "*", "$"]),
)
_REQUESTED = st.lists(_COMMANDS, min_size=1, max_size=3).map(
    lambda several: (ActionRequest(1, commands=tuple(several)),)
)
_TRANSACTIONS: st.SearchStrategy[Transaction] = st.one_of(
    st.builds(TransactionRequest, _IDS, _REQUESTED),
    st.builds(lambda number, actions, now: TransactionReply(number, actions, None, now), _IDS, _ACTIONS, st.booleans()),
    st.builds(lambda number, error, now: TransactionReply(number, (), error, now), _IDS, _ERRORS, st.booleans()),
    st.builds(
        lambda number, actions, now, part, is_last: TransactionReply(number, actions, None, now, part, is_last),
        _IDS,
        _ACTIONS,
        st.booleans(),
        _NUMBERS,
        st.booleans(),
    ),
    st.builds(TransactionPending, _IDS),
    st.builds(TransactionResponseAck, st.lists(_RANGES, min_size=1, max_size=4).map(tuple)),
    st.builds(SegmentReply, _IDS, _NUMBERS, st.booleans()),
)
_CONFIGS = st.builds(
    TransactionConfig,
    reliable=st.booleans(),
    three_way_handshake=st.booleans(),
    keeps_order=st.booleans(),
    segments=st.booleans(),
    most_octets=st.sampled_from([250, 400, 65_507]),
    most_pendings=st.integers(0, 3),
    most_pendings_taken=st.integers(0, 3),
    most_transactions=st.integers(1, 5),
    most_transactions_sent=st.integers(1, 5),
    most_executing=st.integers(1, 5),
    max_received=st.integers(1, 5),
    max_sent=st.integers(1, 5),
    most_answered=st.integers(0, 5),
    most_segments=st.integers(1, 5),
    most_acknowledged=st.integers(1, 5),
)
_PEERS = st.sampled_from(["h:1", "h:2", "g:1"])
_WAITS = st.sampled_from([0.0, 0.0, 0.1, 0.5, 2.0, 9.0, 30.0])
_DEEDS = st.sampled_from(
    ["hear"] * 6 + ["submit"] * 3 + ["answer"] * 3 + ["refuse", "cancel", "abandon", "redirect", "agree", "forget"]
)


class _Course:
    """Does one thing after the other to an engine, and counts what it hears of it."""

    def __init__(self, engine: TransactionEngine, data: st.DataObject) -> None:
        self.engine = engine
        self.now = 0.0
        self.most_octets = engine.config.most_octets
        self.submitted: list[int] = []
        self.cancelled = 0
        self.outcomes: Counter[int] = Counter()
        self.executing: list[tuple[str, int]] = []
        self.aborted = 0
        self._data = data

    def step(self) -> None:
        """Let time pass, and do one thing."""
        self.now += self._data.draw(_WAITS)
        if self._data.draw(st.booleans()):
            self.engine.handle_timer(self.now)
        getattr(self, f"_{self._data.draw(_DEEDS)}")(self._data.draw(_PEERS))
        if self._data.draw(st.booleans()):
            self.look()

    def look(self) -> None:
        """Take what the engine tells and sends."""
        for event in self.engine.take_events():
            match event:
                case RequestReceived(peer=peer, request=request):
                    self.executing.append((peer, request.transaction_id))
                case RequestAborted(peer=peer, transaction_id=number):
                    self.executing.remove((peer, number))
                    self.aborted += 1
                case ReplyReceived(transaction_id=number) | RequestFailed(transaction_id=number):
                    self.outcomes[number] += 1
        assert all(len(octets) <= self.most_octets for octets, _ in self.engine.take_datagrams())

    def _hear(self, peer: str) -> None:
        several = tuple(self._data.draw(st.lists(_TRANSACTIONS, min_size=1, max_size=6)))
        mid = DeviceName(self._data.draw(st.sampled_from(["one", "other"])))
        encoding = self._data.draw(st.sampled_from(["compact", "binary"]))
        octets = encode(Message(3, mid, several), encoding)
        if self._data.draw(st.integers(0, 9)) == 0:
            at = self._data.draw(st.integers(0, len(octets)))
            octets = octets[:at] + self._data.draw(st.binary(max_size=3)) + octets[at + 1 :]
        self.engine.receive(octets, peer, self.now)

    def _submit(self, peer: str) -> None:
        try:
            self.submitted.append(self.engine.submit(peer, self._data.draw(_REQUESTED), self.now))
        except LocalError:
            assert self.engine.outstanding >= self.engine.config.max_sent

    def _answer(self, _: str) -> None:
        self.look()
        if self.executing:
            peer, number = self.executing.pop(self._data.draw(st.integers(0, len(self.executing) - 1)))
            size = self._data.draw(st.sampled_from([1, 1, 20, 100]))
            action = ActionReply(1, replies=(ModifyReply(("ip/1",)),) * size)
            self.engine.reply(peer, number, (action,), self.now)

    def _refuse(self, _: str) -> None:
        self.look()
        if self.executing:
            self.engine.refuse(*self.executing.pop(), ErrorDescriptor(505, "no"))

    def _cancel(self, _: str) -> None:
        if self.submitted:
            before = self.engine.outstanding
            self.engine.cancel(self._data.draw(st.sampled_from(self.submitted)), self.now)
            self.cancelled += self.engine.outstanding < before

    def _abandon(self, peer: str) -> None:
        self.engine.abandon(peer, self.now)

    def _redirect(self, peer: str) -> None:
        self.engine.redirect(peer, self._data.draw(_PEERS), self.now)

    def _agree(self, peer: str) -> None:
        version, encoding = self._data.draw(st.integers(1, 3)), self._data.draw(st.sampled_from(["compact", "binary"]))
        self.engine.agree(peer, version, encoding)

    def _forget(self, peer: str) -> None:
        self.engine.forget_peer(peer)

    def end(self) -> None:
        """Answer what is open, and let all timers run out."""
        self.look()
        for peer, number in self.executing:
            self.engine.reply(peer, number, (ActionReply(1),), self.now)
        for _ in range(200):
            deadline = self.engine.next_deadline()
            if deadline is None:
                break
            self.now = max(self.now, deadline)
            self.engine.handle_timer(self.now)
            self.look()


@settings(max_examples=150, deadline=None)
@given(_CONFIGS, st.sampled_from([1, 3]), st.integers(1, 40), st.data())
def test_nothing_raises_and_nothing_is_left(
    config: TransactionConfig, version: int, steps: int, data: st.DataObject
) -> None:
    """Every request of ours has one outcome or was cancelled; no message is too long; the engine ends idle."""
    engine = an_engine(config, version=version, origin=lambda peer: str(peer).partition(":")[0])
    course = _Course(engine, data)
    for _ in range(steps):
        course.step()
    course.end()
    assert engine.is_idle()
    assert (engine.outstanding, engine.executing, engine.remembered) == (0, 0, 0)
    assert set(course.outcomes.values()) <= {1}
    assert sum(course.outcomes.values()) + course.cancelled == len(course.submitted)
    counters = engine.counters
    assert counters.requests_sent == counters.requests_answered + counters.requests_failed + counters.requests_cancelled
    assert counters.requests_aborted == course.aborted
