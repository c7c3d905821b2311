"""Watches: as JSON for scripts, as lines for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.cli.render_json import Json
from bot.cli.terminal import harmless, show
from bot.store.watching import Watch
from bot.wording import watch_words


def watch_json(watch: Watch) -> Json:
    """One watch; times in UTC, `hour` null for at once."""
    return {
        "id": watch.id,
        "question": watch.question,
        "owner": watch.owner,
        "place": watch.place,
        "personal": watch.personal,
        "hour": watch.hour,
        "zone": watch.zone,
        "least": watch.least,
        "created": watch.created.isoformat(),
        "due": watch.due.isoformat() if watch.due else None,
        "paused": watch.paused,
        "problem": watch.problem,
    }


def watches_json(found: Sequence[Watch]) -> list[Json]:
    """All of them, the oldest first."""
    return [watch_json(watch) for watch in found]


def show_watch(target: Console, watch: Watch) -> None:
    """One watch, in two lines."""
    show(target, Text(harmless(f"{watch.id}  {watch.question}"), "bold"))
    where = f"in direct messages to {watch.owner}" if watch.personal else f"in {watch.place}, for {watch.owner}"
    facts = [
        f"told {watch_words.when(watch.hour, watch.zone)} {where}",
        *([watch_words.least(watch.least).lower()] if watch.least else []),
        *([watch_words.PAUSED] if watch.paused else []),
        *([watch.problem] if watch.problem else []),
    ]
    show(target, harmless(f"  {', '.join(facts)}"))


def show_watches(target: Console, found: Sequence[Watch]) -> None:
    """All of them, or how to begin."""
    if not found:
        show(target, watch_words.NONE_ANYWHERE)
    for watch in found:
        show_watch(target, watch)
