"""The error of the SDP layer."""

from __future__ import annotations

from megaco.sdp import SdpError


def test_the_message_tells_place_expectation_and_finding() -> None:
    """With a line it is named; without one, only the layer is."""
    fault = SdpError("a port", found="x")
    assert str(fault) == "SDP: expected a port, found 'x'"
    assert str(fault.at(3)) == "SDP line 3: expected a port, found 'x'"
    assert (fault.at(3).line, fault.at(3).expected, fault.at(3).found) == (3, "a port", "x")


def test_long_findings_are_shortened_in_the_message() -> None:
    """A hostile line does not fill the log; `found` keeps it whole."""
    fault = SdpError("a port", found="x" * 10_000)
    assert len(str(fault)) < 100
    assert fault.found == "x" * 10_000
