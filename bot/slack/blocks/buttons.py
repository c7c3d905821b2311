"""The buttons, and the values that come back with a click. A value names words by document, version and offsets."""

import json
from dataclasses import dataclass

from bot.asking.cards import PassageRef
from bot.slack.blocks.rich import MAX_VALUE, Json, button, option
from bot.wording import asking_words, pinboard_words, ranking_words, words

MORE = "more_passages"
BACK = "back_to_passages"
CONTEXT = "show_context"
SHARE = "share_to_channel"
SEARCH_INSTEAD = "search_these_words"
CITE = "copy_citation"
CHECK_ONE = "check_this_quotation"
MORE_ACTIONS = "more_actions"
FIRST = "who_said_it_first"
PIN = "pin_excerpt"
SEARCH_FORM = "open_search_form"
WHY = "why_this_rank"

MOST_INSTEAD = 3
_LONGEST_LABEL = 75

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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A card, and the page of the answer on which it stands."""

    ref: PassageRef
    page: Asking

    def __str__(self) -> str:
        return f"{self.ref}\n{self.page}"

    @classmethod
    def parse(cls, value: str) -> "Ranked":
        """Read what `str()` wrote. Raises ValueError."""
        ref, _, page = value.partition("\n")
        return cls(PassageRef.parse(ref), Asking.parse(page))


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation to check, and who is said to have spoken it."""

    quote: str
    speaker: str | None = None

    def __str__(self) -> str:
        return json.dumps([self.quote, self.speaker], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Claim":
        """Read what `str()` wrote. Raises ValueError."""
        match json.loads(value):
            case [str(quote), (str() | None) as speaker]:
                return cls(quote, speaker)
            case _:
                raise ValueError("not a quotation to check")


def share(ref: PassageRef) -> Json:
    """Posts the passage to the channel."""
    return button(words.SHARE, SHARE, str(ref))


def context(looking: Looking) -> Json:
    """Shows what stands before and after."""
    return button(words.CONTEXT, CONTEXT, str(looking))


def cite(ref: PassageRef) -> Json:
    """Shows the citation to copy, to the one who presses."""
    return button(words.CITE, CITE, str(ref))


def choice(label: str, action: str, ref: PassageRef) -> Json:
    """A line of the menu of rarer actions; what is chosen says which action, and on which words."""
    return option(label, f"{action} {ref}")


def more(page: Asking) -> Json | None:
    """Shows the next page; None where the question is too long for Slack to carry."""
    return button(words.MORE, MORE, str(page)) if len(str(page)) <= MAX_VALUE else None


def check_one(claim: Claim, label: str = words.CHECK_ONE) -> Json | None:
    """Checks one quotation of a draft with all its places; None where it is too long for Slack to carry."""
    return button(label, CHECK_ONE, str(claim)) if len(str(claim)) <= MAX_VALUE else None


def why(ranked: Ranked) -> Json | None:
    """Tells an admin what gave the card its score; None where the question is too long for Slack to carry."""
    return button(ranking_words.WHY, WHY, str(ranked)) if len(str(ranked)) <= MAX_VALUE else None


def back(page: Asking) -> Json:
    """Goes back from the context to the answer."""
    return button(words.BACK, BACK, str(page))


def instead_action(number: int) -> str:
    """Several of these buttons stand side by side, so each has an action_id of its own."""
    return f"{SEARCH_INSTEAD}_{number}"


def instead_of(number: int, shown: str, question: str) -> Json | None:
    """Searches the question as it is written here, in which `shown` is what is new; None where it is too long."""
    label = asking_words.search_instead(shown)
    fits = len(label) <= _LONGEST_LABEL and 0 < len(question) <= MAX_VALUE
    return button(label, instead_action(number), question) if fits else None


def first(ref: PassageRef) -> Json:
    """The line that tells who said the words at `ref` first."""
    return choice(asking_words.WHO_FIRST, FIRST, ref)


def pin(ref: PassageRef) -> Json:
    """The line that opens the form to pin the words at `ref`."""
    return choice(pinboard_words.PIN, PIN, ref)


def search_form() -> Json:
    """Opens the search form."""
    return button(asking_words.OPEN_FORM, SEARCH_FORM, "open")


def search_instead(question: str) -> Json | None:
    """Searches what was taken for a command; None where it is too long for Slack to carry."""
    return button(words.SEARCH_INSTEAD, SEARCH_INSTEAD, question) if 0 < len(question) <= MAX_VALUE else None
