"""Markdown: the text as its reader sees it, without markup, in the source's own words."""

import re
from collections.abc import Sequence
from contextlib import suppress

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.document import Extract, Heading, Raw
from sources.errors import NoText
from sources.extract.builder import TextBuilder
from sources.extract.clean import clean
from sources.extract.decode import decode
from sources.extract.frontmatter import split
from sources.extract.html import add_blocks
from sources.extract.html_blocks import blocks
from sources.extract.html_page import HEADINGS, remove_unseen, tree
from sources.extract.opening import declared_speaker
from sources.extract.sniff import charset_of
from sources.speakers import turns

_LONGEST_HEADING = 250
"""A paragraph above a line of dashes is a heading to Markdown; a long one is still a paragraph."""
# Footnotes are no part of CommonMark, which would take `[^1]: …` for a link's address and drop it.
_NOTE = re.compile(r"^( {0,3})\[(?=\^[^\]\s]{1,40}\]:)", re.MULTILINE)
_NOTE_MARK = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\](?!:)")
_HIDING = {"script", "style", "template", "del", "s", "strike"}
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_LISTS = {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"}


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Its title is the front matter's, else its first heading of the first level."""
    facts, body = split(clean(decode(raw.content, charset_of(raw.media_type))))
    builder = TextBuilder()
    titles = _add(builder, _parsed(body))
    text = builder.text
    marks = turns(text)
    for mark in marks:
        builder.mark(mark.start, mark.value, mark.end)
    if titles and not facts.get("title"):
        facts["title"] = titles[0]
    if not marks and not facts.get("speaker"):
        facts["speaker"] = declared_speaker(text)
    return [builder.build(**facts)]


def _parsed(body: str) -> Sequence[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.parse(_NOTE.sub(r"\1\\[", _NOTE_MARK.sub("", body)))


def _add(builder: TextBuilder, tokens: Sequence[Token]) -> Sequence[str]:
    """Add the blocks of a page; gives the headings of the first level."""
    titles: list[str] = []
    for at, token in enumerate(tokens):
        match token.type:
            case "inline":
                words = _words(token.children or [])
                if heading := _heading(tokens[at - 1], words):
                    builder.mark(builder.position, heading, builder.position + len(clean(words)))
                    if heading.level == 1:
                        titles.append(words)
                builder.add(words)
            case "fence" | "code_block":
                builder.paragraph(token.content.rstrip())
            case "html_block":
                _add_html(builder, token.content)
            case _:
                _break(builder, token, tokens[at - 1] if at else token)
    return titles
