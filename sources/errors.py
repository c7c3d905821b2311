"""What can go wrong between a place and a document. Every error says whose fault it was."""


class SourceError(Exception):
    """Root of the errors of `sources`. `str(error)` is one plain sentence for a person."""


class Unreadable(SourceError):
    """The bytes can't be turned into text, and it is the file's doing: damaged, locked, too large, unknown."""


class NoText(Unreadable):
    """The file is sound and holds no text worth quoting: blank, a scan without a text layer, a script's shell."""


class Gone(Unreadable):
    """The item's address answers that nothing is there any more (404, 410). `certain`: it says that this is for good
    (410); else it may be a passing fault."""

    def __init__(self, sentence: str, *, certain: bool = False) -> None:
        super().__init__(sentence)
        self.certain = certain


class Unreachable(SourceError):
    """The place can't be walked or fetched just now: a missing folder, a refused connection."""


class BadDeclaration(SourceError):
    """A manifest line or front matter that can't be used; says which and why."""
