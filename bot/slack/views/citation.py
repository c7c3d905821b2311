"""The modal of citations: each form in a box of its own, to be selected and copied. Slack gives apps no clipboard."""

from bot.asking.cards import Card
from bot.citations import Extent, Style, cite
from bot.slack.blocks.rich import Json, line, preformatted, rich_text, text
from bot.slack.views.modal import modal
from bot.wording import admin_words, words
from bot.wording.excerpts import excerpt

MOST = 2_900
"""Characters of a form: what Slack lets stand in one text (3,000), with something to spare."""
_ROOMS = (
    *((2_000, 160, 1_000), (1_500, 160, 700), (1_000, 120, 500), (600, 80, 300)),
    *((300, 60, 250), (150, 40, 150), (60, 20, 100)),
)
"""Characters of the quotation, of a name and of an address."""


def citation_view(card: Card) -> Json:
    """All forms, of as much of the passage as each of them has room for: the same much in all."""
    extent, forms = _fitting(card)
    cut = (extent.start, extent.end) != (0, len(card.text))
    told = (words.CITATION_HOW, words.CITATION_CUT if cut else "", "" if card.current else words.SUPERSEDED)
    return modal(
        words.CITATION_TITLE,
        [
            rich_text(*(line(text(sentence)) for sentence in told if sentence)),
            *(
                rich_text(line(text(words.CITATION_FORMS[style.value], bold=True)), preformatted(form))
                for style, form in forms.items()
            ),
        ],
        close=admin_words.CLOSE,
    )


def _fitting(card: Card) -> tuple[Extent, dict[Style, str]]:
    """The largest extent with which every form fits."""
    extent, forms = Extent(0, 0), dict[Style, str]()
    for quotation, name, address in _ROOMS:
        shown = excerpt(card.text, card.spans, quotation)
        extent = Extent(shown.start, shown.end, name, address)
        forms = {style: cite(card, style, extent) for style in Style}
        if all(_length(form) <= MOST for form in forms.values()):
            break
    return extent, forms


def _length(form: str) -> int:
    """In UTF-16 units, of which an emoji takes two."""
    return len(form.encode("utf-16-le", "surrogatepass")) // 2
