"""Help with the admins' commands, by example."""

from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import admin_words
from bot.wording.source import clipped


def sources_help(not_understood: str = "") -> Message:
    """Help with `/sources`; `not_understood` is the word that brought it up."""
    opening = admin_words.unknown_word("/sources", clipped(not_understood, 60)) if not_understood else ""
    return _help(opening, admin_words.SOURCES_HELP_TITLE, admin_words.SOURCES_HELP, admin_words.SOURCES_HELP_UPLOADS)


def reindex_help() -> Message:
    """Help with `/reindex`."""
    return _help("", admin_words.REINDEX_HELP_TITLE, admin_words.REINDEX_HELP, "")


def _help(opening: str, title: str, examples: tuple[tuple[str, str], ...], closing: str) -> Message:
    block = rich_text(
        *([line(text(opening))] if opening else []),
        line(text(title, bold=True)),
        *(line(text(example, code=True), text(f"  {meaning}")) for example, meaning in examples),
        *([line(text(closing))] if closing else []),
    )
    listed = "; ".join(f"{example}: {meaning}" for example, meaning in examples)
    return Message(spoken(" ".join(part for part in (opening, title, listed, closing) if part), ()), [block])
