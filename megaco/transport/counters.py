"""What a transport has seen and done, as numbers that only grow."""

import msgspec


class TransportCounters(msgspec.Struct, kw_only=True):
    """Counters of one transport of one pump since its start; read them at any time."""

    messages_received: int = 0
    """Messages (UDP: datagrams) taken, readable or not."""
    octets_received: int = 0
    """Octets of those, without framing."""
    messages_sent: int = 0
    """Messages (UDP: datagrams) given to the system, or kept until it takes them."""
    octets_sent: int = 0
    """Octets of those, without framing."""
    strangers: int = 0
    """Datagrams and connections of hosts that are not allowed, dropped and closed unread."""
    faults: int = 0
    """Received octets that were no message."""
    sends_dropped: int = 0
    """Messages lost on our side: no link, refused by the system, too long, or the connection did not open or ended."""
    connections_opened: int = 0
    """Connections opened to peers."""
    connections_accepted: int = 0
    """Connections accepted from peers."""
    connections_refused: int = 0
    """Connections closed as soon as accepted, because there are too many."""
    accepts_put_off: int = 0
    """Times that no connection could be accepted, because the system had no file left for one."""
    connections_failed: int = 0
    """Connections that could not be opened, each try counted."""
    connections_lost: int = 0
    """Connections that ended, other than by closing the link; those that follow are among them."""
    silent: int = 0
    """Connections closed because no message came in time after they were accepted."""
    stalled: int = 0
    """Connections closed because a message that had begun did not end in time."""
    unread: int = 0
    """Connections cut because the far end did not read."""
    no_room: int = 0
    """Connections cut because too many octets were held for all connections together."""
    lying_frames: int = 0
    """Connections closed because of a header that no frame has, or one that claims too long a message."""
    broken_frames: int = 0
    """Messages that ended with their connection before they were whole."""
    empty_frames: int = 0
    """Frames without octets, taken as a sign of life."""
    overlong: int = 0
    """Messages longer than the limit, dropped (SCTP)."""
    foreign_payloads: int = 0
    """Messages of another payload protocol than H.248's, dropped (SCTP)."""
    notifications: int = 0
    """What the system told of associations (SCTP)."""


def is_worth_telling(count: int, more: int = 1) -> bool:
    """Tell the first, second, fourth, eighth ... of a flood, so that the log shows it and survives it.

    ``count`` has just grown by ``more``.
    """
    return count.bit_length() != (count - more).bit_length()
