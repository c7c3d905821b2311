"""`serve` as a whole, against the Slack stand-in, in both modes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.build import Application, build
from bot.config import Config
from bot.roles import operator
from bot.sandbox import Sandbox
from bot.web.serving import serve


@pytest.fixture(params=["http", "socket"])
def socket(request: pytest.FixtureRequest) -> bool:
    """Whether Slack is reached by Socket Mode."""
    return str(request.param) == "socket"


@asynccontextmanager
async def served(sandbox: Sandbox, application: Application, *, socket: bool) -> AsyncGenerator[str]:
    """The running server's address; at the end it is told to stop, and must."""
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(application, socket=socket, host="127.0.0.1", port=0, stop=stop, listening=port.set_result)
    )
    try:
        address = f"http://127.0.0.1:{await port}"
        if socket:
            await sandbox.wait_connected(2)
        else:
            await sandbox.connect_http(f"{address}/slack/events")
        yield address
    finally:
        stop.set()
        await asyncio.wait_for(running, 20)


def a_config(sandbox: Sandbox, home: Path) -> Config:
    return Config.model_construct(
        home=home,
        slack_api_url=sandbox.api_url,
        slack_bot_token=SecretStr(sandbox.app.bot_token),
        slack_signing_secret=SecretStr(sandbox.app.signing_secret),
        slack_app_token=SecretStr(sandbox.app.app_token),
    )


async def test_it_is_ready_answers_and_finishes_what_it_began(tmp_path: Path, socket: bool) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("The ferry sank in the harbor at noon, the pilots said.\n")
    async with await Sandbox.start() as sandbox, await build(a_config(sandbox, tmp_path / "home")) as application:
        await application.holdings.add(operator(), str(news))
        sandbox.add_channel("general", (sandbox.add_user("rita"),))
        async with served(sandbox, application, socket=socket) as address:
            async with aiohttp.ClientSession() as session, session.get(f"{address}/readyz") as answer:
                assert (answer.status, (await answer.json())["ready"]) == (200, True)
            assert (await sandbox.command("rita", "general", "/quote", "ferry pilots")).ok
        (message,) = sandbox.messages("general", "rita")
        assert "The ferry sank in the harbor" in message.text
