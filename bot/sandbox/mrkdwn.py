"""Slack's own markup (messaging/formatting-message-text), read into what a client draws: never into HTML.

`paragraphs` gives a list of `{"kind": "text" | "quote" | "code", "runs": [...]}`; a run has `text` and perhaps `bold`,
`italic`, `strike`, `code`, `url`, `mention`, or `date` with its `format`. Which signs open and close a style between
letters is nowhere stated: that `2*3*4` stays as it is, and a style never runs over the end of a line, is assumed.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.json_value import Json, as_list, as_object

FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
QUOTE = re.compile(r"^(?:&gt;|>) ?")


def _styled(sign: str, name: str) -> str:
    inner = rf"[^\s{sign}](?:[^{sign}\n]*[^\s{sign}])?"
    return rf"(?<![\w{sign}]){sign}(?P<{name}>{inner}){sign}(?![\w{sign}])"


INLINE = "|".join(
    (
        r"`(?P<code>[^`\n]+)`",
        r"<(?P<reference>[^<>\n]+)>",
        _styled(r"\*", "bold"),
        _styled("_", "italic"),
        _styled("~", "strike"),
    )
)
VERBATIM = re.compile(INLINE)
PARSED = re.compile(INLINE + r"|(?P<bare>https?://[^\s<>]+[^\s<>.,;:!?)\"'”’])")
"""Without `verbatim` addresses become links by themselves."""
STYLES = ("bold", "italic", "strike")
Names = Mapping[str, str]
"""What people, channels and groups are called, by id."""


def paragraphs(text: str, names: Names, *, verbatim: bool = False) -> list[Json]:
    """What is drawn for this text."""
    found: list[Json] = []
    end = 0
    for fence in FENCE.finditer(text):
        found += _lines(text[end : fence.start()].removesuffix("\n"), names, verbatim)
        found.append({"kind": "code", "runs": [{"text": unescape(fence[1])}]})
        end = fence.end()
        end += text.startswith("\n", end)
    return found + _lines(text[end:], names, verbatim)


def _lines(text: str, names: Names, verbatim: bool) -> list[Json]:
    if not text:
        return []
    found: list[Json] = []
    for quoted, lines in groupby(text.split("\n"), lambda line: bool(QUOTE.match(line))):
        inner = "\n".join(QUOTE.sub("", line) if quoted else line for line in lines)
        runs = list(_runs(inner, {}, names, VERBATIM if verbatim else PARSED))
        found.append({"kind": "quote" if quoted else "text", "runs": runs})
    return found


def _runs(text: str, style: Json, names: Names, pattern: re.Pattern[str]) -> Iterator[Json]:
    end = 0
    for token in pattern.finditer(text):
        yield from _plain(text[end : token.start()], style)
        end = token.end()
        name = str(token.lastgroup)
        inner = token[name]
        if name in STYLES:
            yield from _runs(inner, {**style, name: True}, names, pattern)
        elif name == "code":
            yield {"text": unescape(inner), **style, "code": True}
        else:
            yield {**(_reference(inner, names) if name == "reference" else _link(inner, "")), **style}
    yield from _plain(text[end:], style)


def _plain(text: str, style: Json) -> Iterator[Json]:
    if text:
        yield {"text": unescape(text), **style}


def _reference(inner: str, names: Names) -> Json:
    """What stands between `<` and `>`."""
    target, _, label = inner.partition("|")
    if target.startswith(("@", "#")):
        return {"text": target[0] + (names.get(target[1:]) or unescape(label) or target[1:]), "mention": target[1:]}
    if not target.startswith("!"):
        return _link(target, label)
    word, *rest = target[1:].split("^")
    if word == "date" and len(rest) >= 2 and rest[0].isdigit():
        return {"text": unescape(label), "date": int(rest[0]), "format": unescape(rest[1])}
    if word == "subteam" and rest:
        return {"text": "@" + (names.get(rest[0]) or unescape(label) or rest[0]).removeprefix("@"), "mention": rest[0]}
    return {"text": "@" + word, "mention": word}


def _link(target: str, label: str) -> Json:
    address = unescape(target)
    if not is_link(address):
        return {"text": unescape(label) or address}
    return {"text": unescape(label) or address.removeprefix("mailto:"), "url": address}


def is_link(address: str) -> bool:
    """Whether a client may lead there: web and mail addresses alone."""
    try:
        return urlsplit(address).scheme in ("http", "https", "mailto")
    except ValueError:
        return False


def drawn(value: Any, names: Names) -> Any:
    """A copy of blocks in which every mrkdwn text has its `paragraphs`, and every mention in rich text its `name`."""
    items = as_list(value)
    if items is not None:
        return [drawn(item, names) for item in items]
    node = as_object(value)
    if node is None:
        return value
    copy = {key: drawn(item, names) for key, item in node.items()}
    if node.get("type") == "mrkdwn":
        verbatim = bool(node.get("verbatim"))
        copy["paragraphs"] = paragraphs(str(node.get("text", "")), names, verbatim=verbatim)
    for field in ("user_id", "channel_id", "usergroup_id"):
        if field in node:
            copy["name"] = names.get(str(node[field]), str(node[field]))
    return copy
