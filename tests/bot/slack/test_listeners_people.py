"""Who someone is, learnt from the stand-in's Web API; what can't be learnt is taken against them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed
from bot.roles import Person
from bot.sandbox import Channel, Sandbox, User
from bot.slack.people import KEEP, KEEP_FAILURE, People
from bot.wording import words


@dataclass(slots=True)
class Office:
    sandbox: Sandbox
    client: AsyncWebClient
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    limits: frozenset[str] = frozenset()
    people: People = field(init=False)

    def __post_init__(self) -> None:
        self.people = People(lambda _team: "local", self._limits, lambda: self.now)

    async def _limits(self, workspace_id: str) -> frozenset[str]:
        assert workspace_id == "local"
        return self.limits

    async def person(self, user: User) -> Person:
        return await self.people.person(self.client, user.team_id, user.id)

    async def readers(self, channel: Channel, user: User) -> set[str]:
        return {r.user_id for r in await self.people.readers(self.client, user.team_id, channel.id)}

    def calls(self, method: str) -> int:
        return sum(exchange.name == method for exchange in self.sandbox.wire)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with await Sandbox.start() as sandbox:
        yield Office(sandbox, AsyncWebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url))


@pytest.mark.parametrize(
    ("flags", "admin", "trusted"),
    [
        ({}, False, True),
        ({"admin": True}, True, True),
        ({"owner": True}, True, True),
        ({"guest": True}, False, False),
        ({"external": True}, False, False),
        ({"active": False, "admin": True}, False, False),
        ({"bot": True}, False, False),
    ],
)
async def test_rights_follow_slacks_flags(office: Office, flags: dict[str, Any], admin: bool, trusted: bool) -> None:
    home = office.sandbox.add_user("ann").team_id
    user = office.sandbox.add_user("bob", **flags)
    person = await office.people.person(office.client, home, user.id)
    assert (person.workspace_id, person.user_id) == ("local", user.id)
    assert (person.admin, person.trusted) == (admin, trusted)


async def test_membership_is_asked_only_where_a_source_is_limited_to_it(office: Office) -> None:
    ann, bob = office.sandbox.add_user("ann"), office.sandbox.add_user("bob")
    group, other = office.sandbox.add_group("desk", (ann,)), office.sandbox.add_group("other", (ann,))
    channel = office.sandbox.add_channel("den", (ann, bob), private=True)
    office.limits = frozenset({group.id, channel.id, bob.id})
    assert (await office.person(ann)).memberships == {group.id, channel.id}
    assert (await office.person(bob)).memberships == {channel.id}
    assert office.calls("usergroups.users.list") == 1
    assert other.id not in (await office.person(ann)).memberships


async def test_answers_are_kept_for_five_minutes(office: Office) -> None:
    ann = office.sandbox.add_user("ann")
    group = office.sandbox.add_group("desk", (ann,))
    office.limits = frozenset({group.id})
    await office.person(ann)
    office.sandbox.change_group(group, ())
    office.now += KEEP - timedelta(seconds=1)
    assert (await office.person(ann)).memberships == {group.id}
    office.now += timedelta(seconds=1)
    assert (await office.person(ann)).memberships == frozenset()
    assert office.calls("users.info") == 2


async def test_without_a_paid_plan_groups_open_nothing(office: Office) -> None:
    ann = office.sandbox.add_user("ann")
    group = office.sandbox.add_group("desk", (ann,))
    office.limits = frozenset({group.id})
    office.sandbox.change_plan(paid=False)
    assert (await office.person(ann)).memberships == frozenset()
    assert not office.people.unsure()  # that is Slack's answer
    office.sandbox.change_plan(paid=True)
    office.now += KEEP_FAILURE
    assert (await office.person(ann)).memberships == {group.id}


async def test_someone_slack_does_not_tell_of_is_a_stranger_for_a_moment(office: Office) -> None:
    ann = office.sandbox.add_user("ann", admin=True)
    office.sandbox.fault("users.info", "internal_error")
    assert await office.person(ann) == Person("local", ann.id, trusted=False)
    assert office.people.unsure()
    office.now += KEEP_FAILURE
    assert (await office.person(ann)).admin
    assert not office.people.unsure()


async def test_readers_are_all_members_and_in_public_a_newcomer_too(office: Office) -> None:
    ann, bob = office.sandbox.add_user("ann"), office.sandbox.add_user("bob")
    private = office.sandbox.add_channel("den", (ann, bob), private=True)
    public = office.sandbox.add_channel("hall", (ann,))
    assert await office.readers(private, ann) == {ann.id, bob.id}
    assert await office.readers(public, ann) == {ann.id, ""}


async def test_a_large_channel_is_read_page_by_page_up_to_a_bound(office: Office) -> None:
    crowd = tuple(office.sandbox.add_user(f"u{n}") for n in range(501))
    hall = office.sandbox.add_channel("hall", crowd[:450], private=True)
    group = office.sandbox.add_group("desk", crowd[:2])
    office.limits = frozenset({group.id})
    assert len(await office.readers(hall, crowd[0])) == 450
    assert office.calls("usergroups.users.list") == 1
    square = office.sandbox.add_channel("square", crowd, private=True)
    with pytest.raises(NotAllowed, match="too many members"):
        await office.readers(square, crowd[0])


async def test_readers_of_a_channel_the_bot_cannot_see_are_unknown(office: Office) -> None:
    ann = office.sandbox.add_user("ann")
    cellar = office.sandbox.add_channel("cellar", (ann,), private=True, bot=False)
    with pytest.raises(NotAllowed) as refused:
        await office.readers(cellar, ann)
    assert str(refused.value) == words.NOT_SHARED_UNSEEN
