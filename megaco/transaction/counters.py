"""What the transaction layer has seen and done, as numbers that only grow."""


class Counters:
    """Counters of one engine since its start; read them at any time."""

    messages_received: int
    """Messages received, readable or not."""
    messages_sent: int
    """Messages sent, repeats included."""
    transactions_sent: int
    """Transactions sent, of every kind, repeats included; over messages_sent: how many travel together."""
    requests_sent: int
    """Requests of our own, each counted once."""
    requests_repeated: int
    """Repeats of requests of our own."""
    requests_held_back: int
    """Requests of our own that had to wait for one before them about the same termination."""
    requests_answered: int
    """Requests of our own that got a reply."""
    requests_failed: int
    """Requests of our own that failed without reply, for whatever reason."""
    requests_cancelled: int
    """Requests of our own that the application gave up."""
    requests_received: int
    """Requests of peers to execute, each counted once."""
    requests_received_again: int
    """Repeats of requests of peers: answered from memory, not executed."""
    requests_refused: int
    """Requests of peers refused unexecuted: too many, or no association."""
    requests_aborted: int
    """Requests of peers given up with 506."""
    replies_sent: int
    """Replies to peers, each counted once, an error included."""
    replies_repeated: int
    """Replies sent again to repeated requests."""
    replies_received_again: int
    """Replies to requests that had their reply."""
    replies_unasked: int
    """Replies, pendings and segments of requests that nobody remembers, or from somebody who was not asked."""
    pendings_sent: int
    """TransactionPendings sent."""
    pendings_received: int
    """TransactionPendings received."""
    acknowledgements_sent: int
    """TransactionResponseAcks sent."""
    acknowledgements_received: int
    """TransactionResponseAcks received."""
    segments_sent: int
    """Segments of replies sent, repeats included."""
    segments_received: int
    """Segments of replies received, repeats included."""
    faults: int
    """Received octets that were no message, or held a transaction that was none."""

    def __init__(self) -> None:
        self.messages_received = 0
        self.messages_sent = 0
        self.transactions_sent = 0
        self.requests_sent = 0
        self.requests_repeated = 0
        self.requests_held_back = 0
        self.requests_answered = 0
        self.requests_failed = 0
        self.requests_cancelled = 0
        self.requests_received = 0
        self.requests_received_again = 0
        self.requests_refused = 0
        self.requests_aborted = 0
        self.replies_sent = 0
        self.replies_repeated = 0
        self.replies_received_again = 0
        self.replies_unasked = 0
        self.pendings_sent = 0
        self.pendings_received = 0
        self.acknowledgements_sent = 0
        self.acknowledgements_received = 0
        self.segments_sent = 0
        self.segments_received = 0
        self.faults = 0
