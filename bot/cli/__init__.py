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
app.add_typer(upkeep.sources, name="sources")
app.add_typer(pins.pins, name="pins")
app.add_typer(watches.watches, name="watches")
app.command("quote", context_settings=quote.CONTEXT)(quote.quote)
for function in (
    *(demo.demo, index.reindex, index.rollback, queue.generations, index.status, queue.queue),
    *(check.check, cite.cite, doctor.doctor, first.first, sandbox.sandbox, serve.serve),
):
    app.command(function.__name__)(function)
