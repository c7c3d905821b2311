"""PDF to text: reading order, pages with their printed numbers, running heads and margin numbers left out.

A text layer's letters are taken as they are; a page without one is a picture, and reading pictures is not done
here.
"""

import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.document import Extract, Heading, Origin, Page, PartialDate, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import TextBuilder, numbered
from sources.extract.datelines import add_said
from sources.extract.pdf_furniture import Body, bodies
from sources.extract.pdf_hyphens import join, vocabulary
from sources.extract.pdf_layout import Line, lines
from sources.extract.pdf_paragraphs import Paragraph, body_height, paragraphs
from sources.extract.pdf_words import SOFT_HYPHEN, PageText
from sources.extract.spoken import add_speakers

MAX_PAGES = 5_000
_WRITTEN = {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT}
_HEADER = re.compile(rb"\s*(?:<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"untitled|document\d*|slide \d+|powerpoint.*|\W*|\d+|.*\.(?:docx?|indd|qxd|pdf|rtf|wpd|pages|tmp|dvi|ps)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel) - )")
_NO_AUTHOR = re.compile(r"(?:anonymous|unknown|administrator|admin|user|owner|author|\W*)\d*", re.IGNORECASE)
_STAMP = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x03-\x08\x0e-\x1f]")


def extract(raw: Raw) -> Sequence[Extract]:
    """The file as one document with `Page` and `Heading` marks. Raises Unreadable, NoText."""
    document = _open(raw.content)
    try:
        if document.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL:
            raise NoText("The PDF is a form that only Adobe's own programs can show: print it to a PDF and add that.")
        return [_extract(document)]
    finally:
        document.close()


def _open(content: bytes) -> pdfium.PdfDocument:
    if _HEADER.match(content[:200]):
        raise Unreadable("The file is called a PDF, but it is a web page: perhaps a login or error page was saved.")
    try:
        document = pdfium.PdfDocument(content)
        if len(document) < 1:
            raise Unreadable("The PDF has no pages.")
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Unreadable("The PDF is locked with a password.") from error
        raise Unreadable("The PDF is damaged or not complete.") from error
    return document


def _extract(document: pdfium.PdfDocument) -> Extract:
    count = min(len(document), MAX_PAGES)
    read = [_lines(document, number) for number in range(count)]
    damaged = [number for number, lines_read in enumerate(read) if lines_read is None]
    if len(damaged) == count:
        raise Unreadable("The pages of the PDF are damaged.")
    found = bodies([lines_read or [] for lines_read in read])
    written = [number for number, body in enumerate(found) if body.lines]
    if not written:
        raise NoText("The PDF has no text layer: it is a scan and needs OCR.")
    _refuse_unmapped(found)
    builder = TextBuilder()
    _build(builder, [body.lines for body in found], _pages(document, found), _outline(document))
    facts = document.get_metadata_dict()
    title = _title(facts.get("Title", ""))
    transcript = add_speakers(builder, title)
    warnings = [
        *_pages_told(count, damaged, "are damaged and were left out"),
        *_pages_told(count, set(range(count)) - {*written, *damaged}, "have no text layer and may be scans"),
        *add_said(builder, title, None, transcript),
    ]
    if attached := document.count_attachments():
        warnings.append(f"The PDF has attached files ({attached:,}), which were not read.")
    if len(document) > MAX_PAGES:
        warnings.append(f"Only the first {MAX_PAGES:,} of {len(document):,} pages were read.")
    return builder.build(
        title=title,
        author=_author(facts.get("Author", "")),
        modified=_date(facts.get("ModDate", "")) or _date(facts.get("CreationDate", "")),
        warnings=tuple(warnings),
    )


def _lines(document: pdfium.PdfDocument, number: int) -> list[Line] | None:
    """The lines of a page, as drawn; None where it is damaged."""
    try:
        page = _page(document, number)
    except pdfium.PdfiumError:
        return None
    text = PageText(page)
    try:
        return lines(list(text.words()))
    finally:
        text.close()
        page.close()


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page as it is seen: what is written in its forms, or typed over it, belongs to its words."""
    page = document[number]
    if not any(_is_written(page, at) for at in range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        return page
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _is_written(page: pdfium.PdfPage, at: int) -> bool:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, at)
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return kind in _WRITTEN


def _refuse_unmapped(found: Sequence[Body]) -> None:
    """Some files draw letters without saying which: what comes out looks like text and is none."""
    text = "".join(line.text for body in found for line in body.lines)
    if len(_UNMAPPED.findall(text)) > 0.2 * len(text):
        raise NoText("The PDF's fonts do not say which letters they draw: it needs OCR.")


def _pages(document: pdfium.PdfDocument, found: Sequence[Body]) -> list[Page]:
    """The page's label in the file, or the number that its head or foot prints, where it isn't just its place."""
    labels = [document.get_page_label(number) for number in range(len(found))]
    pages: list[Page] = []
    for number, (label, body) in enumerate(zip(labels, found, strict=True), 1):
        printed = label or body.printed
        pages.append(Page(number, printed if printed != str(number) else None))
    return pages


def _outline(document: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    """The level of each heading in the file's own table of contents, by page index and folded title."""
    levels: dict[tuple[int, str], int] = {}
    for bookmark in islice(document.get_toc(max_depth=6), 10_000):
        target = bookmark.get_dest()
        title = _folded(bookmark.get_title())
        if target and title and (index := target.get_index()) is not None:
            levels.setdefault((index, title), bookmark.level + 1)
    return levels


def _build(
    builder: TextBuilder, text: Sequence[Sequence[Line]], pages: Sequence[Page], outline: dict[tuple[int, str], int]
) -> None:
    words = vocabulary(line.text for page in text for line in page)
    parts = paragraphs(text)
    ranks = _heading_sizes(parts, body_height(text))
    page, begun = parts[0].lines[0].page, 0
    for paragraph in parts:
        builder.break_paragraph()
        start = builder.position
        for number, piece in _pieces(paragraph, words):
            if number != page:
                builder.mark(begun, pages[page])
                page, begun = number, builder.position
            builder.add(piece)
        if level := _level(paragraph, ranks, outline):
            builder.mark(start, Heading(level))
    builder.mark(begun, pages[page])


def _pieces(paragraph: Paragraph, words: Set[str]) -> Iterator[tuple[int, str]]:
    """The paragraph's lines as they are joined, each with the index of its page."""
    page, text = paragraph.lines[0].page, paragraph.lines[0].line.text
    for placed in paragraph.lines[1:]:
        after = placed.line.text
        yield page, join(text, after, words)[: -len(after)]
        page, text = placed.page, after
    yield page, f"{text[:-1]}-" if text.endswith(SOFT_HYPHEN) else text


def _heading_sizes(parts: Sequence[Paragraph], body: float) -> list[float]:
    """Type sizes of headings, the largest first."""
    return sorted({round(part.height) for part in parts if _is_large(part, body)}, reverse=True)


def _is_large(part: Paragraph, body: float) -> bool:
    return part.height > 1.12 * body and len(part.lines) <= 3


def _level(part: Paragraph, sizes: Sequence[float], outline: dict[tuple[int, str], int]) -> int | None:
    if part.note or len(part.lines) > 3:
        return None
    title = _folded(" ".join(placed.line.text for placed in part.lines))
    for cut in range(min(8, len(title))):  # the outline often leaves out "II. A."
        if level := outline.get((part.lines[0].page, title[cut:])):
            return level
    return sizes.index(round(part.height)) + 1 if round(part.height) in sizes else None


def _folded(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _pages_told(count: int, numbers: Collection[int], what: str) -> Iterator[str]:
    if numbers:
        which = numbered([number + 1 for number in sorted(numbers)])
        yield f"{len(numbers)} of {count} pages {what}: {which}."


def _title(title: str) -> str | None:
    title = _PROGRAM.sub("", title.strip("\0 "))
    return None if _NO_TITLE.fullmatch(title) else title


def _author(author: str) -> str | None:
    return None if _NO_AUTHOR.fullmatch(author.strip("\0 ")) else author


def _date(stamp: str) -> PartialDate | None:
    """The day of a PDF's time stamp; it tells when the file was made, never when the words were published."""
    match = _STAMP.match(stamp)
    try:
        return PartialDate.parse("-".join(match.groups()), Origin.DECLARED) if match else None
    except ValueError:
        return None
