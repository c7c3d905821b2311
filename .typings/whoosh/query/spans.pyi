from collections.abc import Sequence

from whoosh.query import Query

class SpanNear(Query):
    @classmethod
    def phrase(cls, fieldname: str, words: Sequence[str], slop: int = ..., ordered: bool = ...) -> SpanNear: ...
