"""Work in the background: bounded, never lost, and whoever is turned away is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.slack.blocks.message import Message
from bot.slack.installation import Installation
from bot.slack.kept import Kept
from bot.slack.listeners.run import run
from bot.slack.parts import Call, Parts
from bot.slack.people import People
from bot.slack.work import Work
from bot.wording import slack_words, words
from index.errors import BadQuery
from tests.fakes.checks import FakeChecks
from tests.fakes.desk import NOW, FakeDesk
from tests.fakes.reading_room import a_reading_room


@dataclass(slots=True)
class Heard:
    """A reply that keeps what was said, or a Slack that takes nothing."""

    said: list[str] = field(default_factory=list[str])
    deaf: bool = False

    async def say(self, message: Message) -> None:
        if self.deaf:
            raise OSError("unreachable")
        self.said.append(message.text)


class SeenKeys:
    """Deliveries in memory."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()

    async def first(self, workspace_id: str, key: str, at: datetime) -> bool:
        known = (workspace_id, key) in self.keys
        self.keys.add((workspace_id, key))
        return not known


def _parts(work: Work) -> Parts:
    async def limits(_workspace: str) -> frozenset[str]:
        return frozenset()

    people = People(lambda _team: "local", limits, lambda: NOW)
    return Parts(
        FakeDesk([]), FakeChecks(), people, SeenKeys(), work, lambda: NOW, Installation("xoxb-1"), a_reading_room()
    )


def _call(reply: Heard, delivery: str = "click 1") -> Call:
    return Call("T1", "U1", "C1", delivery, "", AsyncWebClient(base_url="http://127.0.0.1:9/"), reply)


def _raising(error: Exception) -> Callable[[Parts, Call], Awaitable[None]]:
    async def behave(_parts: Parts, _call: Call) -> None:
        raise error

    return behave


async def test_draining_waits_for_all_and_stops_the_late() -> None:
    work, done = Work(at_once=1), list[int]()

    async def short() -> None:
        await asyncio.sleep(0)
        done.append(1)

    async def endless() -> None:
        await asyncio.Event().wait()

    assert all(work.start(short) for _ in range(5))
    assert await work.drain(5) == 0
    assert done == [1] * 5
    assert work.start(endless)
    assert await work.drain(0.01) == 1
    assert await work.drain(0.01) == 0


async def test_no_more_run_together_than_allowed() -> None:
    work, running, most = Work(at_once=3, waiting=10), 0, 0

    async def job() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1

    taken = [work.start(job) for _ in range(20)]
    await work.drain(5)
    assert (sum(taken), most) == (13, 3)


async def test_whoever_is_turned_away_is_told() -> None:
    work, reply = Work(at_once=0, waiting=0), Heard()
    await run(_parts(work), _call(reply), _raising(AssertionError()))
    assert await work.drain(5) == 0
    assert reply.said == [words.BUSY]


async def test_a_repeated_delivery_is_left_alone() -> None:
    work, reply = Work(), Heard()
    parts = _parts(work)

    async def behave(_parts: Parts, call: Call) -> None:
        reply.said.append(call.delivery)

    for delivery in ("click 1", "click 1", "click 2"):
        await run(parts, _call(reply, delivery), behave)
    await work.drain(5)
    assert reply.said == ["click 1", "click 2"]


async def test_what_the_asker_can_mend_carries_no_error_id() -> None:
    work, reply = Work(), Heard()
    await run(_parts(work), _call(reply), _raising(BadQuery("A * needs three letters before it.")))
    await work.drain(5)
    assert reply.said == ["A * needs three letters before it."]


async def test_when_not_even_slack_listens_the_task_ends_quietly() -> None:
    work, reply = Work(), Heard(deaf=True)
    untold = troubled("untold")
    await run(_parts(work), _call(reply), _raising(ValueError("bug")))
    assert await work.drain(5) == 0
    assert troubled("untold") == untold + 1


def troubled(outcome: str) -> float:
    return metrics.REGISTRY.get_sample_value("quotedesk_calls_troubled_total", {"outcome": outcome}) or 0


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TimeoutError(), slack_words.UNSURE),  # it may have been posted
        (aiohttp.ServerDisconnectedError(), slack_words.UNSURE),
    ],
)
async def test_what_became_of_a_message_is_told_no_surer_than_it_is(error: Exception, sentence: str) -> None:
    work, reply = Work(), Heard()
    await run(_parts(work), _call(reply), _raising(error))
    await work.drain(5)
    assert [said.partition(" (Error ")[0] for said in reply.said] == [sentence]


async def test_who_is_cut_off_by_a_stop_is_told_also_where_their_turn_never_came() -> None:
    work, reply = Work(at_once=1), Heard()

    async def endless(_parts: Parts, _call: Call) -> None:
        await asyncio.Event().wait()

    for delivery in ("click 1", "click 2"):
        await run(_parts(work), _call(reply, delivery), endless)
    assert await work.drain(0.01) == 2
    assert reply.said == [slack_words.STOPPED] * 2


def test_kept_values_end_and_the_oldest_make_room() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    kept = Kept[int](lambda: now)
    assert kept.put(("a", ""), 1, timedelta(seconds=5)) == 1
    assert kept.get(("a", "")) == 1
    now += timedelta(seconds=5)
    assert kept.get(("a", "")) is None
    for number in range(10_001):
        kept.put(("k", str(number)), number, timedelta(seconds=5))
    assert kept.get(("k", "0")) is None
    assert kept.get(("k", "1")) == 1
