"""`quotedesk first`: where exact words stand, earliest first."""

from typing import Annotated

import typer

from bot.cli.render_firsts import firsts_json, show_firsts
from bot.cli.session import application, command
from bot.cli.sources import AsJson
from bot.cli.terminal import show_as
from bot.roles import operator


@command
async def first(
    words: Annotated[list[str], typer.Argument(help="The exact words.")],
    limit: Annotated[
        int, typer.Option(min=1, max=1000, help="At most so many dated places, and as many undated.")
    ] = 10,
    as_json: AsJson = False,
) -> None:
    """Tell where exact words stand, in the order of time; undated places apart."""
    asked = " ".join(word.encode(errors="replace").decode() for word in words)
    async with application() as app:
        found = await app.desk.firsts(operator(), asked, limit=limit)
    show_as(found, firsts_json, show_firsts, as_json=as_json)
