"""The alarm on the real event loop."""

import asyncio

from megaco.transport import Alarm


async def test_an_alarm_rings_once() -> None:
    """It rings when the deadline has come, past ones at once, and is then unset."""
    rung: asyncio.Queue[float] = asyncio.Queue()
    alarm = Alarm(lambda: rung.put_nowait(alarm.now()))
    deadline = alarm.now() + 0.01
    alarm.set(deadline)
    assert await asyncio.wait_for(rung.get(), 5.0) >= deadline - 0.001
    alarm.set(alarm.now() - 100.0)
    await asyncio.wait_for(rung.get(), 5.0)
    assert rung.empty()


async def test_only_the_last_deadline_counts() -> None:
    """A deadline set anew replaces the one before it; None silences the alarm."""
    rung: asyncio.Queue[str] = asyncio.Queue()
    replaced, silenced = Alarm(lambda: rung.put_nowait("replaced")), Alarm(lambda: rung.put_nowait("silenced"))
    silenced.set(silenced.now())
    silenced.set(None)
    replaced.set(replaced.now() + 3600.0)
    replaced.set(replaced.now() + 0.01)
    assert await asyncio.wait_for(rung.get(), 5.0) == "replaced"
    assert rung.empty()


async def test_a_deadline_that_moves_later_costs_no_timer() -> None:
    """The loop has one timer however often the deadline moves later; it rings at the last one, not before."""
    rung: asyncio.Queue[float] = asyncio.Queue()
    alarm = Alarm(lambda: rung.put_nowait(alarm.now()))
    loop = asyncio.get_running_loop()
    before = len(loop._scheduled)  # type: ignore[attr-defined]  # nothing public tells
    begin = alarm.now()
    for step in range(1_000):
        alarm.set(begin + 0.01 + step * 0.00005)
    assert len(loop._scheduled) - before == 1  # type: ignore[attr-defined]
    assert await asyncio.wait_for(rung.get(), 5.0) >= begin + 0.01 + 999 * 0.00005 - 0.001
    assert rung.empty()
