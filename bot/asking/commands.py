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
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything that was typed, outer blanks removed: the words to search are all of it."""

    command: Command
    text: str


_ALONE = {"help": Command.HELP, "status": Command.STATUS, "pins": Command.PINS}
_BEFORE_MORE = (
    (re.compile(r"check\s*[\"“”„‟«»]|check\s+['‘‚](?=\w)|check\s*\n", re.IGNORECASE), Command.CHECK),
    (re.compile(r"watch(\s|$)", re.IGNORECASE), Command.WATCH),
    (re.compile(r"first\s*[\"“”„‟«»]", re.IGNORECASE), Command.FIRST),
    (re.compile(r"pins\s+(orphans?|expiring)(\s|$)", re.IGNORECASE), Command.PINS),
    (
        re.compile(r"pins\s(.*\s)?-?(story|tag|owner|verified|status|person):\S", re.IGNORECASE | re.DOTALL),
        Command.PINS,
    ),
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


def checked_words(text: str) -> str:
    """What follows `check`, marks and all.

    >>> checked_words(" check “It is so.” ")
    '“It is so.”'
    """
    return text.strip()[len(Command.CHECK) :].strip()


def words_of_first(text: str) -> str:
    """The exact words that follow `first`, without the marks around them.

    >>> words_of_first(" first “foreign dirt”"), words_of_first('first "foreign dirt')
    ('foreign dirt', 'foreign dirt')
    """
    return text.strip()[len(Command.FIRST) :].strip().strip('"“”„‟«»').strip()


def watched_words(text: str) -> str:
    """The question that follows `watch`; empty where the watches are asked for.

    >>> watched_words("watch Barr -dirt"), watched_words(" watch "), watched_words("watch List")
    ('Barr -dirt', '', '')
    """
    rest = text.strip()[len(Command.WATCH) :].strip()
    return "" if rest.casefold() == "list" else rest


def pins_asked(text: str) -> str:
    """Which pins are asked for after `pins`; empty where all are.

    >>> pins_asked("pins orphan tag:tide"), pins_asked(" pins ")
    ('orphan tag:tide', '')
    """
    return text.strip()[len(Command.PINS) :].strip()


class SourcesCommand(StrEnum):
    """What an admin may want of the sources; each value is the word after `/sources`."""

    LIST = "list"
    ADD = "add"
    SHOW = "show"
    REFRESH = "refresh"
    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"
    QUEUE = "queue"
    HELP = "help"


class ReindexCommand(StrEnum):
    """What an admin may want of the index; each value is the word after `/reindex`, but for the plain one."""

    CHANGES = "changes"
    FULL = "full"
    STATUS = "status"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class SourcesAsked:
    """A command with what follows it: a source's name, or an address. HELP carries the word that was not understood."""

    command: SourcesCommand
    subject: str = ""


def understand_sources(text: str) -> SourcesAsked:
    """Read what follows `/sources`; nothing at all asks for the list.

    >>> understand_sources("refresh “House reports”")
    SourcesAsked(command=<SourcesCommand.REFRESH: 'refresh'>, subject='House reports')
    >>> understand_sources("ad x").command.value
    'help'
    """
    word, _, rest = text.strip().partition(" ")
    if not word:
        return SourcesAsked(SourcesCommand.LIST)
    try:
        command = SourcesCommand(word.casefold())
    except ValueError:
        return SourcesAsked(SourcesCommand.HELP, word)
    return SourcesAsked(command, "" if command is SourcesCommand.HELP else _unquoted(rest.strip()))


def understand_reindex(text: str) -> ReindexCommand:
    """Read what follows `/reindex`; what is none of its words asks for help.

    >>> understand_reindex("").value, understand_reindex(" Full ").value, understand_reindex("all").value
    ('changes', 'full', 'help')
    """
    word = text.strip().casefold()
    if not word:
        return ReindexCommand.CHANGES
    try:
        return ReindexCommand(word)
    except ValueError:
        return ReindexCommand.HELP


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 2 and name[0] in "\"“„'‘" and name[-1] in "\"”“'’" else name
