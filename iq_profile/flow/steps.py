"""The four flows of TR 29.828 clause 5.2.1 as lists of steps, each with what must have been observed for it.

Step numbers are the seed's. ``needs`` are tags of the recorder; ``order`` pairs of tags of which the first must have
been observed before the second.
"""

from dataclasses import dataclass

from megaco.sdp import Setup

PROCEDURES = ("msrp-originating", "msrp-terminating", "bfcp-originating", "bfcp-terminating")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow."""

    step: str
    what: str
    needs: tuple[str, ...]
    order: tuple[tuple[str, str], ...] = ()


def _exchange(tag: str) -> tuple[str, str]:
    """Return the tags of a request that arrived and of its reply without error."""
    return f"request:{tag}", f"reply:{tag}"


_TLS_DONE = ("tls:UE", "tls:AGW")
_VERIFIED = ("verified:UE", "verified:AGW")
_RESERVE, _CONFIGURE = "Reserve AGW Connection Point", "Configure AGW Connection Point"
_RESERVE_AND_CONFIGURE = "Reserve and Configure AGW Connection Point"


@dataclass(frozen=True, slots=True)
class _Words:
    """The names of one flow."""

    app: str
    setup: str
    """What the answer says."""

    @property
    def plain(self) -> str:
        return f"TCP/{self.app}"

    @property
    def secured(self) -> str:
        return f"TCP/TLS/{self.app}"

    @property
    def opposite(self) -> str:
        return "passive" if self.setup == "active" else "active"


def steps_of(procedure: str, setup: Setup) -> tuple[Step, ...]:
    """Return the steps of a flow whose answer says ``a=setup:active`` or ``passive``."""
    application, _, direction = procedure.partition("-")
    words = _Words(application.upper(), setup.value)
    middle = _originating(words) if direction == "originating" else _terminating(words)
    return (*_registration(application, direction), *middle, *_end(words))


def _registration(application: str, direction: str) -> tuple[Step, ...]:
    clause = "5.2.1.2.1" if application == "msrp" else "5.2.1.3.1"
    mechanism = f"{application}-tls"
    announced = (f"security-client:{mechanism}", f"security-server:{mechanism}")
    return (
        Step("agw", "the AGW registers: ServiceChange on ROOT, Restart", _exchange("ServiceChange Restart")),
        Step("ue", f"UE and P-CSCF announce {application}-tls at registration ({clause})", announced),
    )


def _originating(words: _Words) -> tuple[Step, ...]:
    app, plain, secured, setup, opposite = words.app, words.plain, words.secured, words.setup, words.opposite
    is_active = setup == "active"
    reserve = f"{_RESERVE}:core:{plain}+actpass:-"
    both = f"{_RESERVE_AND_CONFIGURE}:access:{secured}+actpass+fingerprint?:{secured}+actpass+fingerprint"
    first = ("tcp:peer>AGW", "tcp:AGW>UE") if is_active else ("tcp:UE>AGW", "tcp:AGW>peer")
    answer = f"answer:peer>ALG:{plain}+{setup}"
    configure = f"{_CONFIGURE}:core:-:{plain}+{setup}"
    to_ue = f"answer:ALG>UE:{secured}+{setup}+fingerprint"
    start = (
        Step(
            "1",
            f"UE offers {secured} with fingerprint and 3ge2ae",
            (f"offer:UE>ALG:{secured}+actpass+fingerprint+requested",),
        ),
        Step("2-4", f"Reserve: {plain} towards the core", _exchange(reserve)),
        Step("5-7", f"Reserve and Configure: {secured} towards the UE", _exchange(both)),
        Step("8-9", f"offer to the peer: {plain}, no TLS in it", (f"offer:ALG>peer:{plain}+actpass",)),
        Step("10", f"TCP SYN from the {'peer to T2' if is_active else 'UE to T1'}", first[:1]),
        Step("11", f"TCP SYN from {'T1 to the UE' if is_active else 'T2 to the peer'}", first[1:], (first,)),
    )
    if app == "BFCP":
        return (
            *start,
            Step(
                "12", "TLS session, UE client, AGW server", _TLS_DONE, (("tcp:AGW>UE", "tls:UE"),) if is_active else ()
            ),
            Step("13", f"answer of the peer: {plain}, {setup}", (answer,)),
            Step("14-16", "Configure: the peer's address", _exchange(configure)),
            Step("17-18", f"answer to the UE: {secured}, the AGW's fingerprint; both verified", (to_ue, *_VERIFIED)),
        )
    described = f"{secured}+{setup}+fingerprint:{secured}+{opposite}+fingerprint"
    direct = f"{_CONFIGURE}:access:{described}"
    tls = "Establish TLS session:access:-:-:+tls"
    return (
        *start,
        Step("12", f"answer of the peer: {plain}, {setup}", (answer,)),
        Step("13-15", "Configure: the peer's address", _exchange(configure)),
        Step("16-18", "Configure: TLS setup direction", _exchange(direct)),
        Step("19-20", f"answer to the UE: {secured}, the AGW's fingerprint", (to_ue,)),
        Step("21", "TLS session, both fingerprints verified", (*_exchange(tls), *_TLS_DONE, *_VERIFIED)),
    )


def _terminating(words: _Words) -> tuple[Step, ...]:
    app, plain, secured, setup, opposite = words.app, words.plain, words.secured, words.setup, words.opposite
    is_active = setup == "active"
    reserve = f"{_RESERVE}:access:{secured}+actpass+fingerprint?:-" + (":+tls" if app == "BFCP" else "")
    both = f"{_RESERVE_AND_CONFIGURE}:core:{plain}+actpass:{plain}+actpass"
    first = ("tcp:UE>AGW", "tcp:AGW>peer") if is_active else ("tcp:peer>AGW", "tcp:AGW>UE")
    answer = f"answer:UE>ALG:{secured}+{setup}+fingerprint"
    own = f"{secured}+{opposite}+fingerprint" if app == "MSRP" else "-"
    order = ":+tls" if app == "MSRP" and opposite == "active" else ""
    configure = f"{_CONFIGURE}:access:{own}:{secured}+{setup}+fingerprint{order}"
    waits = (("request:" + configure, "verified:AGW"), ("verified:AGW", "media-request:UE>peer"))
    held = (("tls:AGW", "request:" + configure),) if is_active else ()
    return (
        Step("1", f"offer of the peer: {plain}", (f"offer:peer>ALG:{plain}+actpass",)),
        Step("2-4", f"Reserve: {secured} towards the UE", _exchange(reserve)),
        Step("5-7", f"Reserve and Configure: {plain} towards the core", _exchange(both)),
        Step(
            "8-9",
            f"offer to the UE: {secured}, fingerprint, 3ge2ae:applied",
            (f"offer:ALG>UE:{secured}+actpass+fingerprint+applied",),
        ),
        Step("10", f"TCP SYN from the {'UE to T1' if is_active else 'peer to T2'}", first[:1]),
        Step("11", f"TCP SYN from {'T2 to the peer' if is_active else 'T1 to the UE'}", first[1:], (first,)),
        Step("12", "TLS handshake; the AGW's verdict waits for the fingerprint", _TLS_DONE, held),
        Step("13", f"answer of the UE: {secured}, {setup}, its fingerprint", (answer,)),
        Step(
            "14-16",
            "Configure: the UE's address and fingerprint; both verified",
            (*_exchange(configure), *_VERIFIED),
            waits,
        ),
        Step("17-18", f"answer to the peer: {plain}, no fingerprint", (f"answer:ALG>peer:{plain}+{setup}",)),
    )


def _end(words: _Words) -> tuple[Step, ...]:
    media = tuple(f"media-{kind}:{way}" for kind in ("request", "answer") for way in ("UE>peer", "peer>UE"))
    said = "MSRP SEND and 200" if words.app == "MSRP" else "BFCP Hello and HelloAck"
    trusted = tuple((verified, one) for verified in _VERIFIED for one in media[:2])
    return (
        Step("media", f"{said}, in both directions", media, trusted),
        Step(
            "end",
            "Subtract of both terminations; the AGW is empty",
            (*_exchange("Release AGW Termination:"), "empty:AGW"),
        ),
    )


def refusal_steps(wrong: str) -> tuple[Step, ...]:
    """Return what must be seen besides when ``ue`` or ``agw`` shows a certificate that it did not announce."""
    refuser = "AGW" if wrong == "ue" else "UE"
    return (
        Step("bad", f"the {refuser} refuses the certificate", (f"tls-refused:{refuser}",)),
        Step(
            "tell",
            "the AGW notifies the ALG, which ends the session",
            ("notify:access", "over:UE", "over:peer", "empty:AGW"),
        ),
        Step("none", "not one application octet passed", ("no-octets:UE", "no-octets:peer")),
    )
