"""The command line: one file per family of commands, and the table that names them."""

import typer

from bot.cli import check, cite, demo, doctor, first, index, pins, queue, quote, sandbox, serve, upkeep, watches

app = typer.Typer(
    name="quotedesk",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A newsroom's quote desk: exact passages, who said them, when, and a link that opens on the words.",
)
FIND, LOOK_AFTER, RUN = "Find, check and keep", "Look after sources and index", "Try and run"
"""The parts of `quotedesk --help`, in its order."""

app.command("quote", context_settings=quote.CONTEXT, rich_help_panel=FIND)(quote.quote)
for part, functions in {
    FIND: (check.check, first.first, cite.cite),
    LOOK_AFTER: (queue.queue, index.status, index.reindex, queue.generations, index.rollback),
    RUN: (demo.demo, sandbox.sandbox, serve.serve, doctor.doctor),
}.items():
    for function in functions:
        app.command(function.__name__, rich_help_panel=part)(function)
app.add_typer(pins.pins, name="pins", rich_help_panel=FIND)
app.add_typer(watches.watches, name="watches", rich_help_panel=FIND)
app.add_typer(upkeep.sources, name="sources", rich_help_panel=LOOK_AFTER)
