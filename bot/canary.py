"""Whether search really answers: words that are stored must be found."""

import re

from bot import metrics
from bot.store.archive import Archive
from index.errors import IndexUnavailable
from index.port import Access, Engine
from index.query import Phrase, Query
from sources.document import Document

_WORDS = re.compile(r"\b[^\W\d_]{3,}(?: [^\W\d_]{3,}){1,3}\b")
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
        metrics.SEARCH_FALLBACKS.set(status.fallbacks)
        live = status.live
        if self._song is not None and await self._heard(*self._song):
            return True
        ids = await self._archive.live_ids()
        if not ids:
            return False
        if live is None:
            raise IndexUnavailable("There is no index yet: run `quotedesk reindex`.")
        songs = [_song(versioned.document) for versioned in await self._archive.current(ids[:_TRIES])]
        for song in songs:
            if song is not None and await self._heard(*song):
                self._song = song
                return True
        # What was stored a moment ago need not be found yet.
        if any(songs) and await self._archive.head() <= live.sequence:
            raise IndexUnavailable("The index does not find what is stored: run `quotedesk reindex --full`.")
        return True

    async def _heard(self, query: Query, access: Access) -> bool:
        # An answer that is kept would tell of the past.
        return bool((await self._engine.search(query, access, fresh=True)).hits)


def _song(document: Document) -> tuple[Query, Access] | None:
    words = _WORDS.search(document.text)
    if words is None:
        return None
    query = Query(words[0], wanted=(Phrase(words[0]),), limit=1)
    return query, Access(document.workspace_id, frozenset({document.source_id}))
