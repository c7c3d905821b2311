"""One request, over aiohttp: no redirect is followed, no cookie is kept, nothing is unpacked beyond its bounds."""

import re
from collections.abc import Callable, Mapping

import aiohttp
from yarl import URL

from sources.errors import Unreadable
from sources.fetch.answers import Answer, LostError
from sources.fetch.guard import Guard, GuardedResolver, PrivateAddressError, Resolve
from sources.fetch.inflate import ACCEPTED, Inflater
from sources.fetch.limits import Limits

_CHUNK = 1 << 16
_STRAY = re.compile("[\udc80-\udcff]")
_NO_TEXT = {"audio": "a recording", "video": "a film", "image": "a picture", "font": "a font"}
"""What it is, by the first half of its media type."""


class Transport:
    """Asks servers. Make it in a running loop, and `close` it."""

    def __init__(self, guard: Guard, resolve: Resolve, limits: Limits, clock: Callable[[], float], agent: str) -> None:
        self._guard = guard
        self._limits = limits
        self._clock = clock
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=GuardedResolver(guard, resolve), use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(limits.seconds, sock_connect=limits.silence, sock_read=limits.silence),
            headers={"User-Agent": agent, "Accept-Encoding": ACCEPTED, "Accept": "*/*"},
            auto_decompress=False,
        )

    async def close(self) -> None:
        """Release the connections."""
        await self._session.close()

    async def ask(self, url: str, headers: Mapping[str, str], most: int, *, cut: bool) -> Answer:
        """The answer, with at most `most` bytes of content: with `cut` the rest is left, else there may be no more.

        Raises LostError; Unreadable for a too large, too slow or damaged answer, and for a private address.
        """
        try:
            target = URL(url)
            self._guard.check(str(target))  # as it is connected to: ⑩.0.0.1 has become 10.0.0.1 by now
            async with self._session.get(target, headers=headers, allow_redirects=False) as response:
                found = {name.lower(): _written(value) for name, value in response.headers.items()}
                if response.status != 200:
                    return Answer(url, response.status, found, b"")
                _check_kind(response.content_type)
                return Answer(url, response.status, found, await self._content(response, most, cut=cut))
        except aiohttp.ClientSSLError as error:
            raise LostError(f"No safe connection can be made to {_host(url)}.") from error
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                raise Unreadable(str(error.os_error)) from error
            raise LostError(_unconnected(url, error)) from error
        except aiohttp.InvalidURL as error:
            raise Unreadable(f"{url[:200]} is not a web address.") from error
        except aiohttp.ServerTimeoutError as error:
            raise LostError(f"{_host(url)} takes too long to answer.") from error
        except TimeoutError as error:
            raise Unreadable(f"It takes longer than {self._limits.seconds:g} seconds to come.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise LostError(f"The connection to {_host(url)} was lost.") from error
        except ValueError as error:  # yarl's and idna's word for a host that can't be one
            raise Unreadable(f"{url[:200]} is not a web address.") from error

    async def _content(self, response: aiohttp.ClientResponse, most: int, *, cut: bool) -> bytes:
        if not cut and (response.content_length or 0) > most:
            raise Unreadable(_too_large(most))
        inflater = Inflater(response.headers.get("Content-Encoding", ""))
        began, came, content = self._clock(), 0, bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            came += len(chunk)
            content += inflater.feed(chunk, most + 1 - len(content))
            if max(came, len(content)) > most:  # what comes after the end of a packed file counts too
                if cut:
                    return bytes(content[:most])
                raise Unreadable(_too_large(most))
            self._check_rate(self._clock() - began, came)
        inflater.check_finished()
        return bytes(content)

    def _check_rate(self, seconds: float, came: int) -> None:
        if seconds > self._limits.grace and came < seconds * self._limits.least_rate:
            raise Unreadable("The server sends its answer too slowly to wait for.")


def _written(value: str) -> str:
    """A header in letters that can be stored and sent back: bytes that are no UTF-8 as an address would have them."""
    return _STRAY.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", value)


def _host(url: str) -> str:
    return URL(url).host or url[:200]


def _check_kind(media_type: str) -> None:
    """A film is not fetched in order to find that it is none of ours."""
    kind = _NO_TEXT.get(media_type.partition("/")[0])
    if kind is not None:
        raise Unreadable(f"This is {kind}, and holds no text that can be quoted.")


def _too_large(most: int) -> str:
    size = f"{most >> 20:,} MiB" if most >= 1 << 20 else f"{most:,} bytes"
    return f"It is larger than the {size} that are taken in."


def _unconnected(url: str, error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"There is no host {_host(url)}, or its address can't be found just now."
    return f"{_host(url)} can't be reached."
