"""The pin board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from bot.asking import links
from bot.asking.composing import Form, Part, compose, problems
from bot.build import utc_now
from bot.errors import BadRequest
from bot.pinning import ExportForm, PinPage, PinView
from bot.pinning.asked import ANSWERS, ME, read
from bot.pinning.owners import owner_meant
from bot.pinning.view import ref_of
from bot.roles import SCHEDULER
from bot.store.pins import Doubt, PinChange, PinFilter, PinStatus
from bot.web.visit import Route, Visit
from bot.wording import pin_page, pin_words, pinboard_words
from index.analysis import terms
from index.errors import BadQuery

BOARD = "/pins"
PAGE = 20
KEPT = ("story", "tag", "person", "owner", "verified", "status", "since", "until", "words")
"""What of the address says which pins are wanted."""

_TYPES: Mapping[ExportForm, tuple[str, str]] = {
    ExportForm.MARKDOWN: ("text/markdown", "md"),
    ExportForm.CSV: ("text/csv", "csv"),
    ExportForm.JSON: ("application/json", "json"),
    ExportForm.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}
Owners = Mapping[str, Sequence[str]]
"""The owners of what the asker may see, by id, with all that they go by; first their names."""

_NOWHERE = frozenset({Doubt.UNPROVED, Doubt.REMOVED, Doubt.PURGED})
"""What is in doubt so has no page to be read on."""


async def board(visit: Visit) -> web.Response:
    """The pins that the address asks for; what can't be read of it is told where it stands."""
    asked, person, cursor = _asked(visit), visit.person, visit.query.get("cursor")
    owners = await visit.handles(await visit.app.pins.owners(person))
    try:
        wanted, question = _wanted(visit, asked, owners)
        page = await visit.app.pins.list(person, wanted, question=question, limit=PAGE, cursor=cursor)
        problem = ""
    except (BadQuery, BadRequest) as error:
        wanted, page, problem = PinFilter(), PinPage((), 0), str(error)
    return visit.page(
        "pins.html",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        say=pin_page,
        pin_page=pin_page,
        pin_words=pin_words,
        board=pinboard_words,
        problem=problem,
        asked=asked,
        me=ME,
        others=sorted((names[0], one) for one, names in owners.items() if one != person.user_id),
        owner=wanted.owner,
        page=page,
        read_pin=reading,
        names=await names_of(visit, page.views),
        stories=await visit.app.pins.stories(person),
        tags=await visit.app.pins.tags(person),
        statuses=[(status.value, pinboard_words.status(status)) for status in PinStatus],
        exports=[
            (f"{BOARD}/export?{urlencode({**asked, 'form': form})}", label) for form, label in pin_page.FORMS.items()
        ],
        later=f"{BOARD}?{urlencode({**asked, 'cursor': page.cursor})}" if page.cursor else None,
        first=f"{BOARD}?{urlencode(asked)}" if cursor else None,
    )


async def export(visit: Visit) -> web.Response:
    """The pins that the address asks for, as a file."""
    try:
        form = ExportForm(visit.query.get("form", ""))
    except ValueError as error:
        raise BadRequest(pin_page.NO_FORM) from error
    owners = await visit.handles(await visit.app.pins.owners(visit.person))
    wanted, question = _wanted(visit, _asked(visit), owners)
    content = await visit.app.pin_files.export(visit.person, wanted, form, question=question)
    media_type, ending = _TYPES[form]
    return visit.file(content, media_type, f"{_file_name(wanted)}.{ending}")


def reading(view: PinView) -> str | None:
    """Where the pin's words can be read in their version; None where they stand in none."""
    return None if view.pin.doubt in _NOWHERE else links.permalink("", ref_of(view.pin))


async def names_of(visit: Visit, views: Iterable[PinView], history: Iterable[PinChange] = ()) -> Mapping[str, str]:
    """What everybody is called who has to do with these pins."""
    ids = {who for view in views for who in (view.pin.owner, view.pin.verifier) if who}
    ids |= {change.who for change in history}
    return {**await visit.names(ids - {SCHEDULER}), SCHEDULER: pin_page.ITSELF}


def _asked(visit: Visit) -> dict[str, str]:
    return {name: value for name in KEPT if (value := visit.query.get(name, "").strip())}


def _wanted(visit: Visit, asked: Mapping[str, str], owners: Owners) -> tuple[PinFilter, str]:
    """What of it is the pin's own, and the question that is left, as it would be typed. The words may be all that can
    be typed of pins in Slack; what is chosen beside them goes before it. Raises BadQuery, BadRequest.
    """
    typed = read(asked.get("words", ""))
    chosen = replace(
        typed,
        owner=asked.get("owner", typed.owner),
        verified=ANSWERS.get(asked.get("verified", ""), typed.verified),
        status=_status(asked["status"]) if "status" in asked else typed.status,
    )
    form = Form(speaker=asked.get("person", ""), since=asked.get("since", ""), until=asked.get("until", ""))
    if found := [told for part, told in problems(form).items() if part is not Part.WORDS]:
        raise BadRequest(found[0])
    own = replace(
        chosen.wanted(_owner(visit, chosen.owner, owners), utc_now()), story=asked.get("story"), tag=asked.get("tag")
    )
    return own, f"{chosen.question} {compose(form)}".strip()


def _status(value: str) -> PinStatus:
    try:
        return PinStatus(value)
    except ValueError as error:
        raise BadRequest(pin_page.NO_STATUS) from error


def _owner(visit: Visit, owner: str | None, owners: Owners) -> str | None:
    """The id of the one that is meant. Raises BadRequest where that is nobody, or not clear."""
    if owner is None or owner.lower() == ME:
        return owner and visit.person.user_id
    return owner_meant(owner, owners)


def _file_name(wanted: PinFilter) -> str:
    """Of plain letters alone.

    >>> _file_name(PinFilter(story="Harbor: “Inquiry” \\r\\n2"))
    'pins-harbor-inquiry-2'
    """
    words = [word for word in terms(wanted.story or wanted.tag or "") if word.isascii() and word.isalnum()]
    return "-".join(["pins", *words])[:80]


ROUTES = (
    Route("GET", BOARD, board),
    Route("GET", f"{BOARD}/export", export),
)
