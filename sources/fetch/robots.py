"""robots.txt as RFC 9309 has it: the longest rule that matches decides, `*` and `$` included. Pure.

The standard library's parser takes the first rule and reads `*` as a letter, so that `Disallow: /*?print=` and even
`Disallow: /*` would be overlooked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sources.fetch.answers import Answer

MAX_BYTES = 512 << 10
"""As much as RFC 9309 has every reader take in."""
KEPT_SECONDS = 3600.0
AGENT = "Quotedesk"
_EVERYONE = "*"
_PRINTABLE = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule, and the small-letter agents of its group: `name` is `allow`, `disallow` or `crawl-delay`."""

    agents: tuple[str, ...]
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Robots:
    """A host's rules for us, and when (by the fetcher's clock) they were read.

    `delay` is the pause between requests that the host asks for, in seconds; 0 where it asks for none.
    """

    rules: tuple[tuple[str, bool], ...]
    delay: float
    read_at: float

    def allow(self, url: str) -> bool:
        """Whether this address may be asked for. Of two rules of one length the one that allows wins."""
        parts = urlsplit(url)
        path = _written(parts.path or "/") + (f"?{_written(parts.query)}" if parts.query else "")
        found = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)]
        return max(found, default=(0, True))[1]


def read_robots(answer: Answer, read_at: float) -> Robots:
    """The rules in an answer that is no server's failure; a host without rules allows everything."""
    text = answer.content.decode(errors="replace").removeprefix("\ufeff") if answer.succeeded else ""
    lines = list(_lines(text))
    own = [line for line in lines if AGENT.lower() in line.agents]
    mine = own or [line for line in lines if _EVERYONE in line.agents]
    delays = [line.value for line in mine if line.name == "crawl-delay" and line.value.replace(".", "", 1).isdecimal()]
    rules = [(_written(line.value), line.name == "allow") for line in mine if line.name != "crawl-delay" and line.value]
    return Robots(tuple(rules), max(map(float, delays), default=0.0), read_at)


def _lines(text: str) -> Iterator[_Line]:
    agents, open_group = (), False
    for written in text.splitlines():
        name, _, value = (part.strip() for part in written.partition("#")[0].partition(":"))
        if name.lower() == "user-agent":
            # Agents on lines that follow one another share what comes after them.
            agents = (*(agents if open_group else ()), value.partition("/")[0].strip().lower())
            open_group = True
        elif name.lower() in ("allow", "disallow", "crawl-delay"):
            open_group = False
            yield _Line(agents, name.lower(), value)


def _written(path: str) -> str:
    """Both sides in one spelling: letters beyond ASCII are percent-encoded."""
    return quote(path, safe=_PRINTABLE)


def _matches(pattern: str, path: str) -> bool:
    """Whether a rule covers a path: as a beginning, `*` being anything, and `$` at its end the path's end."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    ends = pattern.endswith("$")
    if not others:
        return not ends or at == len(path)
    for part in others[:-1]:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    last = others[-1]
    return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0
