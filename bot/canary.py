"""Whether search really answers: words that are stored must be found."""

import re

from bot.store.port import Archive
from index.errors import IndexUnavailable
from index.port import Access, Engine
from index.query import Phrase, Query
from sources.document import Document

_WORDS = re.compile(r"\b[A-Za-z]{3,}(?: [A-Za-z]{3,}){1,3}\b")
_TRIES = 5


class Canary:
    """Searches for words of a stored document, remembered from one time to the next."""

    def __init__(self, archive: Archive, engine: Engine) -> None:
        self._archive = archive
        self._engine = engine
        self._song: tuple[Query, Access] | None = None

    async def sing(self) -> bool:
        """True when stored words are found, False when nothing is stored. Raises IndexUnavailable, StoreUnavailable."""
        status = await self._engine.status()
        if self._song is not None and await self._heard(*self._song):
            return True
        ids = await self._archive.live_ids()
        if not ids:
            return False
        if status.live is None:
            raise IndexUnavailable("There is no index yet: run `quotedesk reindex`.")
        for versioned in await self._archive.current(ids[:_TRIES]):
            song = _song(versioned.document)
            if song is not None and await self._heard(*song):
                self._song = song
                return True
        raise IndexUnavailable("The index does not find what is stored: run `quotedesk reindex --full`.")

    async def _heard(self, query: Query, access: Access) -> bool:
        return bool((await self._engine.search(query, access)).hits)


def _song(document: Document) -> tuple[Query, Access] | None:
    words = _WORDS.search(document.text)
    if words is None:
        return None
    query = Query(words[0], wanted=(Phrase(words[0]),), limit=1)
    return query, Access(document.workspace_id, frozenset({document.source_id}))
