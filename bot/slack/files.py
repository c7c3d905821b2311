"""Files that people send: fetched from Slack with the bot's token, which goes nowhere else."""

import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest
from bot.keeping.uploads import MAX_BYTES
from bot.slack.blocks.rich import Json
from bot.slack.calling import refusal
from bot.wording import admin_words

SECONDS = 60.0
CHUNK = 1 << 16
GONE = frozenset({"file_not_found", "file_deleted"})
HIDDEN = frozenset({"access_denied", "not_allowed", "not_visible"})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file's name as its sender gave it, and its bytes."""

    name: str
    content: bytes


async def fetch(client: AsyncWebClient, file_id: str, most: int = MAX_BYTES) -> HandedIn:
    """The file as it is now, of at most so many bytes.

    Raises BadRequest when it can't be had, and why; SlackApiError, aiohttp.ClientError.
    """
    file = await _info(client, file_id)
    name, size, url = str(file.get("name") or "upload"), int(file.get("size") or 0), _address(file)
    if file.get("is_external") or not is_slacks(client, url):
        raise BadRequest(admin_words.FILE_NOT_SLACKS)
    if size > most:
        raise BadRequest(admin_words.too_large(size, most))
    return HandedIn(name, await _download(client, url, most, looks_like_html="html" in str(file.get("mimetype"))))


async def _info(client: AsyncWebClient, file_id: str) -> Json:
    try:
        found: Json = (await client.files_info(file=file_id))["file"]
    except SlackApiError as error:
        reason = refusal(error)
        if reason in GONE or reason in HIDDEN:
            raise BadRequest(admin_words.FILE_REFUSED if reason in GONE else admin_words.FILE_NOT_SHOWN) from error
        raise
    return found


def _address(file: Json) -> str:
    return str(file.get("url_private_download") or file.get("url_private") or "")


def is_slacks(client: AsyncWebClient, url: str) -> bool:
    """Whether the token may be sent there: to Slack's own hosts, or to the host of the Web API that is set."""
    asked, api = urlsplit(url), urlsplit(client.base_url)
    slacks = asked.scheme == "https" and (asked.hostname or "").endswith(".slack.com") and asked.port in (None, 443)
    return slacks or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)


async def _download(client: AsyncWebClient, url: str, most: int, *, looks_like_html: bool) -> bytes:
    headers = {"Authorization": f"Bearer {client.token}"}
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    # A redirect leads to Slack's login page: the token was not taken.
    async with (
        _session(client) as session,
        session.get(url, headers=headers, timeout=timeout, allow_redirects=False) as response,
    ):
        if response.status != 200 or (response.content_type == "text/html" and not looks_like_html):
            raise BadRequest(admin_words.FILE_REFUSED)
        return await _read(response, most)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, never more of it than is asked for, whatever Slack said of its size."""
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > most:
            raise BadRequest(admin_words.too_large(len(content), most))
    return bytes(content)


@contextlib.asynccontextmanager
async def _session(client: AsyncWebClient) -> AsyncGenerator[aiohttp.ClientSession]:
    held: Any = client.session
    if held is not None:
        yield held
        return
    async with aiohttp.ClientSession() as session:
        yield session
