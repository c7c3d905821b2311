"""The check page: every quotation of a draft beside the record. Of the draft nothing is kept, nothing logged."""

from http import HTTPStatus

from aiohttp import web

from bot.asking.cards import DraftCheck, Drafted
from bot.errors import BadRequest
from bot.web import comparing
from bot.web.visit import Route, Visit
from bot.wording import check_page, check_words

PATH = "/check"
CARDS = 3
ROOM = 600
"""Characters of a passage beside a quotation."""


async def form(visit: Visit) -> web.Response:
    """Where a draft is pasted."""
    return _form(visit)


async def check(visit: Visit) -> web.Response:
    """The draft with its verdicts, in the answer to the form itself: there is no address that could hold it."""
    draft = visit.form.get("draft", "").replace("\r\n", "\n")
    if not draft.strip():
        return _form(visit, problem=check_page.EMPTY)
    try:
        checked, quoted = await _checked(visit, draft)
    except BadRequest as error:
        return _form(visit, draft, str(error))
    numbered = list(enumerate(checked.quotes, start=1))
    return visit.page(
        "checked.html",
        say=check_page,
        check=check_words,
        draft=comparing.pieces(draft, checked.quotes),
        quoted=quoted,
        summary=check_words.summary([one.checked.verdict for one in checked.quotes]),
        numbered=numbered,
        look=[number for number, one in numbered if not one.checked.sound],
        runs=comparing.runs,
        most=CARDS,
        room=ROOM,
    )


def _form(visit: Visit, draft: str = "", problem: str = "") -> web.Response:
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    return visit.page("check.html", status=status, say=check_page, draft=draft, problem=problem)


async def _checked(visit: Visit, draft: str) -> tuple[DraftCheck, bool]:
    """All quotations, or, where nothing is quoted, all of it as one; and which of the two. Raises BadRequest."""
    checked = await visit.app.checks.draft(visit.person, draft)
    if checked.quotes:
        return checked, True
    start, end = len(draft) - len(draft.lstrip()), len(draft.rstrip())
    one = await visit.app.checks.check(visit.person, draft[start:end])
    return DraftCheck((Drafted(start, end, one),), checked.words), False


ROUTES = (Route("GET", PATH, form), Route("POST", PATH, check))
