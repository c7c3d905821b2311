"""What an admin means by the facts typed into a form: read, and compared with what stands there. Pure."""

from collections.abc import Iterable, Mapping

from bot.asking.links import web_address
from bot.errors import BadRequest
from bot.store.edits import Edit, Fact, has_turns
from sources.dates import read_date
from sources.document import Document, Origin, PartialDate, Speaker

_LONGEST = 500
_LONGEST_ADDRESS = 2_000
_NAMES = {Fact.ARCHIVED: "archived copy"}
"""What a fact is called, where that is not the name of the document's own."""

Value = str | PartialDate


def parsed(values: Mapping[Fact, str | None]) -> Mapping[Fact, Value]:
    """The values that are set, read. Raises BadRequest for the first that can't be taken."""
    return {fact: _read(fact, value) for fact, value in values.items() if value is not None}


def changed_facts(document: Document, edits: Iterable[Edit], values: Mapping[Fact, Value]) -> Mapping[Fact, Value]:
    """Those of the values that neither the document, its edits laid over, nor an edit has already.

    Raises BadRequest for a speaker where the record names its own.
    """
    held = {edit.fact: edit.value for edit in edits}
    new = {fact: value for fact, value in values.items() if value not in (held.get(fact), _standing(document, fact))}
    new = {fact: value for fact, value in new.items() if not _same_date(value, _standing(document, fact))}
    if Fact.SPEAKER in new and has_turns(document, speaker_by_hand(edits)):
        raise BadRequest("This document names its speakers turn by turn, so one for all of it can't be set.")
    return new


def speaker_by_hand(edits: Iterable[Edit]) -> str | None:
    """The speaker that was set, if one was."""
    return next((str(edit.value) for edit in edits if edit.fact is Fact.SPEAKER), None)


def speaker_of(document: Document) -> str | None:
    """The one person whose words all of the document is."""
    for mark in document.marks:
        if isinstance(mark.value, Speaker) and (mark.start, mark.end) == (0, len(document.text)):
            return mark.value.label
    return None


def _read(fact: Fact, value: str) -> Value:
    value = " ".join(value.split())
    if not value:
        raise BadRequest(f"The {_NAMES.get(fact, fact.value)} is empty; take the edit back instead.")
    if fact is Fact.ARCHIVED:
        return address_of(value)
    if fact is not Fact.PUBLISHED:
        if len(value) > _LONGEST or not value.isprintable():
            raise BadRequest(f"That is no {fact.value}: it is too long, or holds signs that can't be shown.")
        return value
    if date := read_date(value, Origin.EDITED):
        return date
    raise BadRequest(
        f"“{value}” is no date, or may be read as two; write it like 2019-07-25, 2019-07 or July 25, 2019."
    )


def address_of(value: str) -> str:
    """An archived copy's address, as it can stand behind a link. Raises BadRequest."""
    address = web_address(value)
    if address is None or " " in value or len(address) > _LONGEST_ADDRESS:
        raise BadRequest(f"“{value[:200]}” is no web address; it must begin with http:// or https://.")
    return address


def _standing(document: Document, fact: Fact) -> Value | None:
    return speaker_of(document) if fact is Fact.SPEAKER else getattr(document, fact.value)


def _same_date(new: Value, standing: Value | None) -> bool:
    """Whether both say the same day or span; whose word it is does not count."""
    if not isinstance(new, PartialDate) or not isinstance(standing, PartialDate):
        return False
    return (new.value, new.end) == (standing.value, standing.end)
