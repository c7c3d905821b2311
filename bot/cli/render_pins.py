"""What `quotedesk pins` prints: for people, and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from bot.cli.render_json import Json
from bot.cli.render_text import show_card
from bot.cli.terminal import harmless, show
from bot.keeping.diff import Piece
from bot.pinning.files import Imported
from bot.pinning.texts import pin_json
from bot.pinning.view import PinPage, PinView
from bot.store.pins import PinChange
from bot.wording import pin_words
from bot.wording.words import counted

_SIGNS = {Piece.KEPT: ("", "", ""), Piece.REMOVED: ("[-", "-]", "red"), Piece.ADDED: ("{+", "+}", "green")}


def page_json(page: PinPage) -> Json:
    """Some pins; give `cursor` again for the next ones."""
    return {"total": page.total, "pins": [pin_json(view) for view in page.views], "cursor": page.cursor}


def show_page(target: Console, page: PinPage, *, narrowed: bool) -> None:
    """Each pin with its passage."""
    if not page.total:
        show(target, pin_words.NONE_MATCH if narrowed else pin_words.EMPTY)
        if not narrowed:
            show(target, "Pin the words of an answer: quotedesk pins add DOCUMENT:VERSION:START-END")
        return
    show(target, Text(f"{counted(page.total, 'pin')}.", "bold"))
    if page.understood:
        show(target, harmless(page.understood))
    for number, view in enumerate(page.views, 1):
        show(target, "")
        _show(target, view, number)
    if page.cursor:
        show(target, f"There is more: add --cursor {page.cursor}.")


def show_pin(target: Console, view: PinView, pieces: Sequence[tuple[Piece, str]] = ()) -> None:
    """One pin, and what stands in its place now where that is something else."""
    _show(target, view, 1)
    if view.pin.doubt and pieces:
        show(target, "What stands there now:", indent=3)
        show(target, Text.assemble(*((_signed(what, text), _SIGNS[what][2]) for what, text in pieces)), indent=3)


def _signed(what: Piece, text: str) -> str:
    """The marks hug the words: blanks around them stay outside."""
    before, after, _ = _SIGNS[what]
    bare = text.strip()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return harmless(f"{lead}{before}{bare}{after}{tail}" if bare else text)


def _show(target: Console, view: PinView, number: int) -> None:
    pin = view.pin
    show_card(target, number, view.card)
    status = f"Pin {pin.id}, {pin_words.STATUSES[view.status]}, {pin.owner}’s, from {view.source}"
    verified = f"; verified by {pin.verifier} on {pin.verified:%Y-%m-%d}" if pin.verifier and pin.verified else ""
    show(target, Text(harmless(f"{status}{verified}."), "bold"), indent=3)
    if pin.doubt:
        show(target, pin_words.DOUBTS[pin.doubt], indent=3)
    facts = [f"Story: {pin.story}." if pin.story else "", f"Tags: {', '.join(pin.tags)}." if pin.tags else ""]
    facts.append(f"To be used until {pin.expires:%Y-%m-%d %H:%M} UTC." if pin.expires else "")
    if any(facts):
        show(target, harmless(" ".join(fact for fact in facts if fact)), indent=3)
    if pin.note:
        show(target, harmless(f"Note: {pin.note}"), indent=3)


def changes_json(changes: Sequence[PinChange]) -> list[Json]:
    """The history, oldest first; `detail` has each changed field with its value before and after."""
    return [
        {
            "at": change.at.isoformat(),
            "who": change.who,
            "deed": change.deed.value,
            "detail": {name: list(values) for name, values in change.detail.items()},
        }
        for change in changes
    ]


def show_changes(target: Console, changes: Sequence[PinChange]) -> None:
    """A line a deed."""
    for change in changes:
        told = f" ({'; '.join(what)})" if (what := pin_words.details(change)) else ""
        show(target, harmless(f"{change.at:%Y-%m-%d %H:%M} UTC  {change.who} {pin_words.DEEDS[change.deed]}{told}"))


def imported_json(found: Imported) -> Json:
    """How many pins came out of a file."""
    return asdict(found)


def show_imported(target: Console, found: Imported) -> None:
    """The same for people."""
    show(target, f"{counted(found.pins, 'pin')} taken in; {found.known:,} were here already.")
    if found.orphans:
        show(target, f"{found.orphans:,} of them stand otherwise in this desk's sources, and are orphans.")
