"""A long reply in segments, and segments as one reply (H.248.1 version 3; the procedure is assumed from its fields).

The reply is cut between commands and between actions; each segment is a TransactionReply with its number, counted from
1, and the last one is marked.
"""

from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec

from megaco.message import ActionReply, TransactionReply

Fits = Callable[[TransactionReply], bool]
"""Tells whether a segment is short enough to send."""

Piece = tuple[int, ActionReply]
"""A part of an action that is not cut further, and which action of the reply it is of."""

_ANY_NUMBER = 65_535


def cut(reply: TransactionReply, fits: Fits, most_segments: int) -> list[TransactionReply] | None:
    """Return the segments of a reply; None where a single command is too long, or they are too many."""
    segments: list[TransactionReply] = []
    pieces = list(_pieces(reply.actions))
    start = 0
    while start < len(pieces):
        end = start + _most_that_fit(reply, pieces, start, fits)
        if end == start or len(segments) >= most_segments:
            return None
        segments.append(_segment(reply, pieces[start:end], len(segments) + 1, is_last=end == len(pieces)))
        start = end
    return segments


def joined(segments: dict[int, TransactionReply]) -> TransactionReply:
    """Return the reply that segments, by their numbers, make; actions cut apart become whole again.

    A segment that begins with the context that the one before it ends with goes on with its action. So two actions in
    a row on one context become one where the cut happens to be between them.
    """
    actions: list[ActionReply] = []
    parts: list[ActionReply] = []
    ordered = [segments[number] for number in sorted(segments)]
    for segment in ordered:
        for index, action in enumerate(segment.actions):
            if parts and not (index == 0 and _continues(parts[-1], action)):
                actions.append(_merged(parts))
                parts = []
            parts.append(action)
    if parts:
        actions.append(_merged(parts))
    error = next((segment.error for segment in ordered if segment.error is not None), None)
    wants_ack = any(segment.immediate_ack_required for segment in ordered)
    return TransactionReply(ordered[0].transaction_id, tuple(actions), error, immediate_ack_required=wants_ack)


def whole(segments: dict[int, TransactionReply]) -> TransactionReply | None:
    """Return the reply that segments make; None as long as any is missing."""
    last = last_number(segments)
    if last is None or not all(number in segments for number in range(1, last + 1)):
        return None
    return joined({number: segments[number] for number in range(1, last + 1)})


def last_number(segments: dict[int, TransactionReply]) -> int | None:
    """Return the number of the segment that is marked as the last; None where it is not here yet."""
    return next((number for number, segment in segments.items() if segment.is_last_segment), None)


def _pieces(actions: tuple[ActionReply, ...]) -> Iterator[Piece]:
    """Yield the actions cut into one command each; what is said of a context goes first, its error last."""
    for place, action in enumerate(actions):
        if len(action.replies) <= 1:
            yield place, action
            continue
        for index, reply in enumerate(action.replies):
            yield (
                place,
                ActionReply(
                    action.context_id,
                    properties=action.properties if index == 0 else None,
                    replies=(reply,),
                    error=action.error if index == len(action.replies) - 1 else None,
                ),
            )


def _merged(parts: list[ActionReply]) -> ActionReply:
    """Return the action that parts of it make."""
    if len(parts) == 1:
        return parts[0]
    replies = tuple([reply for part in parts for reply in part.replies])
    return ActionReply(parts[0].context_id, parts[0].properties, replies, parts[-1].error)


def _continues(before: ActionReply, action: ActionReply) -> bool:
    return before.context_id == action.context_id and before.error is None and action.properties is None


def _segment(reply: TransactionReply, pieces: list[Piece], number: int, *, is_last: bool) -> TransactionReply:
    together = [_merged([part for _, part in parts]) for _, parts in groupby(pieces, key=_place_of)]
    return msgspec.structs.replace(
        reply,
        actions=tuple(together),
        error=None,
        segment_number=number,
        is_last_segment=is_last,
        immediate_ack_required=reply.immediate_ack_required and is_last,
    )


def _place_of(piece: Piece) -> int:
    return piece[0]


def _most_that_fit(reply: TransactionReply, pieces: list[Piece], start: int, fits: Fits) -> int:
    """Return how many pieces make the longest segment that fits, found by doubling and halving."""

    def do_fit(count: int) -> bool:
        return fits(_segment(reply, pieces[start : start + count], _ANY_NUMBER, is_last=True))

    left = len(pieces) - start
    low, high = 0, 1
    while high <= left and do_fit(high):
        low, high = high, high * 2
    high = min(high, left + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if do_fit(middle):
            low = middle
        else:
            high = middle
    return low
