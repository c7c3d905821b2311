"""From a run of characters between blanks to the words in it: plain ones, `investigat*`, `zelensky~`, and what only
looks like an operator. Words are kept as typed, without the punctuation around them; folding is the engine's.
"""

import re
import unicodedata

from index.errors import BadQuery
from index.query.nodes import DateField, DateTest, FieldName, Fuzzy, Wildcard, Word

DATE_FIELDS = {
    "before": (DateField.WHEN, DateTest.BEFORE),
    "after": (DateField.WHEN, DateTest.AFTER),
    "on": (DateField.WHEN, DateTest.INSIDE),
    "during": (DateField.DURING, DateTest.INSIDE),
    "said": (DateField.SAID, DateTest.INSIDE),
    "published": (DateField.PUBLISHED, DateTest.INSIDE),
    "added": (DateField.ADDED, DateTest.INSIDE),
}
EXAMPLES = {
    FieldName.SPEAKER.value: 'speaker:Barr or speaker:"William Barr"',
    FieldName.SOURCE.value: "source:hearings",
    FieldName.PUBLISHER.value: 'publisher:"Justice Department"',
    FieldName.TYPE.value: "type:transcript",
    FieldName.TITLE.value: 'title:"opening statement"',
    FieldName.TAG.value: "tag:verified",
    FieldName.STORY.value: 'story:"Harbor inquiry"',
    FieldName.PAGE.value: "page:12",
    **{name: f"{name}:2019" for name in DATE_FIELDS},
    "sort": "sort:newest",
}
"""Every name that a colon makes a field of, and how it is written."""

_OPENING = "§$€£¥#@"  # belong to the word they stand before
_CLOSING = "%°+#"  # and after
_SHORTEST = 3  # letters before a `*` or a `~`: fewer would find half the dictionary
_TWO_EDITS_FROM = 8
_FUZZY = re.compile(r"(.+)~([0-9]*)")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S", re.IGNORECASE)
_ADDRESS_WORD = re.compile(r"[^\W_]+(?:[.%][^\W_]+)*")
_LABEL = re.compile(r"([^\W\d_][\w-]*):(.+)")
_DASHED = re.compile(r"(?:[\u2010-\u2015\u2212]|--)[\w\"“]")
_YEARS = re.compile(r"\d{4}\.\.\.?\d{4}")
_SPELT_OUT = {"|": "OR", "||": "OR", "&&": "AND"}


def has_word(text: str) -> bool:
    """Whether there is anything to search for in it, besides punctuation."""
    return any(_is_letter(letter) or letter == "§" for letter in text)


def read_term(chunk: str) -> Word | Wildcard | Fuzzy | None:
    """The one term that a run of characters is; None where it is only punctuation. Raises BadQuery."""
    if "*" in chunk:
        return _read_wildcard(_trim(chunk, "*", "*~"))
    if (fuzzy := _FUZZY.fullmatch(chunk.rstrip(",;:.!?"))) and has_word(fuzzy[1]):
        return _read_fuzzy(_trim(fuzzy[1]), fuzzy[2])
    word = _trim(chunk)
    return Word(word) if has_word(word) else None


def read_chunk(chunk: str, glued: bool) -> tuple[list[Word | Wildcard | Fuzzy], list[str]]:
    """The terms of a run of characters, and remarks on what in it was taken as text. Raises BadQuery.

    `glued`: a bracket or a quotation mark follows without a blank.
    """
    if _ADDRESS.match(chunk):
        shown = chunk if len(chunk) <= 60 else f"{chunk[:59]}…"
        return [Word(word) for word in _ADDRESS_WORD.findall(chunk.partition("://")[2] or chunk)], [
            f"The address “{shown}” is read as words."
        ]
    remarks = list(_remarks(chunk, glued))
    label = _LABEL.fullmatch(_trim(chunk, closing="*~"))
    parts = [label[1], *label[2].split(":")] if label and has_word(label[2]) else [chunk]
    terms = [term for part in parts if (term := read_term(part))]
    return terms, remarks


def _remarks(chunk: str, glued: bool) -> list[str]:
    word = _trim(chunk)
    if _DASHED.match(chunk):
        return [f"The dash before “{word}” is read as text; to leave a word out, write a plain hyphen: -{word}."]
    if meant := f"during:{chunk}" if _YEARS.fullmatch(chunk) else _SPELT_OUT.get(chunk):
        return [f"“{chunk}” is read as text; write {meant}."]
    name, colon, value = chunk.partition(":")
    if not colon or not has_word(name):
        return []
    if name.lower() in EXAMPLES:
        return [f"“{name}:” is read as text for the blank after it; a field is written {EXAMPLES[name.lower()]}."]
    if re.fullmatch(r"[^\W\d_][\w-]*", name) and (has_word(value) or glued):
        return [f"“{name}:” is not a field and is read as text.", f"Fields are {', '.join(EXAMPLES)}."]
    return [f"The colon in “{chunk}” is read as text."]


def _read_wildcard(body: str) -> Wildcard:
    if body.startswith("*"):
        raise BadQuery("A word can't begin with “*”: write at least three letters before it, as in investigat*.")
    pattern = re.sub(r"\*+", "*", body)
    if sum(map(_is_letter, pattern.partition("*")[0])) < _SHORTEST:
        raise BadQuery(f"“{pattern}” is too short: write at least three letters before “*”, as in investigat*.")
    if not all(_is_letter(letter) or letter in "*'’-." for letter in pattern):
        raise BadQuery(f"“*” stands for letters of one word, as in investigat*; “{pattern}” is not one word.")
    return Wildcard(pattern)


def _read_fuzzy(word: str, edits: str) -> Fuzzy:
    allowed = 2 if len(word) >= _TWO_EDITS_FROM else 1
    if len(word) < _SHORTEST:
        raise BadQuery(f"“{word}~” is too short: “~” finds other spellings of words of three letters or more.")
    if edits not in ("", "1", "2"):
        raise BadQuery(f"“~{edits}” can't be: write {word}~ for spellings one letter away, or ~2 for two.")
    if int(edits or 1) > allowed:
        raise BadQuery(f"“~2” needs a word of eight letters or more; write {word}~ for spellings one letter away.")
    return Fuzzy(word, int(edits or 1))


def _is_letter(letter: str) -> bool:
    """Letters, marks and digits of any script."""
    return unicodedata.category(letter)[0] in "LMN"


def _trim(chunk: str, opening: str = "", closing: str = "") -> str:
    """Take the punctuation off both ends, but for what belongs to the word: `$5`, `C++`, `U.S.`, `1001(a)`."""
    start, end = 0, len(chunk)
    while start < end and not (_is_letter(chunk[start]) or chunk[start] in _OPENING + opening):
        start += 1
    while start < end and not (_is_letter(chunk[end - 1]) or chunk[end - 1] in _CLOSING + "§" + closing):
        if chunk[end - 1] == ")" and "(" in chunk[start:end]:
            break
        if chunk[end - 1] == "." and re.search(r"[^\W\d_]\.[^\W\d_]+\Z", chunk[start : end - 1]):
            break
        end -= 1
    return chunk[start:end]
