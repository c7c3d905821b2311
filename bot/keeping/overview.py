"""How the desk stands, for its admins: what needs doing, what is being done, and how the corpus has grown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.asking.cards import Status
from bot.asking.desk import Desk
from bot.keeping.admin import Admin, Generation, TaskPage
from bot.keeping.jobs import Job, Jobs
from bot.roles import Person, require_admin
from bot.store.growth import Grown, Growth
from bot.store.tasks import Queue


@dataclass(frozen=True, slots=True)
class Overview:
    """As it is at the time `at`, of the sources that the admin may read, and of the index. `rows` are the first ones of
    each queue that is not empty; `jobs` are under way in this process."""

    at: datetime
    status: Status
    counts: Mapping[Queue, int]
    rows: Mapping[Queue, TaskPage]
    generations: tuple[Generation, ...]
    growth: tuple[Grown, ...]
    jobs: tuple[Job, ...]


class Overviews:
    """Puts it together out of the admins' use cases, each of which looks at their rights itself."""

    def __init__(self, desk: Desk, admin: Admin, growth: Growth, jobs: Jobs, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._admin = admin
        self._growth = growth
        self.jobs = jobs
        self._clock = clock

    async def overview(self, person: Person, *, rows: int = 5) -> Overview:
        """With at most so many rows of each queue. Raises NotAllowed, StoreUnavailable, IndexUnavailable."""
        require_admin(person)
        status = await self._desk.status(person)
        counts = await self._admin.queues(person)
        readable = {state.record.id for state in status.sources}
        return Overview(
            at=self._clock(),
            status=status,
            counts=counts,
            rows={queue: await self._admin.queue(person, queue, limit=rows) for queue in Queue if counts[queue]},
            generations=await self._admin.generations(person),
            growth=tuple(await self._growth.days(person.workspace_id, readable)),
            jobs=tuple(job for job in self.jobs.under_way() if job.source_id is None or job.source_id in readable),
        )
