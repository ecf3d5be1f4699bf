"""The whole description: sections, alternative groups, wildcards. Top of the package.

Local and Remote descriptors hold one group (session description) or several, most wanted first, each further one
begun by its `v=` line (H.248.1 clause 7.1.8); o=, s= and t= are optional there, and so is the first `v=`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import chain, pairwise
from typing import Final

import msgspec

from megaco.sdp.error import SdpError
from megaco.sdp.line import CRLF, DEFAULT_LIMITS, Limits, SdpLine, ended, line_end_of, parse_lines
from megaco.sdp.media import MediaDescription
from megaco.sdp.section import Section
from megaco.sdp.values import Connection, Origin

# A `$` is a wildcard where it is a whole parameter value; inside a word it is an ordinary token character
# (RFC 8866 clause 9, token-char). In free text it has to be the whole of it.
_CHOOSE_IN_FIELDS = re.compile(rb"(?:^|[ \t:/;,=])\$(?=$|[ \t:/;,=])")
_CHOOSE_ALONE = re.compile(rb"[ \t]*\$[ \t]*$")
_FREE_TEXT: Final = frozenset("siuepk")


class Sdp(msgspec.Struct, frozen=True):
    """A description taken apart; `Sdp.parse(data).encode() == data` for every `data` that parses.

    `session`, `media` and the edits concern the first group, the most wanted one; further groups are
    `alternatives`, each an Sdp of its own. Line numbers in errors are those of the whole, as encoded now.
    """

    session: Section = Section()
    """What precedes the first `m=` line of the first group."""

    media: tuple[MediaDescription, ...] = ()
    """The media descriptions of the first group."""

    alternatives: tuple[Sdp, ...] = ()
    """The further groups, most wanted first; none in SDP as SIP carries it."""

    @classmethod
    def parse(cls, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Sdp:
        """Take a description apart; empty text and text without any `m=` are descriptions too.

        Raises SdpError, with the line, where a line is not `<letter>=<value>` or blank, or a limit is passed.
        Values are read, and refused, only when viewed: see `validate`.
        """
        return cls.from_lines(parse_lines(data, limits))

    @classmethod
    def from_lines(cls, lines: Sequence[SdpLine]) -> Sdp:
        """Build a description of lines, as the binary encoding brings them (H.248.1 Annex C.11).

        Any line but the last that lacks an end is given the others'.
        """
        whole = ended(tuple(lines))
        groups = [_group(whole, start, end) for start, end in pairwise(_group_bounds(whole))]
        first, *others = groups
        return msgspec.structs.replace(first, alternatives=tuple(others))

    def encode(self) -> bytes:
        """The bytes of all groups; untouched lines are those that were parsed."""
        return b"".join(line.encode() for line in self.lines)

    @property
    def lines(self) -> tuple[SdpLine, ...]:
        """Every line of every group, in order."""
        return (*self._own_lines(self.session, self.media), *chain.from_iterable(a.lines for a in self.alternatives))

    @property
    def groups(self) -> tuple[Sdp, ...]:
        """The first group and the alternatives, each without alternatives of its own."""
        return (msgspec.structs.replace(self, alternatives=()), *self.alternatives)

    @property
    def origin(self) -> Origin | None:
        """The `o=` line, None if absent (H.248 needs none). Raises SdpError if malformed."""
        return self.session._first(self.session._lettered("o"), Origin.parse)

    @property
    def session_connection(self) -> Connection | None:
        """The `c=` of the session level, None if absent. Raises SdpError if malformed."""
        return self.session.connection

    def validate(self) -> None:
        """Read all that is typed, in every group: what the sections' own `validate` names.

        Raises SdpError for the first fault in the text. `a=path` URIs are left to `MsrpUri.parse`.
        """
        for group in self.groups:
            group.session.validate()
            for media in group.media:
                media.validate()

    def replace_media(self, index: int, media: MediaDescription) -> Sdp:
        """The description with another media description in the place `index`; IndexError if there is none."""
        changed = list(self.media)
        changed[index] = media
        return self._rebuilt(self.session, changed)

    def replace_session(self, session: Section) -> Sdp:
        """The description with another session section."""
        return self._rebuilt(session, self.media)

    def with_session_connection(self, connection: Connection) -> Sdp:
        """The description with this `c=` at the session level, in the place RFC 8866 gives it."""
        return self.replace_session(self.session.with_connection(connection))

    def without_session_attribute(self, name: str) -> Sdp:
        """The description without `a=<name>` at the session level."""
        return self.replace_session(self.session.without_attribute(name))

    def _rebuilt(self, session: Section, media: Sequence[MediaDescription]) -> Sdp:
        # Through lines, so that line numbers, line ends and the media's view of the session stay true.
        own = self._own_lines(session, media)
        return Sdp.from_lines((*own, *chain.from_iterable(group.lines for group in self.alternatives)))

    @staticmethod
    def _own_lines(session: Section, media: Sequence[MediaDescription]) -> tuple[SdpLine, ...]:
        return (*session.lines, *chain.from_iterable(section.lines for section in media))


def split_groups(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[bytes, ...]:
    """The groups of a Local or Remote descriptor, most wanted first; joined they are `data` again.

    () for text of white space alone. Raises SdpError as `Sdp.parse` does.
    """
    sdp = Sdp.parse(data, limits)
    if not any(line.letter for line in sdp.lines):
        return ()
    return tuple(group.encode() for group in sdp.groups)


def has_wildcard(part: Sdp | Section) -> bool:
    """Whether anything in the description, or one section of it, is left to be chosen by a `$` (H.248.1 7.1.8).

    A `$` counts where it is a whole value: between blanks, `:`, `/`, `;`, `,`, `=` or the ends of the line.
    """
    return any(b"$" in line.value and _is_choose(line) for line in part.lines)


def push_down_fingerprints(sdp: Sdp, limits: Limits = DEFAULT_LIMITS) -> Sdp:
    """Give session-level fingerprints to the media they apply to, and remove them from the session level.

    The effective fingerprints stay the same (RFC 8122 clause 5), and each media description can from then
    on be changed without regard to the others. They are copied, unread, to every media description without
    its own whose protocol has TLS or DTLS, or may come to have it: SRTP profiles (RFC 5763 keys them by
    DTLS under the name RTP/SAVP, too) and media with potential configurations (RFC 5939). Every group is treated.

    Raises SdpError for a malformed `m=` line, and where the copies would pass `limits`: a peer's thousand
    fingerprints times its thousand media lines are not to be written out.
    """
    if not any(group.session.attributes("fingerprint") for group in sdp.groups):
        return sdp
    lines, size = map(sum, zip(*map(_pushed_down_size, sdp.groups), strict=True))
    if lines > limits.max_lines or size > limits.max_bytes:
        expected = f"at most {limits.max_lines} lines and {limits.max_bytes} bytes with fingerprints pushed down"
        raise SdpError(expected, found=f"{lines} lines, {size} bytes")
    return Sdp.from_lines([line for group in sdp.groups for line in _pushed_down(group)])


def _pushed_down(group: Sdp) -> list[SdpLine]:
    values = group.session.attributes("fingerprint")
    lines = list(group.session.without_attribute("fingerprint").lines)
    for media in group.media:
        lines += reduce(_add_fingerprint, values, media).lines if _lacks_fingerprint(media) else media.lines
    return lines


def _add_fingerprint(media: MediaDescription, value: str) -> MediaDescription:
    return media.add_attribute("fingerprint", value)


def _pushed_down_size(group: Sdp) -> tuple[int, int]:
    """The lines and bytes of a group with the copies, at most."""
    values = [value.encode("utf-8", "surrogateescape") for value in group.session.attributes("fingerprint")]
    copies = sum(map(_lacks_fingerprint, group.media))
    # A copy is indented like its neighbour; the widest stands for all.
    around = len(b"a=fingerprint:\r\n") + max((len(line.indent) for line in group.lines), default=0)
    size = len(group.encode()) + copies * sum(len(value) + around for value in values)
    return len(group.lines) + copies * len(values), size


def _lacks_fingerprint(media: MediaDescription) -> bool:
    may_use = media.is_tls or "/SAVP" in media.protocol.upper() or media.attribute("tcap") is not None
    return may_use and media.attribute("fingerprint") is None


def _is_choose(line: SdpLine) -> bool:
    if line.letter in _FREE_TEXT:
        return _CHOOSE_ALONE.match(line.value) is not None
    return _CHOOSE_IN_FIELDS.search(line.value) is not None


def _group_bounds(lines: tuple[SdpLine, ...]) -> list[int]:
    """Where groups start, and the end: every `v=` but one with only blank lines before it starts another."""
    start = next((index for index, line in enumerate(lines) if line.letter), 0)
    further = [index for index, line in enumerate(lines) if line.letter == "v" and index > start]
    return [0, *further, len(lines)]


def _group(lines: tuple[SdpLine, ...], start: int, end: int) -> Sdp:
    bounds = [index for index in range(start, end) if lines[index].letter == "m"] + [end]
    line_end = line_end_of(lines) or CRLF
    session = Section(lines[start : bounds[0]], start + 1, line_end)
    media = (MediaDescription(lines[first:last], first + 1, line_end, session) for first, last in pairwise(bounds))
    return Sdp(session, tuple(media))
