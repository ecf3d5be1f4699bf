"""``alg.toml``: what is read, and how a fault is told."""

from pathlib import Path

import pytest

from iq_profile.alg.config import AlgConfig, read_alg_config
from iq_profile.alg.settings import AlgSettings, H248Transport
from iq_profile.configuration import print_configuration
from megaco.errors import LocalError

from ..faults import told as without_place

WHOLE = """
[h248]
listen = "udp://[::1]:2944"
accept_profiles = ["threegppiq/3"]
encoding = "compact"
first_repeat_s = 0.1
lifetime_s = 3
long_timer_s = 4.5
[signalling]
listen = "[::1]:5081"
[policy]
mechanisms = ["msrp-tls"]
combine = true
h248_transport = "tcp"
group = 7
"""


def read(folder: Path, text: str) -> AlgConfig:
    """Read a file of this text."""
    path = folder / "alg.toml"
    path.write_text(text, "utf-8")
    return read_alg_config(str(path))


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    """Every key has one."""
    assert read(tmp_path, "") == AlgConfig()
    assert AlgConfig().policy == AlgSettings()


def test_every_section_is_read(tmp_path: Path) -> None:
    """Values arrive where they are used."""
    config = read(tmp_path, WHOLE)
    assert config.controller().profiles == ("threegppiq/3",)
    timers = config.transactions()
    assert (timers.first_repeat_s, timers.lifetime_s, timers.long_timer_s) == (0.1, 3.0, 4.5)
    policy = config.policy
    assert (policy.combine, policy.group, policy.mechanisms) == (True, 7, ("msrp-tls",))
    assert policy.h248_transport is H248Transport.TCP


def test_what_print_config_prints_is_read_back_as_the_defaults(tmp_path: Path) -> None:
    """The printed file is a file."""
    assert read(tmp_path, print_configuration(AlgConfig)) == AlgConfig()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[policy]\ngroup = 70000", ["policy.group = 70000", "0 to 65535"]),
        ("[policy]\ncombin = true", ["unknown key policy.combin", "combine"]),
        ('[policy]\nh248_transport = "udp"', ["policy.h248_transport = 'udp'", "media, tcp"]),
        ('[policy]\nmechanisms = ["sdes-srtp"]', ["policy.mechanisms = 'sdes-srtp'", "bfcp-tls, msrp-tls"]),
        ('[h248]\nlisten = "2944"', ["h248.listen = '2944'"]),
        ('[h248]\nencoding = "xml"', ["h248.encoding = 'xml'", "pretty, compact, binary"]),
        ("[h248]\nlifetime_s = 0", ["h248.lifetime_s = 0"]),
        ('[signalling]\nlisten = "nowhere"', ["signalling.listen = 'nowhere'"]),
        ("[h248", ["not TOML"]),
    ],
)
def test_a_fault_is_told_with_its_key_and_what_is_allowed(tmp_path: Path, text: str, told: list[str]) -> None:
    """One line: file, key, value, what is allowed."""
    with pytest.raises(LocalError) as refused:
        read(tmp_path, text)
    line = without_place(refused.value, tmp_path / "alg.toml")
    assert all(one in line for one in told), line


def test_a_profile_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """In one line, with its name, before anything is started."""
    with pytest.raises(LocalError, match=r"none\.toml.*: No such file"):
        read(tmp_path, f'[h248]\nprofile_file = "{tmp_path}/none.toml"').roles()
