"""A fetcher whose waits take no time, for servers on this machine."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sources.fetch import Fetcher, Limits
from sources.fetch.limits import DEFAULT
from sources.fetch.resolving import resolve
from tests.fakes.source import NOON


@dataclass
class FakeTime:
    """Seconds that pass only by sleeping. `slept` are the waits."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list[float])

    def clock(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds


@dataclass
class Names:
    """A name server: the addresses of each name, one answer a question; of other names the system knows."""

    known: dict[str, list[Sequence[str]]] = field(default_factory=dict[str, list[Sequence[str]]])
    asked: list[str] = field(default_factory=list[str])

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.known:
            return await resolve(host, port)
        answers = self.known[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def fetcher(
    allowed: Collection[str] = ("127.0.0.1",),
    *,
    time: FakeTime | None = None,
    names: Names | None = None,
    limits: Limits = DEFAULT,
    contact: str | None = None,
) -> Fetcher:
    time, names = time or FakeTime(), names or Names()
    return Fetcher(
        lambda: NOON,
        time.clock,
        lambda: 1.0,
        sleep=time.sleep,
        resolve=names.resolve,
        limits=limits,
        allowed_hosts=allowed,
        contact=contact,
    )
