"""`quotedesk demo`: the sample corpus in a home that is thrown away."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.build import Application, build
from bot.cli.render_text import show_answer
from bot.cli.sandbox import show_page
from bot.cli.session import command, fail
from bot.cli.terminal import console, errors, progress, show
from bot.config import Config
from bot.roles import operator

QUESTION = "Barr foreign dirt"
SAMPLE = Path(__file__).parents[2] / "sources" / "sample"


@command
async def demo(
    once: Annotated[bool, typer.Option("--once", help="Answer and end, without the sandbox.")] = False,
) -> None:
    """Answer a question from the sample corpus, then open the sandbox on it."""
    from bot.cli.newsroom import at_work, connected, newsroom  # a web server, which other commands can do without

    with tempfile.TemporaryDirectory(prefix="quotedesk-demo-") as folder:
        config = Config.model_validate({"quotedesk_home": folder})  # whatever the person has set does not count
        async with newsroom(0) as room, await build(connected(config, room)) as app:
            await _answer(app)
            if not once:
                show(errors(), "\nThe same in a stand-in for Slack, with buttons, pins and files:")
                await at_work(app, room, partial(show_page, app.config.pages_at))
                show(errors(), "Now your own: `quotedesk sources add FOLDER`, then `quotedesk quote YOUR WORDS`.")


async def _answer(app: Application) -> None:
    with progress(quiet=False) as told:
        await app.holdings.add(operator(), str(SAMPLE), name="Sample", told=told)
    answer = await app.desk.answer(operator(), QUESTION)
    show(errors(), f"quotedesk quote {QUESTION}\n")
    show_answer(console(), answer)
    if not answer.cards:
        fail("The sample corpus does not answer; run `quotedesk doctor`.")
