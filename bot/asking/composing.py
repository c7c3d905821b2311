"""From a search form to the reporters' query language: what is filled in, written as it would be typed. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.asking.cards import Answer
from bot.wording import asking_words
from index.analysis import terms
from index.errors import BadQuery
from index.query import DateField, FieldName, Sort, parse
from index.query.quotes import QUOTES, closing
from sources.dates import read_date
from sources.document import PartialDate


class Part(StrEnum):
    """What a search form asks for."""

    WORDS = "words"
    PHRASE = "phrase"
    SPEAKER = "speaker"
    SOURCE = "source"
    TITLE = "title"
    PUBLISHER = "publisher"
    TYPE = "type"
    SINCE = "since"
    UNTIL = "until"
    DATED = "dated"
    SORT = "sort"


CHOSEN = (Part.SPEAKER, Part.SOURCE, Part.TITLE, Part.PUBLISHER, Part.TYPE)
"""The parts that are chosen among what there is; each is a field of the same name."""

_WRITTEN = {
    DateField.WHEN: "on",
    DateField.SAID: "said",
    DateField.PUBLISHED: "published",
    DateField.ADDED: "added",
    DateField.DURING: "during",
}
_BLANKS = str.maketrans(dict.fromkeys(QUOTES, " "))


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in. `words` may use all of the query language; dates are as typed, both ends included."""

    words: str = ""
    phrase: str = ""
    speaker: str = ""
    source: str = ""
    title: str = ""
    publisher: str = ""
    type: str = ""
    since: str = ""
    until: str = ""
    dated: DateField = DateField.WHEN
    sort: Sort = Sort.RELEVANCE


def compose(form: Form) -> str:
    """The query that the form is; empty where it asks for nothing. What `problems` tells of is left out.

    >>> compose(Form("Barr -dirt", "foreign help", speaker="Bill Barr", since="July 2016", until="2019"))
    'Barr -dirt "foreign help" speaker:"Bill Barr" on:2016-07..2019'
    """
    parts = [
        " ".join(form.words.split()),
        _quoted(form.phrase),
        *(f"{name}:{_quoted(value)}" for name, value in _chosen(form) if terms(value)),
        _written(form),
        f"sort:{form.sort}" if form.sort is not Sort.RELEVANCE else "",
    ]
    return " ".join(part for part in parts if part)


def problems(form: Form) -> Mapping[Part, str]:
    """All that has to be mended before the form can be searched, one sentence a part."""
    found = dict(_problems_of_dates(form))
    if form.phrase.strip() and not terms(form.phrase):
        found[Part.PHRASE] = asking_words.NO_WORD
    if sentence := _problem_of_words(form, found):
        found[Part.WORDS] = sentence
    return found


def _problem_of_words(form: Form, found: Mapping[Part, str]) -> str | None:
    if not (form.words.strip() or form.phrase.strip() or any(value for _, value in _chosen(form))):
        return asking_words.EMPTY
    if _unclosed(form.words):
        return asking_words.UNCLOSED
    try:
        if form.words.strip():
            # In a bracket beside a harmless word, so that no operator at its end reaches out of it.
            parse(f"word ({form.words})")
        if not found:
            parse(compose(form))
    except BadQuery as error:
        return str(error)
    return None


def _problems_of_dates(form: Form) -> Mapping[Part, str]:
    since, until = _date(form.since), _date(form.until)
    typed = ((Part.SINCE, form.since, since), (Part.UNTIL, form.until, until))
    found = {part: asking_words.NOT_A_DATE for part, text, day in typed if text.strip() and day is None}
    if since and until and until.last < since.first:
        found[Part.UNTIL] = asking_words.UPSIDE_DOWN
    return found


def _written(form: Form) -> str:
    since, until = _date(form.since), _date(form.until)
    if since is None and until is None:
        return ""
    first = since.value[:10] if since else ""
    last = (until.end or until.value)[:10] if until else ""
    return f"{_WRITTEN[form.dated]}:{first}" + ("" if first == last else f"..{last}")


def _date(text: str) -> PartialDate | None:
    return read_date(text.strip()) if text.strip() else None


def _chosen(form: Form) -> tuple[tuple[FieldName, str], ...]:
    return tuple((FieldName(part), str(getattr(form, part))) for part in CHOSEN)


def _quoted(text: str) -> str:
    """As a phrase; quotation marks within would end it, and count for nothing when it is looked for."""
    return f'"{" ".join(text.translate(_BLANKS).split())}"' if terms(text) else ""


def _unclosed(text: str) -> bool:
    at = 0
    while at < len(text):
        if text[at] in QUOTES:
            at = closing(text, at)
            if at == len(text):
                return True
        at += 1
    return False


def exactly(question: str, typed: str) -> str | None:
    """The question in which the word is asked for as it was typed; None where it is so already.

    >>> exactly("zelenski call", "zelenski"), exactly('"zelenski" call', "zelenski")
    ('"zelenski" call', None)
    """
    return None if f'"{typed}"' in question else instead(question, typed, f'"{typed}"')


def instead(question: str, typed: str, meant: str) -> str:
    """The question with `meant` wherever `typed` stands as a whole word, whatever its capitals.

    >>> instead("Zelenski call speaker:zelenski", "zelenski", "Zelensky")
    'Zelensky call speaker:Zelensky'
    """
    return re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", lambda _: meant, question, flags=re.IGNORECASE)


def otherwise(answer: Answer) -> list[tuple[str, str]]:
    """What else may be asked for: words as they were typed where others were searched, and words that may be meant,
    each with the question that asks for it."""
    typed = [(old, exactly(answer.question, old)) for old, _ in answer.corrected]
    meant = [(new, instead(answer.question, old, new)) for old, new in answer.suggestions]
    return [*((old, written) for old, written in typed if written), *meant]
