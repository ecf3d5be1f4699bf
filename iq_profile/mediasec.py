"""Security-Client, Security-Server and Security-Verify (RFC 3329) with the `mediasec` parameter of 3GPP TS 24.229.

With them UE and P-CSCF tell each other at registration which media security they can do (TR 29.828 clauses 5.2.1.2.1
and 5.2.1.3.1). The same header fields negotiate how SIP itself is secured; the two are kept apart here.

On the wire a media mechanism is an entry flagged `mediasec` (`msrp-tls;mediasec`). The stage-2 text writes
`mediasec=msrp-tls` instead; that is read too, never written where it says the same.
"""

import re

import msgspec

ACCESS_MECHANISMS = frozenset({"digest", "tls", "ipsec-ike", "ipsec-man", "ipsec-3gpp"})
"""The mechanisms that secure SIP, as RFC 3329 clause 6.1 registers them."""

_MEDIASEC = "mediasec"
_WORD = r"[A-Za-z0-9\-.!%*_+`'~]+"
_SPACE = r"(?:[ \t]|\r\n[ \t])*"
_NAME = re.compile(rf"{_SPACE}({_WORD}){_SPACE}")
# generic-param of RFC 3261 clause 25.1: a token, a host (hence brackets and colons) or a quoted string.
_VALUE = re.compile(
    rf'{_SPACE}([A-Za-z0-9\-.!%*_+`\'~\[\]:]+|"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\x00-\x7f])*"){_SPACE}'
)
_QVALUE = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)


class MediasecError(ValueError):
    """A header field value that RFC 3329 does not allow; the text names the place and what was expected there."""


class MediasecLimits(msgspec.Struct, frozen=True):
    """How much a peer may make the parser hold."""

    header_characters: int = 8192
    """All header field values of one name together."""
    entries: int = 64
    """Mechanisms in all values together."""
    parameters: int = 32
    """Parameters of one mechanism."""


class SecurityMechanism(msgspec.Struct, frozen=True):
    """One entry of a list: a mechanism and its parameters (RFC 3329 clause 2.2)."""

    name: str
    """As written; names are compared without case."""
    parameters: tuple[tuple[str, str | None], ...] = ()
    """Name and value as written, quotes included, in their order; None: a parameter without value."""

    def parameter(self, name: str) -> str | None:
        """Return the value of the first parameter of this name, "" if it stands without one, None if it is absent."""
        return next((value or "" for key, value in self.parameters if _same(key, name)), None)

    @property
    def media_mechanisms(self) -> tuple[str, ...]:
        """The media security mechanisms this entry announces, in lower case; none for an access security entry."""
        values = [value for key, value in self.parameters if _same(key, _MEDIASEC)]
        return tuple(self.name.lower() if value is None else _unquoted(value).lower() for value in values)

    @property
    def is_media_security(self) -> bool:
        """True if the entry speaks of media: flagged `mediasec`, or with `mediasec=<mechanism>`."""
        return bool(self.media_mechanisms)

    @property
    def is_access_security(self) -> bool:
        """True if the entry speaks of SIP itself.

        That is so without `mediasec`, even of an unknown mechanism. `ipsec-3gpp;mediasec=msrp-tls` speaks of both: one
        must not lose the access security of a UE that hangs the stage-2 spelling on it.
        """
        others = [name for name in self.media_mechanisms if name != self.name.lower()]
        return not self.is_media_security or (bool(others) and self.name.lower() in ACCESS_MECHANISMS)

    @property
    def preference(self) -> float:
        """The `q` value, 0 to 1, higher is preferred; 1 where there is none (RFC 3329 sets no default)."""
        return float(self.parameter("q") or 1)


class SecurityList(msgspec.Struct, frozen=True):
    """What one side announces: the entries of all header fields of one name, in order."""

    entries: tuple[SecurityMechanism, ...] = ()

    @property
    def media(self) -> tuple[SecurityMechanism, ...]:
        """The entries that speak of media security, the most preferred first."""
        return self.preferred(tuple(entry for entry in self.entries if entry.is_media_security))

    @property
    def access(self) -> tuple[SecurityMechanism, ...]:
        """The entries that speak of SIP access security, the most preferred first."""
        return self.preferred(tuple(entry for entry in self.entries if entry.is_access_security))

    def supports(self, media_mechanism: str) -> bool:
        """Tell whether this media mechanism, such as `msrp-tls` or `bfcp-tls`, is announced; case does not matter."""
        return any(media_mechanism.lower() in entry.media_mechanisms for entry in self.entries)

    @staticmethod
    def preferred(entries: tuple[SecurityMechanism, ...]) -> tuple[SecurityMechanism, ...]:
        """Sort by falling `q` (RFC 3329 clause 2.2).

        Equal ones, which the RFC forbids and the field knows, stay as they were.
        """
        return tuple(sorted(entries, key=lambda entry: -entry.preference))


def parse_security_headers(values: tuple[str, ...] | list[str], limits: MediasecLimits | None = None) -> SecurityList:
    """Read all values of Security-Client, -Server or -Verify, each without the field's name, in their order.

    No value gives an empty list. An entry `mediasec=msrp-tls` is read as `msrp-tls;mediasec`; every other mechanism and
    parameter is kept as written. MediasecError: not as RFC 3329 clause 2.2 says, or above a limit.
    """
    limits = limits or MediasecLimits()
    if sum(map(len, values)) > limits.header_characters:
        raise MediasecError(f"header values of {sum(map(len, values))} characters exceed {limits.header_characters}")
    entries: list[SecurityMechanism] = []
    for number, value in enumerate(values, 1):
        reader = _Reader(number, value)
        while True:
            if len(entries) == limits.entries:
                raise reader.error(f"at most {limits.entries} mechanisms expected")
            entries.append(_entry(reader, limits))
            if not reader.skip(","):
                break
        reader.expect_end()
    return SecurityList(tuple(entries))


def write_security_header(security: SecurityList) -> str:
    """Give one header field value for the list, "" for an empty one; `mediasec=x` on an entry x becomes the plain flag.

    MediasecError: a name or value that could not be read back.
    """
    value = ", ".join(map(_written, security.entries))
    if security.entries:
        parse_security_headers((value,), MediasecLimits(len(value), len(security.entries), len(value)))
    return value


def server_offer(client: SecurityList, supported: tuple[str, ...]) -> SecurityList:
    """Give the Security-Server list by which a P-CSCF answers: all that it supports itself, in that order.

    `supported` names mechanisms; those of `ACCESS_MECHANISMS` stand bare, every other one is media security and is
    flagged `mediasec`. The list does not depend on which mechanisms the client named (RFC 3329 clause 2.3.1), but media
    entries go only to a client that named a media mechanism at all: another would take them for access security.
    """
    names = [name for name in supported if client.media or name.lower() in ACCESS_MECHANISMS]
    return SecurityList(
        tuple(
            SecurityMechanism(name, () if name.lower() in ACCESS_MECHANISMS else ((_MEDIASEC, None),)) for name in names
        )
    )


def verify_mirrors(server: SecurityList, verify: SecurityList) -> bool:
    """Tell whether Security-Verify repeats Security-Server; if not, the P-CSCF answers 494 (RFC 3329 clause 2.3.1).

    The same mechanisms in the same order with the same parameters. Case does not matter outside quotes, nor do the
    order of parameters, the way `q` is written, and which spelling of `mediasec` is used (RFC 3261 clause 7.3.1).
    """
    return [_comparable(entry) for entry in server.entries] == [_comparable(entry) for entry in verify.entries]


class _Reader:
    """A header field value and how far it is read."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.position = 0

    def error(self, expected: str) -> MediasecError:
        found = repr(self.text[self.position : self.position + 20]) if self.position < len(self.text) else "the end"
        return MediasecError(f"header value {self.number}, character {self.position + 1}: {expected}, found {found}")

    def read(self, pattern: re.Pattern[str], expected: str) -> str:
        match = pattern.match(self.text, self.position)
        if match is None:
            raise self.error(f"{expected} expected")
        self.position = match.end()
        return match[1]

    def skip(self, character: str) -> bool:
        """Pass over the character if it stands here."""
        is_here = self.text.startswith(character, self.position)
        self.position += is_here
        return is_here

    def expect_end(self) -> None:
        if self.position < len(self.text):
            raise self.error("`;`, `,` or the end expected")


def _entry(reader: _Reader, limits: MediasecLimits) -> SecurityMechanism:
    """sec-mechanism = mechanism-name *(SEMI mech-parameters), or the stage-2 spelling `mediasec=x` for the name."""
    name = reader.read(_NAME, "mechanism name")
    parameters: list[tuple[str, str | None]] = []
    if _same(name, _MEDIASEC) and reader.skip("="):
        name = reader.read(_NAME, "media mechanism name")
        parameters.append((_MEDIASEC, None))
    while reader.skip(";"):
        if len(parameters) == limits.parameters:
            raise reader.error(f"at most {limits.parameters} parameters expected")
        parameters.append(_parameter(reader))
    return SecurityMechanism(name, tuple(parameters))


def _parameter(reader: _Reader) -> tuple[str, str | None]:
    name = reader.read(_NAME, "parameter name")
    if not reader.skip("="):
        return name, None
    start = reader.position
    value = reader.read(_VALUE, "parameter value")
    if _same(name, "q") and not _QVALUE.fullmatch(value):
        reader.position = start
        raise reader.error("q value of 0 to 1 with at most three decimals expected")
    return name, value


def _written(entry: SecurityMechanism) -> str:
    return "".join((entry.name, *(_written_parameter(entry.name, *parameter) for parameter in entry.parameters)))


def _written_parameter(mechanism: str, name: str, value: str | None) -> str:
    is_flag = value is None or (_same(name, _MEDIASEC) and _same(_unquoted(value), mechanism))
    return f";{name}" if is_flag else f";{name}={value}"


_Comparable = tuple[str, str | float | None]


def _comparable(entry: SecurityMechanism) -> tuple[str, list[_Comparable]]:
    """Give what remains of an entry when everything without meaning is taken away."""
    own = entry.name.lower()
    parameters = ((key.lower(), _comparable_value(own, key.lower(), value)) for key, value in entry.parameters)
    return own, sorted(parameters, key=repr)


def _comparable_value(mechanism: str, name: str, value: str | None) -> str | float | None:
    if value is None or (name == _MEDIASEC and _same(_unquoted(value), mechanism)):
        return None
    if name == "q":
        return float(value)
    return value if value.startswith('"') else value.lower()


def _unquoted(value: str) -> str:
    return _QUOTED_PAIR.sub(r"\1", value[1:-1]) if value.startswith('"') else value


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()
