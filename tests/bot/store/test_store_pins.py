"""Pins over a real SQLite file: the contract, and that a purge leaves none of their words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.pins import Notices, PinFilter, Pins
from tests.contracts.archive import a_document, a_reading, a_source
from tests.contracts.pins import NOON, PinsContract, a_notice, a_pin, made


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    yield store
    await store.close()


class TestSqlPins(PinsContract):
    @pytest.fixture
    def pins(self, store: Store) -> Pins:
        return store.pins

    @pytest.fixture
    def notices(self, store: Store) -> Notices:
        return store.notices


async def test_a_purge_leaves_no_words_of_a_pin_anywhere(tmp_path: Path, store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    await store.archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Oh, ten secret floods."))])
    pin = a_pin(source_id=source.id, quote="secretwrds", note="notewords", story="storywords", tags=("tagwords",))
    await store.pins.add([pin], [made(pin)])
    at = await store.pins.followed()
    await store.pins.follow(at, at, [], [a_notice("k", pin)])
    await store.archive.remove_source(source.id)
    await store.archive.purge_source(source.id)
    assert await store.pins.get("local", pin.id) is None
    assert await store.pins.search("local", [source.id], PinFilter(), NOON) == []
    assert await store.pins.of_documents([pin.document_id]) == []
    assert await store.notices.pending("local") == []
    kept = _bytes_of(tmp_path)
    assert [word for word in (b"secretwrds", b"notewords", b"storywords", b"tagwords") if word in kept] == []


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("quotedesk.db*"))
