"""A local stand-in for Slack, as strict as Slack: Web API, deliveries, and the person at the keyboard.

It imports nothing else of the bot. `Sandbox` is the whole of it; the rest are the values it hands out.
"""

from bot.sandbox.app import App
from bot.sandbox.blocks import Element
from bot.sandbox.changes import NothingCame
from bot.sandbox.channels import Channel
from bot.sandbox.clock import VirtualClock
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import PersonError, SandboxError
from bot.sandbox.manifest import Manifest, Shortcut, SlashCommand
from bot.sandbox.messages import Message
from bot.sandbox.people import Team, User, UserGroup
from bot.sandbox.record import Caution, Exchange, Refusal
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.views import View

__all__ = [
    "App",
    "Caution",
    "Channel",
    "Delivery",
    "Element",
    "Exchange",
    "Manifest",
    "Message",
    "NothingCame",
    "PersonError",
    "Refusal",
    "Sandbox",
    "SandboxError",
    "Shortcut",
    "SlashCommand",
    "Team",
    "User",
    "UserGroup",
    "View",
    "VirtualClock",
]
