"""The table of formats: adding one is a module with `extract(raw) -> Sequence[Extract]` and a row here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its file name endings and media types; `module` is imported only when such a file comes.

    `revision` goes up whenever the same bytes may give another text: documents are then extracted anew.
    """

    name: str
    module: str
    revision: int
    endings: tuple[str, ...]
    media_types: tuple[str, ...]

    @property
    def extractor(self) -> str:
        """Name and revision, as kept with every version."""
        return f"{self.name}/{self.revision}"


FORMATS = (
    Format("plain", "sources.extract.plain", 5, (".txt", ".text", ".log"), ("text/plain",)),
    Format("markdown", "sources.extract.markdown", 6, (".md", ".markdown"), ("text/markdown",)),
    Format("html", "sources.extract.html", 6, (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml")),
    Format("pdf", "sources.extract.pdf", 5, (".pdf",), ("application/pdf",)),
    Format(
        "docx",
        "sources.extract.docx",
        6,
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    Format("captions", "sources.extract.captions", 4, (".vtt", ".srt"), ("text/vtt", "application/x-subrip")),
    Format("table", "sources.extract.table", 4, (".csv", ".tsv"), ("text/csv", "text/tab-separated-values")),
    Format("json", "sources.extract.json_article", 6, (".json",), ("application/json",)),
    Format("epub", "sources.extract.epub", 5, (".epub",), ("application/epub+zip",)),
    Format(
        "feed",
        "sources.extract.feed",
        5,
        (".rss", ".atom", ".xml"),
        ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
    ),
)
