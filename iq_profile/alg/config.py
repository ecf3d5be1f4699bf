"""The controller's configuration file, ``alg.toml``: every key with its default and its meaning."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from iq_profile.configuration import Seconds, check_key, read_configuration
from iq_profile.profile import Profile, load_profile
from megaco.association import ControllerConfig
from megaco.transaction import TransactionConfig
from megaco.transport import parse_host_port, parse_url

from .settings import AlgSettings, H248Transport, WithoutCema

_MECHANISMS = {"msrp-tls", "bfcp-tls"}


class H248Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The association with the gateway."""

    listen: str = "udp://127.0.0.1:2944"
    """Where gateways find this controller; its message identifier is this address."""
    profile_file: str = ""
    """A copy of the profile file with an operator's own names and numbers; empty: the shipped one."""
    accept_profiles: tuple[str, ...] = ()
    """Profiles (name/version) that gateways may register with; empty: any. Another is refused with 459."""
    encoding: Literal["pretty", "compact"] = "pretty"
    """Layout of what is sent: pretty or compact."""
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


class PolicySection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The open points of TR 29.828 clause 5.2.1, decided by the operator."""

    mechanisms: tuple[str, ...] = ("msrp-tls", "bfcp-tls")
    """Media security announced to UEs in Security-Server."""
    e2ae_always: bool = False
    """Terminate TLS for every MSRP or BFCP offer over TLS with a fingerprint, asked for or not (NOTE 1)."""
    combine: bool = False
    """Leave Reserve and Configure of the offerer's side until the answer (NOTE 2)."""
    skip_core_configure: bool = False
    """Leave out Configure of the core side when the answer says a=setup:active (NOTE 3)."""
    merge_tls_start: bool = False
    """Start TLS with the Configure of steps 16-18 instead of step 21."""
    h248_transport: H248Transport = H248Transport.MEDIA
    """How the transport is named to the gateway: media (TCP/TLS/MSRP) or tcp (TCP/TLS)."""
    without_cema: WithoutCema = WithoutCema.REFUSE
    """MSRP lines without a=msrp-cema: refuse or forward."""
    release_all: bool = False
    """Release with one Subtract of ALL and a wildcarded reply."""
    filter_source: bool = False
    """Ask the gateway to take TCP connections only from the far end's address."""
    group: Annotated[int, Meta(ge=0, le=65535)] = 1
    """Termination group asked for."""
    heartbeat_s: Annotated[int, Meta(ge=0, le=86_400)] = 300
    """Period of the termination heartbeat in seconds; 0 turns it off."""
    answer_wait_s: Seconds = 180.0
    """How long an offer waits for its answer before everything is released."""
    most_sessions: Annotated[int, Meta(ge=1, le=10_000_000)] = 100_000
    """Sessions at once; beyond it an offer is rejected with 503."""


class AlgConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    h248: H248Section = H248Section()
    signalling: SignallingSection = SignallingSection()
    policy: PolicySection = PolicySection()

    def profile(self) -> Profile:
        """Return the profile; raises LocalError for a bad file."""
        return load_profile(Path(self.h248.profile_file) if self.h248.profile_file else None)

    def controller(self) -> ControllerConfig:
        """Return what is accepted from gateways."""
        return ControllerConfig(profiles=self.h248.accept_profiles)

    def transactions(self) -> TransactionConfig:
        """Return the timers of the transaction layer."""
        section = self.h248
        return TransactionConfig(
            first_repeat_s=section.first_repeat_s, lifetime_s=section.lifetime_s, long_timer_s=section.long_timer_s
        )

    def settings(self) -> AlgSettings:
        """Return what the engine needs."""
        return AlgSettings(**msgspec.structs.asdict(self.policy))


def read_alg_config(path: str) -> AlgConfig:
    """Read and check ``alg.toml``; raises LocalError with file, key, value and what is allowed."""
    config = read_configuration(path, AlgConfig)
    check_key(path, "h248.listen", config.h248.listen, parse_url)
    check_key(path, "signalling.listen", config.signalling.listen, parse_host_port)
    for mechanism in config.policy.mechanisms:
        check_key(path, "policy.mechanisms", mechanism, _check_mechanism)
    return config


def _check_mechanism(name: str) -> None:
    if name not in _MECHANISMS:
        raise ValueError(f"allowed: {', '.join(sorted(_MECHANISMS))}")
