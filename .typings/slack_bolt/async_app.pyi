"""Only what is used; the listeners' types are beside their module."""

from slack_bolt.app.async_app import AsyncApp as AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck as AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext as AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond as AsyncRespond
from slack_bolt.request.async_request import AsyncBoltRequest as AsyncBoltRequest
