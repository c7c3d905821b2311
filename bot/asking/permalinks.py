"""Quotedesk's own addresses, read again: what a permalink points at. Pure."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.asking.cards import PassageRef


@dataclass(frozen=True, slots=True)
class PinRef:
    """A pin's page."""

    pin_id: str


def pointed_at(public_url: str, url: str) -> PassageRef | PinRef | None:
    """The words or the pin whose page of the desk at `public_url` this is; None for any other address.

    >>> str(pointed_at("https://desk.example.org", "https://desk.example.org/d/d1?v=2&at=5-9#at"))
    'd1:2:5-9'
    >>> pointed_at("https://desk.example.org/q/", "https://desk.example.org/q/p/0a1b")
    PinRef(pin_id='0a1b')
    >>> pointed_at("https://desk.example.org", "https://desk.example.org.evil.example/p/0a1b")
    """
    try:
        ours, parts = urlsplit(public_url), urlsplit(url)
        path = ours.path.rstrip("/")
        if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc) or not parts.path.startswith(f"{path}/"):
            return None
        match parts.path[len(path) :].split("/"):
            case ["", "p", pin_id] if pin_id:
                return PinRef(unquote(pin_id))
            case ["", "d", document_id] if document_id:
                query = parse_qs(parts.query)
                return PassageRef.parse(f"{unquote(document_id)}:{query['v'][0]}:{query['at'][0]}")
            case _:
                return None
    except (ValueError, KeyError):
        return None
