"""What a text file says of itself at its top: YAML between `---` lines, or a first block of `Key: value` lines."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import yaml

from sources.addresses import is_web_address
from sources.dates import read_date
from sources.document import Origin, PartialDate
from sources.extract.builder import Facts
from sources.extract.clean import blank

_LONGEST = 65_536
_FENCED = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(r"\s*---[ \t]*\n")
"""A fence that nobody closed: the lines below it, up to a blank one, are taken as if there were none."""
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]+([^\s!&*|>\[{].{0,300})")
_PUBLISHED = ("published_time", "published", "date")
_MODIFIED = ("modified_time", "modified", "updated")
_TELLING = {"title", "url", "source_url", "publisher", "author", *_PUBLISHED}
"""One of these must be among `Key: value` lines, or they may be the first turns of a transcript."""
_KNOWN = {"archived_url", "kind", "type", "speaker", "language", "lang", "tags", *_MODIFIED, *_TELLING}


class _Words(yaml.SafeLoader):
    """YAML whose scalars stay as written: `no` is a word, `2019-07-25` is no object, and no time is moved.

    Read by Python, slowly: libyaml's loader crashes on deep nesting, and an alias of `<<` can't multiply here.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- the name and the shape are PyYAML's


def split(text: str) -> tuple[Facts, str]:
    """What the top of `text` declares, and the text without it: its summary where nothing else is there.

    What can't be used becomes a warning.
    """
    if match := _FENCED.match(text[:_LONGEST]):
        fields, warnings = _read_yaml(match[1])
        body = text[match.end() :]
        return _facts(fields, warnings), fields.get("summary", "") if blank(body) else body
    if match := _TOML.match(text[:_LONGEST]):
        return _facts(*_read_toml(match[1])), text[match.end() :]
    begins = opened.end() if (opened := _OPEN.match(text[:_LONGEST])) else 0
    block = text[begins:_LONGEST].lstrip().partition("\n\n")[0]
    fields = _read_lines(block, strict=True)
    if _TELLING.isdisjoint(fields):
        return Facts(), text
    return _facts(fields, []), text[text.index(block) + len(block) :]


def _read_yaml(block: str) -> tuple[Mapping[str, str], list[str]]:
    try:
        loader = _Words(block)
        try:
            data: object = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        return _read_lines(block, strict=False), [f"The front matter is not sound YAML ({reason})."]
    if not isinstance(data, dict):
        return {}, []
    entries = cast("dict[object, object]", data)
    return {_key(str(key)): word for key, value in entries.items() if (word := _word(value))}, []


def _read_toml(block: str) -> tuple[Mapping[str, str], list[str]]:
    try:
        data = tomllib.loads(block)
    except (ValueError, RecursionError) as error:
        return {}, [f"The front matter is not sound TOML ({error})."]
    entries = ((key, value.isoformat() if isinstance(value, date) else value) for key, value in data.items())
    return {_key(key): word for key, value in entries if (word := _word(value))}, []


def _word(value: object) -> str | None:
    """A scalar, or a short list of them, such as of authors."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(item for item in cast("list[object]", value)[:10] if isinstance(item, str))
    return None


def _read_lines(block: str, *, strict: bool) -> Mapping[str, str]:
    """The known keys of `Key: value` lines; `strict` wants every line to be one."""
    lines = block.splitlines()
    matches = [_LINE.fullmatch(line.rstrip()) for line in lines]
    found = {_key(match[1]): match[2].strip("\"' ") for match in matches if match}
    if strict and (None in matches or not found.keys() <= _KNOWN):
        return {}
    return {key: value for key, value in found.items() if key in _KNOWN}


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _facts(fields: Mapping[str, str], warnings: list[str]) -> Facts:
    facts = Facts(
        title=fields.get("title"),
        publisher=fields.get("publisher"),
        author=fields.get("author"),
        kind=fields.get("kind") or fields.get("type"),
        language=fields.get("language") or fields.get("lang"),
        speaker=fields.get("speaker"),
        url=_address(fields, ("url", "source_url"), warnings),
        archived_url=_address(fields, ("archived_url",), warnings),
        published=_date(fields, _PUBLISHED, warnings),
        modified=_date(fields, _MODIFIED, warnings),
    )
    facts["warnings"] = tuple(warnings)
    return facts


def _date(fields: Mapping[str, str], keys: tuple[str, ...], warnings: list[str]) -> PartialDate | None:
    """The first of the `keys` that is a date. What can't be read, or says another day, becomes a warning."""
    kept: PartialDate | None = None
    for key in keys:
        value = fields.get(key)
        found = read_date(value, Origin.DECLARED) if value else None
        if value and found is None:
            warnings.append(f"The {key} of the front matter can't be read as a date: {value[:60]}")
        elif kept and found and (found.last < kept.first or kept.last < found.first):
            warnings.append(f"The front matter gives two dates: {kept.value} is kept, {found.value} ({key}) is not.")
        kept = kept or found
    return kept


def _address(fields: Mapping[str, str], keys: tuple[str, ...], warnings: list[str]) -> str | None:
    for key in keys:
        if value := fields.get(key):
            if is_web_address(value):
                return value
            warnings.append(f"The {key} of the front matter is not a web address: {value[:60]}")
    return None
