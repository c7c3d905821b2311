"""The Chicago form: the words, then a note (17th edition, notes and bibliography; hearings as the Bluebook has them).

Each kind of record has its order of facts; what is not known is left out, never guessed. Plain text has no italics, so
titles that would be set in them stand bare.
"""

import re
from collections.abc import Callable

from bot.citations.cited import Cited
from bot.wording import words
from bot.wording.dates import spelled

_Form = Callable[[Cited], list[str]]


def chicago(cited: Cited) -> str:
    """The quotation, and the note in a paragraph of its own."""
    kind, title = cited.card.document.kind or "", cited.card.document.title or ""
    found = (form for text in (kind, title) for pattern, form in _FORMS if pattern.search(text))
    facts = [*(_summary if cited.is_summary else next(found, _page))(cited), cited.quoting, *_addresses(cited)]
    return f"{cited.quotation}\n\n{_joined([fact for fact in facts if fact])}." + (
        f" {cited.warning}" if cited.warning else ""
    )


def _hearing(cited: Cited) -> list[str]:
    """Title: Hearing Before the Comm. on X, 111th Cong. 25 (2009) (statement of Name, Title)."""
    statement = f" (statement of {cited.speaker})" if cited.speaker else ""
    return [cited.title, _place(cited) + f" ({_day(cited)})" + statement, cited.publisher]


def _interview(cited: Cited) -> list[str]:
    """Name, “Title,” interview, Publisher, date."""
    return [_who(cited), _titled(cited), _by(cited, "interview"), cited.publisher, _day(cited), _place(cited)]


def _speech(cited: Cited) -> list[str]:
    """Name, “Title” (speech, date), Publisher."""
    return [_who(cited), f"“{cited.title}” ({cited.kind or 'speech'}, {_day(cited)})", cited.publisher, _place(cited)]


def _report(cited: Cited) -> list[str]:
    """Author, Title (Publisher, date), page."""
    return [_quoted(cited), cited.author, f"{cited.title} ({_joined([cited.publisher, _day(cited)])})", _place(cited)]


def _recording(cited: Cited) -> list[str]:
    """“Title,” date, kind, time, Publisher."""
    return [_quoted(cited), _titled(cited), _day(cited), cited.kind, _place(cited), cited.publisher]


def _page(cited: Cited) -> list[str]:
    """Author, “Title,” Publisher, date, page: a newspaper, a web page."""
    return [_quoted(cited), cited.author, _titled(cited), cited.publisher, _day(cited), _place(cited)]


def _summary(cited: Cited) -> list[str]:
    """“Title,” summary by Quotedesk, date, based on the record."""
    return [_quoted(cited), _titled(cited), cited.publisher, _day(cited), cited.based_on, _place(cited)]


_FORMS: tuple[tuple[re.Pattern[str], _Form], ...] = (
    (re.compile(r"\bhearings?\b", re.IGNORECASE), _hearing),
    (re.compile(r"\binterview\b", re.IGNORECASE), _interview),
    (re.compile(r"^(captions?|video|audio|broadcast)\b", re.IGNORECASE), _recording),
    (re.compile(r"^(speech|remarks|address|lecture)", re.IGNORECASE), _speech),
    (re.compile(r"^(report|book|statute|opinion)", re.IGNORECASE), _report),
)
"""By the record's kind, then by its title."""


def _who(cited: Cited) -> str:
    return cited.speaker or ""


def _quoted(cited: Cited) -> str:
    """Chicago's way for the words of one person in another's work."""
    return f"{cited.speaker}, quoted in" if cited.speaker else ""


def _by(cited: Cited, what: str) -> str:
    return f"{what} by {cited.author}" if cited.author else what


def _titled(cited: Cited) -> str:
    """With the comma inside, which a question or an exclamation mark makes superfluous."""
    return f"“{cited.title}”" if cited.title.endswith(("?", "!")) else f"“{cited.title},”"


def _day(cited: Cited) -> str:
    day = cited.said or cited.published
    return spelled(day) if day else words.UNDATED


def _place(cited: Cited) -> str:
    """Chicago writes page numbers bare."""
    return re.sub(r"^(pp?\.|at) ", "", cited.place)


def _addresses(cited: Cited) -> list[str]:
    found = [cited.link or "", cited.permalink or ""]
    if cited.archived is None:
        return found
    url, at = cited.archived
    return [*found, f"archived {spelled(at)}, at {url}" if at else f"archived at {url}"]


def _joined(facts: list[str]) -> str:
    """With commas between them where the fact before does not bring one, and none after "quoted in"."""
    text = ""
    for fact in filter(None, facts):
        glue = " " if text.endswith((",”", "?”", "!”", "quoted in")) else ", "
        text += glue + fact if text else fact
    return text
