"""Watches in Slack: the offer, the list, and the message that tells of new passages."""

from collections.abc import Sequence

from bot.slack.blocks import buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import (
    MAX_VALUE,
    Json,
    actions,
    asking_first,
    button,
    divider,
    line,
    rich_text,
    text,
    user,
)
from bot.slack.blocks.spoken import spoken
from bot.store.watching import Watch
from bot.watches.telling import Digest
from bot.watches.watches import Preview
from bot.wording import watch_words
from bot.wording.source import clipped

WATCH = "watch_this"
PAUSE = "pause_watch"
RESUME = "resume_watch"
REMOVE = "remove_watch"
EDIT = "edit_watch"
MANAGE = "manage_watches"
PAGING = ("previous_watches", "next_watches")
PAGE = 8


def watch_this(question: str, label: str = watch_words.WATCH) -> Json | None:
    """Opens the form for a question; None where it is too long for Slack to carry."""
    return button(label, WATCH, question) if 0 < len(question) <= MAX_VALUE else None


def offer_message(preview: Preview, typed: str) -> Message:
    """What a watch would be for, before it is set up. `typed` is all that was typed, which may have been a question."""
    said = [preview.understood, watch_words.now(preview.total), watch_words.ONLY_NEW]
    row = [watch_this(preview.question, watch_words.SET_UP), buttons.search_instead(typed)]
    first = line(text(watch_words.OFFER, bold=True), text(f" {clipped(said[0], 600)}"))
    block = rich_text(first, line(text(" ".join(said[1:]))))
    return Message(spoken(" ".join([watch_words.OFFER, *said]), ()), [block, actions(*(one for one in row if one))])


def list_message(
    watches: Sequence[Watch], page: int = 0, opening: str = "", *, editable: frozenset[str], typed: str = ""
) -> Message:
    """A page of watches, counted from 0. `editable` are the ids of those that the reader may change."""
    last = max(0, (len(watches) - 1) // PAGE)
    page = min(max(page, 0), last)
    shown = watches[page * PAGE : page * PAGE + PAGE]
    heading = watch_words.listed(len(watches)) if watches else watch_words.NO_WATCHES
    said = " ".join([opening, heading, *(f"“{clipped(one.question, 200)}”, {watch_facts(one)}." for one in shown)])
    return Message(
        spoken(said.strip(), ()),
        laid_out(lambda room: _list(shown, heading, opening, page, last, editable, typed, room)),
    )


def _list(
    shown: Sequence[Watch],
    heading: str,
    opening: str,
    page: int,
    last: int,
    editable: frozenset[str],
    typed: str,
    room: Room,
) -> list[Json]:
    above = [line(text(opening))] if opening else []
    examples = [line(text(example, code=True), text(f"  {meaning}")) for example, meaning in watch_words.EXAMPLES]
    blocks = [rich_text(*above, line(text(heading, bold=True)), *([] if shown else examples))]
    for watch in shown:
        row = _row(watch, page) if watch.id in editable else []
        blocks += [_entry(watch, room), *([actions(*row)] if row else [])]
    paging = [
        *([button(watch_words.PREVIOUS, PAGING[0], str(page - 1))] if page else []),
        *([button(watch_words.NEXT, PAGING[1], str(page + 1))] if page < last else []),
    ]
    instead = buttons.search_instead(typed)
    below = [*paging, *([instead] if instead else [])]
    return [*blocks, *([divider(), actions(*below)] if below else [])]


def _entry(watch: Watch, room: Room) -> Json:
    owner = [] if watch.personal else [text(" · "), user(watch.owner)]
    facts = line(*where_told(watch), text(f" · {watch_facts(watch)}"), *owner)
    problem = [line(text(clipped(watch.problem, room.name * 3), bold=True))] if watch.problem else []
    return rich_text(line(text(clipped(watch.question, room.name * 3), code=True)), facts, *problem)


def where_told(watch: Watch) -> list[Json]:
    """The conversation that hears of it."""
    if watch.personal:
        return [text(watch_words.IN_A_DM)]
    return [text(watch_words.IN_CHANNEL), {"type": "channel", "channel_id": watch.place}]


def watch_facts(watch: Watch) -> str:
    """When it is told of, and what else is set of it."""
    found = [
        watch_words.when(watch.hour, watch.zone),
        *([watch_words.least(watch.least).lower()] if watch.least else []),
        *([watch_words.PAUSED] if watch.paused else []),
    ]
    return " · ".join(found)


def _row(watch: Watch, page: int) -> list[Json]:
    value = f"{watch.id} {page}"
    label, action = (watch_words.RESUME, RESUME) if watch.paused else (watch_words.PAUSE, PAUSE)
    remove = asking_first(
        button(watch_words.REMOVE, REMOVE, value),
        watch_words.REMOVE_TITLE,
        watch_words.REMOVE_QUESTION,
        watch_words.REMOVE_YES,
        watch_words.REMOVE_NO,
    )
    return [button(label, action, value), button(watch_words.EDIT, EDIT, value), remove]


def started_message(watch: Watch) -> Message:
    """That a watch was set up, where it will be told."""
    opening = watch_words.STARTED if watch.personal else watch_words.STARTED_IN_CHANNEL
    owner = [] if watch.personal else [user(watch.owner), text(": ")]
    question = clipped(watch.question, 400)
    facts = f" · {watch_facts(watch)} · {watch_words.ONLY_NEW}"
    block = rich_text(line(text(opening), *owner, text(question, code=True), text(facts)))
    return Message(spoken(f"{opening}{question}{facts}", ()), [block, actions(manage())])


def manage() -> Json:
    """Lists the watches, to the one who presses."""
    return button(watch_words.MANAGE, MANAGE, "0")


def paused_message(sentence: str) -> Message:
    """Tells an owner that a watch was paused."""
    return Message(spoken(sentence, ()), [rich_text(line(text(clipped(sentence, 2_500)))), actions(manage())])


def digest_message(digest: Digest) -> Message:
    """The new passages, why they are told (the question as it is understood, the words marked), and how many more."""
    question = clipped(digest.watch.question, 200)
    total = watch_words.found(len(digest.cards) + digest.more)
    said = [f"{total}.", f"{watch_words.FOUND}“{question}”.", clipped(digest.understood, 400)]
    said += [watch_words.MAY_REPEAT] if digest.may_repeat else []
    return Message(spoken(" ".join(said), digest.cards), laid_out(lambda room: _digest(digest, question, total, room)))


def _digest(digest: Digest, question: str, total: str, room: Room) -> list[Json]:
    watch = digest.watch
    heading = line(text(f"{total}. ", bold=True), text(watch_words.FOUND), text(question, code=True))
    repeat = [line(text(watch_words.MAY_REPEAT, italic=True))] if digest.may_repeat else []
    more = [rich_text(line(text(watch_words.more(digest.more))))] if digest.more else []
    blocks = [rich_text(heading, line(text(clipped(digest.understood, room.name * 4))), *repeat)]
    for card in digest.cards:
        blocks += [divider(), card_block(card, room), card_row(Row(card.ref, public=not watch.personal))]
    everything = 0 < len(watch.question) <= MAX_VALUE
    row = [*([button(watch_words.SHOW_ALL, buttons.SEARCH_INSTEAD, watch.question)] if everything else []), manage()]
    return [*blocks, divider(), *more, actions(*row)]


def told_message(watch: Watch) -> Message:
    """For the one who set it up, who may be looking elsewhere."""
    sentence = watch_words.TOLD_PERSONALLY if watch.personal else watch_words.TOLD_THERE
    return Message(spoken(sentence, ()), [rich_text(line(text(sentence)))])


def opening_message(question: str) -> Message:
    """Opens the conversation in which a watch is to be told, while it is set up; it promises nothing yet."""
    sentence = f"{watch_words.STARTING}{clipped(question, 400)}"
    return Message(spoken(sentence, ()), [rich_text(line(text(sentence)))])
