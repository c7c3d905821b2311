"""How the desk stands, over a real home: what is under way, and how the corpus has grown."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.errors import NotAllowed
from bot.keeping.walks import quiet
from bot.roles import LOCAL, Person, operator
from bot.store.growth import Grown
from bot.store.tasks import Queue


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    folder = tmp_path / "town"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"The tide of {name} turned at noon.\n")
    async with await build(Config.model_validate({"quotedesk_home": tmp_path / "home"})) as app:
        await app.holdings.add(operator(), str(folder))
        yield app


async def test_it_is_for_admins_alone(app: Application) -> None:
    with pytest.raises(NotAllowed):
        await app.overviews.overview(Person(LOCAL, "U1"))


async def test_growth_counts_live_documents_by_the_day_they_came(app: Application) -> None:
    today = datetime.now(UTC).date()
    assert (await app.overviews.overview(operator())).growth == (Grown(today, 3),)
    (source,) = await app.store.archive.sources()
    assert await app.store.growth.days("elsewhere", [source.id]) == []
    assert await app.store.growth.days(LOCAL, []) == []
    await app.holdings.remove(operator(), "town")
    assert (await app.overviews.overview(operator())).growth == ()


async def test_queues_come_with_their_first_rows(app: Application) -> None:
    found = await app.overviews.overview(operator(), rows=2)
    assert found.counts[Queue.UNDATED] == 3
    assert len(found.rows[Queue.UNDATED].tasks) == 2
    assert Queue.DEAD_LINK not in found.rows


async def test_what_is_under_way_is_there_until_it_ends_or_fails(app: Application, tmp_path: Path) -> None:
    (source,) = await app.store.archive.sources()
    (tmp_path / "town" / "d.txt").write_text("The tide of d turned as well.\n")
    seen: list[tuple[str, int, int]] = []

    def told(doing: str, done: int, total: int) -> None:
        seen.extend((job.doing, job.done, job.total) for job in app.overviews.jobs.under_way())

    await app.holdings.refresh(operator(), "town", told=told)
    assert "Reading town" in {doing for doing, _, _ in seen}

    def fail() -> None:
        with app.overviews.jobs.watching(source.id, quiet):
            assert [job.source_id for job in app.overviews.jobs.under_way()] == [source.id]
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        fail()
    assert app.overviews.jobs.under_way() == ()
