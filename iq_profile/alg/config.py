"""The controller's configuration file, ``alg.toml``: every key with its default and its meaning."""

from typing import Annotated

import msgspec
from msgspec import Meta

from iq_profile.configuration import ConfigFile
from iq_profile.roles import Roles
from iq_profile.stack import StackKeys, TransportSection, check_h248_url, check_stack, read_mid
from megaco.association import ControllerConfig, WatchItems
from megaco.transaction import TransactionConfig
from megaco.transport import one_form, parse_host_port

from .settings import AlgSettings

_MECHANISMS = {"msrp-tls", "bfcp-tls"}


class H248Section(StackKeys, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The association with the gateway."""

    listen: str | tuple[str, ...] = "udp://127.0.0.1"
    """Where gateways find this controller, one URL or a list: udp, tcp or sctp, an address or a host name; without port
    at 2944, or at 2945 where the encoding is binary. A gateway is asked in the encoding that it registers in."""
    gateways: tuple[str, ...] = ()
    """IP addresses or host names of the gateways; what comes from elsewhere is dropped unread. Empty: any."""
    accept_profiles: tuple[str, ...] = ()
    """Profiles (name/version) that gateways may register with; empty: any. Another is refused with 459."""
    highest_version: Annotated[int, Meta(ge=1, le=3)] = 3
    """A gateway that offers more is answered this version (H.248.1 clause 11.3)."""
    most_gateways: Annotated[int, Meta(ge=1, le=10_000_000)] = 10_000
    """Registered gateways at once; a further one is refused with 510."""
    redirect_to: str = ""
    """A controller that gateways are sent to instead of being accepted (MgcIdToTry, clause 11.2), written as mid.
    Empty: none."""
    audit_s: Annotated[float, Meta(ge=0, le=86_400)] = 0.0
    """Silence after which a gateway is asked by an empty AuditValue of ROOT whether it is still there (TS 29.334 clause
    5.12); 0: never."""
    watch_congestion: bool = False
    """Ask each gateway that registers to tell of congestion (chp/mgcon); it is kept new sessions away from as it says,
    asked or not."""
    inactivity_s: Annotated[float, Meta(ge=0, le=86_400)] = 0.0
    """Ask each gateway that registers to report when it has heard nothing of this controller for so long (it/ito, in
    hundredths); 0: it is not asked."""

    @property
    def urls(self) -> tuple[str, ...]:
        """Where gateways find this controller."""
        return (self.listen,) if isinstance(self.listen, str) else self.listen


class SignallingSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the ends (UEs, core peers) talk to this controller."""

    listen: str = "127.0.0.1:5080"
    """Address and port of the signalling listener."""


class AlgConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    h248: H248Section = H248Section()
    signalling: SignallingSection = SignallingSection()
    policy: AlgSettings = AlgSettings()
    transport: TransportSection = TransportSection()

    def roles(self) -> Roles:
        """Return the names of the profile; raises LocalError for a bad file."""
        return self.h248.roles()

    def controller(self) -> ControllerConfig:
        """Return what is accepted from gateways; raises LocalError for a bad file."""
        keys, items = self.h248, self.roles().items
        return ControllerConfig(
            highest_version=keys.highest_version,
            lowest_version=keys.lowest_version,
            profiles=keys.accept_profiles,
            most_gateways=keys.most_gateways,
            elsewhere=read_mid(keys.redirect_to) if keys.redirect_to else None,
            audit_s=keys.audit_s,
            items=WatchItems(
                congestion=items.congestion.name.lower(), congestion_reduction=items.congestion.reduction.lower()
            ),
        )

    def transactions(self) -> TransactionConfig:
        """Return the timers and limits of the transaction layer."""
        return self.h248.transactions()


def read_alg_config(path: str) -> AlgConfig:
    """Read and check ``alg.toml``; raises LocalError with file, key, value and what is allowed."""
    file = ConfigFile.read(path)
    config = file.convert(AlgConfig)
    keys = config.h248
    check_stack(file, keys)
    for url in keys.urls:
        file.check("h248.listen", url, check_h248_url)
    if not keys.urls:
        raise file.error("h248.listen = []; allowed: at least one URL")
    for host in keys.gateways:
        file.check("h248.gateways", host, one_form)
    if keys.redirect_to:
        file.check("h248.redirect_to", keys.redirect_to, read_mid)
    if keys.lowest_version > keys.highest_version:
        shown = f"h248.lowest_version = {keys.lowest_version}, h248.highest_version = {keys.highest_version}"
        raise file.error(f"{shown}; allowed: the lowest not above the highest")
    file.check("signalling.listen", config.signalling.listen, parse_host_port)
    for mechanism in config.policy.mechanisms:
        file.check("policy.mechanisms", mechanism, _check_mechanism)
    return config


def _check_mechanism(name: str) -> None:
    if name not in _MECHANISMS:
        raise ValueError(f"allowed: {', '.join(sorted(_MECHANISMS))}")
