"""Who is signed in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.sessions import Session, Sessions

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RITA = Session("a" * 64, "local", "T1", "U1", NOON, NOON + 8 * HOUR)


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 's.sqlite'}", tmp_path)
    yield store.sessions
    await store.close()


async def test_a_session_is_found_until_it_ends(sessions: Sessions) -> None:
    await sessions.begin(RITA)
    assert await sessions.find(RITA.key, NOON + 7 * HOUR) == RITA
    assert await sessions.find(RITA.key, NOON + 8 * HOUR) is None
    assert await sessions.find("b" * 64, NOON) is None


async def test_one_is_closed_or_all_of_a_person_s(sessions: Sessions) -> None:
    for key, user in (("a", "U1"), ("b", "U1"), ("c", "U1"), ("d", "U2")):
        await sessions.begin(replace(RITA, key=key * 64, user_id=user))
    await sessions.end("a" * 64)
    await sessions.end("unheard of")
    assert await sessions.end_all("elsewhere", "U1") == 0
    assert await sessions.end_all("local", "U1") == 2
    assert [bool(await sessions.find(key * 64, NOON)) for key in "abcd"] == [False, False, False, True]


async def test_those_that_are_over_are_forgotten(sessions: Sessions) -> None:
    await sessions.begin(RITA)
    await sessions.begin(replace(RITA, key="b" * 64, began=NOON + 9 * HOUR, ends=NOON + 17 * HOUR))
    assert await sessions.find(RITA.key, NOON) is None
