from collections.abc import Sequence

class Query:
    boost: float

class Term(Query):
    fieldname: str
    text: str
    def __init__(self, fieldname: str, text: str, boost: float = ...) -> None: ...

class Compound(Query):
    subqueries: list[Query]
    def __init__(self, subqueries: Sequence[Query], boost: float = ...) -> None: ...

class And(Compound): ...
class Or(Compound): ...

class Not(Query):
    query: Query
    def __init__(self, query: Query, boost: float = ...) -> None: ...

class Phrase(Query):
    fieldname: str
    words: list[str]
    def __init__(self, fieldname: str, words: Sequence[str], slop: int = ..., boost: float = ...) -> None: ...

class Pattern(Query):
    fieldname: str
    text: str
    def __init__(self, fieldname: str, text: str, boost: float = ...) -> None: ...

class Prefix(Pattern): ...
class Wildcard(Pattern): ...

class FuzzyTerm(Query):
    fieldname: str
    text: str
    maxdist: int
    def __init__(self, fieldname: str, text: str, boost: float = ..., maxdist: int = ...) -> None: ...
