"""What a page is given, and what it is: the contract of `bot/web/pages`."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.build import Application
from bot.roles import Person


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is signed in. `person` is what the desk asks for; `csrf` must come back with every form that is sent."""

    person: Person
    name: str
    zone: ZoneInfo
    csrf: str
    team_id: str


class Reception(Protocol):
    """What a page may ask of the server that it stands on."""

    async def names(self, team_id: str, user_ids: Collection[str]) -> Mapping[str, str]:
        """What these people are called; whoever is not known is called by their id."""
        ...

    async def handles(self, team_id: str, user_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What these people may be called by: first their name, then what is written behind an @ for them."""
        ...

    def later(self, job: Callable[[], Awaitable[None]]) -> bool:
        """Have it done after the answer; False where there is too much to do. The job answers for its own errors."""
        ...


class Renderer(Protocol):
    """Makes a page of a template."""

    def __call__(
        self, template: str, request: web.Request, asker: Asker | None, told: Mapping[str, object], status: int
    ) -> web.Response:
        """The template with what it is told."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in. `form` is what a POST brings, its token checked already."""

    request: web.Request
    asker: Asker
    app: Application
    renderer: Renderer = field(repr=False)
    reception: Reception = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    @property
    def person(self) -> Person:
        """Who asks, with their rights of this moment."""
        return self.asker.person

    @property
    def query(self) -> Mapping[str, str]:
        """What stands in the address behind the question mark; of a name that comes twice, the first."""
        return self.request.query

    async def names(self, user_ids: Collection[str]) -> Mapping[str, str]:
        """What these people are called, each of them by something."""
        return await self.reception.names(self.asker.team_id, user_ids)

    async def handles(self, user_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What these people may be called by: first their name, then what is written behind an @ for them."""
        return await self.reception.handles(self.asker.team_id, user_ids)

    def later(self, job: Callable[[], Awaitable[None]]) -> bool:
        """Have it done after the answer; False where there is too much to do. The job answers for its own errors."""
        return self.reception.later(job)

    def part(self, name: str) -> str:
        """A part of the path: of `/d/{document}`, `part("document")`."""
        return self.request.match_info[name]

    def page(self, template: str, *, status: int = HTTPStatus.OK, **told: object) -> web.Response:
        """The template of that name, told these things; it knows `asker` and all of `base.html` by itself."""
        return self.renderer(template, self.request, self.asker, told, status)

    def file(self, content: str | bytes, media_type: str, name: str) -> web.Response:
        """Something to keep: `name` is what it is called on disk. Text is sent as UTF-8."""
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if isinstance(content, str):
            return web.Response(text=content, content_type=media_type, charset="utf-8", headers=headers)
        return web.Response(body=content, content_type=media_type, headers=headers)

    def see_other(self, path: str) -> web.Response:
        """After a deed: look there now. `path` is one of our own."""
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})


Handle = Callable[[Visit], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """One page or one deed: what is answered at this path. A POST changes something, a GET never does."""

    method: str
    path: str
    handle: Handle
