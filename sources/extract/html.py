"""Web pages: the main text in its own words, with what the page declares of itself."""

from collections.abc import Iterable, Sequence

from sources.document import Extract, Heading, Raw
from sources.extract.builder import TextBuilder
from sources.extract.datelines import add_said
from sources.extract.html_archived import archived_copy
from sources.extract.html_blocks import Block, blocks
from sources.extract.html_dates import dates_of
from sources.extract.html_head import author_of, publisher_of, read_head, title_of, url_of
from sources.extract.html_main import main_blocks
from sources.extract.html_page import parse, remove_furniture, remove_unseen
from sources.extract.preformatted import add_preformatted
from sources.extract.spoken import add_speakers

_NOTHING = "The page holds no text of its own; what is seen in a browser may be made by its scripts."
_LITTLE = 200
"""An article is longer than this many letters; an error page is not."""


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises NoText for a page without words, such as the shell of a script."""
    page = parse(raw)
    head = read_head(page)
    url = url_of(head, raw.location, raw.lasting)
    copy = archived_copy(page, head, raw, url)
    remove_unseen(page)
    remove_furniture(page)
    found = list(blocks(page))
    builder = TextBuilder()
    add_blocks(builder, main_blocks(page, found))
    text = builder.text
    title = title_of(head, page)
    transcript = add_speakers(builder, title)
    dates = dates_of(head, page, url, [block.text for block in found[:6]], raw.fetched_at)
    warnings = (*dates.warnings, *add_said(builder, title, dates.published, transcript))
    little = ("The page holds very little text; is it an error page?",) if len(text) < _LITTLE else ()
    return [
        builder.build(
            _NOTHING,
            title=title,
            publisher=publisher_of(head),
            author=author_of(head),
            url=url,
            archived_url=copy,
            language=head.language,
            published=dates.published,
            modified=dates.modified,
            warnings=warnings + little,
        )
    ]


def add_blocks(builder: TextBuilder, found: Iterable[Block]) -> None:
    """Add the blocks as paragraphs, headings marked."""
    for block in found:
        if block.preformatted:
            add_preformatted(builder, block.text)
        else:
            builder.paragraph(block.text, *([Heading(block.level)] if block.level else []))
