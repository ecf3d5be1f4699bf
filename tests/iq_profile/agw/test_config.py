"""agw.toml: what can be wrong with it, and what becomes of what is right."""

from pathlib import Path

import pytest

from iq_profile.agw.config import AgwConfig, H248Section, MediaSection, read_agw_config
from iq_profile.agw.relay.certificate import Certificate
from iq_profile.agw.settings import AgwSettings, EarlySyn
from megaco.errors import LocalError

from ..faults import told


def _read(tmp_path: Path, text: str) -> AgwConfig:
    path = tmp_path / "agw.toml"
    path.write_text(text)
    return read_agw_config(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "unknown key x; allowed here: h248, media, transport"),
        ("[media]\nport = 1", "unknown key media.port; allowed here: accept_sha1, access_address, "),
        ("media = [1]", "media = [1]: Expected `object`, got `array`"),
        ("[h248]\ncontroller = 3", "h248.controller = 3: Expected `str`, got `int`"),
        (
            "[h248]\ncontroller = 'dccp://192.0.2.1'",
            "h248.controller = 'dccp://192.0.2.1': the transport is one of ",
        ),
        ("[h248]\ncontroller = 'udp://mgc_:-1'", "h248.controller = 'udp://mgc_:-1': written like udp://HOST[:PORT], "),
        (
            "[h248]\ncontroller = 'tcp://192.0.2.1'",
            "h248.controller = 'tcp://192.0.2.1', h248.listen = 'udp://127.0.0.1:2946'; allowed: one transport, ",
        ),
        ("[h248]\ncontroller = 'udp://127.0.0.1:0'", "h248.controller = 'udp://127.0.0.1:0', h248.listen = "),
        (
            "[h248]\ncontroller = 'udp://[::1]'",
            "h248.controller = 'udp://[::1]', h248.listen = 'udp://127.0.0.1:",
        ),
        (
            "[h248]\nlisten = 'udp://127.0.0.1:99999'",
            "h248.listen = 'udp://127.0.0.1:99999': port 99999; allowed: 0 to ",
        ),
        ("[h248]\nprofile_file = 3", "h248.profile_file = 3: Expected `str`, got `int`"),
        (
            "[h248]\nencoding = 'xml'",
            "h248.encoding = 'xml': Invalid enum value 'xml'; allowed: pretty, compact, bin",
        ),
        (
            "[h248]\nmaximum_waiting_delay_s = -1",
            "h248.maximum_waiting_delay_s = -1: Expected `float` >= 0.0; ",
        ),
        ("[h248]\nretry_s = 0", "h248.retry_s = 0: Expected `float` > 0.0; allowed: "),
        ("[h248]\nregistration_attempts = 1.5", "h248.registration_attempts = 1.5: Expected `int`, got `float`"),
        ("[h248]\nregistration_attempts = true", "h248.registration_attempts = True: Expected `int`, got `bool`"),
        ("[h248]\nlifetime_s = 90000", "h248.lifetime_s = 90000: Expected `float` <= 86400.0; allowed: "),
        ("[media]\naccess_address = 'lo'", "media.access_address = 'lo': 'lo' does not appear to be an IPv4 or IPv6 "),
        ("[media]\ncore_address = ''", "media.core_address = '': "),
        ("[media]\ncore_address = '0.0.0.0'", "media.core_address = '0.0.0.0': allowed: an address of this host"),
        ("[media]\ncore_address = '::'", "media.core_address = '::': allowed: an address of this host"),
        ("[media]\ncore_address = 'fe80::1%lo'", "media.core_address = 'fe80::1%lo': allowed: an address of this host"),
        ("[media]\naccess_address = '224.0.0.1'", "media.access_address = '224.0.0.1': allowed: an address of this"),
        ("[media]\nport_low = 65536", "media.port_low = 65536: Expected `int` <= 65535; allowed: 0 to 65535"),
        ("[media]\nport_low = 9", "media.port_low = 9, media.port_high = 0; allowed: 1 to 65535 with low not above "),
        ("[media]\nport_high = 9", "media.port_low = 0, media.port_high = 9; allowed: 1 to 65535 with low not above "),
        ("[media]\nport_low = 9\nport_high = 8", "media.port_low = 9, media.port_high = 8; allowed: 1 to 65535 with "),
        ("[media]\ncertificate = 'c.pem'", "media.certificate = 'c.pem', media.key = ''; allowed: both, or neither"),
        ("[media]\nkey = 'k.pem'", "media.certificate = '', media.key = 'k.pem'; allowed: both, or neither"),
        (
            "[media]\nearly_syn = 'refuse'",
            "media.early_syn = 'refuse': Invalid enum value 'refuse'; allowed: accept",
        ),
        ("[media]\nfingerprint_wait_s = -1", "media.fingerprint_wait_s = -1: "),
        ("[media]\nconnect_timeout_s = nan", "media.connect_timeout_s = nan: "),
        ("[media]\nhandshake_timeout_s = inf", "media.handshake_timeout_s = inf: "),
        ("[media]\nparked_limit_bytes = 1", "media.parked_limit_bytes = 1: Expected `int` >= 1024; allowed: 1024 to "),
        ("[media]\ntls_minimum = '1.1'", "media.tls_minimum = '1.1': "),
        ("[media]\naccept_sha1 = 'yes'", "media.accept_sha1 = 'yes': Expected `bool`, got `str`"),
        ("[media]\nmost_contexts = 0", "media.most_contexts = 0: Expected `int` >= 1; allowed: 1 to 1000000"),
        ("[media", "not TOML: "),
    ],
)
def test_a_wrong_value_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """File, key, value, and what is allowed."""
    with pytest.raises(LocalError) as caught:
        _read(tmp_path, text)
    assert told(caught.value, tmp_path / "agw.toml").startswith(said)
    assert "\n" not in str(caught.value)


def test_every_setting_gets_where_it_belongs(tmp_path: Path) -> None:
    """Engine, relay, association and transactions take what the file says."""
    config = _read(
        tmp_path,
        """
        [h248]
        maximum_waiting_delay_s = 0
        retry_s = 2
        first_repeat_s = 0.1
        lifetime_s = 5
        long_timer_s = 6
        [media]
        access_address = "2001:db8::1"
        core_address = "192.0.2.1"
        port_low = 10000
        port_high = 10009
        early_syn = "hold"
        fingerprint_wait_s = 4
        connect_timeout_s = 3
        handshake_timeout_s = 2
        parked_limit_bytes = 2048
        tls_minimum = "1.3"
        accept_sha1 = true
        most_contexts = 5
        """,
    )
    assert config.settings() == AgwSettings(
        access_address="2001:db8::1",
        core_address="192.0.2.1",
        early_syn=EarlySyn.HOLD,
        fingerprint_wait_s=4,
        most_contexts=5,
    )
    relay, association, transactions = config.relay(), config.association(config.roles()), config.transactions()
    assert (relay.port_low, relay.port_high, relay.parked_limit_bytes) == (10000, 10009, 2048)
    assert (relay.connect_timeout_s, relay.handshake_timeout_s) == (3, 2)
    assert (relay.tls_minimum, relay.accept_sha1) == ("1.3", True)
    assert (association.maximum_waiting_delay_s, association.retry_s) == (0, 2)
    assert (transactions.first_repeat_s, transactions.lifetime_s, transactions.long_timer_s) == (0.1, 5, 6)


def test_the_defaults_of_the_file_are_those_of_the_code() -> None:
    """A gateway made without a file behaves like one with an empty file."""
    config = AgwConfig()
    assert config.settings() == AgwSettings()
    assert config.association(config.roles()).profile == config.roles().identity.name


def test_a_certificate_is_made_where_none_is_named() -> None:
    """A fresh one each time."""
    assert AgwConfig().load_certificate().fingerprint() != AgwConfig().load_certificate().fingerprint()


def test_a_certificate_is_loaded_where_one_is_named(tmp_path: Path) -> None:
    """Both files together are the certificate."""
    made = Certificate.generate("agw", 1)
    made.save(tmp_path / "c.pem", tmp_path / "k.pem")
    config = AgwConfig(media=MediaSection(certificate=str(tmp_path / "c.pem"), key=str(tmp_path / "k.pem")))
    assert config.load_certificate().fingerprint() == made.fingerprint()


@pytest.mark.parametrize(
    ("damage", "said"), [("chmod", "others than its owner may read this key"), ("remove", "No such file or directory")]
)
def test_a_key_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, damage: str, said: str) -> None:
    """The file is named, and what is wrong with it."""
    key = tmp_path / "k.pem"
    Certificate.generate("agw", 1).save(tmp_path / "c.pem", key)
    key.chmod(0o644) if damage == "chmod" else key.unlink()
    config = AgwConfig(media=MediaSection(certificate=str(tmp_path / "c.pem"), key=str(key)))
    with pytest.raises(LocalError) as caught:
        config.load_certificate()
    assert f"{key}: {said}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_profile_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """One line with its name."""
    config = AgwConfig(h248=H248Section(profile_file=str(tmp_path / "my.toml")))
    with pytest.raises(LocalError, match=r"my\.toml: No such file or directory$"):
        config.roles()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No such file or directory"),
        ("x = ", "not TOML: Invalid value (at"),
        ("x = 1", "{file}:1: unknown key x; allowed"),
    ],
)
def test_a_profile_file_that_cannot_be_used_is_told_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    """The file that names it, the key, the value and the cause, before anything is started."""
    profile = tmp_path / "my.toml"
    if text:
        profile.write_text(text)
    with pytest.raises(LocalError) as caught:
        _read(tmp_path, f"[h248]\nprofile_file = '{profile}'")
    shown = f"h248.profile_file = '{profile}': {said.format(file=profile)}"
    assert told(caught.value, tmp_path / "agw.toml").startswith(shown)


def test_a_certificate_that_cannot_be_used_is_told_by_its_keys(tmp_path: Path) -> None:
    """The file that names it, both keys, and the file that is at fault."""
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    Certificate.generate("agw", 1).save(certificate, key)
    text = f"[media]\ncertificate = '{certificate}'\nkey = '{key}'"
    assert _read(tmp_path, text).media.key == str(key)
    key.write_text("")
    with pytest.raises(LocalError) as caught:
        _read(tmp_path, text)
    shown = f"media.certificate = '{certificate}', media.key = '{key}'"
    assert str(caught.value) == f"{tmp_path / 'agw.toml'}: {shown}: {key}: not a private key in PEM form"
