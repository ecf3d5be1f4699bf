"""The event loop to run endpoints in: uvloop's where it is installed, asyncio's where it is not."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(main: Coroutine[Any, Any, Result], *, debug: bool | None = None) -> Result:
    """Run a program's coroutine to its end, as ``asyncio.run`` does, in the faster of the event loops there are.

    uvloop is the extra of that name (``pip install h248[uvloop]``).
    """
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.run(main, debug=debug)
    with asyncio.Runner(loop_factory=new_event_loop, debug=debug) as runner:
        return runner.run(main)
