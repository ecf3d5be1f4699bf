"""The policies are off by default, and held to their limits where they are read."""

import msgspec
import pytest

from iq_profile.alg.settings import AlgSettings, H248Transport, WithoutCema


def test_by_default_the_flows_are_as_the_report_has_them() -> None:
    """No note of TR 29.828 is taken unless the operator says so."""
    settings = AlgSettings()
    notes = [settings.e2ae_always, settings.combine, settings.skip_core_configure, settings.merge_tls_start]
    assert not any(notes)
    assert (settings.h248_transport, settings.without_cema) == (H248Transport.MEDIA, WithoutCema.REFUSE)


@pytest.mark.parametrize(
    ("key", "value"),
    [("group", 65536), ("group", -1), ("heartbeat_s", -1), ("most_sessions", 0), ("most_lines", 0), ("combin", True)],
)
def test_what_is_out_of_range_is_refused(key: str, value: object) -> None:
    """Each limit has limits of its own; unknown keys are no keys."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({key: value}, AlgSettings)


def test_policies_are_named_in_words() -> None:
    """As they stand in the configuration file."""
    read = msgspec.convert({"h248_transport": "tcp", "without_cema": "forward"}, AlgSettings)
    assert (read.h248_transport, read.without_cema) == (H248Transport.TCP, WithoutCema.FORWARD)
