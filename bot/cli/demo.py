"""`quotedesk demo`: the sample corpus in a home that is thrown away."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.build import build
from bot.cli.render_text import show_answer
from bot.cli.session import command, fail
from bot.cli.terminal import console, errors, progress, show
from bot.config import Config
from bot.roles import operator

QUESTION = "Barr foreign dirt"
SAMPLE = Path(__file__).parents[2] / "sources" / "sample"


@command
async def demo(
    once: Annotated[bool, typer.Option("--once", help="Answer and end.")] = False,
) -> None:
    """Answer a question from the sample corpus."""
    with tempfile.TemporaryDirectory(prefix="quotedesk-demo-") as folder:
        config = Config.model_validate({"quotedesk_home": folder})  # whatever the person has set does not count
        async with await build(config) as app:
            with progress(quiet=False) as told:
                await app.holdings.add(operator(), str(SAMPLE), name="Sample", told=told)
            answer = await app.desk.answer(operator(), QUESTION)
    show(errors(), f"quotedesk quote {QUESTION}\n")
    show_answer(console(), answer)
    if not answer.cards:
        fail("The sample corpus does not answer; run `quotedesk doctor`.")
    if not once:
        show(errors(), "\nNow your own: `quotedesk sources add FOLDER`, then `quotedesk quote YOUR WORDS`.")
