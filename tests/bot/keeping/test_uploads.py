"""Files laid aside, kept and forgotten."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.errors import BadRequest, NotAllowed
from bot.keeping.uploads import FORGOTTEN, MAX_BYTES, NAME
from bot.roles import Person, operator

ADA = Person("local", "UADA", admin=True)
RITA = Person("local", "URITA")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    async with await build(Config.model_validate({"quotedesk_home": tmp_path / "home"})) as application:
        yield application


async def documents(app: Application) -> list[str]:
    return [
        document.location
        for source in await app.store.archive.sources("local")
        for document in await app.store.archive.documents(source.id)
    ]


async def test_a_held_file_is_no_document_before_it_is_kept(app: Application) -> None:
    first = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    assert await app.uploads.hold(ADA, "a.txt", b"The tide turned.") == first
    kept = await app.uploads.hold(ADA, "b.txt", b"The pilots knew.")
    await app.uploads.keep(ADA, kept.id)
    assert await documents(app) == ["b.txt"]
    (source,) = await app.store.archive.sources("local")
    assert (source.name, source.visible_to) == (NAME, frozenset())


async def test_another_file_of_the_same_name_stands_beside_the_first(app: Application) -> None:
    for content in (b"The tide turned.", b"The tide did not turn.", b"The tide turned."):
        held = await app.uploads.hold(ADA, "a.txt", content)
        await app.uploads.keep(ADA, held.id)
    first, second = sorted(await documents(app))
    assert (first[:2], second) == ("a-", "a.txt")


async def test_what_was_removed_does_not_come_back_with_the_next_file(app: Application) -> None:
    first = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    await app.uploads.keep(ADA, first.id)
    await app.holdings.remove(ADA, NAME)
    second = await app.uploads.hold(ADA, "b.txt", b"The pilots knew.")
    await app.uploads.keep(ADA, second.id)
    assert await documents(app) == ["b.txt"]
    assert list((app.config.home / "uploads").rglob("a.txt")) == []


async def test_a_purge_erases_the_files_too(app: Application) -> None:
    held = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    await app.uploads.keep(ADA, held.id)
    await app.holdings.purge(ADA, NAME)
    assert [path for path in (app.config.home / "uploads").rglob("*") if path.is_file()] == []
    again = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    await app.uploads.keep(ADA, again.id)
    assert await documents(app) == ["a.txt"]


async def test_two_first_files_at_once_make_one_source(app: Application, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    await app.holdings.add(operator(), str(other), name=NAME)
    held = [await app.uploads.hold(ADA, f"{letter}.txt", b"The tide turned.") for letter in "ab"]
    await asyncio.gather(*(app.uploads.keep(ADA, one.id) for one in held))
    assert await documents(app) == ["a.txt", "b.txt"]
    assert [source.name[: len(NAME)] for source in await app.store.archive.sources("local")] == [NAME, NAME]


async def test_a_file_is_kept_or_discarded_once(app: Application) -> None:
    held = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    await app.uploads.discard(ADA, held.id)
    await app.uploads.discard(ADA, held.id)
    with pytest.raises(BadRequest, match="kept or discarded before"):
        await app.uploads.keep(ADA, held.id)
    assert await app.store.archive.sources("local") == []


@pytest.mark.parametrize("held", ["", "..", "../../../etc", "0" * 31, "G" * 32, "0" * 32 + "\n"])
async def test_an_id_leads_nowhere_else(app: Application, held: str) -> None:
    for act in (app.uploads.keep, app.uploads.discard):
        with pytest.raises(BadRequest, match="not here any more"):
            await act(ADA, held)


async def test_a_file_that_nobody_decided_about_is_forgotten(app: Application, tmp_path: Path) -> None:
    old = await app.uploads.hold(ADA, "old.txt", b"The tide turned.")
    before = time.time() - FORGOTTEN.total_seconds() - 60
    os.utime(next((tmp_path / "home" / "uploads").rglob(old.id)), (before, before))
    await app.uploads.hold(ADA, "new.txt", b"The tide turned.")
    with pytest.raises(BadRequest, match="kept or discarded before"):
        await app.uploads.keep(ADA, old.id)


@pytest.mark.parametrize("content", [b"", b"x" * (MAX_BYTES + 1)])
async def test_an_empty_or_too_large_file_is_refused(app: Application, content: bytes) -> None:
    with pytest.raises(BadRequest, match="1 byte to 32 MiB"):
        await app.uploads.hold(ADA, "a.txt", content)


async def test_only_admins_hand_in_and_look(app: Application) -> None:
    held = await app.uploads.hold(ADA, "a.txt", b"The tide turned.")
    with pytest.raises(NotAllowed):
        await app.uploads.hold(RITA, "a.txt", b"x")
    for act in (app.uploads.keep, app.uploads.discard, app.previews.place):
        with pytest.raises(NotAllowed):
            await act(RITA, held.id)
    with pytest.raises(NotAllowed):
        await app.previews.file(RITA, "a.txt", b"x")


async def test_a_preview_tells_of_the_same_text_whatever_it_is_called(app: Application) -> None:
    held = await app.uploads.hold(ADA, "tide.txt", b"The tide turned at noon.\n")
    await app.uploads.keep(ADA, held.id)
    (twin,) = (await app.previews.file(ADA, "copy.md", b"The tide turned at noon.")).twins
    assert (twin.title, twin.source, twin.same_text) == ("tide.txt", "Uploads", True)
    assert (await app.previews.file(ADA, "other.md", b"The tide turned at one.")).twins == ()


async def test_a_preview_writes_nothing(app: Application) -> None:
    text = b"---\ntitle: The Tide\ndate: 2019\n---\n\nThe tide turned.\n"
    preview = await app.previews.file(ADA, "a.md", text)
    assert [document.title for document in preview.documents] == ["The Tide"]
    assert await app.store.archive.sources("local") == []
    assert await app.store.archive.head() == 0
    assert await app.store.audit.entries("local", 9) == []
