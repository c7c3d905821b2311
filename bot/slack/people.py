"""Who a Slack user is to the desk: admin, guest, and in which groups and channels.

Everything that can't be learnt is taken against the person: limited sources stay closed
(user groups need a paid plan; Slack then says `plan_upgrade_required`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed
from bot.roles import Person
from bot.slack.calling import LATER, refusal
from bot.slack.kept import Kept
from bot.wording import words

T = TypeVar("T")

log = structlog.stdlib.get_logger()

KEEP = timedelta(minutes=5)
KEEP_FAILURE = timedelta(seconds=20)
MOST_READERS = 500
PAGE = 200
UNREACHED = (SlackApiError, aiohttp.ClientError, TimeoutError)
_PASSING = LATER - {"missing_scope"}
"""What Slack says when it may tell a moment later; other words are its answer, as that there are no user groups."""

Limits = Callable[[str], Awaitable[frozenset[str]]]
"""All ids that sources of a workspace are limited to: only membership in these is ever asked for."""


@dataclass(frozen=True, slots=True)
class _Account:
    admin: bool
    trusted: bool
    bot: bool
    zone: str = "UTC"
    name: str = ""
    present: bool | None = None
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack tells of an account. `present` is False for one that is deactivated, a bot's or another workspace's,
    None where Slack did not tell. `handles` are what people write behind an @ for it.
    """

    name: str
    zone: str
    present: bool | None
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A user group: its id, and what people know it by (`Editors (@editors)`)."""

    id: str
    name: str


_STRANGER = _Account(admin=False, trusted=False, bot=False)


class People:
    """Resolves Slack users, and remembers for five minutes. `workspace_of` maps a team id to the workspace."""

    def __init__(self, workspace_of: Callable[[str], str], limits: Limits, clock: Callable[[], datetime]) -> None:
        self._workspace_of = workspace_of
        self._limits = limits
        self._accounts = Kept[_Account](clock)
        self._members = Kept[frozenset[str]](clock)
        self._groups = Kept[tuple[Group, ...]](clock)
        self._clock = clock
        self._unsure_until: datetime | None = None

    def workspace(self, team_id: str) -> str:
        """The workspace in which the team's rows are kept."""
        return self._workspace_of(team_id)

    def anyone(self, team_id: str) -> Person:
        """Someone of whom nothing is known: may read only what everyone may."""
        return Person(self.workspace(team_id), "", trusted=False)

    async def person(self, client: AsyncWebClient, team_id: str, user_id: str) -> Person:
        """The user with their rights. Raises StoreUnavailable when the limits can't be read."""
        account, places = await asyncio.gather(
            self._account(client, team_id, user_id), self._limited_places(client, team_id)
        )
        return self._person(team_id, user_id, account, places)

    def unsure(self) -> bool:
        """Whether Slack left something untold a moment ago that it may tell later: people may have more rights than
        were known then.
        """
        return self._unsure_until is not None and self._clock() < self._unsure_until

    def _untold(self, error: Exception) -> None:
        if not isinstance(error, SlackApiError) or refusal(error) in _PASSING:
            self._unsure_until = self._clock() + KEEP_FAILURE

    async def readers(self, client: AsyncWebClient, team_id: str, channel_id: str) -> list[Person]:
        """Everyone who reads the channel, apps aside; for a public one also someone who might join it.

        Raises NotAllowed when they can't be told, or are too many to ask for each.
        """
        try:
            info: Any = (await client.conversations_info(channel=channel_id))["channel"]
            members = sorted(await _channel_members(client, channel_id, MOST_READERS))
        except UNREACHED as error:
            self._untold(error)
            raise NotAllowed(words.NOT_SHARED_UNSEEN) from error
        if len(members) > MOST_READERS:
            raise NotAllowed(words.TOO_MANY_READERS)
        accounts = await asyncio.gather(*(self._account(client, team_id, member) for member in members))
        places = await self._limited_places(client, team_id)
        readers = [
            self._person(team_id, member, account, places)
            for member, account in zip(members, accounts, strict=True)
            if not account.bot
        ]
        private = bool(info.get("is_private") or info.get("is_im") or info.get("is_mpim"))
        newcomer = Person(self.workspace(team_id), "", frozenset({channel_id}))
        return readers if private else [*readers, newcomer]

    async def groups(self, client: AsyncWebClient, team_id: str) -> tuple[Group, ...]:
        """The workspace's user groups by name; none where Slack does not tell of any."""

        async def ask() -> tuple[Group, ...]:
            found: Any = (await client.usergroups_list())["usergroups"]
            groups = [Group(one["id"], f"{one['name']} (@{one['handle']})") for one in found]
            return tuple(sorted(groups, key=lambda group: group.name.casefold()))

        return await self._learn(self._groups, (team_id, "user groups"), ask, ())

    async def zone(self, client: AsyncWebClient, team_id: str, user_id: str) -> str:
        """The user's time zone by its IANA name; UTC where Slack does not tell."""
        return (await self._account(client, team_id, user_id)).zone

    async def profile(self, client: AsyncWebClient, team_id: str, user_id: str) -> Profile:
        """Who the user is by name, and whether their account still stands."""
        account = await self._account(client, team_id, user_id)
        return Profile(account.name, account.zone, account.present, account.handles)

    async def belongs(self, client: AsyncWebClient, team_id: str, user_id: str, places: Collection[str]) -> bool:
        """Whether these ids of people, user groups and channels hold the user, also where no source is limited to them
        yet.
        """
        asked = [place for place in places if place[:1] in _ASK_MEMBERS]
        members = await asyncio.gather(*(self._members_of(client, team_id, place) for place in asked))
        return user_id in frozenset(places).union(*members)

    async def _account(self, client: AsyncWebClient, team_id: str, user_id: str) -> _Account:
        async def ask() -> _Account:
            try:
                response = await client.users_info(user=user_id)
            except SlackApiError as error:
                if refusal(error) == "user_not_found":
                    return replace(_STRANGER, present=False)
                raise
            return _account_of(response["user"], team_id)

        return await self._learn(self._accounts, (team_id, user_id), ask, _STRANGER)

    async def _limited_places(self, client: AsyncWebClient, team_id: str) -> dict[str, frozenset[str]]:
        """The members of each user group and channel that some source is limited to."""
        limits = await self._limits(self.workspace(team_id))
        places = [place for place in sorted(limits) if place[:1] in _ASK_MEMBERS]
        members = await asyncio.gather(*(self._members_of(client, team_id, place) for place in places))
        return dict(zip(places, members, strict=True))

    async def _members_of(self, client: AsyncWebClient, team_id: str, place: str) -> frozenset[str]:
        ask = _ASK_MEMBERS[place[:1]]
        return await self._learn(self._members, (team_id, place), lambda: ask(client, place), frozenset[str]())

    def _person(self, team_id: str, user_id: str, account: _Account, places: dict[str, frozenset[str]]) -> Person:
        memberships = frozenset(place for place, members in places.items() if user_id in members)
        return Person(self.workspace(team_id), user_id, memberships, account.admin, account.trusted)

    async def _learn(self, kept: Kept[T], key: tuple[str, str], ask: Callable[[], Awaitable[T]], unknown: T) -> T:
        known = kept.get(key)
        if known is not None:
            return known
        try:
            return kept.put(key, await ask(), KEEP)
        except UNREACHED as error:
            log.warning("Slack did not tell who may read", subject=key[1], error=str(error))
            self._untold(error)
            return kept.put(key, unknown, KEEP_FAILURE)


def _account_of(user: Any, team_id: str) -> _Account:
    outside = (
        user.get("deleted")
        or user.get("is_restricted")
        or user.get("is_ultra_restricted")
        or user.get("is_stranger")
        or user.get("team_id") != team_id
    )
    bot = bool(user.get("is_bot"))
    admin = not outside and bool(user.get("is_admin") or user.get("is_owner"))
    return _Account(
        admin=admin,
        trusted=not outside and not bot,
        bot=bot,
        zone=user.get("tz") or "UTC",
        name=user.get("real_name") or user.get("name") or "",
        present=not (user.get("deleted") or bot or user.get("team_id") != team_id),
        handles=tuple(filter(None, (user.get("profile", {}).get("display_name"), user.get("name")))),
    )


async def _group_members(client: AsyncWebClient, group_id: str) -> frozenset[str]:
    response = await client.usergroups_users_list(usergroup=group_id)
    users: list[str] = response["users"]
    return frozenset(users)


async def _channel_members(client: AsyncWebClient, channel_id: str, most: int | None = None) -> frozenset[str]:
    """All members; with `most`, it stops as soon as there are more."""
    members: set[str] = set()
    cursor: str | None = None
    while cursor != "" and (most is None or len(members) <= most):
        response = await client.conversations_members(channel=channel_id, cursor=cursor, limit=PAGE)
        page: list[str] = response["members"]
        members.update(page)
        further: dict[str, str] = response.get("response_metadata") or {}
        cursor = further.get("next_cursor", "")
    return frozenset(members)


_ASK_MEMBERS: dict[str, Callable[[AsyncWebClient, str], Awaitable[frozenset[str]]]] = {
    "S": _group_members,
    "C": _channel_members,
    "G": _channel_members,
}
"""How the members are learnt, by the first letter of the id; a person's own id needs no asking."""
