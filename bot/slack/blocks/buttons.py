"""The buttons, and the values that come back with a click. A value names words by document, version and offsets."""

import json
from dataclasses import dataclass

from bot.cards import PassageRef
from bot.slack.blocks.rich import MAX_VALUE, Json, button
from bot.wording import words

MORE = "more_passages"
BACK = "back_to_passages"
CONTEXT = "show_context"
SHARE = "share_to_channel"
SEARCH_INSTEAD = "search_these_words"

_ROOM_TO_COME_BACK = 500


@dataclass(frozen=True, slots=True)
class Asking:
    """A page of an answer: the question, the cursor of the page (None for the first), and how many came before."""

    question: str
    cursor: str | None = None
    seen: int = 0

    def __str__(self) -> str:
        return json.dumps([self.question, self.cursor, self.seen], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Asking":
        """Read what `str()` wrote. Raises ValueError."""
        match json.loads(value):
            case [str(question), (str() | None) as cursor, int(seen)]:
                return cls(question, cursor, seen)
            case _:
                raise ValueError("not a page of an answer")


@dataclass(frozen=True, slots=True)
class Looking:
    """Words to look around, and the page to come back to where it is known."""

    ref: PassageRef
    back: Asking | None = None

    def __str__(self) -> str:
        back = str(self.back) if self.back else ""
        return f"{self.ref}\n{back}" if 0 < len(back) <= _ROOM_TO_COME_BACK else str(self.ref)

    @classmethod
    def parse(cls, value: str) -> "Looking":
        """Read what `str()` wrote. Raises ValueError."""
        ref, _, back = value.partition("\n")
        return cls(PassageRef.parse(ref), Asking.parse(back) if back else None)


def share(ref: PassageRef) -> Json:
    """Posts the passage to the channel."""
    return button(words.SHARE, SHARE, str(ref))


def context(looking: Looking) -> Json:
    """Shows what stands before and after."""
    return button(words.CONTEXT, CONTEXT, str(looking))


def more(page: Asking) -> Json | None:
    """Shows the next page; None where the question is too long for Slack to carry."""
    return button(words.MORE, MORE, str(page)) if len(str(page)) <= MAX_VALUE else None


def back(page: Asking) -> Json:
    """Goes back from the context to the answer."""
    return button(words.BACK, BACK, str(page))


def search_instead(question: str) -> Json | None:
    """Searches what was taken for a command; None where it is too long for Slack to carry."""
    return button(words.SEARCH_INSTEAD, SEARCH_INSTEAD, question) if 0 < len(question) <= MAX_VALUE else None
