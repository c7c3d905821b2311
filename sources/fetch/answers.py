"""What an answer means: read on, go elsewhere, ask again later, or give up with a sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

from sources.errors import Gone, SourceError, Unreachable, Unreadable
from sources.fetch.limits import Limits

_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
NOT_NOW = (429, 503)
"""The host as a whole asks to be left alone."""
_MAY_PASS = (408, 425, 429, 500, 502, 503, 504)
_SENTENCES: Mapping[int, str] = {
    401: "is open only to those who sign in",
    402: "must be paid for",
    403: "is not open to us",
    406: "does not come in a form that can be read",
    407: "is open only to those who sign in",
    451: "is withheld for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one server. Header names are in small letters; `content` is unpacked, and empty without success.

    `lasting` is the address that stands for what was asked for, at the end of the redirects (see `Raw`).
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    lasting: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the content is what was asked for."""
        return self.status == 200


class LostError(Exception):
    """The connection could not be made or was lost; the same request may succeed later. Holds the sentence."""


def redirect(answer: Answer) -> str | None:
    """Where the answer sends us, if it does."""
    target = answer.headers.get("location", "").strip()
    if answer.status not in _REDIRECTS or not target:
        return None
    try:
        return urldefrag(urljoin(answer.url, target)).url
    except ValueError as error:
        raise Unreadable(f"{answer.url} leads to something that is no address.") from error


def is_for_good(answer: Answer) -> bool:
    """Whether a redirect tells the new address of the same thing (RFC 9110, 15.4.2 and 15.4.9), and no detour."""
    return answer.status in _FOR_GOOD


def may_pass(answer: Answer) -> bool:
    """Whether the same request may succeed a little later."""
    return answer.status in _MAY_PASS


def failure(answer: Answer) -> SourceError:
    """The error that a failed answer is."""
    url, status = answer.url, answer.status
    if status == 410:
        return Gone(f"{url} is gone for good, says its server (410).", certain=True)
    if status == 404:
        return Gone(f"There is nothing at {url} (404).", certain=False)
    if status in NOT_NOW:
        return Unreachable(f"{url} can't be had just now: its server asks us to wait ({status}).")
    if status >= 500:
        return Unreadable(f"The server failed over {url} ({status}).")
    sentence = _SENTENCES.get(status, "was refused by its server")
    return Unreadable(f"{url} {sentence} ({status}).")


def back_off(attempt: int, retry_after: float | None, chance: float, limits: Limits) -> float | None:
    """Seconds to wait after the failed `attempt` (from 1); None: give up.

    Exponential with half of it left to `chance` (0 to 1), so that many who failed together don't come back together;
    or longer, as the server asks, but never longer than the longest wait.
    """
    wait = limits.first_wait * 2 ** (attempt - 1) * (0.5 + chance / 2)
    wait = max(wait, retry_after or 0.0)
    return None if attempt >= limits.attempts or wait > limits.longest_wait else wait


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """How many seconds the server asks us to wait, given as a number or as a date; None where it says nothing."""
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max(0.0, (at - now).total_seconds()) if at.tzinfo else None
