"""The gateway's configuration file, ``agw.toml``: every key with its default and its meaning."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from iq_profile.agw.relay import Certificate, RelaySettings
from iq_profile.configuration import ConfigFile, Port, Seconds
from iq_profile.roles import Roles
from iq_profile.stack import StackKeys, TransportSection, check_h248_url, check_stack
from megaco.association import AssociationConfig, WatchItems
from megaco.errors import LocalError
from megaco.transaction import TransactionConfig
from megaco.transport import IP_TRANSPORTS, Address, is_ip_address, parse_url

from .settings import AgwSettings, EarlySyn


class H248Section(StackKeys, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The association with the controller."""

    controller: str = "udp://127.0.0.1"
    """Where the controller listens: udp, tcp or sctp, an address or a host name; without port at 2944, or at 2945 where
    the encoding is binary."""
    controllers: tuple[str, ...] = ()
    """Secondary controllers, in order: each is asked where those before it do not answer, or refuse (H.248.1 clauses
    11.2, 11.5). On the same transport."""
    listen: str = "udp://127.0.0.1:2946"
    """Where this gateway listens; without port as for the controller. Over TCP and SCTP it also opens connections."""
    accept_profiles: tuple[str, ...] = ()
    """Other profiles (name/version) than its own that a controller may answer; with any else it is refused."""
    maximum_waiting_delay_s: Annotated[float, Meta(ge=0, le=86_400)] = 3.0
    """MWD: the first registration comes after a random part of it (clause 9.2)."""
    retry_s: Seconds = 5.0
    """Wait before registering again when nobody answered; a random part of MWD comes on top."""
    most_redirects: Annotated[int, Meta(ge=0, le=100)] = 5
    """Times in a row that the gateway is sent on to another controller (MgcIdToTry); once more is a refusal."""
    probe_s: Annotated[float, Meta(ge=0, le=86_400)] = 60.0
    """Silence after which the controller is asked whether it is still there; 0: never. A controller that asks for that
    itself (it/ito) sets the time."""
    inactivity_s: Seconds = 120.0
    """That time where the controller names none (H.248.14)."""
    registration_attempts: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
    """Rounds of registrations without answer at start before the program gives up; 0: it never does."""
    leave_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    """How long sessions may go on when the program is told to stop: it leaves gracefully, at once when none is left,
    and a second signal ends the wait (clause 7.2.8, ServiceChangeDelay). 0: it leaves at once."""

    @property
    def controller_address(self) -> Address:
        """Where the controller listens, with its port."""
        return parse_url(self.controller, self.encoding, IP_TRANSPORTS)

    @property
    def controller_addresses(self) -> tuple[Address, ...]:
        """Where the controllers listen, the primary one first."""
        return tuple(parse_url(one, self.encoding, IP_TRANSPORTS) for one in (self.controller, *self.controllers))


class MediaSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Terminations, TCP and TLS."""

    access_address: str = "127.0.0.1"
    """Address of terminations towards UEs, IPv4 or IPv6."""
    core_address: str = "127.0.0.1"
    """Address of terminations towards the core network, IPv4 or IPv6."""
    port_low: Port = 0
    """First port of the range that terminations get theirs from; 0 with port_high 0: any free port."""
    port_high: Port = 0
    """Last port of the range, itself included."""
    certificate: str = ""
    """PEM file of the certificate shown in TLS; empty: one is made at each start."""
    key: str = ""
    """PEM file of its private key, readable by its owner only (chmod 600)."""
    early_syn: EarlySyn = EarlySyn.ACCEPT
    """A SYN before the far end's address is known: accept, or hold."""
    connection_wait_s: Seconds = 30.0
    """How long a far end that is to connect may take once both far ends are known, and TLS to start after it."""
    fingerprint_wait_s: Seconds = 10.0
    """How long a finished TLS handshake waits for the fingerprint to compare with."""
    connect_timeout_s: Seconds = 10.0
    """How long a TCP connection may take to come up."""
    handshake_timeout_s: Seconds = 10.0
    """How long a TLS handshake may take."""
    parked_limit_bytes: Annotated[int, Meta(ge=1024, le=16_777_216)] = 65_536
    """Application octets kept of a connection that is not yet trusted or joined."""
    tls_minimum: Literal["1.2", "1.3"] = "1.2"
    """Oldest TLS version spoken: 1.2 or 1.3."""
    accept_sha1: bool = False
    """Whether SHA-1 fingerprints count when a far end announces no better one."""
    most_contexts: Annotated[int, Meta(ge=1, le=1_000_000)] = 10_000
    """Contexts at once; beyond it 412."""


class AgwConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    h248: H248Section = H248Section()
    media: MediaSection = MediaSection()
    transport: TransportSection = TransportSection()

    def roles(self) -> Roles:
        """Return the names of the profile; raises LocalError for a bad file."""
        return self.h248.roles()

    def association(self, roles: Roles) -> AssociationConfig:
        """Return what the gateway says of itself."""
        keys, items = self.h248, roles.items
        return AssociationConfig(
            roles.identity.name,
            roles.identity.version,
            lowest_version=keys.lowest_version,
            profiles=keys.accept_profiles,
            maximum_waiting_delay_s=keys.maximum_waiting_delay_s,
            retry_s=keys.retry_s,
            probe_s=keys.probe_s,
            inactivity_s=keys.inactivity_s,
            most_redirects=keys.most_redirects,
            items=WatchItems(inactivity=items.inactivity.name.lower(), inactivity_time=items.inactivity.timer.lower()),
        )

    def transactions(self) -> TransactionConfig:
        """Return the timers and limits of the transaction layer."""
        return self.h248.transactions()

    def settings(self) -> AgwSettings:
        """Return what the engine needs."""
        return msgspec.convert(self.media, AgwSettings, from_attributes=True)

    def relay(self) -> RelaySettings:
        """Return what the relay needs."""
        return msgspec.convert(self.media, RelaySettings, from_attributes=True)

    def load_certificate(self) -> Certificate:
        """Load the certificate, or make one; raises LocalError with the file and its fault."""
        section = self.media
        if not section.certificate:
            return Certificate.generate("IMS-AGW", validity_days=3650)
        try:
            return Certificate.load(Path(section.certificate), Path(section.key))
        except ValueError as error:
            shown = f"media.certificate = {section.certificate!r}, media.key = {section.key!r}"
            raise LocalError(f"{shown}: {error}") from None


def read_agw_config(path: str) -> AgwConfig:
    """Read and check ``agw.toml``; raises LocalError with file, key, value and what is allowed."""
    file = ConfigFile.read(path)
    config = file.convert(AgwConfig)
    keys, media = config.h248, config.media
    check_stack(file, keys)
    for key, urls in (
        ("controller", (keys.controller,)),
        ("controllers", keys.controllers),
        ("listen", (keys.listen,)),
    ):
        for url in urls:
            file.check(f"h248.{key}", url, check_h248_url)
    for key in ("access_address", "core_address"):
        file.check(f"media.{key}", getattr(media, key), _check_media_address)
    _check_h248_addresses(file, keys)
    if (media.port_low == 0) != (media.port_high == 0) or media.port_low > media.port_high:
        shown = f"media.port_low = {media.port_low}, media.port_high = {media.port_high}"
        raise file.error(f"{shown}; allowed: 1 to 65535 with low not above high, or 0 and 0")
    if bool(media.certificate) != bool(media.key):
        shown = f"media.certificate = {media.certificate!r}, media.key = {media.key!r}"
        raise file.error(f"{shown}; allowed: both, or neither")
    if media.certificate:
        _check_certificate(file, config)
    return config


def _check_certificate(file: ConfigFile, config: AgwConfig) -> None:
    """Refuse a certificate and key that cannot be used, in the words of every configuration error."""
    try:
        config.load_certificate()
    except LocalError as error:
        raise file.error(str(error)) from None


def _check_h248_addresses(file: ConfigFile, keys: H248Section) -> None:
    """Refuse addresses that cannot have to do with each other; of a name that is known when it is resolved."""
    listen = parse_url(keys.listen, keys.encoding)
    for index, address in enumerate(keys.controller_addresses):
        are_numbers = is_ip_address(address.host) and is_ip_address(listen.host)
        are_alike = listen.host == "::" or (":" in address.host) == (":" in listen.host)
        if address.port == 0 or address.transport != listen.transport or (are_numbers and not are_alike):
            named = (
                f"h248.controllers = {keys.controllers[index - 1]!r}"
                if index
                else f"h248.controller = {keys.controller!r}"
            )
            allowed = "one transport, both IPv4 or both IPv6, a controller's port above 0"
            raise file.error(f"{named}, h248.listen = {keys.listen!r}; allowed: {allowed}")


def _check_media_address(text: str) -> None:
    """Refuse what far ends could not be told in a c= line."""
    address = ipaddress.ip_address(text)
    if address.is_unspecified or address.is_multicast or "%" in text:
        raise ValueError("allowed: an address of this host that far ends can reach, without a zone")
