"""Quotedesk in Slack: `build_slack_app` makes the Bolt app, `SocketMode` connects it without a public address."""

from bot.slack.app import build_slack_app
from bot.slack.socket import SocketMode
from bot.slack.work import Work

__all__ = ["SocketMode", "Work", "build_slack_app"]
