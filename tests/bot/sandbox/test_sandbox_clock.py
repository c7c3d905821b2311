"""The clock that stands still, and the one that runs."""

import asyncio
import time

import pytest

from bot.sandbox import Sandbox, VirtualClock
from bot.sandbox.clock import Timetable
from bot.sandbox.ids import Ids


async def test_a_virtual_clock_does_jobs_in_order_and_at_their_time() -> None:
    clock = VirtualClock(1000.0)
    timetable = Timetable(clock)
    done: list[tuple[str, float]] = []

    def job(name: str, then: float | None = None) -> None:
        async def work() -> None:
            done.append((name, clock()))
            if then is not None:
                job(f"{name}!", None)

        timetable.after(then or 5, work)

    job("late", 20)
    job("early")
    await timetable.advance(4)
    assert done == []
    await timetable.advance(100)
    assert done == [("early", 1005.0), ("late", 1020.0), ("late!", 1025.0)]
    assert clock() == 1104.0


async def test_real_time_does_jobs_by_itself() -> None:
    timetable = Timetable(time.time)
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    timetable.after(0.01, work)
    async with asyncio.timeout(5):
        await done.wait()
    with pytest.raises(TypeError, match="moves by itself"):
        await timetable.advance(1)
    await timetable.close()


def test_time_stamps_never_repeat() -> None:
    ids = Ids(VirtualClock(1000.0))
    assert [ids.ts() for _ in range(3)] == ["1000.000000", "1000.000001", "1000.000002"]


async def test_the_same_acts_give_the_same_ids() -> None:
    async def names() -> list[str]:
        async with await Sandbox.start(clock=VirtualClock(1000.0)) as sandbox:
            rita = sandbox.add_user("rita")
            general = sandbox.add_channel("general", (rita,))
            return [rita.id, general.id, sandbox.say(rita, general, "x").ts]

    assert await names() == await names()


def test_what_an_app_remembers_never_comes_again_in_a_later_run() -> None:
    earlier, later = Ids(VirtualClock(1000.0)), Ids(VirtualClock(2000.0))
    assert (earlier.trigger(), earlier.event()) != (later.trigger(), later.event())
    assert len({earlier.event() for _ in range(9)} | {later.event() for _ in range(9)}) == 18
