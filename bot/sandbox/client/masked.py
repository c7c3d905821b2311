"""The wire, fit to be shown: what opens anything is masked."""

import re
from typing import Any

from bot.sandbox.json_value import Json, as_list, as_object
from bot.sandbox.record import Exchange

MASK = "•••"
SECRET = frozenset(
    {"token", "trigger_id", "response_url", "authorization", "client_secret", "code", "id_token", "access_token"}
)
SECRETS_IN_WORDS = re.compile(r"(xox[a-z]-|xapp-)[\w-]+|(?<=/response/)\w+|(?<=[?&]ticket=)[\w-]+", re.ASCII)
"""Tokens, response URLs and socket tickets within other words."""


def masked(value: Any) -> Any:
    """A copy without secrets."""
    items, node = as_list(value), as_object(value)
    if items is not None:
        return [masked(item) for item in items]
    if node is not None:
        return {key: MASK if key in SECRET and item else masked(item) for key, item in node.items()}
    return SECRETS_IN_WORDS.sub(MASK, value) if isinstance(value, str) else value


def shown(number: int, exchange: Exchange) -> Json:
    """One request and its answer, as the wire log tells them."""
    return {
        "number": number,
        "direction": exchange.direction.value,
        "name": exchange.name,
        "at": exchange.at,
        "ms": round(exchange.ms, 1),
        "status": exchange.status,
        "request": masked(exchange.request),
        "answer": masked(exchange.answer),
    }
