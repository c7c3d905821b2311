"""`quotedesk cite`: the citation of words that are known already, by a permalink or by their place."""

from typing import Annotated
from urllib.parse import parse_qs, unquote, urlsplit

import typer

from bot.asking.cards import PassageRef
from bot.citations import Style
from bot.citations import cite as citation
from bot.cli.render_json import card_json
from bot.cli.render_text import show_citation
from bot.cli.session import application, command
from bot.cli.terminal import console, show_json
from bot.errors import BadRequest
from bot.roles import operator


@command
async def cite(
    place: Annotated[str, typer.Argument(help="A permalink, or DOCUMENT:VERSION:START-END.", metavar="PLACE")],
    style: Annotated[Style, typer.Option(help="The form of the citation.")] = Style.PLAIN,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the citation of the words at a permalink, or at a place in a document."""
    ref = place_of(place)
    async with application() as app:
        card = await app.desk.card(operator(), ref)
        if as_json:
            show_json(card_json(card, style))
        else:
            show_citation(console(), citation(card, style))


def place_of(text: str) -> PassageRef:
    """Read either form. Raises BadRequest.

    >>> str(place_of("https://desk.example.org/d/d1?v=2&at=5-9#at"))
    'd1:2:5-9'
    """
    try:
        parts = urlsplit(text)
        if parts.scheme in ("http", "https"):
            query = parse_qs(parts.query)
            text = f"{unquote(parts.path.rpartition('/')[2])}:{query['v'][0]}:{query['at'][0]}"
        return PassageRef.parse(text)
    except (ValueError, KeyError) as error:
        raise BadRequest("That is neither a permalink of this desk nor DOCUMENT:VERSION:START-END.") from error
