"""What can go wrong in the index."""


class SearchError(Exception):
    """Root of the errors of `index`. `str(error)` is one plain sentence for a person."""


class BadQuery(SearchError):
    """The query can't be understood, and the asker can mend it: the sentence says how."""


class BadSynonyms(SearchError):
    """A table of synonyms that can't be used; the message says why."""


class IndexUnavailable(SearchError):
    """The index can't answer now; nothing may be answered in its place."""


class NoIndex(IndexUnavailable):
    """Nothing was indexed yet."""

    def __init__(
        self,
        sentence: str = "There is no index yet: `quotedesk sources add PLACE` makes it, `quotedesk reindex` too.",
    ) -> None:
        super().__init__(sentence)
