"""What every engine must do with the words of a quotation."""

import pytest

from index.analysis import terms
from index.hit import Located
from index.port import Access, Engine
from index.sync import drain
from tests.contracts.engine import ask, fill, texts
from tests.fakes.corpus import FakeChanges, made, reader, spoken

SPEECH = (
    "The harbor commission met in the old customs house on Tuesday. Nobody on that panel ever promised the pilots a "
    "new lighthouse, and the ledger shows it. The vote on the breakwater was put off until spring."
)
TEXTS = {"speech": made("speech", SPEECH, published="2019-05-06"), "other": made("other", "A quiet day in the valley.")}


async def locate(engine: Engine, words: str, access: Access | None = None, most: int = 8) -> list[Located]:
    return list(await engine.locate(terms(words), access or reader(), most))


def slices(found: list[Located]) -> list[str]:
    return [SPEECH[place.start : place.end] for place in found]


class LocatingContract:
    async def test_words_side_by_side_are_found_whole(self, engine: Engine) -> None:
        await fill(engine, *TEXTS.values())
        found = await locate(engine, "promised the pilots, a NEW lighthouse")
        assert slices(found) == ["promised the pilots a new lighthouse"]
        assert (found[0].whole, found[0].share, found[0].superseded) == (True, 1.0, False)
        assert found[0].passage.text == SPEECH

    @pytest.mark.parametrize(
        "words",
        [
            "Nobody on that panel ever promised the captains a new lighthouse",
            "Nobody on that panel promised the pilots a lighthouse",
            "Nobody on that panel ever really promised teh pilots a new lighthouse",
            "on that panel the ledger shows it",
        ],
    )
    async def test_changed_words_are_found_too(self, engine: Engine, words: str) -> None:
        await fill(engine, *TEXTS.values())
        found = await locate(engine, words)
        assert found[0].document.location == "speech"
        assert not found[0].whole
        assert "panel" in slices(found)[0]

    async def test_short_documents_beside_it_hide_no_place(self, engine: Engine) -> None:
        """Votes for places in other documents are far away, however close the documents lie together."""
        texts = ["The tide is at the pier.", "The keeper counted seven sails before the tide went out.", "The ferry."]
        await fill(engine, *(made(f"d{number}", text) for number, text in enumerate(texts)))
        (found, *_) = await locate(engine, "The keeper counted eight sails before the tide went out")
        assert found.document.location == "d1"

    async def test_words_that_stand_nowhere_have_no_place(self, engine: Engine) -> None:
        await fill(engine, *TEXTS.values())
        assert await locate(engine, "zebras juggle velvet marmalade") == []

    async def test_a_quotation_may_run_over_passages_but_not_over_documents(self, engine: Engine) -> None:
        turns = [("A", "We will never sell the lighthouse"), ("B", "said the mayor of the harbor town")]
        await fill(engine, spoken("t", turns), made("t1", "gulls over the pier"), made("t2", "at dawn in the fog"))
        (found, *_) = await locate(engine, "sell the lighthouse B said the mayor")
        assert found.whole
        assert "sell the lighthouse\n\nB: said the mayor" in found.passage.text
        assert not any(place.whole for place in await locate(engine, "over the pier at dawn"))

    async def test_all_places_come_the_earliest_dated_first(self, engine: Engine) -> None:
        copies = [made(f"c{day}", SPEECH, published=f"2019-05-{day}") for day in ("20", "10", "15")]
        await fill(engine, *copies, made("undated", SPEECH))
        found = await locate(engine, "The vote on the breakwater", most=1)
        assert [place.document.location for place in found] == ["c10", "c15", "c20", "undated"]

    async def test_nothing_closed_is_located(self, engine: Engine) -> None:
        await fill(engine, made("secret", SPEECH, source="closed"), made("open", "The vote on the seawall."))
        assert [place.document.location for place in await locate(engine, SPEECH)] in ([], ["open"])
        assert len(await locate(engine, SPEECH, reader("s", "closed"))) >= 1

    async def test_a_superseded_version_is_located_and_seen_by_nothing_else(self, engine: Engine) -> None:
        changes = FakeChanges()
        changes.put(made("speech", SPEECH))
        await drain(changes, engine)
        changes.put(made("speech", SPEECH.replace("lighthouse", "pier")))
        stamp = await drain(changes, engine)
        assert (stamp.documents, stamp.passages) == (1, 1)
        (found,) = [place for place in await locate(engine, "promised the pilots a new lighthouse") if place.whole]
        assert (found.superseded, found.passage.version) == (True, 1)
        assert "lighthouse" in found.passage.text
        assert not any(place.superseded for place in await locate(engine, "promised the pilots a new pier"))
        assert texts(await ask(engine, "lighthouse")) == []
        assert await engine.suggest("lighth", reader()) == []

    async def test_what_is_removed_takes_its_older_versions_along(self, engine: Engine) -> None:
        changes = FakeChanges()
        changes.put(made("other", "Nothing about it."))
        for text in (SPEECH, SPEECH.replace("lighthouse", "pier")):
            changes.put(made("speech", text))
            await drain(changes, engine)
        changes.remove(made("speech", SPEECH))
        await drain(changes, engine)
        assert not [place for place in await locate(engine, "promised the pilots a new lighthouse") if place.whole]

    async def test_only_passages_that_no_newer_version_has_are_kept_of_an_older_one(self, engine: Engine) -> None:
        long = "\n\n".join(f"Part {number}. " + "Here are words that fill it. " * 12 for number in range(6))
        changes = FakeChanges()
        for text in (long, long.replace("Part 3", "Section 3"), long.replace("Part 3", "Chapter 3")):
            changes.put(made("speech", text))
            await drain(changes, engine)

        async def versions(words: str) -> set[int]:
            return {place.passage.version for place in await locate(engine, words) if place.whole}

        assert await versions("Part 3 Here are words") == {1}
        assert await versions("Section 3 Here are words") == {2}
        assert await versions("Part 5 Here are words") == {3}
