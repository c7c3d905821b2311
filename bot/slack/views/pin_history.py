"""What was done to a pin: who, when, what. For the one who asked, in a modal."""

from collections.abc import Sequence

from bot.pinning import PinView
from bot.slack.blocks.rich import Json, line, moment, quotation, rich_text, small, text, user
from bot.slack.views.modal import modal
from bot.store.pins import PinChange
from bot.wording import admin_words, pin_words, pinboard_words
from bot.wording.source import clipped

MOST = 40
"""Deeds that are shown, the newest; the rest is counted."""

_LONGEST = 300


def history_view(view: PinView, changes: Sequence[PinChange]) -> Json:
    """The pinned words, and below them all that was done, the newest first. `changes` are in order."""
    told = [rich_text(_deed(change), *_details(change)) for change in reversed(changes[-MOST:])]
    earlier = len(changes) - MOST
    rest = [small(pinboard_words.earlier(earlier))] if earlier > 0 else []
    words = rich_text(quotation(text(clipped(view.pin.quote, _LONGEST))))
    return modal(pinboard_words.HISTORY_TITLE, [words, *told, *rest], close=admin_words.CLOSE)


def _deed(change: PinChange) -> Json:
    who = user(change.who) if change.who[:1] in "UW" and change.who.isupper() else text(change.who)
    return line(moment(change.at), text(" · "), who, text(f" {pin_words.DEEDS[change.deed]}"))


def _details(change: PinChange) -> list[Json]:
    return [line(text(clipped(detail, _LONGEST), italic=True)) for detail in pin_words.details(change)]
