"""The controller's configuration file, ``alg.toml``: every key with its default and its meaning."""

import ipaddress

import msgspec

from iq_profile.configuration import Seconds, check_key
from iq_profile.encoding import EncodingKeys, check_encoding
from iq_profile.roles import Roles
from megaco.association import ControllerConfig
from megaco.toml import read_toml
from megaco.transaction import TransactionConfig
from megaco.transport import IP_TRANSPORTS, parse_host_port, parse_url

from .settings import AlgSettings

_MECHANISMS = {"msrp-tls", "bfcp-tls"}


class H248Section(EncodingKeys, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The association with the gateway."""

    listen: str = "udp://127.0.0.1"
    """Where gateways find this controller, without port at 2944, or at 2945 where the encoding is binary; its message
    identifier is this address. A gateway is asked in the encoding that it registers in."""
    gateways: tuple[str, ...] = ()
    """IP addresses of the gateways; what comes from elsewhere is dropped unread. Empty: any."""
    accept_profiles: tuple[str, ...] = ()
    """Profiles (name/version) that gateways may register with; empty: any. Another is refused with 459."""
    first_repeat_s: Seconds = 0.2
    """Wait before a request without answer is repeated the first time; doubles each time."""
    lifetime_s: Seconds = 25.0
    """T-MAX: a request without reply has failed by then."""
    long_timer_s: Seconds = 30.0
    """LONG-TIMER: replies are remembered for so long."""


class SignallingSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the ends (UEs, core peers) talk to this controller."""

    listen: str = "127.0.0.1:5080"
    """Address and port of the signalling listener."""


class AlgConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    h248: H248Section = H248Section()
    signalling: SignallingSection = SignallingSection()
    policy: AlgSettings = AlgSettings()

    def roles(self) -> Roles:
        """Return the names of the profile; raises LocalError for a bad file."""
        return self.h248.roles()

    def controller(self) -> ControllerConfig:
        """Return what is accepted from gateways."""
        return ControllerConfig(profiles=self.h248.accept_profiles)

    def transactions(self) -> TransactionConfig:
        """Return the timers of the transaction layer."""
        return msgspec.convert(self.h248, TransactionConfig, from_attributes=True)


def read_alg_config(path: str) -> AlgConfig:
    """Read and check ``alg.toml``; raises LocalError with file, key, value and what is allowed."""
    config = read_toml(path, AlgConfig)
    check_encoding(path, config.h248)
    check_key(path, "h248.listen", config.h248.listen, _check_h248_address)
    for address in config.h248.gateways:
        check_key(path, "h248.gateways", address, ipaddress.ip_address)
    check_key(path, "signalling.listen", config.signalling.listen, parse_host_port)
    for mechanism in config.policy.mechanisms:
        check_key(path, "policy.mechanisms", mechanism, _check_mechanism)
    return config


def _check_h248_address(url: str) -> None:
    parse_url(url, transports=IP_TRANSPORTS)


def _check_mechanism(name: str) -> None:
    if name not in _MECHANISMS:
        raise ValueError(f"allowed: {', '.join(sorted(_MECHANISMS))}")
