"""JSON to text: an article, a list of articles or a transcript, known by the names of its fields."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sources.dates import read_date
from sources.document import Extract, Origin, PartialDate, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import Facts, TextBuilder, numbered
from sources.extract.clean import blank
from sources.extract.decode import decode
from sources.extract.markup import add_markup, looks_like_markup, plain
from sources.extract.sniff import charset_of
from sources.extract.spoken import add_speakers, add_turn, seconds

_MAX_DOCUMENTS = 20_000
_TEXTS = (
    "articleBody",
    "body",
    "text",
    "content",
    "content_html",
    "content_text",
    "fullText",
    "full_text",
    "transcript",
)
_WORDS = ("text", "comment", "utterance", "content", "words", "line", "speech")
_SPEAKERS = ("speaker", "speaker_name", "person", "name")
_STARTS, _ENDS = ("start", "time", "timestamp", "timeStamp", "start_time"), ("end", "end_time")
_TITLES, _AUTHORS = ("headline", "title", "name"), ("author", "authors", "byline", "creator")
_PUBLISHERS = ("publisher", "source", "outlet", "site_name")
_URLS, _IDS = ("url", "link", "canonical_url", "permalink"), ("id", "guid", "url", "link")
_PUBLISHED = ("datePublished", "date_published", "published", "published_at", "publishedAt", "pubDate", "date")
_MODIFIED = ("dateModified", "date_modified", "modified", "updated", "updated_at", "updatedAt")
_LANGUAGES = ("inLanguage", "language", "lang")
_BLANKS = re.compile(r"\s*")
_PADDING = "\0 \t\r\n"
_DECODER = json.JSONDecoder(parse_int=float, strict=False)
"""Python refuses whole numbers of thousands of digits; line ends within a text are against the rule, and common."""
_DEEPEST = 8
"""How many objects may stand around the one that holds the articles."""
_NOTHING = "The JSON file holds no article and no transcript: nothing in it is text to quote."

_Object = Mapping[str, Any]


def extract(raw: Raw) -> Sequence[Extract]:
    """One document, or one for each article of a list. Raises Unreadable, NoText."""
    try:
        data, warnings = _read(decode(raw.content, charset_of(raw.media_type)))
    except RecursionError as error:
        raise Unreadable("The JSON file is nested too deep.") from error
    found = list(_documents(data))
    if not found:
        raise NoText(_NOTHING)
    return [replace(found[0], warnings=(*found[0].warnings, *warnings)), *found[1:]]


def _read(text: str) -> tuple[object, tuple[str, ...]]:
    """What the file holds. A line that was cut off or is broken costs a file of many lines that line and no other:
    a sentence tells of it."""
    try:
        return _loaded(text), ()
    except ValueError as error:
        values, broken = _line_by_line(text)
        if 2 * len(broken) > len(values):
            raise Unreadable("The JSON file is damaged or not complete.") from error
        told = f"{len(broken):,} of {len(values):,} lines are broken and were left out: {numbered(broken)}."
        return values, (told,)


def _loaded(text: str) -> object:
    """The one value of the file, or, of a file with one value after the other, all of them. Raises ValueError."""
    values: list[object] = []
    end = len(text.rstrip(_PADDING))
    at = _next(text, 0)
    while at < end:
        value, at = cast("tuple[object, int]", _DECODER.raw_decode(text, at))
        values.append(value)
        at = _next(text, at)
    return values[0] if len(values) == 1 else values


def _line_by_line(text: str) -> tuple[list[object], list[int]]:
    """The values of a file with one on each line, and the numbers of the lines that are broken, which hold nothing
    but keep their place: what follows is known by its number."""
    values: list[object] = []
    broken: list[int] = []
    for number, line in enumerate(text.rstrip(_PADDING).split("\n"), 1):
        if line.strip(_PADDING):
            try:
                values.append(_loaded(line))
            except ValueError:
                values.append({})
                broken.append(number)
    return values, broken


def _next(text: str, at: int) -> int:
    """Where the next value begins."""
    return cast("re.Match[str]", _BLANKS.match(text, at)).end()


def _documents(data: object, depth: int = 0) -> Iterator[Extract]:
    if isinstance(data, dict):
        data = cast("_Object", data)
        if (one := _document(data, "")) is not None:
            yield one
            return
        # What holds the articles has as many names as there are programs.
        for value in data.values():
            if items := _objects(value):
                yield from _listed(items)
            elif isinstance(value, dict) and depth < _DEEPEST:
                yield from _documents(cast("_Object", value), depth + 1)
    elif items := _objects(data):
        if turns := _turns(items):
            yield _transcript({}, turns, "")
        else:
            yield from _listed(items)


def _listed(items: Sequence[_Object]) -> Iterator[Extract]:
    if len(items) > _MAX_DOCUMENTS:
        raise Unreadable(f"The JSON file holds more than {_MAX_DOCUMENTS:,} documents.")
    for number, item in enumerate(items, 1):
        if (one := _document(item, _string(item, _IDS) or str(number))) is not None:
            yield one


def _document(item: _Object, part: str) -> Extract | None:
    for value in item.values():
        if turns := _turns(_objects(value)):
            return _transcript(item, turns, part)
    builder = TextBuilder()
    for name in _TEXTS:
        for paragraph in _paragraphs(item.get(name)):
            _add(builder, paragraph)
        if not blank(builder.text):
            facts = _facts(item, part)
            add_speakers(builder, facts.get("title"))
            return builder.build(_NOTHING, **facts)
    return None


def _add(builder: TextBuilder, text: str) -> None:
    if looks_like_markup(text):
        add_markup(builder, text.encode("utf-8", "replace"))
    else:
        builder.paragraph(text)


def _paragraphs(value: object) -> list[str]:
    """A text, or a list of them. A single word is a code or a status, no text."""
    if isinstance(value, str):
        return [value] if len(value.split()) > 1 else []
    if isinstance(value, list):
        return [item for item in cast("list[object]", value) if isinstance(item, str)]
    return []


def _objects(value: object) -> list[_Object]:
    if not isinstance(value, list):
        return []
    return [cast("_Object", item) for item in cast("list[object]", value) if isinstance(item, dict)]


def _turns(items: Sequence[_Object]) -> list[tuple[str, str, _Object]]:
    """Speaker, words and object of each turn; empty unless most objects have both."""
    found = [(_string(item, _SPEAKERS) or "", _string(item, _WORDS), item) for item in items]
    turns = [(speaker, words, item) for speaker, words, item in found if words and not _string(item, _PUBLISHED)]
    spoken = sum(bool(speaker) for speaker, _, _ in turns)
    return turns if spoken > 1 and spoken > len(items) / 2 else []


def _transcript(item: _Object, turns: Sequence[tuple[str, str, _Object]], part: str) -> Extract:
    builder = TextBuilder()
    for speaker, words, turn in turns:
        add_turn(
            builder, " ".join(speaker.split()), words, seconds(_first(turn, _STARTS)), seconds(_first(turn, _ENDS))
        )
    return builder.build(_NOTHING, **_facts(item, part))


def _facts(item: _Object, part: str) -> Facts:
    title = _string(item, _TITLES)
    url = _string(item, _URLS)
    return Facts(
        part=part,
        title=plain(title) if title else None,
        author=_names(_first(item, _AUTHORS)),
        publisher=_names(_first(item, _PUBLISHERS)),
        url=url if url and url.startswith(("http://", "https://")) else None,
        published=_date(item, _PUBLISHED),
        modified=_date(item, _MODIFIED),
        language=_string(item, _LANGUAGES),
    )


def _first(item: _Object, names: Sequence[str]) -> object:
    return next((item[name] for name in names if item.get(name) not in (None, "")), None)


def _string(item: _Object, names: Sequence[str]) -> str | None:
    return next((value for name in names if isinstance(value := item.get(name), str) and value.strip()), None)


def _names(value: object) -> str | None:
    """A name, an object that has one, or a list of either."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _string(cast("_Object", value), ("name",))
    if isinstance(value, list):
        return ", ".join(filter(None, (_names(one) for one in cast("list[object]", value)[:20]))) or None
    return None


def _date(item: _Object, names: Sequence[str]) -> PartialDate | None:
    written = _string(item, names)
    return read_date(written, Origin.DECLARED) if written else None
