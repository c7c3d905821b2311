"""Of many places of the same words the earliest ones are told, wherever the index has them."""

from datetime import date, timedelta
from pathlib import Path

from index.analysis import terms
from index.hit import Located
from index.whoosh_engine.answering.locate import located
from index.whoosh_engine.answering.search import Snapshot
from sources.document import Document
from tests.fakes.corpus import made, reader
from tests.fakes.segments import shelved

WORDS = "the ferry sank"
MANY = 240
FIRST = date(2019, 1, 1)


def day(number: int) -> str | None:
    """The later a document is in the index, the earlier its day; some share one, some have none."""
    return None if number % 40 == 0 else (FIRST + timedelta(days=(MANY - number) // 2)).isoformat()


DOCUMENTS = [made(f"{number}", f"Once {WORDS} at pier {number}.", published=day(number)) for number in range(MANY)]


def places(snapshot: Snapshot) -> list[Located]:
    return located(snapshot.leaves, snapshot.readable(reader()), terms(WORDS), 8)


def dated(document: Document) -> str:
    return document.published.value if document.published else "later"


def test_the_earliest_of_many_places_come_first(tmp_path: Path) -> None:
    whole = shelved(tmp_path / "whole", DOCUMENTS)
    told = [place.document.published for place in places(whole)]
    expected = sorted(map(dated, DOCUMENTS))[: len(told)]
    assert [found.value if found else "later" for found in told] == expected
    assert len(told) == 200


def test_they_are_the_same_in_other_segments(tmp_path: Path) -> None:
    whole = shelved(tmp_path / "whole", DOCUMENTS)
    several = shelved(tmp_path / "several", DOCUMENTS[200:], DOCUMENTS[:90], DOCUMENTS[90:200])
    assert places(whole) == places(several)
    assert whole.utterances(WORDS, reader(), 10) == several.utterances(WORDS, reader(), 10)


def test_places_that_say_some_of_the_words_again_and_again_hide_no_better_one(tmp_path: Path) -> None:
    texts = ["quartz lantern velvet " * 3 + f"at pier {number}" for number in range(60)]
    texts += [f"{word} of pier {number}" for word in ("zebra", "harbor") for number in range(100)]
    documents = [made(f"{number}", text) for number, text in enumerate(texts)]
    snapshot = shelved(tmp_path, [*documents, made("best", "A quartz lantern velvet zebra harbor stood there.")])
    words = terms("quartz lantern velvet zebra harbor mills")
    assert located(snapshot.leaves, snapshot.readable(reader()), words, 1)[0].document.location == "best"
