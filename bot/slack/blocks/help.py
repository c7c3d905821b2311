"""Help that teaches by example."""

from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import actions, line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import words


def help_message(typed: str = "") -> Message:
    """The examples. `typed` is what was taken for a call for help; it can be searched instead."""
    examples = (line(text(example, code=True), text(f"  {meaning}")) for example, meaning in words.HELP_EXAMPLES)
    block = rich_text(
        line(text(words.HELP_TITLE, bold=True)),
        *examples,
        line(text(words.HELP_PLACES)),
        line(text(words.HELP_STATUS)),
    )
    instead = buttons.search_instead(typed)
    row = actions(buttons.search_form(), *([instead] if instead else []))
    return Message(spoken(words.HELP_FALLBACK, ()), [block, row])
