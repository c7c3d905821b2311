"""Building with worker processes and bounded memory gives what building here gives, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store.rows import PackedMarks
from index.entries import Entry, Versioned, entry
from index.errors import IndexUnavailable
from index.sync import rebuild
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.bulk import crew as crew_room
from index.whoosh_engine.bulk import runs
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.crew import Crew, WorkerLost
from index.whoosh_engine.bulk.disk import LOCAL_DISK
from index.whoosh_engine.bulk.files import listed
from index.whoosh_engine.bulk.runs import Runs, planned
from index.whoosh_engine.segment.arrays import opened
from index.whoosh_engine.segment.segment import Segment
from sources.document import Document, PartialDate
from sources.people import NOBODY, People, Person
from tests.fakes.corpus import FakeChanges, made, reader, spoken
from tests.fakes.segment_content import content_of

MANY = [
    entry(made(f"{at}", f"The vote at step{at}. Naïve dirt, said Mr. No{at}.", title=f"Day {at % 7}"), 1)
    for at in range(60)
]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "FEW", 500)
    monkeypatch.setattr(runs, "TOGETHER", 200)
    monkeypatch.setattr(crew_room, "MANY", 10)


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(2)
    yield crew
    crew.close()


def made_of(entries: Sequence[Entry | Versioned], folder: Path, crew: Crew, letters: int) -> Path:
    folder.mkdir()
    collected = Runs(folder, NOBODY, LOCAL_DISK, crew, letters)
    for each in entries:
        collected.add(each)
    collected.finish(folder / "made")
    assert [path.name for path in folder.iterdir()] == ["made"]
    return folder / "made"


STORED = [
    Versioned(
        replace(
            spoken(f"{at}", [(f"MR. NO{at % 5}", "A naïve vote.\n\n“Dirt”, in July 2019."), ("ANN", f"No {at}!")]),
            title=f"Day {at % 7}",
            published=PartialDate.parse("2019-07-25"),
        ),
        version=at % 3 + 1,
    )
    for at in range(40)
]


def facts_of(folder: Path) -> list[tuple[Any, ...]]:
    """All that is known of each passage, in the order of documents."""
    segment = Segment(folder)
    rows = ((segment.card_of(row), segment.passage(row)) for row in range(segment.rows))
    return sorted(((card.id, passage.start, card, passage) for card, passage in rows), key=lambda row: row[:2])


def test_documents_of_the_store_are_cut_by_workers_as_they_are_here(tmp_path: Path) -> None:
    crew = Crew(2, People([Person("Ann Other")]))
    there = made_of(STORED, tmp_path / "there", crew, letters=700)
    crew.close()
    here = made_of(STORED, tmp_path / "here", Crew(0), letters=700)
    assert facts_of(there) == facts_of(here)
    assert words_of(there) == words_of(here)


def broken(at: str) -> Document:
    """A document whose marks are damaged in the store."""
    return replace(made(at, "A vote that nobody can cut."), marks=PackedMarks('[{"kind":"speaker"}]'))


@pytest.mark.parametrize("size", [0, 2])
def test_a_document_that_cannot_be_cut_is_named(tmp_path: Path, size: int) -> None:
    crew = Crew(size)
    collected = Runs(tmp_path, NOBODY, LOCAL_DISK, crew, 1 << 20)

    def build() -> None:
        for each in (*STORED[:20], Versioned(broken("bad"), 1), *STORED[20:]):
            collected.add(each)
        collected.finish(tmp_path / "made")

    with pytest.raises(IndexUnavailable, match=f"The document {broken('bad').id} can't be indexed"):
        build()
    crew.close()
    assert not (tmp_path / "made").exists()


async def test_a_rebuild_that_fails_leaves_the_generation_before(tmp_path: Path) -> None:
    engine, changes = WhooshEngine(tmp_path / "index"), FakeChanges()
    for number in range(40):
        changes.put(made(f"{number}", f"A vote in town {number}, and what came of it."))
    changes.put(made("7", "Another vote in town 7."))
    before = await rebuild(changes, engine)
    older = [found for found in await engine.locate(["town", "7", "and"], reader(), 3) if found.superseded]
    assert [found.whole for found in older] == [True]
    changes.put(broken("bad"))
    with pytest.raises(IndexUnavailable, match="can't be indexed"):
        await rebuild(changes, engine)
    assert (await engine.status()).live == before
    assert {path.name for path in (tmp_path / "index").iterdir()} == {"CURRENT", before.generation}
    await engine.close()


def words_of(folder: Path) -> dict[bytes, list[bytes]]:
    """The words of each document, by its card."""
    arrays = opened(folder)
    terms, cards, bounds = listed(arrays, "terms"), listed(arrays, "cards"), arrays["row_tokens"].tolist()
    held: dict[bytes, list[bytes]] = {card: [] for card in cards}
    for row, card in enumerate(arrays["row_card"].tolist()):
        held[cards[card]] += [terms[number] for number in arrays["stream"][bounds[row] : bounds[row + 1]]]
    return held


def test_runs_in_this_process_are_one_fresh_build(tmp_path: Path) -> None:
    builder = SegmentBuilder()
    for each in MANY:
        builder.add(each)
    builder.write(tmp_path / "fresh")
    made = made_of(MANY, tmp_path / "runs", Crew(0), letters=300)
    assert content_of(made) == content_of(tmp_path / "fresh")


def test_workers_give_the_same_segment_but_for_the_order_of_documents(tmp_path: Path, crew: Crew) -> None:
    here = made_of(MANY, tmp_path / "here", Crew(0), letters=300)
    there = made_of(MANY, tmp_path / "there", crew, letters=300)
    assert words_of(there) == words_of(here)
    mine, theirs = content_of(here), content_of(there)
    alike = ("terms", "stems", "stem_of_term", "term_rows", "place_ptr", "stem_ptr")
    assert {name: theirs[name] for name in alike} == {name: mine[name] for name in alike}
    again = made_of(MANY[:30], tmp_path / "again", crew, letters=1 << 20)
    assert words_of(again) == words_of(made_of(MANY[:30], tmp_path / "anew", Crew(0), letters=1 << 20))


def test_a_worker_that_is_killed_fails_the_build(tmp_path: Path, crew: Crew) -> None:
    collected = Runs(tmp_path, NOBODY, LOCAL_DISK, crew, 1 << 20)
    for each in MANY[:30]:
        collected.add(each)
    os.kill(crew.workers()[1].process_id, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        collected.finish(tmp_path / "made")
    assert not (tmp_path / "made").exists()


ABANDONING = """
import os, signal, sys
from pathlib import Path
from index.whoosh_engine.bulk.crew import Crew
crew = Crew(2)
workers = crew.workers()
workers[0].tell({"task": "documents", "documents": []}, b"")
print(*(worker.process_id for worker in workers), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_the_one_who_started_them() -> None:
    done = subprocess.run([sys.executable, "-c", ABANDONING], stdout=subprocess.PIPE, text=True, check=False)
    workers = [int(number) for number in done.stdout.split()]
    assert len(workers) == 2
    patience = time.monotonic() + 20
    while any(map(_runs, workers)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(map(_runs, workers))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    # One that has ended and that nobody has asked about yet is a zombie.
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_worker_tells_what_went_wrong(tmp_path: Path, crew: Crew) -> None:
    (worker,) = crew.workers()[:1]
    with pytest.raises(FileNotFoundError):
        worker.ask({"task": "write", "folder": str(tmp_path / "nowhere")}).result()
    worker.tell({"task": "documents"}, b"")
    with pytest.raises(RuntimeError, match="a worker of the index failed"):
        worker.ask({"task": "write", "folder": str(tmp_path)}).result()
    assert worker.ask({"task": "write", "folder": str(tmp_path)}).result()[0].name == "words.bin"


@pytest.mark.parametrize(
    ("memory", "cores", "workers"), [(1 << 30, 1, 0), (1 << 30, 2, 2), (256 << 20, 2, 0), (4 << 30, 64, 8), (1, 4, 0)]
)
def test_memory_decides_how_many_work(memory: int, cores: int, workers: int) -> None:
    assert planned(memory, cores).workers == workers
