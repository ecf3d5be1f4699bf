"""The judges and what they judge, made once for the whole run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

import megaco
from megaco.text import LAYOUTS

from .otp import Otp, OtpMissingError

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

Messages = dict[str, dict[str, bytes]]
"""Name -> ``original``, ``pretty`` and ``compact`` -> octets."""


def absent(reason: str) -> NoReturn:
    """Fail where CI runs, which installs every judge; skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}; .ci/run is to install it")
    pytest.skip(reason)


def written(originals: dict[str, bytes]) -> Messages:
    """Return messages with both texts that we write from them."""
    messages: Messages = {}
    for name, original in originals.items():
        tree = megaco.decode(original)
        messages[name] = {"original": original} | {layout: megaco.encode(tree, layout) for layout in LAYOUTS}
    return messages


def readable(originals: dict[str, bytes]) -> dict[str, bytes]:
    """Return those messages that our decoder takes."""
    return {name: original for name, original in originals.items() if not refusal(original)}


def refusal(original: bytes) -> str:
    """Return why our decoder refuses a message; "" where it does not."""
    try:
        megaco.decode(original)
    except megaco.DecodeError as error:
        return str(error).splitlines()[0]
    return ""


@pytest.fixture(scope="session")
def otp() -> Iterator[Otp]:
    """OTP's megaco, one virtual machine for all tests."""
    try:
        running = Otp()
    except OtpMissingError as error:
        absent(str(error))
    with running:
        yield running


@pytest.fixture(scope="session")
def otp_originals(otp: Otp, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The messages that OTP measures itself with."""
    try:
        return otp.messages(tmp_path_factory.mktemp("messages"))
    except OtpMissingError as error:
        absent(str(error))


@pytest.fixture(scope="session")
def otp_messages(otp_originals: dict[str, bytes]) -> Messages:
    """OTP's messages as we write them, but for those that we refuse."""
    return written(readable(otp_originals))


@pytest.fixture(scope="session")
def fixture_messages() -> Messages:
    """Our fixtures as we write them."""
    paths = sorted(FIXTURES.glob("**/*.h248"))
    return written({path.relative_to(FIXTURES).with_suffix("").as_posix(): path.read_bytes() for path in paths})


@pytest.fixture(scope="session")
def tshark() -> str:
    """Wireshark's dissector."""
    found = shutil.which("tshark")
    if found is None:
        absent("tshark is not installed (Debian: apt-get install tshark)")
    return found
