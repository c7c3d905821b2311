"""One thing that is wrong with blocks or a view."""

from dataclasses import dataclass

ASSUMED = "assumed"
"""The reference of a rule that no page states."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Slack's sentence, the place as a JSON pointer, and the page of docs.slack.dev that states the rule."""

    message: str
    pointer: str
    reference: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"
