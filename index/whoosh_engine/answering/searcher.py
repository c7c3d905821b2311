"""What is asked of an index, answered from its live snapshots."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from index.hit import Located, Results
from index.port import Access, Breakdown, Choice, Utterances
from index.query.nodes import FieldName, Query
from index.whoosh_engine.answering.live import Live
from index.whoosh_engine.answering.locate import located

Result = TypeVar("Result")


class Searcher:
    """Answers what `index.port.Engine` is asked, one method each. Safe to share between threads."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def search(self, asked: Query, access: Access, *, fresh: bool) -> Results:
        """The best passages; an answer that is still known is given again, unless it is to be `fresh`."""
        present, _ = self.live.now()
        return present.search(asked, access) if fresh else present.answer(asked, access)

    def suggest(self, term: str, access: Access, most: int) -> Sequence[str]:
        """Words that begin so."""
        return self.live.now()[0].beginning(term, access, most)

    def facet(self, field: FieldName, typed: str, access: Access, limit: int) -> Sequence[Choice]:
        """What a field can be narrowed to."""
        return self.live.now()[0].facets.choices(field, typed, access, limit)

    def breakdown(self, asked: Query, access: Access, limit: int) -> Breakdown:
        """Of what the passages are that answer a question."""
        return self.live.now()[0].breakdown(asked, access, limit)

    def utterances(self, words: str, access: Access, limit: int) -> Utterances:
        """Where words stand, in the order of time."""
        return self.live.now()[0].utterances(words, access, limit)

    def locate(self, words: Sequence[str], access: Access, most: int) -> Sequence[Located]:
        """Where the words of a quotation stand; in superseded versions only where no present one has them whole."""
        present, superseded = self.live.now()
        found = located(present.leaves, present.readable(access), words, most)
        if superseded is None or any(place.whole for place in found):
            return found
        older = located(superseded.leaves, superseded.readable(access), words, most)
        found += (replace(place, superseded=True) for place in older)
        return sorted(found, key=lambda place: (not place.whole, -place.share))


class Searchers(Protocol):
    """Those who search: in this process, or in some of their own. Safe to share between threads."""

    def ask(self, question: Callable[[Searcher], Result]) -> Result:
        """Have a question answered; it raises what the answering does."""
        ...

    def changed(self, change: Callable[[], Result]) -> Result:
        """Do what changes the index, and make ready what is live then. Until it is ready everybody goes on with what
        was live before.
        """
        ...

    @property
    def fallbacks(self) -> int:
        """So many questions were answered by slower means than usual."""
        ...

    def close(self) -> None:
        """Let go of files and processes."""
        ...


class SearchHere:
    """Searches in this process, in the thread that asks."""

    def __init__(self, live: Live) -> None:
        self._searcher = Searcher(live)
        self._live = live

    def ask(self, question: Callable[[Searcher], Result]) -> Result:
        """See `Searchers`."""
        return question(self._searcher)

    def changed(self, change: Callable[[], Result]) -> Result:
        """See `Searchers`."""
        self._live.holding = True
        try:
            result = change()
            self._live.make_ready()
            return result
        finally:
            self._live.holding = False

    @property
    def fallbacks(self) -> int:
        """See `Searchers`."""
        return self._live.fallbacks

    def close(self) -> None:
        """See `Searchers`."""
        self._live.forget()
