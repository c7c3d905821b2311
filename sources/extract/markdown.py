"""Markdown: the text as its reader sees it, without markup, in the source's own words."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.document import Extract, Heading, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import TextBuilder
from sources.extract.clean import clean
from sources.extract.datelines import add_said, stated_date
from sources.extract.decode import decode
from sources.extract.frontmatter import split
from sources.extract.html import add_blocks
from sources.extract.html_blocks import blocks
from sources.extract.html_page import HEADINGS, remove_unseen, tree
from sources.extract.opening import declared_speaker
from sources.extract.sniff import charset_of
from sources.extract.spoken import add_speakers

_DEEPEST = 100
"""Quotations and lists inside one another: the parser drops what stands deeper."""
_LONGEST_HEADING = 250
"""A paragraph above a line of dashes is a heading to Markdown; a long one is still a paragraph."""
# Footnotes are no part of CommonMark, which would take `[^1]: …` for a link's address and drop it.
_NOTE = re.compile(r"^( {0,3})\[(?=\^[^\]\s]{1,40}\]:)", re.MULTILINE)
_NOTE_MARK = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\](?!:)")
_HIDING = {"script", "style", "template", "del", "s", "strike"}
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_PARAGRAPHS = {
    "heading_open",
    "heading_close",
    "blockquote_open",
    "blockquote_close",
    "hr",
    "table_open",
    "table_close",
}
_LISTS = {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"}


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Its title is the front matter's, else its first heading of the first level. Raises Unreadable,
    NoText."""
    facts, body = split(clean(decode(raw.content, charset_of(raw.media_type))))
    builder = TextBuilder()
    title = _add(builder, _parsed(body))
    text = builder.text
    speaker = declared_speaker(text)
    facts["title"] = facts.get("title") or title
    transcript = add_speakers(builder, facts["title"], speaker)
    if speaker and not transcript and not facts.get("speaker"):
        facts["speaker"] = speaker[1]
    published = facts["published"] = facts.get("published") or stated_date(text)
    said = add_said(builder, facts["title"], published, transcript or bool(facts.get("speaker")))
    facts["warnings"] = (*facts.get("warnings", ()), *said)
    return [builder.build(**facts)]


def _parsed(body: str) -> Sequence[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(_NOTE.sub(r"\1\\[", _NOTE_MARK.sub("", body)))
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise Unreadable("The file is nested too deeply to be read to its end.")
    return tokens


def _add(builder: TextBuilder, tokens: Sequence[Token]) -> str | None:
    """Add the blocks of a page; gives its first heading of the first level."""
    title: str | None = None
    number = ""
    for before, token in pairwise([Token("", "", 0), *tokens]):
        match token.type:
            case "inline":
                words = number + _words(token.children or [])
                number = ""
                _add_words(builder, words, before)
                title = title or (words if before.tag == "h1" else None)
            case "fence" | "code_block":
                builder.paragraph(number + token.content.rstrip())
                number = ""
            case "html_block":
                with suppress(NoText):  # a comment, say
                    _add_html(builder, token.content)
            case "list_item_open":
                number = f"{token.info}{token.markup} " if token.info else ""
                builder.break_line()
            case "td_open" | "th_open" if before.type != "tr_open":
                builder.add("\t")
            case _:
                _break(builder, token)
    return title


def _add_words(builder: TextBuilder, words: str, opening: Token) -> None:
    level = HEADINGS.get(opening.tag)
    if level and len(words) <= _LONGEST_HEADING:
        with builder.marking(Heading(level)):
            builder.add(words)
    else:
        builder.add(words)


def _break(builder: TextBuilder, token: Token) -> None:
    if token.type in {"paragraph_open", "paragraph_close"}:
        if token.hidden:  # an item of a list whose items stand close together
            builder.break_line()
        else:
            builder.break_paragraph()
    elif token.type in _PARAGRAPHS or (token.type in _LISTS and token.level < 2):
        builder.break_paragraph()
    elif token.type == "tr_open" or token.type in _LISTS:
        builder.break_line()


def _add_html(builder: TextBuilder, source: str) -> None:
    page = tree(source)
    remove_unseen(page)
    add_blocks(builder, blocks(page))


def _words(tokens: Sequence[Token]) -> str:
    """What is read of a run of inline markup; deletions and scripts are not."""
    words: list[str] = []
    hidden: list[str] = []
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        name = tag[2].lower() if tag else "~~" if token.type in {"s_open", "s_close"} else ""
        if name in _HIDING or name == "~~":
            if token.type == "s_close" or (tag and tag[1]):
                hidden = [open_name for open_name in hidden if open_name != name]
            else:
                hidden.append(name)
        elif not hidden:
            words.append("\n" if name == "br" else _SEEN.get(token.type, lambda _: "")(token))
    return "".join(words)


_SEEN: dict[str, Callable[[Token], str]] = {
    "text": lambda token: token.content,
    "code_inline": lambda token: token.content,
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: "\n",
}
"""What each kind of inline token shows; an image shows no words, a link only those inside."""
