class Token:
    text: str
    boost: float
    pos: int
    startchar: int
    endchar: int
    def __init__(self, positions: bool = ..., chars: bool = ...) -> None: ...

class Analyzer: ...
