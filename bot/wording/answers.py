"""What must be known of an answer beside its passages, in words."""

from bot.asking.cards import Answer
from bot.wording import words
from bot.wording.source import clipped

MOST = 3
"""So many words that were mended are told, and as many that may be meant."""


def remarks(answer: Answer, room: int) -> list[str]:
    """One sentence each; a word takes at most `room` characters."""
    left_out = words.left_out(answer.left_out.undated, answer.left_out.vague)
    return [
        *(words.corrected(clipped(old, room), clipped(new, room)) for old, new in answer.corrected[:MOST]),
        *(words.suggested(clipped(old, room), clipped(new, room)) for old, new in answer.suggestions[:MOST]),
        *([left_out] if left_out else []),
    ]
