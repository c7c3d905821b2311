"""A span of a stored version as a card. Pure; whether it may be shown is asked elsewhere (`bot.asking.proof`)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking import links
from bot.asking.cards import Card, PassageRef
from bot.asking.facts import based_on, passage_at, where
from bot.asking.turns import turning_word
from bot.store.documents import StoredVersion
from bot.wording import words
from index.entries import card_of
from index.passage import Passage


def card_from(
    stored: StoredVersion, passage: Passage, public_url: str | None = None, opens_at: tuple[int, int] | None = None
) -> Card:
    """The passage with all that is told of it. `public_url` is where Quotedesk's own pages are served, if anywhere.

    `opens_at`: begin and end of the words that the links open on, where it is not all of the passage.
    """
    document, text = card_of(stored.document, stored.number), stored.document.text
    ref = PassageRef(passage.document_id, passage.version, passage.start, passage.end)
    opened = replace(ref, start=opens_at[0], end=opens_at[1]) if opens_at else ref
    page, cue = where(stored.document.marks, *opens_at) if opens_at else (next(iter(passage.pages), None), passage.cue)
    return Card(
        ref=ref,
        text=text[ref.start : ref.end],
        document=document,
        speaker=passage.speaker,
        said=passage.said,
        pages=passage.pages,
        cue=passage.cue,
        heading=passage.heading,
        quotes=passage.quotes,
        link=links.source_link(document, text, opened, extractor=stored.extractor, page=page, cue=cue),
        permalink=links.permalink(public_url, opened),
        turns=turning_word(text, ref.end),
        current=stored.current,
        text_sha256=stored.text_sha256,
        based_on=based_on(text) if document.publisher == words.OWN_PUBLISHER else None,
    )


def stored_card(stored: StoredVersion, passages: Sequence[Passage], start: int, end: int) -> Card:
    """The span of words `text[start:end]`; `passages` are all those of the version. Raises ValueError where it has no
    words.
    """
    passage = passage_at(passages, stored.document.text, start, end)
    if passage is None:
        raise ValueError(f"there are no words at {start}..{end}")
    return card_from(stored, passage)
