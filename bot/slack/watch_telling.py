"""Where watches are told: Slack. See `bot.watches.telling`.

Messages carry the post's id as metadata (https://docs.slack.dev/messaging/message-metadata): the app finds its own
again in direct messages, whose history it may read; in channels it may not, and says so.
"""

from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed
from bot.roles import Person
from bot.slack.blocks.watches import digest_message, paused_message
from bot.slack.calling import CLOSED, GONE, called
from bot.slack.people import People
from bot.store.watching import Post, Watch
from bot.watches.telling import Audience, Away, CannotLook, Digest, Refused
from bot.wording import watch_words, words

EVENT = "quotedesk_watch"
SKEW = timedelta(minutes=2)
"""By so much Slack's clock and ours may differ."""
PAGE = 200


class SlackTelling:
    """`client` must not repeat a call whose answer was lost: that could post twice."""

    def __init__(self, client: AsyncWebClient, people: People) -> None:
        self._client = client
        self._people = people

    async def audience(self, watch: Watch) -> Audience:
        """Who would read it at this moment."""
        try:
            user: Any = (await called(self._client.users_info(user=watch.owner), GONE))["user"]
        except Refused:
            user = {"deleted": True}
        owner = await self._people.person(self._client, watch.team_id, watch.owner)
        zone = str(user.get("tz") or watch.zone)
        if user.get("deleted"):
            return Audience(owner, (), zone, watch_words.OWNER_GONE)
        readers, problem = ([owner], None) if watch.personal else await self._readers(watch)
        if self._people.unsure():  # what somebody may not read is not told them later
            raise Away(words.SLACK_REFUSED)
        return Audience(owner, readers, zone, problem)

    async def _readers(self, watch: Watch) -> tuple[list[Person], str | None]:
        """All who read the channel; where they are too many to ask for each, somebody who may read but what is open."""
        try:
            info: Any = (await called(self._client.conversations_info(channel=watch.place), CLOSED))["channel"]
        except Refused:
            return [], watch_words.PLACE_GONE
        if info.get("is_archived") or not (info.get("is_member") or info.get("is_mpim")):
            return [], watch_words.PLACE_GONE
        try:
            readers = await self._people.readers(self._client, watch.team_id, watch.place)
        except NotAllowed:
            return [self._people.anyone(watch.team_id)], None
        there = any(reader.user_id == watch.owner for reader in readers)
        return readers, None if there else watch_words.OWNER_LEFT

    async def post(self, digest: Digest, post_id: str) -> str:
        """Post it, marked with the id."""
        message = digest_message(digest)
        posting = self._client.chat_postMessage(
            channel=digest.watch.place,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT, "event_payload": {"post": post_id}},
        )
        ts: str = (await called(posting, CLOSED, watch_words.PLACE_GONE))["ts"]
        return ts

    async def posted(self, watch: Watch, post: Post) -> str | None:
        """The message that is marked with the post's id, if it stands there."""
        oldest, cursor = str((post.at - SKEW).timestamp()), ""
        first = True
        while first or cursor:
            first = False
            looking = self._client.conversations_history(
                channel=watch.place, oldest=oldest, include_all_metadata=True, limit=PAGE, cursor=cursor or None
            )
            try:
                page: Any = await called(looking, CLOSED | {"missing_scope"})
            except Refused as error:
                raise CannotLook(words.SLACK_REFUSED) from error
            for message in page["messages"]:
                if message.get("metadata", {}).get("event_payload") == {"post": post.id}:
                    return str(message["ts"])
            further: dict[str, str] = page.get("response_metadata") or {}
            cursor = further.get("next_cursor", "")
        return None

    async def tell_owner(self, watch: Watch, sentence: str) -> None:
        """A direct message to the owner."""
        message = paused_message(sentence)
        posting = self._client.chat_postMessage(channel=watch.owner, text=message.text, blocks=message.blocks)
        await called(posting, CLOSED | GONE)
