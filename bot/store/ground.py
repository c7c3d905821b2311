"""What all parts of the SQL archive stand on."""

from collections.abc import Callable
from datetime import datetime

from bot.store.database import Database
from bot.store.snapshots import Snapshots

Clock = Callable[[], datetime]


class Ground:
    """One database with the raw files beside it. `clock` gives the aware time at which something is removed or changed.

    A part of the archive is a class over it, with the transactions of its port and nothing else; the statements lie in
    modules of their own, and `bot.store.archived` puts the parts together.
    """

    def __init__(self, database: Database, snapshots: Snapshots, clock: Clock) -> None:
        self._database = database
        self._snapshots = snapshots
        self._clock = clock
