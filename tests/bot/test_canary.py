"""The canary looks for stored words anew each time: that they were found once tells nothing of now."""

import pytest

from bot.canary import Canary
from index.errors import IndexUnavailable
from tests.contracts.archive import a_document, a_reading, a_source, recorded
from tests.fakes.archive import FakeArchive
from tests.fakes.engine import ScriptedEngine, hits_of


async def test_every_song_is_a_search_of_its_own() -> None:
    source, archive = a_source(), FakeArchive()
    document = a_document(source, "a", "The ferry sank in the harbor at noon.")
    await archive.add_source(source)
    await recorded(archive, source, a_reading("a", document))
    engine = ScriptedEngine(hits_of(document))
    canary = Canary(archive, engine)
    assert [await canary.sing() for _ in range(3)] == [True] * 3
    assert engine.afresh == len(engine.asked) == 3
    engine.hits.clear()
    with pytest.raises(IndexUnavailable, match="does not find what is stored"):
        await canary.sing()


async def test_nothing_is_sung_where_nothing_is_stored() -> None:
    assert not await Canary(FakeArchive(), ScriptedEngine()).sing()
