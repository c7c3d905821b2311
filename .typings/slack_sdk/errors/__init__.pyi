"""Only what is used: the published types call a failed call's response `Unknown`."""

from slack_sdk.web.async_slack_response import AsyncSlackResponse

class SlackClientError(Exception): ...

class SlackApiError(SlackClientError):
    response: AsyncSlackResponse
    def __init__(self, message: str, response: AsyncSlackResponse) -> None: ...
