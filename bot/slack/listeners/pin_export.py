"""Export Pins: the form, and the file that is sent to the one who asked or to the channel. Who reads it is asked when
it is sent: a channel gets no file with words that somebody in it may not read."""

import re
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed
from bot.pinning import ExportForm
from bot.pinning.asked import ME, read
from bot.roles import Person
from bot.slack.blocks import pins as blocks
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.pins import Listing
from bot.slack.calling import refusal
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.run import run
from bot.slack.listeners.submit import submission
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl
from bot.slack.views import pin_export as views
from bot.slack.views.pin_export import Origin
from bot.wording import pinboard_words

ENDINGS = {ExportForm.MARKDOWN: "md", ExportForm.CSV: "csv", ExportForm.JSON: "json", ExportForm.DOCX: "docx"}
NO_MEMBER = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button and the form."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        origin = Origin.parse(body["view"]["private_metadata"])
        form, here = views.read(body["view"])
        reply = ByResponseUrl(client, origin.response_url, body["user"]["id"]) if origin.response_url else None
        call = submission(body, client, reply)
        await run(parts, call, partial(_export, origin.listing, form, origin.channel if here else None))

    on_click(app, parts, blocks.EXPORT, _open)
    app.view(views.FORM)(filled_in)


async def _open(_parts: Parts, call: Call) -> None:
    listing = read_value(Listing.parse, call.text)
    origin = Origin(listing, call.channel_id if call.in_channel else "", call.original.url if call.original else "")
    await call.client.views_open(trigger_id=call.trigger_id, view=views.form(origin))


async def _export(listing: Listing, form: ExportForm, channel: str | None, parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    content = await _content(listing, form, channel, parts, call, person)
    try:
        opened = await _announce(call, channel or call.user_id)
    except SlackApiError as error:
        if refusal(error) in NO_MEMBER:
            raise NotAllowed(pinboard_words.EXPORT_NO_MEMBER) from error
        raise
    name = f"{_named(listing)}.{ENDINGS[form]}"
    await call.client.files_upload_v2(
        filename=name, title=name, content=content, channel=opened["channel"], thread_ts=opened["ts"]
    )
    if isinstance(call.reply, ByResponseUrl):
        await call.reply.say(notice_message(pinboard_words.EXPORTED if channel else pinboard_words.EXPORTED_TO_YOU))


async def _content(
    listing: Listing, form: ExportForm, channel: str | None, parts: Parts, call: Call, person: Person
) -> bytes:
    asked = read(listing.asked)
    wanted = asked.wanted(person.user_id if asked.owner == ME else asked.owner, parts.clock())
    readers = await parts.people.readers(call.client, call.team_id, channel) if channel else ()
    return await parts.reading_room.exporting.export(person, wanted, form, question=asked.question, readers=readers)


async def _announce(call: Call, place: str) -> Any:
    """The message below which the file comes; it also opens the conversation with the one who asked."""
    sentence = notice_message(pinboard_words.EXPORT_COMES)
    return await call.client.chat_postMessage(channel=place, text=sentence.text, blocks=sentence.blocks)


def _named(listing: Listing) -> str:
    """A file name of the story or the tag; `pins` where there is neither."""
    asked = read(listing.asked)
    return re.sub(r"[^\w-]+", "-", asked.story or asked.tag or "pins").strip("-").lower()[:60] or "pins"
