"""Only what is used: the published types leave every method's keyword arguments `Unknown`."""

from collections.abc import Callable, Coroutine, Sequence
from ssl import SSLContext
from typing import Any

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_slack_response import AsyncSlackResponse

_Method = Callable[..., Coroutine[Any, Any, AsyncSlackResponse]]

class AsyncWebClient:
    BASE_URL: str
    token: str | None
    base_url: str
    ssl: SSLContext | None
    proxy: str | None
    session: aiohttp.ClientSession | None
    retry_handlers: list[AsyncRetryHandler]
    def __init__(
        self,
        token: str | None = None,
        base_url: str = ...,
        timeout: int = 30,
        *,
        session: aiohttp.ClientSession | None = None,
        team_id: str | None = None,
        retry_handlers: list[AsyncRetryHandler] | None = None,
    ) -> None: ...
    async def api_call(
        self,
        api_method: str,
        *,
        http_verb: str = "POST",
        data: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        json: dict[str, Any] | None = None,
    ) -> AsyncSlackResponse: ...
    async def auth_test(self, *, token: str | None = None) -> AsyncSlackResponse: ...
    async def chat_postMessage(
        self,
        *,
        channel: str,
        text: str | None = None,
        blocks: Sequence[dict[str, Any]] | None = None,
        thread_ts: str | None = None,
        unfurl_links: bool | None = None,
        unfurl_media: bool | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> AsyncSlackResponse: ...
    async def chat_postEphemeral(
        self,
        *,
        channel: str,
        user: str,
        text: str | None = None,
        blocks: Sequence[dict[str, Any]] | None = None,
        thread_ts: str | None = None,
    ) -> AsyncSlackResponse: ...
    async def conversations_info(self, *, channel: str) -> AsyncSlackResponse: ...
    async def conversations_members(
        self, *, channel: str, cursor: str | None = None, limit: int | None = None
    ) -> AsyncSlackResponse: ...
    async def usergroups_users_list(self, *, usergroup: str) -> AsyncSlackResponse: ...
    async def users_info(self, *, user: str) -> AsyncSlackResponse: ...
    # Every other method of the Web API takes keywords and gives a response as well.
    def __getattr__(self, name: str) -> _Method: ...
