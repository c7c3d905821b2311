"""Who comes in: the session that a browser's cookie names, and the person that Slack makes of it at this moment."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.people import People, Profile
from bot.store.audit import Audit, AuditEntry
from bot.store.sessions import Session, Sessions
from bot.web.openid import Identity, SlackSilent
from bot.web.sealing import Seal
from bot.web.visit import Asker
from bot.wording import page_words

LASTS = timedelta(hours=8)
"""A working day. It is not prolonged by use: who has left is out by tomorrow, whatever Slack says."""

_SLACK_ID = re.compile("[UW][A-Z0-9]+")
_SESSION, _CSRF = "session", "csrf"


@dataclass(frozen=True, slots=True)
class Cookies:
    """How cookies are called and kept. Over https their name binds them to this host alone (RFC 6265bis, 4.1.3.2)."""

    secure: bool

    def name(self, of: str) -> str:
        """The full name."""
        return f"__Host-quotedesk-{of}" if self.secure else f"quotedesk-{of}"

    def read(self, request: web.Request, of: str) -> str | None:
        """What the browser brings."""
        return request.cookies.get(self.name(of))

    def put(self, response: web.StreamResponse, of: str, value: str, lasts: timedelta) -> None:
        """Have the browser keep it: out of reach of scripts, and of what other sites make the browser send."""
        response.set_cookie(
            self.name(of),
            value,
            max_age=int(lasts.total_seconds()),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )

    def drop(self, response: web.StreamResponse, of: str) -> None:
        """Have the browser forget it."""
        response.del_cookie(self.name(of), path="/", secure=self.secure, httponly=True, samesite="Lax")


class Door:
    """Lets in who has signed in and is still a member of the workspace."""

    def __init__(
        self,
        seal: Seal,
        cookies: Cookies,
        sessions: Sessions,
        audit: Audit,
        people: People,
        client: AsyncWebClient,
        clock: Callable[[], datetime],
    ) -> None:
        self._seal = seal
        self._cookies = cookies
        self._sessions = sessions
        self._audit = audit
        self._people = people
        self._client = client
        self._clock = clock

    async def asker(self, request: web.Request) -> Asker | None:
        """Who asks, None for nobody whom we know. Raises SlackSilent, StoreUnavailable.

        Whose account Slack has closed is signed out everywhere.
        """
        token = self._token(request)
        session = await self._sessions.find(_key(token), self._clock()) if token else None
        if token is None or session is None:
            return None
        team, user = session.team_id, session.user_id
        profile = await self._people.profile(self._client, team, user)
        if profile.present is None:
            raise SlackSilent(page_words.SLACK_SILENT)
        if not profile.present:
            await self._sessions.end_all(session.workspace_id, user)
            await self._note(session, "signed out", "the account is closed")
            return None
        person = await self._people.person(self._client, team, user)
        return Asker(person, profile.name or user, _zone(profile.zone), self._seal.mark(_CSRF, token), team)

    async def names(self, team_id: str, user_ids: Collection[str]) -> Mapping[str, str]:
        """What these people are called; whoever is not known to Slack, such as the command line, by their id."""
        profiles = await self._profiles(team_id, user_ids)
        return {one: (profiles[one].name if one in profiles else "") or one for one in user_ids}

    async def handles(self, team_id: str, user_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What these people may be called by: first their name, then what is written behind an @ for them."""
        names, profiles = await self.names(team_id, user_ids), await self._profiles(team_id, user_ids)
        return {one: [name, *(profiles[one].handles if one in profiles else ())] for one, name in names.items()}

    async def _profiles(self, team_id: str, user_ids: Collection[str]) -> Mapping[str, Profile]:
        asked = sorted(one for one in user_ids if _SLACK_ID.fullmatch(one))
        profiles = await asyncio.gather(*(self._people.profile(self._client, team_id, one) for one in asked))
        return dict(zip(asked, profiles, strict=True))

    async def let_in(self, identity: Identity, response: web.StreamResponse) -> bool:
        """Begin a session, unless Slack knows of no such account any more. Raises SlackSilent, StoreUnavailable."""
        profile = await self._people.profile(self._client, identity.team_id, identity.user_id)
        if profile.present is None:
            raise SlackSilent(page_words.SLACK_SILENT)
        if not profile.present:
            return False
        token, now = secrets.token_urlsafe(32), self._clock()
        workspace = self._people.workspace(identity.team_id)
        session = Session(_key(token), workspace, identity.team_id, identity.user_id, now, now + LASTS)
        await self._sessions.begin(session)
        await self._note(session, "signed in", "")
        self._cookies.put(response, _SESSION, self._seal.sealed(_SESSION, token), LASTS)
        return True

    async def let_out(self, request: web.Request, response: web.StreamResponse) -> None:
        """End the session."""
        token = self._token(request)
        session = await self._sessions.find(_key(token), self._clock()) if token else None
        if session is not None:
            await self._sessions.end(session.key)
            await self._note(session, "signed out", "")
        self._cookies.drop(response, _SESSION)

    def vouched(self, request: web.Request, csrf: str) -> bool:
        """Whether a form was sent from one of our own pages, as it was made for this session."""
        token = self._token(request)
        return token is not None and self._seal.fits(_CSRF, token, csrf)

    def _token(self, request: web.Request) -> str | None:
        return self._seal.opened(_SESSION, self._cookies.read(request, _SESSION))

    async def _note(self, session: Session, action: str, detail: str) -> None:
        await self._audit.write(
            AuditEntry(session.workspace_id, self._clock(), session.user_id, action, "pages", detail)
        )


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # a machine without the zone, or no zone's name
        return ZoneInfo("UTC")
