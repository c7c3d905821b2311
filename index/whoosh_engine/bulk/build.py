"""Building a segment in memory: documents in, a folder of flat arrays out (see `segment` for what lies in it).

Memory grows with what is added, so the caller bounds it.
"""

from collections.abc import Sequence
from pathlib import Path

from index.whoosh_engine.bulk.cuts import Cut, Given, cut_of
from index.whoosh_engine.bulk.derived import (
    add_dense_terms,
    add_derived_stems,
    add_grams,
    derived_facts,
    derived_words,
    stem_frequencies,
)
from index.whoosh_engine.bulk.disk import LOCAL_DISK, SCRATCH, Disk
from index.whoosh_engine.bulk.facts import FactColumns
from index.whoosh_engine.bulk.files import FACTS, WORDS, ArrayFile, Stored, write_segment
from index.whoosh_engine.bulk.word_columns import WordColumns
from sources.people import NOBODY, People


class SegmentBuilder:
    """Collects documents and writes them as one segment. Each document is added once; its passages are in reading
    order, do not overlap, and begin and end with no blank.
    """

    def __init__(self, people: People = NOBODY) -> None:
        self._people = people
        self._facts = FactColumns(people)
        self._words = WordColumns()

    @property
    def rows(self) -> int:
        """How many passages were added."""
        return self._facts.rows

    @property
    def documents(self) -> int:
        """How many documents were added, those without passages included."""
        return self._facts.documents

    def add(self, given: Given) -> None:
        """Add a document. Raises `IndexUnavailable`, which names one that can't be cut."""
        self.add_cuts([cut_of(given)])

    def add_cuts(self, cuts: Sequence[Cut]) -> None:
        """Add documents that are cut."""
        self._words.add(self._facts.add(cuts))

    def write(self, folder: Path, disk: Disk = LOCAL_DISK) -> None:
        """Write the segment into a new folder and bring it to the disk; the caller makes it part of an index."""
        disk.make(folder)
        words, facts = self._words.arrays(), self._facts.arrays()
        words |= derived_words(words)
        with ArrayFile(folder / WORDS, disk) as words_file:
            words_file.add(words)
            add_dense_terms(words_file, words)
            add_grams(words_file, words)
            tokens = len(words["stream"])
            add_derived_stems(words_file, words, tokens, self.rows, lambda stem: [stem_frequencies(words, stem)])
        with ArrayFile(folder / FACTS, disk) as facts_file:
            facts_file.add(facts)
            facts_file.add(derived_facts(facts))
        write_segment(folder, [words_file.stored(), facts_file.stored()], disk)

    def write_run(self, folder: Path) -> Sequence[Stored]:
        """Write what was added as a run, without what follows from it, into its folder; then begin anew."""
        facts, self._facts = self._facts, FactColumns(self._people)
        with ArrayFile(folder / FACTS, SCRATCH) as facts_file:
            facts_file.add(facts.arrays())
        del facts
        with ArrayFile(folder / WORDS, SCRATCH) as words_file:
            words_file.add(self._words.arrays())
        self._words.begin_anew()
        return [words_file.stored(), facts_file.stored()]
