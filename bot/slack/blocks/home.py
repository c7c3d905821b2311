"""The home tab: what waits first, then pins, watches, questions and what is new; for admins how the desk stands."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.cards import SourceState, Status
from bot.asking.links import web_address
from bot.home import BackOffice, Came, Home, Pinned
from bot.pinning import PinView
from bot.pinning.asked import ME, Asked
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.pins import FIRST, Listing
from bot.slack.blocks.queues import open_action
from bot.slack.blocks.rich import (
    MAX_VALUE,
    Json,
    actions,
    button,
    divider,
    header,
    last_day,
    line,
    link,
    moment,
    quotation,
    rich_text,
    small,
    text,
)
from bot.slack.blocks.watches import watch_facts, where_told
from bot.store.pins import PinStatus
from bot.store.watching import Watch
from bot.wording import admin_words, home_words, pin_words, pinboard_words, watch_words, words
from bot.wording.source import address, clipped, place, speaker

PAUSE = "home_pause_watch"
RESUME = "home_resume_watch"
ASK_AGAIN = "home_ask_again"

WATCHES = 5
QUESTIONS = 5
STORIES = 10
SOURCES = 5
LONGEST_LABEL = 60
LONGEST_QUESTION = 300
"""A longer question has no button here: its value would take the room of what is to be read."""
WAITING = (PinStatus.ORPHAN, PinStatus.MOVED, PinStatus.EXPIRED, PinStatus.ACTIVE)

Examples = Sequence[tuple[str, str]]


def home_blocks(home: Home, opening: str = "") -> list[Json]:
    """All of it, within 100 blocks and the characters of one message. `opening` is said before it."""
    return laid_out(lambda room: _layout(home, opening, room))


def home_view(blocks: list[Json], conversation: str) -> Json:
    """The tab, which carries the id of the conversation with the bot."""
    return {"type": "home", "private_metadata": conversation, "blocks": blocks}


def ask_again_action(number: int) -> str:
    """The buttons stand side by side, so each has an action_id of its own."""
    return f"{ASK_AGAIN}_{number}"


def _layout(home: Home, opening: str, room: Room) -> list[Json]:
    said = [rich_text(line(text(clipped(opening, 600)))), divider()] if opening else []
    sections = [
        *([_waiting(home.pinned, room), _pins(home.pinned, room)] if home.pinned else []),
        _watches(home.watches, room),
        _questions(home.recent),
        _came(home.came, room),
        *([_office(home.office, room)] if home.office else []),
    ]
    blocks = [block for section in sections for block in (*section, divider())]
    return [*said, *blocks, rich_text(line(text(home_words.UPDATED), moment(home.at)))]


def _empty(heading: str, sentence: str, examples: Examples) -> list[Json]:
    taught = [line(text(example, code=True), text(f"  {meaning}")) for example, meaning in examples]
    return [header(heading), rich_text(line(text(sentence)), *taught)]


def _waiting(pinned: Pinned, room: Room) -> list[Json]:
    pages = [(status, pinned.waiting[status]) for status in WAITING if pinned.waiting[status].total]
    if not pages:
        return [rich_text(line(text(home_words.NOTHING_WAITS)))]
    blocks = [header(home_words.WAITS)]
    for status, page in pages:
        pins = [part for view in page.views for part in _pin(view, room, asking=True)]
        blocks += [rich_text(line(text(home_words.waiting(status, page.total))), *pins), _listing(status)]
    return blocks


def _listing(status: PinStatus | None = None) -> Json:
    """Lists the person's own pins, with all that can be done to them, in the direct messages."""
    label = home_words.SEE_TO[status] if status else home_words.ALL_PINS
    return actions(button(label, FIRST, str(Listing(str(_ASKED[status])))))


_MINE = Asked(owner=ME)
_ASKED = {
    None: _MINE,
    **{status: replace(_MINE, status=status) for status in WAITING},
    PinStatus.ACTIVE: replace(_MINE, expiring=True),
}
"""What is listed of those that wait; of the active ones, those that expire soon."""


def _pins(pinned: Pinned, room: Room) -> list[Json]:
    if not pinned.newest.total:
        return _empty(home_words.PINS, home_words.NO_PINS, pinboard_words.EXAMPLES)
    shown = pinned.newest.views
    rest = pinned.newest.total - len(shown)
    more = [line(text(words.and_more(rest).strip()))] if rest > 0 else []
    named = ", ".join(clipped(story, room.name) for story in pinned.stories[:STORIES])
    others = words.and_more(len(pinned.stories) - STORIES) if len(pinned.stories) > STORIES else ""
    stories = [line(text(home_words.STORIES), text(named + others))] if named else []
    pins = (part for view in shown for part in _pin(view, room))
    return [header(home_words.PINS), rich_text(*pins, *more, *stories), _listing()]


def _pin(view: PinView, room: Room, *, asking: bool = False) -> list[Json]:
    """The words, whose they are and where they stand; with `asking` also what is asked about them."""
    pin, card = view.pin, view.card
    told = [
        speaker(card, room.name),
        place(card, room.name),
        *([clipped(pin.story, room.name)] if pin.story else []),
        *([] if asking or view.status is PinStatus.ACTIVE else [pin_words.STATUSES[view.status]]),
    ]
    url = view.permalink or address(card, room.address)
    opens = [text(" · "), link(url, words.PERMALINK if view.permalink else words.OPEN)] if url else []
    expired = view.status is PinStatus.EXPIRED
    ends = [text(f" · {home_words.EXPIRED if expired else pinboard_words.UNTIL}")] if pin.expires else []
    ends += [(moment if expired else last_day)(pin.expires)] if pin.expires else []
    doubt = [line(text(pin_words.DOUBTS[pin.doubt], italic=True))] if asking and pin.doubt else []
    return [
        quotation(text(clipped(card.text, min(room.passage // 8, 500)))),
        line(text(" · ".join(fact for fact in told if fact)), *ends, *opens),
        *doubt,
    ]


def _watches(watches: Sequence[Watch], room: Room) -> list[Json]:
    if not watches:
        return _empty(home_words.WATCHES, home_words.NO_WATCHES, watch_words.EXAMPLES)
    shown, rest = watches[: -WATCHES - 1 : -1], len(watches) - WATCHES
    blocks = [header(home_words.WATCHES)]
    for watch in shown:
        problem = [line(text(clipped(watch.problem, room.name * 2), italic=True))] if watch.problem else []
        question = text(clipped(watch.question, room.name * 2), code=True)
        told = line(question, text(" · "), *where_told(watch), text(f" · {watch_facts(watch)}"))
        label, action = (watch_words.RESUME, RESUME) if watch.paused else (watch_words.PAUSE, PAUSE)
        blocks += [rich_text(told, *problem), actions(button(label, action, watch.id))]
    return [*blocks, *([small(home_words.watches_more(rest))] if rest > 0 else [])]


def _questions(recent: Sequence[str]) -> list[Json]:
    askable = [question for question in recent if 0 < len(question) <= min(LONGEST_QUESTION, MAX_VALUE)][:QUESTIONS]
    if not askable:
        return _empty(home_words.RECENT, home_words.NO_RECENT, home_words.RECENT_EXAMPLES)
    row = [
        button(clipped(question, LONGEST_LABEL), ask_again_action(number), question)
        for number, question in enumerate(askable)
    ]
    return [header(home_words.RECENT), actions(*row), small(home_words.ANSWERS_COME)]


def _came(came: Sequence[Came], room: Room) -> list[Json]:
    if not came:
        return _empty(home_words.CAME, home_words.NOTHING_CAME, home_words.CAME_EXAMPLES)
    return [header(home_words.CAME), rich_text(*(_document(one, room) for one in came))]


def _document(one: Came, room: Room) -> Json:
    document = one.document
    title = clipped(document.title or document.location, room.name) or words.UNTITLED
    public = web_address(document.url)
    url = public if public and len(public) <= room.address else one.permalink
    named = link(url, title) if url else text(title, bold=True)
    source = text(f"{home_words.FROM}{clipped(one.source, room.name)}{home_words.ADDED}")
    return line(named, source, moment(document.added))


def _office(office: BackOffice, room: Room) -> list[Json]:
    index = office.status.index
    live = index.engine.live if index else None
    stand = words.NO_INDEX
    if index and live:
        stand = f"{words.index_holds(live.passages, live.generation)} {words.index_behind(index.behind)}"
    outdated = [line(text(words.INDEX_OUTDATED, bold=True))] if index and index.engine.outdated else []
    generations = [line(text(_generation(one.live, one.stamp.generation, one.behind))) for one in office.generations]
    full = [queue for queue, count in office.queues.items() if count]
    queues = " · ".join(f"{admin_words.QUEUE_NAMES[queue]}: {count:,}" for queue, count in office.queues.items())
    row = [button(admin_words.QUEUE_NAMES[queue], open_action(queue), f"{queue.value} ") for queue in full]
    return [
        header(home_words.OFFICE),
        rich_text(line(text(stand)), *outdated, *generations, line(text(queues))),
        rich_text(*_problems(office.status, room)),
        actions(*row, admin_buttons.all_sources()),
    ]


def _generation(live: bool, name: str, behind: int) -> str:
    state = admin_words.LIVE if live else admin_words.KEPT_FOR_ROLL_BACK
    late = words.counted(behind, "change") + " behind" if behind else ""
    return ", ".join(part for part in (f"{name} ({state})", late) if part)


def _problems(status: Status, room: Room) -> list[Json]:
    troubled = [source for source in status.sources if source.record.problem or source.unreadable]
    lines = [_problem(source, room) for source in troubled[:SOURCES]]
    rest = len(troubled) - len(lines)
    more = [line(text(words.and_more(rest).strip()))] if rest > 0 else []
    return [*lines, *more] or [line(text(home_words.NO_PROBLEMS))]


def _problem(source: SourceState, room: Room) -> Json:
    found = [
        clipped(source.record.problem or "", room.name),
        home_words.unreadable(source.unreadable) if source.unreadable else "",
    ]
    told = ", ".join(part for part in found if part)
    return line(text(clipped(source.record.name, room.name), bold=True), text(f" · {told}"))
