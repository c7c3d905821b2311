from collections.abc import Sequence
from typing import Any

class Span:
    start: int
    end: int

class Matcher:
    def is_active(self) -> bool: ...
    def id(self) -> int: ...
    def score(self) -> float: ...
    def next(self) -> Any: ...
    def spans(self) -> list[Span]: ...

class ListMatcher(Matcher):
    _i: int
    def __init__(
        self,
        ids: Sequence[int],
        weights: Sequence[float] | None = ...,
        scorer: Any = ...,
        term: Any = ...,
        terminfo: Any = ...,
    ) -> None: ...
