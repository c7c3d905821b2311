"""DOCX to text: paragraphs, headings, tables by rows, notes at the end; no headers and footers, no deleted words.

python-docx opens the package and knows its styles and properties. The paragraphs are walked here, because it leaves
out what stands in content controls and tracked insertions.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from sources.document import Extract, Heading, Origin, PartialDate, Raw
from sources.errors import Unreadable
from sources.extract.builder import TextBuilder
from sources.extract.datelines import add_said, stated_date
from sources.extract.spoken import add_speakers
from sources.extract.xml_tree import parse_xml
from sources.extract.zipped import member, open_zip

_MAX_XML = 24 * 1024 * 1024
"""Of the main part; a thousand pages of running text take about 10 MB."""
_WHAT = "a Word document (.docx)"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_DROPPED = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
_NO_AUTHORS = {"python-docx", "microsoft office user", "user", "admin", "administrator", "author", "unknown", ""}
_DAMAGED = (OpcError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, AttributeError)
"""What python-docx lets through when a package is not what it should be."""

_TEMPLATE_DAY = date(2013, 12, 23)
"""The date inside python-docx's own template, and so in every file that was made with it and not dated."""

_SOON = timedelta(days=31)

_UNSET_CLOCK = "01-01 00:00:00"
"""The beginning of a year is a time that a program writes for want of one."""

_Element = Any
"""lxml's element; python-docx's subclasses of it are not typed."""


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises Unreadable, NoText."""
    try:
        return [_read(_open(raw.content))]
    except _DAMAGED as error:
        raise Unreadable("The Word document is damaged.") from error


def _read(document: Document) -> Extract:
    builder = TextBuilder()
    styles = {style.style_id: _level(style.name) for style in document.styles if style.name}
    main: _Element = document.element
    _add(builder, main.body, styles)
    for notes in _notes(document):
        _add(builder, notes, styles)
    facts = document.core_properties
    transcript = add_speakers(builder, facts.title)
    stated = stated_date(builder.text)
    begun = None if stated else _begun(facts.created, facts.modified)
    published = stated or begun
    warnings = [*add_said(builder, facts.title, published, transcript)]
    if begun:
        warnings.append(f"The text gives no date; {begun.value} is the day on which the file was begun.")
    author = None if facts.author.strip().lower() in _NO_AUTHORS else facts.author
    return builder.build(
        "The Word document holds no text.",
        title=facts.title or None,
        author=author,
        published=published,
        modified=_date(facts.modified, Origin.DECLARED),
        language=facts.language or None,
        warnings=tuple(warnings),
    )


def _open(content: bytes) -> Document:
    with open_zip(content, _WHAT) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        if "word/document.xml" not in archive.namelist():
            raise Unreadable(f"The file is a zip archive, but not {_WHAT}: it has no text part.")
        if any(part.file_size > _MAX_XML for part in parts):
            raise Unreadable("The Word document is too large once unpacked.")
        for part in parts:
            parse_xml(member(archive, part.filename) or b"", "The Word document")
    return docx.Document(BytesIO(content))


def _notes(document: Document) -> Iterator[_Element]:
    """Foot- and endnotes, which python-docx doesn't read."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            yield parse_xml(relation.target_part.blob, "The Word document")


def _add(builder: TextBuilder, part: _Element, styles: dict[str, int | None]) -> None:
    for block in _blocks(part):
        if block.tag == qn("w:tr"):
            cells = (" ".join(filter(None, map(_text, _under(cell, qn("w:p"))))) for cell in _under(block, qn("w:tc")))
            builder.paragraph("\t".join(cells).strip("\t"))
        else:
            style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            level = None if style is None else styles.get(style.get(qn("w:val")))
            builder.paragraph(_text(block), *([Heading(level)] if level else []))


def _blocks(part: _Element) -> Iterator[_Element]:
    """Paragraphs and table rows in order, however deep they stand; not the paragraphs inside the rows."""
    for child in part:
        if child.tag in (qn("w:p"), qn("w:tr")):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
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
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            if child.tag == qn("w:p"):  # a text box
                yield "\n"
            yield from _runs(child)


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


def _date(time: datetime | None, origin: Origin) -> PartialDate | None:
    if time is None or time.date() == _TEMPLATE_DAY or f"{time:%m-%d %H:%M:%S}" == _UNSET_CLOCK:
        return None
    return PartialDate.parse(time.date().isoformat(), origin)
