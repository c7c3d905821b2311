"""A plain sentence, and at most one button: failures, refusals and confirmations."""

from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import actions, line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import words

LONGEST = 2_500


def notice_message(sentence: str, *, search_instead: str = "") -> Message:
    """One sentence. `search_instead` offers to search those words."""
    shown = sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]} {words.CUT}"
    button = buttons.search_instead(search_instead)
    blocks = [rich_text(line(text(shown)))]
    return Message(spoken(shown, ()), [*blocks, actions(button)] if button else blocks)
