"""The ways to answer in Slack. Links are never unfurled: a result is not to be buried under previews."""

from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import QuotedeskError
from bot.slack.blocks.message import Message
from bot.wording import words


class NotDelivered(QuotedeskError):
    """Slack did not take an answer: the address was used up, is too old, or the blocks are wrong."""


class Spent(NotDelivered):
    """A response_url that takes no more: it was used up, or is too old."""


class Reply(Protocol):
    """Where the answer to a call goes. Raises NotDelivered or slack_sdk's SlackApiError."""

    async def say(self, message: Message) -> None:
        """Send a message of its own."""
        ...


@dataclass(frozen=True, slots=True)
class ByResponseUrl:
    """A payload's response_url: five uses in 30 minutes, visible to the asker alone unless told otherwise. Where it is
    spent, as that of a form which was open for long, the asker is answered in the direct messages."""

    client: AsyncWebClient
    url: str
    user_id: str

    async def say(self, message: Message) -> None:
        """A new message for the asker alone."""
        await self._privately(message, response_type="ephemeral", replace_original=False)

    async def replace(self, message: Message) -> None:
        """Put the message in the place of the one whose button was pressed."""
        await self._privately(message, replace_original=True)

    async def say_to_channel(self, message: Message) -> None:
        """A new message for everyone there; also where the bot is no member."""
        await self._send(message, response_type="in_channel", replace_original=False)

    async def _privately(self, message: Message, **how: Any) -> None:
        try:
            await self._send(message, **how)
        except Spent:
            await InDirectMessage(self.client, self.user_id, None).say(message)

    async def _send(self, message: Message, **how: Any) -> None:
        webhook = AsyncWebhookClient(
            self.url,
            ssl=self.client.ssl,
            proxy=self.client.proxy,
            session=self.client.session,
            retry_handlers=self.client.retry_handlers,
        )
        response = await webhook.send(
            text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False, **how
        )
        if response.status_code != 200:
            refused = RuntimeError(f"{response.status_code} {response.body[:200]}")
            raise (Spent if response.status_code == 404 else NotDelivered)(words.SLACK_REFUSED) from refused


@dataclass(frozen=True, slots=True)
class Privately:
    """An ephemeral message to one person in a channel where the bot is a member, in the thread they are in."""

    client: AsyncWebClient
    channel_id: str
    user_id: str
    thread_ts: str | None

    async def say(self, message: Message) -> None:
        """A new message for that person alone."""
        await self.client.chat_postEphemeral(
            channel=self.channel_id,
            user=self.user_id,
            thread_ts=self.thread_ts,
            text=message.text,
            blocks=message.blocks,
        )


@dataclass(frozen=True, slots=True)
class InDirectMessage:
    """A message in the conversation between the person and the bot; it stays."""

    client: AsyncWebClient
    channel_id: str
    thread_ts: str | None

    async def say(self, message: Message) -> None:
        """A new message."""
        await self.client.chat_postMessage(
            channel=self.channel_id,
            thread_ts=self.thread_ts,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
