"""The form that says in what form pins are exported, and to whom."""

import json
from dataclasses import dataclass

from bot.pinning import ExportForm
from bot.slack.blocks.pins import Listing
from bot.slack.blocks.rich import Json, line, option, rich_text, text
from bot.slack.views.modal import field, modal, value_of
from bot.wording import admin_words, pinboard_words
from bot.wording.source import clipped

FORM = "export_pins_as"
AS, WHERE = "form", "where"
_PERSONALLY, _HERE = "personally", "here"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which pins, the channel in which they are listed (empty in direct messages), and where the answer is said."""

    listing: Listing
    channel: str
    response_url: str

    def __str__(self) -> str:
        return json.dumps([str(self.listing), self.channel, self.response_url])

    @classmethod
    def parse(cls, metadata: str) -> "Origin":
        """Read what `str()` wrote."""
        listing, channel, response_url = json.loads(metadata)
        return cls(Listing.parse(listing), channel, response_url)


def form(origin: Origin) -> Json:
    """The form; where there is no channel the file goes to the one who asks."""
    forms = [option(label, value) for value, label in pinboard_words.EXPORT_FORMS.items()]
    places = [option(pinboard_words.TO_ME, _PERSONALLY)]
    if origin.channel:
        places.append(option(pinboard_words.TO_CHANNEL, _HERE))
    asked = [text(clipped(origin.listing.asked, 300), code=True)] if origin.listing.asked else []
    return modal(
        pinboard_words.EXPORT_TITLE,
        [
            rich_text(line(text(pinboard_words.EXPORT_WHAT), *asked)),
            field(AS, pinboard_words.EXPORT_AS, _menu(forms), optional=False),
            field(WHERE, pinboard_words.EXPORT_WHERE, _menu(places), optional=False),
        ],
        close=admin_words.CANCEL,
        submit=pinboard_words.EXPORT,
        callback_id=FORM,
        metadata=str(origin),
    )


def read(view: Json) -> tuple[ExportForm, bool]:
    """The form that was chosen, and whether the channel gets the file."""
    return ExportForm(_chosen(view, AS)), _chosen(view, WHERE) == _HERE


def _menu(options: list[Json]) -> Json:
    return {"type": "static_select", "options": options, "initial_option": options[0]}


def _chosen(view: Json, block_id: str) -> str:
    selected: dict[str, str] | None = value_of(view, block_id)
    return selected["value"] if selected else ""
