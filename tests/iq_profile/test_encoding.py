"""The keys about the encoding: what they name, what is wrong with it, and which numbers are assumed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iq_profile.agw.config import AgwConfig, read_agw_config
from iq_profile.alg.config import AlgConfig, read_alg_config
from iq_profile.encoding import EncodingKeys
from megaco.data import data_folder
from megaco.errors import LocalError
from megaco.transport import Address

from .faults import told

PACKAGES = data_folder() / "packages"
PROFILE = data_folder() / "profiles" / "iq.toml"
Reader = Callable[[str], AgwConfig | AlgConfig]
READERS: list[Reader] = [read_agw_config, read_alg_config]
REGISTERED = {"tcpbcc": ("0x8089", "0x0120"), "tlsbsc": ("0x8090", "0x0121")}
"""Package -> the shipped number, and one that an operator has."""


def own_packages(folder: Path, *names: str) -> Path:
    """Write package files as an operator does who knows the numbers."""
    folder.mkdir()
    for name in names:
        text = (PACKAGES / f"{name}.toml").read_text()
        assert REGISTERED[name][0] in text
        (folder / f"{name}.toml").write_text(text.replace(*REGISTERED[name]).replace('"assumed"', '"standard"'))
    return folder


def refusal(path: Path, text: str, read: Reader) -> str:
    """Return what is said of a file, without its name and the line."""
    path.write_text(text)
    with pytest.raises(LocalError) as caught:
        read(str(path))
    return told(caught.value, path)


def renamed(folder: Path, old: str, new: str) -> Path:
    """Write a profile of an operator's own."""
    path = folder / "my.toml"
    text = PROFILE.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


# ------------------------------------------------------------------------------------------------------------- names


def test_the_shipped_names_need_no_dictionary() -> None:
    """What is shipped is the library's own default, for text and for binary."""
    assert EncodingKeys().dictionary() is None
    assert EncodingKeys(encoding="binary").dictionary() is None


def test_folders_of_packages_are_read(tmp_path: Path) -> None:
    """Later ones win; what is shipped and in none of them stays."""
    own = own_packages(tmp_path / "own", "tcpbcc")
    names = EncodingKeys(packages=(str(own),)).dictionary()
    assert names is not None
    assert names.package_octets("tcpbcc").hex() == "0120"
    assert names.package_octets("tlsbsc").hex() == "8090"


def test_a_provisioning_goes_by_name_or_file(tmp_path: Path) -> None:
    """Either says how TerminationIDs are laid out."""
    file = tmp_path / "mine.toml"
    file.write_text('[termination_names]\n"ip/1/core/1" = "07"\n')
    named = EncodingKeys(provisioning="otp").dictionary()
    own = EncodingKeys(provisioning=str(file)).dictionary()
    assert named is not None
    assert own is not None
    assert named.provisioning.termination_octets("00000001/00000000/11111111").id.hex() == "0100ff"
    assert own.provisioning.termination_octets("ip/1/core/1").id.hex() == "07"


# ----------------------------------------------------------------------------------------------------- configuration


@pytest.mark.parametrize("read", READERS)
def test_binary_is_read(tmp_path: Path, read: Reader) -> None:
    """With a folder of packages and a provisioning; without a port it is at that of binary."""
    own = own_packages(tmp_path / "own", "tcpbcc", "tlsbsc")
    path = tmp_path / "some.toml"
    shipped = data_folder() / "provisioning" / "default.toml"
    path.write_text(f'[h248]\nencoding = "binary"\npackages = ["{own}"]\nprovisioning = "{shipped}"\n')
    config = read(str(path))
    assert config.h248.is_binary
    assert config.h248.dictionary() is not None
    if isinstance(config, AgwConfig):
        assert config.h248.controller_address == Address("127.0.0.1", 2945)


def test_text_is_at_the_port_of_text() -> None:
    """And the gateway listens beside its controller, whatever both speak."""
    assert AgwConfig().h248.controller_address == Address("127.0.0.1", 2944)
    assert AlgConfig().h248.listen == AgwConfig().h248.controller
    assert AgwConfig().h248.listen == "udp://127.0.0.1:2946"


@pytest.mark.parametrize("read", READERS)
def test_files_that_cannot_be_used_are_told(tmp_path: Path, read: Reader) -> None:
    """Whatever the encoding: a peer may speak binary to an end that does not."""
    path, empty, broken = tmp_path / "some.toml", tmp_path / "empty", tmp_path / "broken"
    empty.mkdir()
    broken.mkdir()
    (broken / "one.toml").write_text("id = 1\n")
    for folder in (empty, tmp_path / "none"):
        told = refusal(path, f"[h248]\npackages = ['{folder}']", read)
        assert told == f"h248.packages = '{folder}': no folder with package files (*.toml)"
    told = refusal(path, f"[h248]\npackages = ['{broken}']", read)
    assert told.startswith(f"h248.packages = '{broken}': {broken / 'one.toml'}:1: ")
    told = refusal(path, "[h248]\nprovisioning = 'none'", read)
    assert told.startswith("h248.provisioning = 'none': ")
    assert "No such file" in told


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("encoding", ["pretty", "binary"])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tlsbsc/EstBNC", "x-tls/Start", "items.tls_establish.name = 'x-tls/Start': no package has this signal"),
        ("tlsbsc/EstBNC", "tlsbsc/Start", "items.tls_establish.name = 'tlsbsc/Start': no package has this signal"),
        ('"timerx"', '"clock"', "items.heartbeat.timer = 'clock': hangterm/thb has no such parameter; it has timerx"),
    ],
)
def test_a_profile_with_items_that_no_package_has_is_told_at_once(
    tmp_path: Path, old: str, new: str, told: str, encoding: str, read: Reader
) -> None:
    """With the file that it is in and the line, whatever the encoding."""
    profile, path = renamed(tmp_path, old, new), tmp_path / "some.toml"
    said = refusal(path, f"[h248]\nprofile_file = '{profile}'\nencoding = '{encoding}'", read)
    line = next(number for number, row in enumerate(profile.read_text().splitlines(), 1) if new in row)
    assert said.startswith(f"h248.profile_file = '{profile}': {profile}:{line}: {told}")


@pytest.mark.parametrize("read", READERS)
def test_a_profile_with_items_of_an_operators_packages_is_read(tmp_path: Path, read: Reader) -> None:
    """Where a folder has them, in text and in binary."""
    folder, path = tmp_path / "own", tmp_path / "some.toml"
    folder.mkdir()
    shipped = (PACKAGES / "tlsbsc.toml").read_text()
    own = shipped.replace('id = "tlsbsc"', 'id = "xtls"').replace("EstBNC", "Start").replace("0x8090", "0x8123")
    (folder / "xtls.toml").write_text(own)
    profile = renamed(tmp_path, "tlsbsc/EstBNC", "xtls/Start")
    for encoding in ("compact", "binary"):
        path.write_text(f"[h248]\nprofile_file = '{profile}'\npackages = ['{folder}']\nencoding = '{encoding}'")
        assert read(str(path)).roles().items.tls_establish.is_named("XTLS/start")


@pytest.mark.parametrize("read", READERS)
def test_a_profile_that_binary_cannot_say_is_told_at_once(tmp_path: Path, read: Reader) -> None:
    """Before the first call would fail of it; in text it is a profile like another."""
    old, new = "ip/{group}/{interface}/{id}", "atm/{group}/{interface}/{id}"
    profile, path = renamed(tmp_path, old, new), tmp_path / "some.toml"
    keys = f"[h248]\nprofile_file = '{profile}'\n"
    said = refusal(path, f"{keys}encoding = 'binary'", read)
    assert said.startswith("h248.packages = [], h248.provisioning = 'default': the profile cannot be sent in binary: ")
    assert "TerminationID 'atm/1/" in said
    path.write_text(keys)
    assert read(str(path)).h248.profile_file == str(profile)


def test_a_layout_without_room_for_the_profiles_terminations_is_told(tmp_path: Path) -> None:
    """Such as another program's."""
    said = refusal(tmp_path / "agw.toml", "[h248]\nencoding = 'binary'\nprovisioning = 'otp'", read_agw_config)
    assert "h248.provisioning = 'otp': the profile cannot be sent in binary: TerminationID 'ip/1/" in said


# ----------------------------------------------------------------------------------------------------------- assumed


def test_the_shipped_numbers_of_two_packages_are_assumed() -> None:
    """Those that are not publicly readable."""
    assert EncodingKeys().assumed_packages() == ("tcpbcc", "tlsbsc")


def test_own_package_files_leave_nothing_assumed(tmp_path: Path) -> None:
    """Package by package, as far as they go."""
    one = own_packages(tmp_path / "one", "tcpbcc")
    both = own_packages(tmp_path / "both", "tcpbcc", "tlsbsc")
    assert EncodingKeys(packages=(str(one),)).assumed_packages() == ("tlsbsc",)
    assert EncodingKeys(packages=(str(both),)).assumed_packages() == ()


def test_what_the_profile_does_not_use_is_not_told(tmp_path: Path) -> None:
    """A profile with items of its own needs no numbers of others'."""
    path = renamed(tmp_path, "tlsbsc/", "tcpbcc/")
    assert EncodingKeys(profile_file=str(path)).assumed_packages() == ("tcpbcc",)
