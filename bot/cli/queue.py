"""`quotedesk queue` and `generations`: what there is to work off, and what a rollback would go back to."""

from typing import Annotated

import typer

from bot.cli.render_admin import (
    dismissed_json,
    generations_json,
    page_json,
    queues_json,
    show_dismissed,
    show_feedback_dismissed,
    show_generations,
    show_page,
    show_queues,
)
from bot.cli.session import application, command
from bot.cli.sources import AsJson
from bot.cli.terminal import show_as
from bot.roles import operator
from bot.store.tasks import Queue


@command
async def queue(
    name: Annotated[Queue | None, typer.Argument(help="Which queue; else how much waits in each.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many rows.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Go on from there, as the page before said.")] = None,
    dismiss: Annotated[
        str | None,
        typer.Option(
            help="Take this question out of the unanswered ones; with `feedback`, what was thought of its passages."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what waits for an admin."""
    async with application() as app:
        if dismiss is not None:
            feedback = name is Queue.FEEDBACK
            gone = (app.admin.dismiss_feedback if feedback else app.admin.dismiss)(operator(), dismiss)
            shown = show_feedback_dismissed if feedback else show_dismissed
            show_as(await gone, dismissed_json, shown, as_json=as_json)
        elif name is None:
            show_as(await app.admin.queues(operator()), queues_json, show_queues, as_json=as_json)
        else:
            page = await app.admin.queue(operator(), name, limit=limit, cursor=cursor)
            show_as(page, page_json, show_page, as_json=as_json)


@command
async def generations(as_json: AsJson = False) -> None:
    """List the index generations: the live one, and the one that `rollback` goes back to."""
    async with application() as app:
        found = await app.admin.generations(operator())
    show_as(found, generations_json, show_generations, as_json=as_json)
