"""`quotedesk doctor`: is everything sound, and if not, how is it mended."""

from dataclasses import asdict

import typer
from rich.text import Text

from bot.cli.session import FAILED, command
from bot.cli.sources import AsJson
from bot.cli.terminal import console, harmless, show, show_json
from bot.config import load


@command
async def doctor(as_json: AsJson = False) -> None:
    """Check everything that Quotedesk stands on; ends with 1 when something is unsound."""
    from bot.doctor import examine  # brings Slack's client, which only this command needs

    findings = await examine(load())
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            sign = Text("ok     ", "green") if finding.ok else Text("failed ", "bold red")
            show(console(), sign + Text(harmless(f"{finding.name}: {finding.detail}")))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(FAILED)
