"""Long replies cut into segments, and segments put together: the pieces without an engine."""

from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megaco import ENCODINGS, EncodeError
from megaco.codec import encode_transaction
from megaco.message import (
    ActionReply,
    AuditValueReply,
    CommandReply,
    ContextProperties,
    ErrorDescriptor,
    ModifyReply,
    NotifyReply,
    PropertyParm,
    TransactionReply,
    Value,
)
from megaco.transaction.segments import cut, joined, last_number, whole

from ..strategies import REPLIES

_NUMBER = 7
_PROPERTIES = st.none() | st.builds(ContextProperties, priority=st.integers(0, 15))
_ERRORS = st.none() | st.builds(ErrorDescriptor, st.integers(400, 599), st.just("no"))
_NAMES = st.builds("ip/{}".format, st.integers(1, 9999))
_TEXTS = st.none() | st.builds(ErrorDescriptor, st.integers(400, 599), st.builds("n".__mul__, st.integers(0, 40)))
_SHORT: st.SearchStrategy[CommandReply] = st.builds(
    lambda kind, name, error: kind((name,), (error,) if error else ()),
    st.sampled_from([ModifyReply, AuditValueReply]),
    _NAMES,
    _TEXTS,
) | st.builds(lambda name, error: NotifyReply((name,), error), _NAMES, _TEXTS)


def _action_replies(commands: st.SearchStrategy[CommandReply]) -> st.SearchStrategy[tuple[ActionReply, ...]]:
    """Return actions on contexts that differ from one to the next."""
    action = st.tuples(_PROPERTIES, st.lists(commands, max_size=5).map(tuple), _ERRORS)
    return st.lists(action, min_size=1, max_size=6).map(
        lambda several: tuple(ActionReply(index + 1, *parts) for index, parts in enumerate(several))
    )


def _within(most: int, encoding: str = "compact") -> Callable[[TransactionReply], bool]:
    return lambda segment: len(encode_transaction(segment, 3, encoding)) <= most


def _by_number(segments: list[TransactionReply]) -> dict[int, TransactionReply]:
    return {segment.segment_number or 0: segment for segment in segments}


def _check_form(reply: TransactionReply, segments: list[TransactionReply]) -> None:
    """Numbers from 1 without a gap, the last one marked, an acknowledgement wanted with the last at most."""
    assert [segment.segment_number for segment in segments] == list(range(1, len(segments) + 1))
    assert [segment.is_last_segment for segment in segments] == [False] * (len(segments) - 1) + [True]
    assert {segment.transaction_id for segment in segments} == {reply.transaction_id}
    assert not any(segment.immediate_ack_required for segment in segments[:-1])
    assert segments[-1].immediate_ack_required == reply.immediate_ack_required
    assert all(segment.actions and segment.error is None for segment in segments)


def _one_command_each(reply: TransactionReply) -> list[TransactionReply]:
    """Return the shortest segments that there can be."""
    pieces = []
    for action in reply.actions:
        for index, one in enumerate(action.replies or (None,)):
            properties = action.properties if index == 0 else None
            error = action.error if index >= len(action.replies) - 1 else None
            pieces.append(ActionReply(action.context_id, properties, (one,) if one else (), error))
    return [TransactionReply(_NUMBER, (one,), None, reply.immediate_ack_required, 65_535, True) for one in pieces]


@given(_action_replies(_SHORT), st.booleans(), st.integers(60, 400), st.sampled_from(ENCODINGS))
def test_what_was_cut_is_joined_again(
    actions: tuple[ActionReply, ...], wants_ack: bool, most: int, encoding: str
) -> None:
    """Whatever the replies and the room: each segment fits, and all together are the reply that was cut."""
    reply = TransactionReply(_NUMBER, actions, immediate_ack_required=wants_ack)
    fits = _within(most, encoding)
    segments = cut(reply, fits, 1000)
    if segments is None:
        assert not all(fits(segment) for segment in _one_command_each(reply))
        return
    _check_form(reply, segments)
    assert all(fits(segment) for segment in segments)
    assert joined(_by_number(segments)) == whole(_by_number(segments)) == reply


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_action_replies(REPLIES), st.integers(100, 1500))
def test_replies_of_every_kind_are_joined_again(actions: tuple[ActionReply, ...], most: int) -> None:
    """Audits, statistics, ServiceChange results, errors: no piece is lost or moved."""
    reply = TransactionReply(_NUMBER, actions)
    try:
        segments = cut(reply, _within(most, "pretty"), 1000)
    except EncodeError:
        return  # a tree that text has no words for is refused before anything is cut
    if segments is not None:
        _check_form(reply, segments)
        assert joined(_by_number(segments)) == reply


@given(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_the_order_in_which_segments_come_means_nothing(names: list[str], chance: object) -> None:
    """They are joined by their numbers."""
    reply = TransactionReply(_NUMBER, (ActionReply(1, replies=tuple(ModifyReply((name * 9,)) for name in names)),))
    segments = cut(reply, _within(60), 1000)
    assert segments is not None
    chance.shuffle(segments)  # type: ignore[attr-defined]
    assert joined(_by_number(segments)) == reply


def test_segments_are_as_long_as_they_may_be() -> None:
    """One more piece would be too much for each but the last."""
    replies = tuple(ModifyReply((f"t{number}",)) for number in range(500))
    reply = TransactionReply(_NUMBER, (ActionReply(1, replies=replies),))
    fits = _within(300)
    segments = cut(reply, fits, 1000)
    assert segments is not None
    for segment, following in pairwise(segments):
        (action,), (next_action,) = segment.actions, following.actions
        longer = msgspec.structs.replace(action, replies=(*action.replies, next_action.replies[0]))
        assert not fits(
            msgspec.structs.replace(segment, actions=(longer,), segment_number=65_535, is_last_segment=True)
        )


def test_what_is_said_of_a_context_stands_once() -> None:
    """Its properties with its first command, the error that ended it with its last."""
    properties, error = ContextProperties(priority=3), ErrorDescriptor(500, "no")
    replies = tuple(ModifyReply((name * 20,)) for name in "abcd")
    reply = TransactionReply(_NUMBER, (ActionReply(5, properties, replies, error),))
    segments = cut(reply, _within(60), 1000)
    assert segments is not None
    actions = [action for segment in segments for action in segment.actions]
    assert [action.properties for action in actions] == [properties, None, None, None]
    assert [action.error for action in actions] == [None, None, None, error]


@pytest.mark.parametrize("most", range(60, 200, 7))
def test_two_actions_on_one_context_lose_no_command(most: int) -> None:
    """They stay two within a segment; a cut right between them makes them one, with the same commands in order."""
    actions = tuple(
        ActionReply(0, replies=tuple(ModifyReply((f"{name}{number}",)) for number in range(6))) for name in "abcd"
    )
    segments = cut(TransactionReply(_NUMBER, actions), _within(most), 1000)
    assert segments is not None
    again = joined(_by_number(segments)).actions
    commands = [one for action in actions for one in action.replies]
    assert [one for action in again for one in action.replies] == commands
    ends = {commands.index(segment.actions[-1].replies[-1]) for segment in segments[:-1]}
    between = len(ends & {commands.index(action.replies[-1]) for action in actions[:-1]})
    assert len(again) == len(actions) - between


def test_an_error_ends_an_action() -> None:
    """What follows it on the same context is another action."""
    actions = (ActionReply(0, error=ErrorDescriptor(500, "n" * 30)), ActionReply(0, replies=(ModifyReply(("t",)),)))
    segments = cut(TransactionReply(_NUMBER, actions), _within(60), 1000)
    assert segments is not None
    assert len(segments) == 2
    assert joined(_by_number(segments)).actions == actions


def test_a_single_command_too_long_is_not_cut() -> None:
    """Nor is anything of its reply sent."""
    replies = (ModifyReply(("a",)), ModifyReply(("b" * 60,)), ModifyReply(("c",)))
    assert cut(TransactionReply(_NUMBER, (ActionReply(1, replies=replies),)), _within(50), 1000) is None
    media = PropertyParm("x/y", Value("v" * 100, quoted=True))
    properties = ContextProperties(properties=(media,))
    assert cut(TransactionReply(_NUMBER, (ActionReply(1, properties),)), _within(50), 1000) is None


@pytest.mark.parametrize(("most", "is_cut"), [(9, False), (10, True), (11, True)])
def test_too_many_segments_are_none(most: int, is_cut: bool) -> None:
    """A reply of ten segments is cut where ten may be, and not where nine may be."""
    replies = tuple(ModifyReply((f"{number}" * 30,)) for number in range(10))
    segments = cut(TransactionReply(_NUMBER, (ActionReply(1, replies=replies),)), _within(60), most)
    assert (segments is not None) == is_cut
    assert segments is None or len(segments) == 10


def test_a_reply_without_actions_is_not_cut() -> None:
    """There is nothing to cut."""
    assert cut(TransactionReply(_NUMBER, error=ErrorDescriptor(500, "n" * 99)), _within(50), 10) == []


def test_a_reply_of_ten_thousand_commands_is_cut_in_little_work() -> None:
    """Each piece is written a few times, not once for each other piece."""
    replies = tuple(ModifyReply((f"t{number}",)) for number in range(10_000))
    reply = TransactionReply(_NUMBER, (ActionReply(1, replies=replies),))
    written = 0

    def fits(segment: TransactionReply) -> bool:
        nonlocal written
        written += len(segment.actions[0].replies)
        return len(segment.actions[0].replies) <= 50

    segments = cut(reply, fits, 1000)
    assert segments is not None
    assert len(segments) == 200
    assert written < 10 * len(replies)
    assert joined(_by_number(segments)) == reply


# ----------------------------------------------------------------------------------------------------------- joining


def _part(number: int, *, is_last: bool = False, name: str = "t") -> TransactionReply:
    action = ActionReply(1, replies=(ModifyReply((name,)),))
    return TransactionReply(_NUMBER, (action,), segment_number=number, is_last_segment=is_last)


@pytest.mark.parametrize(
    ("here", "is_whole"),
    [
        ((), False),
        ((1,), False),
        ((3,), False),
        ((1, 3), False),
        ((2, 3), False),
        ((1, 2), False),
        ((1, 2, 3), True),
        ((3, 2, 1), True),
        ((3, 9, 1, 2), True),
    ],
)
def test_nothing_is_whole_that_misses_a_segment(here: tuple[int, ...], is_whole: bool) -> None:
    """The third is the last: all up to it have to be here, and those beyond it are left out."""
    segments = {number: _part(number, is_last=number == 3, name=f"t{number}") for number in here}
    reply = whole(segments)
    assert (reply is not None) == is_whole
    if reply is not None:
        assert reply.actions == (ActionReply(1, replies=tuple(ModifyReply((name,)) for name in ("t1", "t2", "t3"))),)


def test_the_first_that_says_it_is_the_last_is_believed() -> None:
    """Where two say so; and where none does there is none."""
    assert last_number({1: _part(1), 2: _part(2, is_last=True), 5: _part(5, is_last=True)}) == 2
    assert last_number({5: _part(5, is_last=True), 2: _part(2, is_last=True)}) == 5
    assert last_number({1: _part(1)}) is None
    assert last_number({}) is None


def test_an_error_in_any_segment_is_that_of_the_reply() -> None:
    """The first one, by number; an acknowledgement is wanted if any segment wants it."""
    first = TransactionReply(_NUMBER, error=ErrorDescriptor(500, "a"), segment_number=2)
    second = TransactionReply(_NUMBER, error=ErrorDescriptor(501, "b"), segment_number=3, immediate_ack_required=True)
    reply = joined({3: second, 1: _part(1), 2: first})
    assert reply.error == ErrorDescriptor(500, "a")
    assert reply.immediate_ack_required
    assert reply.segment_number is None
