"""What owners of pins, and those who shared a passage, are told when a source has changed."""

from collections.abc import Sequence

from bot.keeping.diff import Piece
from bot.pinning import PinView
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.message import Message
from bot.slack.blocks.pins import entry
from bot.slack.blocks.rich import Json, line, quotation, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.store.pins import NoticeKind
from bot.wording import pinboard_words
from bot.wording.source import clipped

Pieces = Sequence[tuple[Piece, str]]

_STYLES = {Piece.KEPT: {}, Piece.REMOVED: {"strike": True}, Piece.ADDED: {"bold": True}}
MOST_PIECES = 60


def owners_message(kind: NoticeKind, view: PinView, pieces: Pieces) -> Message:
    """For a pin's owner: the pin as it stands, what has changed, and what can be done."""
    sentence = pinboard_words.NOTICES[kind]

    def layout(room: Room) -> list[Json]:
        heading = rich_text(line(text(sentence, bold=True)))
        return [heading, *_difference(kind, pieces, room), *entry(view, room, shareable=False)]

    return Message(spoken(sentence, [view.card]), laid_out(layout))


def sharers_message() -> Message:
    """For the thread below a shared card, which all of the channel reads: so without any words of the source."""
    sentence = pinboard_words.NOTICES[NoticeKind.SHARE]
    return Message(spoken(sentence, ()), [rich_text(line(text(sentence)))])


def _difference(kind: NoticeKind, pieces: Pieces, room: Room) -> list[Json]:
    if not any(piece is not Piece.KEPT for piece, _ in pieces):
        gone = kind is NoticeKind.ORPHANED and not pieces
        return [rich_text(line(text(pinboard_words.NOTHING_NEAR)))] if gone else []
    shown = [
        _run(piece, clipped(words, room.name * 2), words) for piece, words in pieces[:MOST_PIECES] if words.strip()
    ]
    return [rich_text(line(text(pinboard_words.WAS_AND_IS)), quotation(*shown))]


def _run(piece: Piece, shown: str, words: str) -> Json:
    after = " " if words[-1:].isspace() or piece is Piece.REMOVED else ""
    style = _STYLES[piece]
    return {"type": "text", "text": shown + after, **({"style": style} if style else {})}
