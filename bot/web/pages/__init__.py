"""The pages: one file each, and a line in these tables."""

from bot.web.pages import check, desk, pin, pins, reader, search
from bot.web.visit import Route
from bot.web.ways import SEARCH
from bot.wording import page_words

ROUTES: tuple[Route, ...] = (*search.ROUTES, *reader.ROUTES, *pins.ROUTES, *pin.ROUTES, *check.ROUTES, *desk.ROUTES)

NAV: tuple[tuple[str, str, bool], ...] = (
    (SEARCH, page_words.SEARCH, False),
    (pins.BOARD, page_words.PINS, False),
    (check.PATH, page_words.CHECK, False),
    (desk.PATH, page_words.DESK, True),
)
"""What stands at the top of every page: path, label, and whether it is for admins alone."""
