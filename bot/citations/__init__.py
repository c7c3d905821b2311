"""A passage's citation, ready to paste, in the forms that newsrooms use. Pure: a card in, text out.

The quotation is the stored words, character for character: no ellipsis, no (sic), no bracket, no changed capital, and
no mark moved into it or out of it. Where a house style would alter them, it gives way:

- AP ends a quotation before its attribution with a comma in place of the full stop. Here the attribution comes first
  and ends in a colon, as AP has it before longer quotations, so that the words keep the marks they have.
- AP makes inner quotation marks single. Here they stay as they are stored.
- Own cuts are marked `[cut]`, outside the quotation marks.
"""

from collections.abc import Callable, Mapping

from bot.asking.cards import Card
from bot.citations.ap import ap
from bot.citations.chicago import chicago
from bot.citations.cited import Cited, Extent, Style, whole
from bot.citations.html import html
from bot.citations.markdown import markdown
from bot.citations.plain import plain

__all__ = ["Extent", "Style", "cite"]

_FORMS: Mapping[Style, Callable[[Cited], str]] = {
    Style.AP: ap,
    Style.CHICAGO: chicago,
    Style.MARKDOWN: markdown,
    Style.PLAIN: plain,
    Style.HTML: html,
}


def cite(card: Card, style: Style, extent: Extent | None = None) -> str:
    """The citation, without a newline at its end; of all the card's words unless `extent` says of which."""
    return _FORMS[style](Cited(card, extent or whole(card)))
