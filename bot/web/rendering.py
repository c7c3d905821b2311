"""Pages out of templates. Everything is escaped; what a template calls by a name that is not there fails."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.asking.cards import Card, Place
from bot.asking.links import web_address
from bot.citations import Style, cite
from bot.pinning.form import last_day
from bot.web.assets import Assets
from bot.web.marking import found
from bot.web.visit import Asker, Renderer
from bot.wording import evidence, page_words, ranking_words, words
from bot.wording.dates import when, written
from bot.wording.excerpts import excerpt
from bot.wording.source import clipped, clock, pages, place, speaker, time_stamp, title, whereabouts
from index.hit import DocumentCard
from sources.document import PartialDate

NAME_ROOM = 200
"""Characters of a title or a name; what is cut is marked."""
ADDRESS_ROOM = 8_000
"""Characters of an address."""


def renderer(app: web.Application, assets: Assets, nav: tuple[tuple[str, str, bool], ...]) -> Renderer:
    """Templates for this application. `nav` are (path, label, for admins only), in order."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=PackageLoader("bot.web", "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        default_helpers=False,
    )
    furnish(environment, assets)

    def render(
        template: str, request: web.Request, asker: Asker | None, told: Mapping[str, object], status: int
    ) -> web.Response:
        admin = asker is not None and asker.person.admin
        chrome = {
            "asker": asker,
            "path": request.path,
            "csrf_field": lambda: csrf_field(asker),
            "nav": [(path, label) for path, label, for_admins in nav if admin or not for_admins],
        }
        return aiohttp_jinja2.render_template(template, request, {**chrome, **told}, status=status)

    return render


def furnish(environment: Environment, assets: Assets) -> None:
    """The filters and globals that every template may use."""
    cast("dict[str, object]", environment.globals).update(words=words, said=page_words, static=assets.address)
    environment.filters.update(_FILTERS)


def csrf_field(asker: Asker | None) -> Markup:
    """What every form of a deed must hold."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(asker.csrf if asker else "")


def exact(text: str) -> Markup:
    """A source's words. HTML reads a lone carriage return as a line feed unless it is written as what it is:
    https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
    """
    return escape(text).replace("\r", Markup("&#13;"))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A time of the newsroom's own doings, on its reader's clock. (Dates of sources are never shifted.)

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 22, 18, 5, tzinfo=UTC), ZoneInfo("America/New_York"))
    'Nov. 22, 2026, 1:05 p.m. (EST)'
    """
    there = at.astimezone(zone)
    plain = written(PartialDate.parse(there.replace(tzinfo=None).isoformat(timespec="seconds")))
    return f"{plain} ({there.tzname()})"


def day(at: datetime, zone: ZoneInfo) -> str:
    """The day alone.

    >>> from datetime import UTC
    >>> day(datetime(2026, 11, 22, 1, 5, tzinfo=UTC), ZoneInfo("America/New_York"))
    'Nov. 21, 2026'
    """
    return written(PartialDate.parse(at.astimezone(zone).date().isoformat()))


def _last_day(expires: datetime, zone: ZoneInfo) -> str:
    return written(PartialDate.parse(last_day(expires, zone).isoformat()))


def _speaker(card: Card) -> str:
    return speaker(card, NAME_ROOM)


def _place(card: Card) -> str:
    return place(card, NAME_ROOM)


def _title(document: DocumentCard) -> str:
    return title(document, NAME_ROOM)


def _clipped(name: str) -> str:
    return clipped(name, NAME_ROOM)


def _citations(card: Card) -> list[tuple[str, str]]:
    """Each form by its name."""
    return [(words.CITATION_FORMS[style], cite(card, style)) for style in Style]


def _stands(card: Card) -> str:
    return evidence.stands(card, NAME_ROOM, ADDRESS_ROOM)


def _notes(card: Card) -> list[str]:
    return evidence.notes(card, NAME_ROOM)


def _copy_of(other: Place) -> str:
    return evidence.copy_of(other, NAME_ROOM)


def _why(card: Card) -> str:
    return ranking_words.table(card.reasons, card.score)


_FILTERS: Mapping[str, Callable[..., object]] = {
    "exact": exact,
    "moment": moment,
    "day": day,
    "last_day": _last_day,
    "date": written,
    "when": when,
    "found": found,
    "excerpt": excerpt,
    "speaker": _speaker,
    "place": _place,
    "title": _title,
    "clipped": _clipped,
    "pages": pages,
    "clock": clock,
    "time_stamp": time_stamp,
    "address": web_address,
    "citations": _citations,
    "warnings": evidence.warnings,
    "stands": _stands,
    "notes": _notes,
    "copy_of": _copy_of,
    "whereabouts": whereabouts,
    "why": _why,
}
