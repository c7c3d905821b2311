"""What a page of the reader shows."""

from html.parser import HTMLParser


class Shown(HTMLParser):
    """What a page shows of a text: its words, those that are marked, and where it is scrolled to."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = self.asked = self.found = ""
        self.anchor: str | None = None
        self._open: list[tuple[str, set[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "link", "input", "br"):
            return
        told = dict(attrs)
        self._open.append((tag, set((told.get("class") or "").split())))
        if told.get("id") == "at":
            self.anchor = ""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        kinds = {kind for tag, classes in self._open for kind in (f"{tag}.{name}" for name in classes)}
        if "div.text" not in kinds:
            return
        self.text += data
        self.asked += data if "mark.asked" in kinds else ""
        self.found += data if "mark.found" in kinds else ""
        self.anchor = data if self.anchor == "" else self.anchor
