"""Lists of the web (feeds, sitemaps) that are sent and read again only once they changed.

What a list held, and the validators it came with (RFC 9110, section 8.8), stand in the source's cursor: a list that its
server says is unchanged (304) is told from there. The pages it lists are asked for each by itself, as ever.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from sources.connectors.pages import fetch_list
from sources.document import Raw
from sources.errors import Unreachable, Unreadable
from sources.fetch import Fetcher, NotModified

REVISION = 1
"""Goes up whenever lists are read otherwise: what an older version has read is then read anew."""
LARGEST = 4 << 20
"""Code points of a cursor. Longer lists are sent whole every time."""

Lines = list[list[str | None]]


@dataclass(frozen=True, slots=True)
class _List:
    """A list as it was read, with what tells whether it changed."""

    etag: str | None
    last_modified: str | None
    lines: Lines


class Listing:
    """The lists of one walk; `cursor` is that of the walk before."""

    def __init__(self, fetcher: Fetcher, cursor: str | None) -> None:
        self._fetcher = fetcher
        self._before = _unpacked(cursor)
        self._now: dict[str, _List] = {}

    async def lines(self, address: str, read: Callable[[Raw], Lines], kind: str) -> Lines:
        """What the list at an address holds; `read` is done in a thread, `kind` names it in the sentence.

        Raises Unreachable where it can't be read.
        """
        known = self._before.get(address, _List(None, None, []))
        found = await fetch_list(self._fetcher, address, known.etag, known.last_modified)
        if not isinstance(found, NotModified):
            known = await self._read(address, found, read, kind)
        self._now[address] = known
        return known.lines

    @property
    def cursor(self) -> str | None:
        """What is to be known of these lists the next time; None where no server tells when its list changes."""
        lists = {at: asdict(one) for at, one in self._now.items() if one.etag or one.last_modified}
        packed = json.dumps({"revision": REVISION, "lists": lists}, ensure_ascii=False)
        return packed if lists and len(packed) <= LARGEST else None

    async def _read(self, address: str, found: Raw, read: Callable[[Raw], Lines], kind: str) -> _List:
        try:
            lines = await asyncio.to_thread(read, found)
        except Unreadable as error:
            raise Unreachable(f"{address} can't be read as a {kind}: {error}") from error
        return _List(found.headers.get("etag"), found.headers.get("last-modified"), lines)


def _unpacked(cursor: str | None) -> Mapping[str, _List]:
    """The lists in a cursor; none where another version wrote it."""
    if cursor is None:
        return {}
    try:
        data = cast("dict[str, Any]", json.loads(cursor))
        same = data["revision"] == REVISION
        return {at: _List(**one) for at, one in data["lists"].items()} if same else {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
