"""The error family.

    MegacoError
      LocalError          the caller broke the protocol; raised, never sent
        DataFileError     a file that the caller named, or has installed, is broken or not there
        EncodeError       the tree cannot be written in the asked encoding
        ItemUseError      a property, event, signal or statistic that its package does not have, or not so
      PeerError           the far end broke it; carries what to answer
        DecodeError       its octets are no message
        ItemError         it used an item of a package wrongly
        CommandRefusedError it answered a command of ours with an error
      TransportError      the link failed, a port is busy, nobody answers
        NoReplyError      a request of ours has no reply

A PeerError has the H.248.8 ``code`` and becomes an error descriptor without further thought.
"""

from enum import Enum


class Level(Enum):
    """How much of a message an error spoils, and so at which level it is answered (H.248.8)."""

    MESSAGE = "message"
    TRANSACTION = "transaction"
    ACTION = "action"
    COMMAND = "command"


class MegacoError(Exception):
    """Root of every error that this package raises on purpose."""


class LocalError(MegacoError):
    """The caller asked for what the protocol does not allow."""


class DataFileError(LocalError):
    """A file of packages, of a profile or of settings that cannot be used: file, line, key and cause in one line."""


class EncodeError(LocalError):
    """A tree that cannot be written: ``path`` names the node, the message says why."""

    def __init__(self, what: str, path: str = "") -> None:
        self.what = what
        self.path = path
        super().__init__(f"{path}: {what}" if path else what)


class ItemUseError(LocalError):
    """An item that cannot be written; ``code`` (H.248.8) is what a far end would have answered."""

    def __init__(self, what: str, code: int) -> None:
        self.what = what
        self.code = code
        super().__init__(f"error[{code}]: {what}")


class PeerError(MegacoError):
    """The far end broke the protocol; ``code`` (H.248.8) and ``level`` say what to answer."""

    def __init__(self, what: str, code: int, level: Level) -> None:
        self.what = what
        self.code = code
        self.level = level
        super().__init__(what)


class CommandRefusedError(PeerError):
    """A far end answered a command of ours with an error; ``reply`` is the whole TransactionReply."""

    def __init__(self, what: str, code: int, level: Level, reply: object) -> None:
        super().__init__(what, code, level)
        self.reply = reply

    def __str__(self) -> str:
        return f"error[{self.code}]: {self.what}" if self.what else f"error[{self.code}]"


class DecodeError(PeerError):
    """Octets that are no message, and where they stop being one.

    ``offset`` counts octets from 0, ``line`` and ``column`` from 1 (None in binary); ``path`` is the place in the tree
    (binary) or ""; ``expected`` names what could have stood there, in the standard's words; ``source_line`` is the
    offending line, shown with a caret; ``allowance`` is the one under which it had been taken, or "".
    """

    def __init__(
        self,
        what: str,
        *,
        code: int = 400,
        level: Level = Level.MESSAGE,
        offset: int = 0,
        line: int | None = None,
        column: int | None = None,
        path: str = "",
        expected: tuple[str, ...] = (),
        source_line: str = "",
        allowance: str = "",
    ) -> None:
        super().__init__(what, code, level)
        self.offset = offset
        self.line = line
        self.column = column
        self.path = path
        self.expected = expected
        self.source_line = source_line
        self.allowance = allowance

    @property
    def place(self) -> str:
        """``LINE:COLUMN`` in text, ``@OFFSET`` in binary."""
        return f"{self.line}:{self.column}" if self.line is not None else f"@{self.offset}"

    @property
    def summary(self) -> str:
        """One line: code, what was found, what was expected."""
        wanted = f"; expected {' or '.join(self.expected)}" if self.expected else ""
        return f"error[{self.code}]: {self.what}{wanted}"

    def __str__(self) -> str:
        head = f"{self.place}: {self.summary}"
        if not self.source_line or self.column is None:
            return head
        start = max(0, self.column - 61)
        shown = self.source_line[start : start + 100]
        return f"{head}\n  {shown}\n  {' ' * (self.column - 1 - start)}^"


class ItemError(PeerError):
    """An item of a package that a message uses wrongly: ``name`` is ``package/item``, ``path`` its place in the tree.

    ``code`` is of H.248.8: 440 unknown package, 445 no property, 446 unknown parameter, 449 a value, 450 to 453 no such
    property, event, signal, statistic in the package, 454 no such parameter value, 455 a property in the wrong
    descriptor, 456 a property twice, 457 a parameter that is missing, 534 a property that cannot be written.
    """

    def __init__(self, what: str, code: int, name: str, path: str = "") -> None:
        super().__init__(what, code, Level.COMMAND)
        self.name = name
        self.path = path

    def __str__(self) -> str:
        return f"error[{self.code}]: {self.what}" + (f" (in {self.path})" if self.path else "")


class TransportError(MegacoError):
    """The link failed: a busy port, a peer that does not answer, a frame too big."""


class NoReplyError(TransportError):
    """A request has no reply and will have none; ``reason`` is the name of a ``Failure``, or ``CLOSED``."""

    def __init__(self, what: str, reason: str) -> None:
        self.reason = reason
        super().__init__(what)
