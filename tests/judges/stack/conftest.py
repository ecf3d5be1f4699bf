"""Ends of ours and of OTP's, closed when the test is over."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.judges.conftest import absent
from tests.judges.otp import OtpMissingError

from .ends import Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Where a test sets up its ends."""
    async with AsyncExitStack() as stack:
        yield Stage(stack)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> object:
    """Say that a judge is missing where a test finds so: a failure in CI, a skip elsewhere."""
    try:
        return (yield)
    except OtpMissingError as error:
        absent(str(error))
