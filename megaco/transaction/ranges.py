"""Ranges of TransactionIDs as a TransactionResponseAck lists them (H.248.1 Annex D.1.2.2)."""

from bisect import bisect_right

from megaco.message import TransactionAck


def merged(acks: tuple[TransactionAck, ...]) -> list[tuple[int, int]]:
    """Return first and last of each range, both included, in order; ranges that overlap are made one.

    A range whose end is before its beginning holds nothing, and is left out.
    """
    ranges: list[tuple[int, int]] = []
    for first, last in sorted((ack.first, ack.first if ack.last is None else ack.last) for ack in acks):
        if last < first:
            continue
        if ranges and first <= ranges[-1][1]:
            ranges[-1] = ranges[-1][0], max(ranges[-1][1], last)
        else:
            ranges.append((first, last))
    return ranges


def is_within(number: int, ranges: list[tuple[int, int]]) -> bool:
    """Tell whether one of the merged ranges holds a number."""
    index = bisect_right(ranges, number, key=lambda one: one[0])
    return index > 0 and number <= ranges[index - 1][1]
