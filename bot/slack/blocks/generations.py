"""The index's generations, and the way back to the one before."""

from collections.abc import Sequence

from bot.keeping.admin import Generation
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, line, moment, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import admin_words, words

SHOWN = 10


def generations_message(generations: Sequence[Generation]) -> Message:
    """One line a generation; Roll Back where there is one to go back to."""
    title = line(text(admin_words.INDEX_TITLE, bold=True))
    lines = [_line(one) for one in generations[:SHOWN]] or [line(text(words.NO_INDEX))]
    before = next((one for one in generations if not one.live), None)
    row = [actions(admin_buttons.roll_back(before.stamp.generation))] if before else []
    none = [] if before or not generations else [line(text(admin_words.NO_GENERATION_BEFORE))]
    said = " ".join(_said(one) for one in generations[:SHOWN]) or words.NO_INDEX
    return Message(spoken(f"{admin_words.INDEX_TITLE}. {said}", ()), [rich_text(title, *lines, *none), *row])


def _line(one: Generation) -> Json:
    return line(text(f"{_said(one)} "), text("Built "), moment(one.stamp.built_at), text("."))


def _said(one: Generation) -> str:
    state = admin_words.LIVE if one.live else admin_words.KEPT_FOR_ROLL_BACK
    return admin_words.generation(one.stamp.generation, state, one.stamp.documents, one.stamp.passages, one.behind)
