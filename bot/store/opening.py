"""Opens the store: one database with the raw files beside it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.store.archive import Archive
from bot.store.archived import SqlArchive
from bot.store.asking import Feedback, Recent
from bot.store.audit import Audit
from bot.store.database import Database
from bot.store.delivered import SqlDeliveries
from bot.store.deliveries import Deliveries
from bot.store.feedback import SqlFeedback
from bot.store.ground import Clock
from bot.store.growing import SqlGrowth
from bot.store.growth import Growth
from bot.store.home_tabs import SqlHomes
from bot.store.homes import Homes
from bot.store.migrate import migrate
from bot.store.outbox import SqlOutbox
from bot.store.pinned import SqlNotices, SqlPins
from bot.store.pins import Notices, Pins
from bot.store.questions import SqlUnanswered
from bot.store.queues import SqlTasks
from bot.store.recent import SqlRecent
from bot.store.sessions import Sessions
from bot.store.shared import SqlShares
from bot.store.shares import Shares
from bot.store.signed_in import SqlSessions
from bot.store.snapshots import Snapshots
from bot.store.tasks import Tasks, Unanswered
from bot.store.trail import SqlAudit
from bot.store.watches import SqlWatches
from bot.store.watching import Outbox, Watches


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept. The parts share one database, which `close` releases."""

    archive: Archive
    audit: Audit
    deliveries: Deliveries
    shares: Shares
    snapshots: Snapshots
    tasks: Tasks
    unanswered: Unanswered
    recent: Recent
    feedback: Feedback
    watches: Watches
    outbox: Outbox
    pins: Pins
    notices: Notices
    sessions: Sessions
    growth: Growth
    homes: Homes

    async def close(self) -> None:
        """Release the connections."""
        await self.archive.close()


def _now() -> datetime:
    return datetime.now(UTC)


async def open_store(url: str, home: Path, clock: Clock = _now) -> Store:
    """Connect to the database at `url` (`sqlite+aiosqlite:///…`), bring it up to date, and keep raw files under `home`.

    Raises BadConfiguration for a URL that is not one, StoreUnavailable when the database or `home` can't be used.
    """
    snapshots = Snapshots(home / "snapshots")
    database = Database(url)
    try:
        await migrate(database)
    except BaseException:
        await database.close()
        raise
    archive = SqlArchive(database, snapshots, clock)
    return Store(
        archive,
        SqlAudit(database),
        SqlDeliveries(database),
        SqlShares(database),
        snapshots,
        SqlTasks(database),
        SqlUnanswered(database),
        SqlRecent(database),
        SqlFeedback(database),
        SqlWatches(database),
        SqlOutbox(database),
        SqlPins(database),
        SqlNotices(database),
        SqlSessions(database),
        SqlGrowth(database),
        SqlHomes(database),
    )
