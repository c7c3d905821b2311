"""The two thumbs under a card: Slack's own feedback buttons.

https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
"""

import json
from dataclasses import dataclass

from bot.asking.cards import PassageRef
from bot.slack.blocks.rich import Json
from bot.wording import asking_words

FEEDBACK = "card_feedback"
LONGEST_QUESTION = 300
"""Both thumbs of each card carry the question; longer ones would leave a message no room for its words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the words were useful as an answer to the question."""

    useful: bool
    ref: PassageRef
    question: str

    def __str__(self) -> str:
        return json.dumps([self.useful, str(self.ref), self.question], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Verdict":
        """Read what `str()` wrote. Raises ValueError."""
        match json.loads(value):
            case [bool(useful), str(ref), str(question)]:
                return cls(useful, PassageRef.parse(ref), question)
            case _:
                raise ValueError("not a verdict")


def thumbs(ref: PassageRef, question: str) -> list[Json]:
    """A block with both; none where the question is too long."""
    if len(question) > LONGEST_QUESTION:
        return []
    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb(asking_words.USEFUL, Verdict(True, ref, question)),
        "negative_button": _thumb(asking_words.NOT_ASKED, Verdict(False, ref, question)),
    }
    return [{"type": "context_actions", "elements": [element]}]


def _thumb(label: str, verdict: Verdict) -> Json:
    return {
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": str(verdict),
        "accessibility_label": label,
    }
