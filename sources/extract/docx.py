"""DOCX to text: paragraphs, headings, tables by rows, notes at the end; no headers and footers, no deleted or hidden
words.

The parts are found by the package's relationships and read one by one, so a part that holds none of the words (a
picture, a theme, macros) may be damaged or missing. python-docx refuses such files, templates and the strict form, and
leaves out what stands in content controls and tracked insertions.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zipfile import ZipFile

from sources.document import Extract, Heading, Origin, PartialDate, Raw
from sources.errors import Unreadable
from sources.extract.builder import TextBuilder
from sources.extract.datelines import add_said, stated_date
from sources.extract.spoken import add_speakers
from sources.extract.xml_tree import local_name, parse_xml
from sources.extract.zipped import member, open_zip

_MAX_XML = 24 * 1024 * 1024
"""Of the main part; a thousand pages of running text take about 10 MB."""
_WHAT = "a Word document (.docx)"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same language's other name, in files saved as "Strict Open XML"."""
_P, _TR, _TC, _R = f"{_W}p", f"{_W}tr", f"{_W}tc", f"{_W}r"
_T = {f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_DROPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}rt",  # how the word under it is pronounced
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_OFF = {"0", "false", "off"}
_NO_AUTHORS = {"python-docx", "microsoft office user", "user", "admin", "administrator", "author", "unknown", ""}
_TEMPLATE_DAY = date(2013, 12, 23)
"""The date inside python-docx's own template, and so in every file that was made with it and not dated."""

_SOON = timedelta(days=31)

_UNSET_CLOCK = "01-01 00:00:00"
"""The beginning of a year is a time that a program writes for want of one."""

_Element = Any
"""lxml's element."""


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises Unreadable, NoText."""
    with open_zip(raw.content, _WHAT) as archive:
        return [_Package(archive).read()]


class _Package:
    """The parts of one file; `left_out` collects the sentences about those that had to be."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._left_out: list[str] = []

    def read(self) -> Extract:
        package = self._related("")
        name = next(iter(package.get("officeDocument", ())), "word/document.xml")
        body = self._main(name)
        parts = self._related(name)
        styles = {key: level for tree in self._side(parts.get("styles", ())) for key, level in _levels(tree)}
        if next(body.iter(f"{_W}altChunk"), None) is not None:
            self._left_out.append("Parts of the Word document are files of another kind inside it, and were left out.")
        builder = TextBuilder()
        for part in (body, *self._side((*parts.get("footnotes", ()), *parts.get("endnotes", ())))):
            _add(builder, part, styles)
        return self._built(builder, _facts(self._side(package.get("core-properties", ()))))

    def _built(self, builder: TextBuilder, facts: Mapping[str, str]) -> Extract:
        title, author = facts.get("title"), facts.get("creator", "")
        modified = _time(facts.get("modified"))
        transcript = add_speakers(builder, title)
        stated = stated_date(builder.text)
        begun = None if stated else _begun(_time(facts.get("created")), modified)
        published = stated or begun
        warnings = [*self._left_out, *add_said(builder, title, published, transcript)]
        if begun:
            warnings.append(f"The text gives no date; {begun.value} is the day on which the file was begun.")
        return builder.build(
            "The Word document holds no text.",
            title=title,
            author=None if author.strip().lower() in _NO_AUTHORS else author,
            published=published,
            modified=_date(modified, Origin.DECLARED),
            language=facts.get("language"),
            warnings=tuple(warnings),
        )

    def _main(self, name: str) -> _Element:
        tree = self._tree(name)
        body = None if tree is None else tree.find(f"{_W}body")
        if body is None:
            raise Unreadable(f"The file is a zip archive, but not {_WHAT}: it has no text part.")
        return body

    def _tree(self, name: str) -> _Element | None:
        if name in self._archive.namelist() and self._archive.getinfo(name).file_size > _MAX_XML:
            raise Unreadable("The Word document is too large once unpacked.")
        content = member(self._archive, name)
        if content is None:
            return None
        return parse_xml(content.replace(_STRICT, _W[1:-1].encode()), "The Word document")

    def _side(self, names: Sequence[str]) -> Iterator[_Element]:
        """The trees of parts beside the main one; the words are read without those that are damaged."""
        for name in names:
            try:
                tree = self._tree(name)
            except Unreadable:
                tree = None
            if tree is None:
                self._left_out.append(f"The Word document's part {name} is damaged or missing, and was left out.")
            else:
                yield tree

    def _related(self, name: str) -> Mapping[str, Sequence[str]]:
        """The parts that one part, or the package itself (no name), refers to, by the last word of their relation."""
        folder, own = posixpath.split(name)
        found: dict[str, list[str]] = {}
        place = posixpath.join(folder, "_rels", f"{own}.rels")
        listed = [place] if place in self._archive.namelist() else []
        for relation in (one for tree in self._side(listed) for one in tree):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                kind = relation.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, []).append(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        return found


def _levels(styles: _Element) -> Iterator[tuple[str, int | None]]:
    """The ids of the styles, and the heading's level that each stands for."""
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            yield style.get(f"{_W}styleId", ""), _level(name.get(f"{_W}val", ""))


def _facts(properties: Iterator[_Element]) -> Mapping[str, str]:
    """What the file says of itself, by the names of Dublin Core."""
    return {local_name(fact): fact.text for tree in properties for fact in tree if (fact.text or "").strip()}


def _add(builder: TextBuilder, part: _Element, styles: dict[str, int | None]) -> None:
    for block in _blocks(part):
        if block.tag == _TR:
            cells = (" ".join(filter(None, map(_text, _under(cell, _P)))) for cell in _under(block, _TC))
            builder.paragraph("\t".join(cells).strip("\t"))
        else:
            style = block.find(f"{_W}pPr/{_W}pStyle")
            level = None if style is None else styles.get(style.get(f"{_W}val"))
            builder.paragraph(_text(block), *([Heading(level)] if level else []))


def _blocks(part: _Element) -> Iterator[_Element]:
    """Paragraphs and table rows in order, however deep they stand; not the paragraphs inside the rows."""
    for child in part:
        if child.tag == _P or (child.tag == _TR and child.find(f"{_W}trPr/{_W}del") is None):
            yield child
        elif child.tag != _TR and isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _blocks(child)


def _under(element: _Element, tag: str) -> Iterator[_Element]:
    """The nearest descendants with this tag."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _under(child, tag)


def _text(paragraph: _Element) -> str:
    """All runs of the paragraph together: a word may be split over any number of them."""
    return "".join(_runs(paragraph)).strip()


def _runs(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _T:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            if child.tag == _P:  # a text box
                yield "\n"
            if not _is_hidden(child):
                yield from _runs(child)


def _is_hidden(element: _Element) -> bool:
    vanish = element.find(f"{_W}rPr/{_W}vanish") if element.tag == _R else None
    return vanish is not None and vanish.get(f"{_W}val", "true") not in _OFF


def _level(style: str) -> int | None:
    if style.lower() == "title":
        return 1
    match = _HEADING.match(style)
    return int(match[1]) if match and match[1] != "0" else None


def _begun(created: datetime | None, modified: datetime | None) -> PartialDate | None:
    """The day on which a file was begun that was finished soon after: a guess at its publication.

    A file that was changed much later was made out of an older one, or of a template, whose day it bears.
    """
    if created is None or modified is None or not timedelta() <= modified - created <= _SOON:
        return None
    return _date(created, Origin.DERIVED)


def _time(stamp: str | None) -> datetime | None:
    """A time stamp of the file's, in UTC."""
    try:
        time = datetime.fromisoformat((stamp or "").strip())
    except ValueError:
        return None
    return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)


def _date(time: datetime | None, origin: Origin) -> PartialDate | None:
    if time is None or time.date() == _TEMPLATE_DAY or f"{time:%m-%d %H:%M:%S}" == _UNSET_CLOCK:
        return None
    return PartialDate.parse(time.date().isoformat(), origin)
