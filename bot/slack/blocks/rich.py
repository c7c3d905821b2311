"""Slack's rich text and buttons, built from plain strings.

Rich text is the one place where Slack parses nothing: `*`, `<!channel>` and `&` of a source stand there as they are
(https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). So all of a source's words go through here.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]

MAX_VALUE = 2000


def text(words: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Json:
    """Literal words; never empty, which Slack refuses."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def link(url: str, label: str) -> Json:
    """A link with our own or a source's label."""
    return {"type": "link", "url": url, "text": label}


def user(user_id: str) -> Json:
    """A person, by the name that Slack fills in."""
    return {"type": "user", "user_id": user_id}


def line(*elements: Json) -> Json:
    """One paragraph."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(*elements: Json) -> Json:
    """A quoted paragraph, with the bar at its side."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def preformatted(words: str) -> Json:
    """Words to be copied as they stand, in a box of their own."""
    return {"type": "rich_text_preformatted", "elements": [text(words)]}


def rich_text(*parts: Json) -> Json:
    """The block that holds lines and quotations."""
    return {"type": "rich_text", "elements": list(parts)}


def button(label: str, action_id: str, value: str) -> Json:
    """A button; its value comes back with the click."""
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "action_id": action_id,
        "value": value,
    }


def option(label: str, value: str) -> Json:
    """A line of a menu; its value, of at most 150 characters, comes back with the choice."""
    return {"text": {"type": "plain_text", "text": label, "emoji": False}, "value": value}


def menu(action_id: str, options: Sequence[Json]) -> Json:
    """The menu behind three dots: one to five options."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def actions(*buttons: Json) -> Json:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def header(words: str) -> Json:
    """A heading, of at most 150 characters: screen readers go from one to the next."""
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}


def small(words: str) -> Json:
    """A small grey line, literal as well."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": words, "emoji": False}]}


def divider() -> Json:
    """A rule between two cards."""
    return {"type": "divider"}


def moment(at: datetime) -> Json:
    """A clock time, which Slack shows in the reader's own zone. Never for dates of speech or publication."""
    fallback = f"{at:%Y-%m-%d %H:%M} UTC"
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": "{date_short_pretty} at {time}",
        "fallback": fallback,
    }


def last_day(expires: datetime) -> Json:
    """The last day on which something may be used that expires then, in the reader's own zone."""
    at = expires - timedelta(seconds=1)
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": "{date_short}",
        "fallback": f"{at:%Y-%m-%d}",
    }


def asking_first(pressed: Json, title: str, question: str, yes: str, no: str) -> Json:
    """The button as one that destroys: Slack asks the person before the click is sent."""
    confirm = {
        "title": {"type": "plain_text", "text": title, "emoji": False},
        "text": {"type": "plain_text", "text": question, "emoji": False},
        "confirm": {"type": "plain_text", "text": yes, "emoji": False},
        "deny": {"type": "plain_text", "text": no, "emoji": False},
        "style": "danger",
    }
    return {**pressed, "style": "danger", "confirm": confirm}
