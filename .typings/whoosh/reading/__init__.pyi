from typing import Any

class TermInfo:
    def __init__(
        self,
        weight: float = ...,
        df: int = ...,
        minlength: int | None = ...,
        maxlength: int = ...,
        maxweight: float = ...,
        minid: int | None = ...,
        maxid: int = ...,
    ) -> None: ...

class IndexReader:
    def close(self) -> None: ...

class SegmentReader(IndexReader):
    def __init__(self, storage: Any, schema: Any, segment: Any) -> None: ...

class TermNotFound(Exception): ...
