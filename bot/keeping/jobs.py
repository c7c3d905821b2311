"""What this process is doing just now that takes its time: readings of sources, and building the index."""

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

Told = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


@dataclass(slots=True)
class Job:
    """One of them: of which source (None: of the index), since when (aware UTC), and how far it is, `done` of `total`;
    `doing` is empty as long as nothing was told."""

    source_id: str | None
    began: datetime
    doing: str = ""
    done: int = 0
    total: int = 0


class Jobs:
    """Those under way. Other processes of the same home have their own."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._jobs: list[Job] = []

    def under_way(self) -> Sequence[Job]:
        """All of them, the oldest first."""
        return tuple(self._jobs)

    @contextlib.contextmanager
    def watching(self, source_id: str | None, told: Told) -> Generator[Told]:
        """Count one as under way meanwhile. What is told to the yielded one is told on."""
        job = Job(source_id, self._clock())

        def tell(doing: str, done: int, total: int) -> None:
            job.doing, job.done, job.total = doing, done, total
            told(doing, done, total)

        self._jobs.append(job)
        try:
            yield tell
        finally:
            self._jobs.remove(job)
