"""The rich_text block and what stands in it."""

from bot.sandbox.validate.limits import BLOCKS
from bot.sandbox.validate.schema import Check, Shape, array, boolean, by_type, choice, integer, string, typed

PAGE = f"{BLOCKS}/rich-text-block"
_STYLE = Shape(
    PAGE,
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_ID = string("id")
_TEXT = typed(PAGE, {**_STYLED, "text": string("rich_text.text")}, ("text",))
_LINK = typed(
    PAGE, {**_STYLED, "url": string("button.url"), "text": string("rich_text.text"), "unsafe": boolean}, ("url",)
)
_LEAVES = {
    "text": _TEXT,
    "link": _LINK,
    "user": typed(PAGE, {**_STYLED, "user_id": _ID}, ("user_id",)),
    "usergroup": typed(PAGE, {**_STYLED, "usergroup_id": _ID}, ("usergroup_id",)),
    "channel": typed(PAGE, {**_STYLED, "channel_id": _ID}, ("channel_id",)),
    "broadcast": typed(PAGE, {**_STYLED, "range": choice("here", "channel", "everyone")}, ("range",)),
    "color": typed(PAGE, {**_STYLED, "value": _ID}, ("value",)),
    "emoji": typed(PAGE, {**_STYLED, "name": _ID, "unicode": _ID}, ("name",)),
    "date": typed(
        PAGE,
        {**_STYLED, "timestamp": integer(0, 10**10), "format": _ID, "url": string("button.url"), "fallback": _ID},
        ("timestamp", "format"),
    ),
}
_ELEMENTS = "rich_text.elements"
_SECTION = typed(PAGE, {"elements": array(by_type(_LEAVES), _ELEMENTS)}, ("elements",))
_BORDER: dict[str, Check] = {"border": choice(0, 1)}
_PARTS = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        PAGE,
        {
            **_BORDER,
            "elements": array(by_type({"rich_text_section": _SECTION}), _ELEMENTS),
            "style": choice("bullet", "ordered"),
            "indent": integer(0, 8),
            "offset": integer(0, 10_000),
        },
        ("elements", "style"),
    ),
    "rich_text_quote": typed(PAGE, {**_BORDER, "elements": array(by_type(_LEAVES), _ELEMENTS)}, ("elements",)),
    "rich_text_preformatted": typed(
        PAGE,
        {**_BORDER, "elements": array(by_type({"text": _TEXT, "link": _LINK}), _ELEMENTS), "language": _ID},
        ("elements",),
    ),
}
RICH_TEXT: dict[str, Check] = {"elements": array(by_type(_PARTS), _ELEMENTS)}
"""The fields of a rich_text block, `block_id` apart."""
