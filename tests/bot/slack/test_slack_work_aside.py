"""Long work steps aside: however much of it waits, questions go on being answered."""

import asyncio

from bot.slack.work import Work


async def test_work_that_stepped_aside_keeps_nobody_waiting_and_is_drained() -> None:
    work, go_on, done = Work(at_once=2), asyncio.Event(), list[str]()

    async def long() -> None:
        async with work.aside():
            await go_on.wait()
        done.append("long")

    async def short() -> None:
        done.append("short")

    for job in (long, long, long, short):
        assert work.start(job)
    await asyncio.sleep(0.05)
    assert done == ["short"]
    go_on.set()
    assert await work.drain(5) == 0
    assert done == ["short", *["long"] * 3]


async def test_work_that_stepped_aside_is_stopped_at_the_end_of_patience() -> None:
    work = Work(at_once=1)

    async def long() -> None:
        async with work.aside():
            await asyncio.sleep(60)

    assert work.start(long)
    assert work.start(long)
    await asyncio.sleep(0.05)
    assert await work.drain(0.05) == 2
