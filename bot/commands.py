"""What is meant by the words after `/quote` or `@Quotedesk`. Pure, and the same on every surface.

A word is a command only where it can hardly be a question; the surface offers to search the words instead.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    """What a person may want of the desk."""

    SEARCH = "search"
    HELP = "help"
    STATUS = "status"
    PINS = "pins"
    CHECK = "check"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything that was typed, outer blanks removed: the words to search are all of it."""

    command: Command
    text: str


_ALONE = {"help": Command.HELP, "status": Command.STATUS, "pins": Command.PINS}
_BEFORE_MORE = (
    (re.compile(r"check\s*[\"“”„‟«»]", re.IGNORECASE), Command.CHECK),
    (re.compile(r"watch(\s|$)", re.IGNORECASE), Command.WATCH),
)


def understand(text: str) -> Asked:
    """Tell a command from a question; nothing at all asks for help.

    >>> understand("Barr foreign dirt").command.value, understand("help").command.value
    ('search', 'help')
    >>> understand("check kiting").command.value, understand("check “no collusion”").command.value
    ('search', 'check')
    """
    text = text.strip()
    if not text:
        return Asked(Command.HELP, "")
    if alone := _ALONE.get(text.casefold()):
        return Asked(alone, text)
    for pattern, command in _BEFORE_MORE:
        if pattern.match(text):
            return Asked(command, text)
    return Asked(Command.SEARCH, text)
