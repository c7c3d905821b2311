"""The one workspace that the bot's token belongs to: its requests are let in until the token is taken back."""

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import QuotedeskError
from bot.slack.calling import UNREACHED, refusal
from bot.wording import slack_words

log = structlog.stdlib.get_logger()

_NO_MORE = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "team_not_found", "token_expired", "token_revoked"}
)
"""What Slack says of a token that opens nothing any more (reference/methods/auth.test)."""


class SlackAway(QuotedeskError):
    """Slack did not say whether it takes the token."""


class Installation:
    """Knows whose the token is, asked once; and, once it was taken back, lets nobody in until a new start."""

    def __init__(self, bot_token: str) -> None:
        self._bot_token = bot_token
        self._known: AuthorizeResult | None = None
        self._ended = False

    async def authorize(self, client: AsyncWebClient, team_id: str | None) -> AuthorizeResult | None:
        """Bolt's question "whose request is this?": the token's own workspace is let in, any other is not."""
        if self._ended:
            return None
        if self._known is None:
            tested = await self._tested(client)
            self._known = AuthorizeResult(
                enterprise_id=tested.get("enterprise_id"),
                team_id=tested["team_id"],
                bot_id=tested["bot_id"],
                bot_user_id=tested["user_id"],
                bot_token=self._bot_token,
            )
        if team_id != self._known.team_id:
            log.warning("A request came from another workspace", team=team_id)
            return None
        return self._known

    async def _tested(self, client: AsyncWebClient) -> AsyncSlackResponse:
        """Slack's word on the token. Raises SlackApiError where it takes it no more, SlackAway where it doesn't say."""
        try:
            return await client.auth_test(token=self._bot_token)
        except SlackApiError as error:
            if refusal(error) in _NO_MORE:
                raise
            raise SlackAway(slack_words.refused(refusal(error))) from error
        except UNREACHED as error:
            raise SlackAway(slack_words.AWAY) from error

    async def taken_back(self, client: AsyncWebClient) -> str | None:
        """Slack's word for why the token opens nothing any more, told once; None while it does.

        Slack is asked, since what is told to be revoked may be another person's token, or another workspace's.
        """
        try:
            await client.auth_test(token=self._bot_token)
        except SlackApiError as error:
            reason = refusal(error)
            first, self._ended = not self._ended, self._ended or reason in _NO_MORE
            return reason if first and self._ended else None
        return None
