"""`/sources …`: the admins' words, each handed to its behaviour."""

from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.asking.commands import SourcesCommand, understand_sources
from bot.slack.backroom import Backroom
from bot.slack.blocks.admin_help import sources_help
from bot.slack.listeners import add_source, queues
from bot.slack.listeners import source_buttons as by_name
from bot.slack.listeners.command import on_command
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.source_buttons import AdminBehaviour
from bot.slack.parts import Call, Parts

COMMAND = "/sources"


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the command."""
    on_command(app, parts, COMMAND, partial(_obey, backroom))


async def _obey(backroom: Backroom, parts: Parts, call: Call) -> None:
    asked = understand_sources(call.text)
    nameless = asked.command in _NAMED and not asked.subject
    behaviour = by_name.show_all if nameless else _BEHAVIOURS[asked.command]
    await behaviour(backroom, parts, replace(call, text=asked.subject))


async def _list(backroom: Backroom, parts: Parts, call: Call) -> None:
    await by_name.show_all(backroom, parts, replace(call, text=""))


async def _help(_backroom: Backroom, parts: Parts, call: Call) -> None:
    await the_admin(parts, call)
    await call.reply.say(sources_help(call.text))


_NAMED = frozenset({SourcesCommand.SHOW, SourcesCommand.PAUSE, SourcesCommand.RESUME, SourcesCommand.REMOVE})
"""What needs a name: without one, the list and its buttons are shown."""
_BEHAVIOURS: dict[SourcesCommand, AdminBehaviour] = {
    SourcesCommand.LIST: _list,
    SourcesCommand.ADD: add_source.begin,
    SourcesCommand.SHOW: by_name.show,
    SourcesCommand.REFRESH: by_name.refresh,
    SourcesCommand.PAUSE: by_name.pause,
    SourcesCommand.RESUME: by_name.resume,
    SourcesCommand.REMOVE: by_name.ask_to_remove,
    SourcesCommand.QUEUE: queues.show_all,
    SourcesCommand.HELP: _help,
}
