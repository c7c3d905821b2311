"""Goes the rounds of the watches while the desk is served."""

from bot.build import Application, utc_now
from bot.lock import WriterLock
from bot.watches.finding import Finder
from bot.watches.running import LOOK_EVERY, WatchRounds
from bot.watches.sending import BETWEEN, Sender
from bot.watches.telling import Telling


def rounds_of(
    app: Application, telling: Telling, *, every: float = LOOK_EVERY, between: float = BETWEEN
) -> WatchRounds:
    """The rounds of one desk, told through `telling`; seconds between two rounds, and between two messages to one
    conversation."""
    store = app.store
    finder = Finder(store.watches, store.outbox, store.archive, app.engine, app.percolator, utc_now)
    sender = Sender(
        store.watches,
        store.outbox,
        store.archive,
        app.desk,
        app.percolator,
        store.audit,
        telling,
        utc_now,
        between=between,
    )
    return WatchRounds(finder, sender, WriterLock(app.config.home / "watches.lock"), every)
