"""The gateway's configuration file, ``agw.toml``: every key with its default and its meaning."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from iq_profile.agw.relay import Certificate, RelaySettings
from iq_profile.configuration import Port, Seconds, check_key
from iq_profile.encoding import EncodingKeys, check_encoding
from iq_profile.roles import Roles
from megaco.association import AssociationConfig
from megaco.errors import LocalError
from megaco.toml import file_name, read_toml
from megaco.transaction import TransactionConfig
from megaco.transport import IP_TRANSPORTS, Address, is_ip_address, parse_url

from .settings import AgwSettings, EarlySyn


class H248Section(EncodingKeys, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The association with the controller."""

    controller: str = "udp://127.0.0.1"
    """Where the controller listens; without port at 2944, or at 2945 where the encoding is binary."""
    listen: str = "udp://127.0.0.1:2946"
    """Where this gateway listens; its message identifier is this address. Without port as for the controller."""
    maximum_waiting_delay_s: Annotated[float, Meta(ge=0, le=86_400)] = 3.0
    """MWD: the first registration comes after a random part of it."""
    retry_s: Seconds = 5.0
    """Wait before registering again when nobody answered."""
    probe_s: Annotated[float, Meta(ge=0, le=86_400)] = 60.0
    """Silence after which the controller is asked whether it is still there; 0: never."""
    registration_attempts: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
    """Registrations without answer at start before the program gives up; 0: it never does."""
    first_repeat_s: Seconds = 0.2
    """Wait before a request without answer is repeated the first time; doubles each time."""
    lifetime_s: Seconds = 25.0
    """T-MAX: a request without reply has failed by then."""
    long_timer_s: Seconds = 30.0
    """LONG-TIMER: replies are remembered for so long."""

    @property
    def controller_address(self) -> Address:
        """Where the controller listens, with its port."""
        return parse_url(self.controller, self.encoding, IP_TRANSPORTS)


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

    def roles(self) -> Roles:
        """Return the names of the profile; raises LocalError for a bad file."""
        return self.h248.roles()

    def association(self, roles: Roles) -> AssociationConfig:
        """Return what the gateway says of itself."""
        return AssociationConfig(
            roles.identity.name,
            roles.identity.version,
            maximum_waiting_delay_s=self.h248.maximum_waiting_delay_s,
            retry_s=self.h248.retry_s,
            probe_s=self.h248.probe_s,
        )

    def transactions(self) -> TransactionConfig:
        """Return the timers of the transaction layer."""
        return msgspec.convert(self.h248, TransactionConfig, from_attributes=True)

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
    config = read_toml(path, AgwConfig)
    name = file_name(path)
    media = config.media
    check_encoding(path, config.h248)
    for key in ("controller", "listen"):
        check_key(path, f"h248.{key}", getattr(config.h248, key), _check_h248_address)
    for key in ("access_address", "core_address"):
        check_key(path, f"media.{key}", getattr(media, key), _check_media_address)
    _check_h248_addresses(name, config.h248)
    if (media.port_low == 0) != (media.port_high == 0) or media.port_low > media.port_high:
        shown = f"media.port_low = {media.port_low}, media.port_high = {media.port_high}"
        raise LocalError(f"{name}: {shown}; allowed: 1 to 65535 with low not above high, or 0 and 0")
    if bool(media.certificate) != bool(media.key):
        shown = f"media.certificate = {media.certificate!r}, media.key = {media.key!r}"
        raise LocalError(f"{name}: {shown}; allowed: both, or neither")
    if media.certificate:
        _check_certificate(name, config)
    return config


def _check_certificate(name: str, config: AgwConfig) -> None:
    """Refuse a certificate and key that cannot be used, in the words of every configuration error."""
    try:
        config.load_certificate()
    except LocalError as error:
        raise LocalError(f"{name}: {error}") from None


def _check_h248_address(url: str) -> None:
    parse_url(url, transports=IP_TRANSPORTS)


def _check_h248_addresses(name: str, section: H248Section) -> None:
    """Refuse addresses that cannot have to do with each other; of a name that is known when it is resolved."""
    controller, listen = section.controller_address, parse_url(section.listen, section.encoding)
    are_numbers = is_ip_address(controller.host) and is_ip_address(listen.host)
    are_alike = listen.host == "::" or (":" in controller.host) == (":" in listen.host)
    if controller.port == 0 or controller.transport != listen.transport or (are_numbers and not are_alike):
        shown = f"h248.controller = {section.controller!r}, h248.listen = {section.listen!r}"
        allowed = "one transport, both IPv4 or both IPv6, a controller's port above 0"
        raise LocalError(f"{name}: {shown}; allowed: {allowed}")


def _check_media_address(text: str) -> None:
    """Refuse what far ends could not be told in a c= line."""
    address = ipaddress.ip_address(text)
    if address.is_unspecified or address.is_multicast or "%" in text:
        raise ValueError("allowed: an address of this host that far ends can reach, without a zone")
