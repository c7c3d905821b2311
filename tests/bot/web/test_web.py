"""The HTTP surface: health that tells the truth, figures, Slack's door, and an orderly end."""

import asyncio
import hashlib
import hmac
import json
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.build import Application, build
from bot.config import Config
from bot.errors import BadConfiguration, StoreUnavailable
from bot.roles import operator
from bot.web.app import MAX_BODY, build_web
from bot.web.serving import serve

SECRET = "signing-secret"
UNREACHED = "http://127.0.0.1:9/api/"  # nothing listens on the discard port


async def fine() -> None:
    """A part that is ready."""


async def broken() -> None:
    raise StoreUnavailable("The database can't be read.")


async def test_ready_is_said_only_when_every_part_is() -> None:
    for check, status, state in ((fine, 200, "ok"), (broken, 503, "The database can't be read.")):
        async with TestClient(TestServer(build_web({"search": fine, "store": check}))) as client:
            answer = await client.get("/readyz")
            assert answer.status == status
            assert await answer.json() == {"ready": status == 200, "checks": {"search": "ok", "store": state}}
            assert (await client.get("/healthz")).status == 200


async def test_figures_are_there_and_slack_is_not_without_an_app() -> None:
    async with TestClient(TestServer(build_web({}))) as client:
        figures = await (await client.get("/metrics")).text()
        assert "quotedesk_answer_seconds_bucket" in figures
        assert (await client.post("/slack/events", data="{}")).status == 404


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    config = Config.model_construct(
        home=tmp_path / "home",
        slack_bot_token=SecretStr("xoxb-1"),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=UNREACHED,
    )
    async with await build(config) as built:
        yield built


@asynccontextmanager
async def serving(app: Application) -> AsyncGenerator[str]:
    """The address of the running server, which is told to stop, and must end, afterwards."""
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(app, socket=False, host="127.0.0.1", port=0, stop=stop, listening=port.set_result)
    )
    try:
        yield f"http://127.0.0.1:{await port}"
    finally:
        stop.set()
        await asyncio.wait_for(running, 10)


def signed(body: str, secret: str = SECRET, sent: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if sent is None else sent))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    return headers | {"Content-Type": "application/json"}


async def test_slack_is_let_in_by_its_signature_alone(app: Application) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1", "token": "t"})
    async with serving(app) as address, aiohttp.ClientSession() as session:

        async def post(headers: dict[str, str], content: bytes = body.encode()) -> int:
            async with session.post(f"{address}/slack/events", data=BytesIO(content), headers=headers) as answer:
                return answer.status

        assert await post(signed(body)) == 200
        assert await post(signed(body, "another")) == 401
        assert await post(signed(body, sent=time.time() - 400)) == 401
        assert await post({"Content-Type": "application/json"}) == 401
        assert await post({"Content-Type": "application/json; charset=utf-8"}, b"\xff\xfe") == 400
        assert await post(signed(body), b"x" * (MAX_BODY + 1)) == 413


async def readiness(address: str) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/readyz") as answer:
        return answer.status, (await answer.json())["checks"]


async def test_readiness_tells_of_slack_and_of_an_index_that_finds_nothing(app: Application, tmp_path: Path) -> None:
    place = tmp_path / "news"
    place.mkdir()
    (place / "a.txt").write_text("The ferry sank in the harbor at noon.\n")
    async with serving(app) as address:
        status, checks = await readiness(address)
        assert (status, checks) == (503, {"search": "ok", "slack": "Slack can't be reached."})
        await app.holdings.add(operator(), str(place))
        assert (await readiness(address))[1]["search"] == "ok"
        async with aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as answer:
            assert "quotedesk_search_fallbacks 0.0" in await answer.text()
        for file in (tmp_path / "home" / "index").rglob("*"):
            if file.is_file():
                os.truncate(file, 0)
        assert (await readiness(address))[1]["search"] != "ok"


async def test_a_port_that_is_taken_is_told(app: Application) -> None:
    async with serving(app) as address:
        with pytest.raises(BadConfiguration, match="Nothing can listen"):
            await serve(app, socket=False, host="127.0.0.1", port=int(address.rpartition(":")[2]), stop=asyncio.Event())
