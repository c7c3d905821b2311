"""The actions under a card, as tables: a new one is one function and one line here.

Three buttons stand in sight, for admins four; everything rarer is a line of the menu "More Actions", which Slack lets
have five.
https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.asking.cards import PassageRef
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import Asking, Looking, Ranked
from bot.slack.blocks.rich import Json, actions, menu


@dataclass(frozen=True, slots=True)
class Row:
    """What the actions under a card depend on: its words, the page of the answer it stands on (None outside one),
    whether there is a channel to share to, whether everyone sees it, and whether an admin asked. `phrase` are those of
    its words that were asked for exactly."""

    ref: PassageRef
    page: Asking | None = None
    shareable: bool = False
    public: bool = False
    admin: bool = False
    phrase: PassageRef | None = None


def card_row(row: Row) -> Json:
    """The row itself; never empty, since every card can be cited."""
    seen = [found for make in IN_SIGHT if (found := make(row)) is not None]
    options = [found for make in IN_MENU if (found := make(row)) is not None]
    return actions(*seen, *([menu(buttons.MORE_ACTIONS, options)] if options else []))


def _share(row: Row) -> Json | None:
    return buttons.share(row.ref) if row.shareable else None


def _context(row: Row) -> Json | None:
    return buttons.context(Looking(row.ref, row.page)) if not row.public else None


def _cite(row: Row) -> Json:
    return buttons.cite(row.ref)


def _why(row: Row) -> Json | None:
    return buttons.why(Ranked(row.ref, row.page)) if row.admin and row.page else None


def _first(row: Row) -> Json | None:
    return buttons.first(row.phrase or row.ref) if not row.public else None


def _pin(row: Row) -> Json:
    return buttons.pin(row.ref)


IN_SIGHT: tuple[Callable[[Row], Json | None], ...] = (_share, _context, _cite, _why)
IN_MENU: tuple[Callable[[Row], Json | None], ...] = (_first, _pin)
"""At most five, each made with `buttons.choice`; heard with `on_choice` of listeners/click.py."""
