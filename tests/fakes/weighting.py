"""Stock Whoosh's scoring with the one number that the engine takes from Lucene."""

from math import log1p

from whoosh.scoring import BM25F
from whoosh.searching import Searcher


class LuceneIdf(BM25F):
    """BM25F with the idf of Lucene's BM25Similarity, by the hook that Whoosh has for it."""

    def idf(self, searcher: Searcher, fieldname: str, text: str | bytes) -> float:
        """ln(1 + (N - df + 0.5) / (df + 0.5)), gone passages included."""
        of_all = searcher.get_parent()
        frequency = of_all.doc_frequency(fieldname, text)
        return log1p((of_all.doc_count_all() - frequency + 0.5) / (frequency + 0.5))
