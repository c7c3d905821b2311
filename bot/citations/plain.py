"""Plain text: the words, then a line each for who, where, the addresses and the stored version."""

from bot.citations.cited import Cited
from bot.wording import words
from bot.wording.dates import when, written


def plain(cited: Cited) -> str:
    """Nothing in it is markup, and nothing is escaped."""
    lines = [cited.quotation, f"— {who(cited)}", where(cited), *map(": ".join, addresses(cited))]
    return "\n".join([*lines, cited.version, *([cited.warning] if cited.warning else [])])


def who(cited: Cited) -> str:
    """Speaker and dates."""
    facts = [cited.speaker or words.UNATTRIBUTED, cited.quoting, when(cited.said, cited.published)]
    return ", ".join(fact for fact in facts if fact)


def where(cited: Cited) -> str:
    """Title, author, publisher, page or time, kind, and what a summary is of."""
    kind = "" if cited.is_summary else cited.kind
    facts = [cited.title, cited.author and f"by {cited.author}", cited.publisher, cited.place, kind, cited.based_on]
    return ", ".join(fact for fact in facts if fact)


def addresses(cited: Cited) -> list[tuple[str, str]]:
    """(label, address) of every address there is: the original first."""
    found = [(words.SOURCE, cited.link), (words.PERMALINK, cited.permalink)]
    if cited.archived:
        url, at = cited.archived
        found.append((words.archived_at(written(at) if at else None), url))
    return [(label, url) for label, url in found if url]
