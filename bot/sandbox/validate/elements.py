"""Block elements: buttons, menus, inputs."""

from bot.sandbox.validate.limits import ELEMENTS
from bot.sandbox.validate.objects import (
    confirm,
    conversation_filter,
    dispatch_config,
    initial_among_options,
    option_group,
    overflow_option,
    plain,
    plain_option,
    rich_option,
)
from bot.sandbox.validate.schema import (
    Check,
    Shape,
    array,
    boolean,
    choice,
    integer,
    one_of_fields,
    pattern,
    string,
    typed,
)

SELECT = f"{ELEMENTS}/select-menu-element"
MULTI = f"{ELEMENTS}/multi-select-menu-element"

_ACTION: dict[str, Check] = {"action_id": string("action_id")}
_CONFIRMED: dict[str, Check] = {**_ACTION, "confirm": confirm}
_FOCUSED: dict[str, Check] = {**_CONFIRMED, "focus_on_load": boolean}
_MENU: dict[str, Check] = {**_FOCUSED, "placeholder": plain("placeholder")}
_MULTI_MENU: dict[str, Check] = {**_MENU, "max_selected_items": integer(1, 1000)}
_WRITTEN: dict[str, Check] = {
    **_ACTION,
    "focus_on_load": boolean,
    "placeholder": plain("placeholder"),
    "dispatch_action_config": dispatch_config,
}
_STATIC: dict[str, Check] = {
    "options": array(plain_option, "select.options"),
    "option_groups": array(option_group, "select.option_groups"),
}
_IMAGE: dict[str, Check] = {"image_url": string("image.image_url"), "alt_text": string("image.alt_text")}
_DATE = pattern(r"\d{4}-\d{2}-\d{2}", "a date of the form YYYY-MM-DD")
_TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time of the form HH:mm")
_ID = string("id")
_IDS = array(_ID, "ids")


def _static(page: str, fields: dict[str, Check]) -> Shape:
    rules = (one_of_fields(page, "options", "option_groups"), initial_among_options(page))
    return typed(page, {**_STATIC, **fields}, rules=rules)


def _boxes(page: str, limit: str, fields: dict[str, Check]) -> Shape:
    options = {"options": array(rich_option, limit)}
    return typed(page, {**_FOCUSED, **options, **fields}, ("options",), (initial_among_options(page),))


def _select(name: str, page: str, single: dict[str, Check], both: dict[str, Check] | None = None) -> dict[str, Shape]:
    """A single and a multiple select of ids."""
    (field, _), *_ = single.items()
    both = both or {}
    return {
        f"{name}_select": typed(page, {**_MENU, **single, **both}),
        f"multi_{name}_select": typed(MULTI, {**_MULTI_MENU, f"{field}s": _IDS, **both}),
    }


BUTTON = typed(
    f"{ELEMENTS}/button-element",
    {
        **_CONFIRMED,
        "text": plain("button.text"),
        "value": string("button.value"),
        "url": string("button.url"),
        "style": choice("primary", "danger"),
        "accessibility_label": string("button.accessibility_label"),
    },
    ("text",),
)
IMAGE = typed(f"{ELEMENTS}/image-element", _IMAGE, ("image_url", "alt_text"))
"""An image by its address; one of Slack's own files (`slack_file`) is not known to the sandbox."""
OVERFLOW = typed(
    f"{ELEMENTS}/overflow-menu-element",
    {**_CONFIRMED, "options": array(overflow_option, "overflow.options")},
    ("options",),
)
BOXES = {
    "checkboxes": _boxes(
        f"{ELEMENTS}/checkboxes-element",
        "checkboxes.options",
        {"initial_options": array(rich_option, "checkboxes.options")},
    ),
    "radio_buttons": _boxes(
        f"{ELEMENTS}/radio-button-group-element", "radio_buttons.options", {"initial_option": rich_option}
    ),
}
PICKERS = {
    "datepicker": typed(f"{ELEMENTS}/date-picker-element", {**_MENU, "initial_date": _DATE}),
    "timepicker": typed(f"{ELEMENTS}/time-picker-element", {**_MENU, "initial_time": _TIME, "timezone": _ID}),
    "datetimepicker": typed(
        f"{ELEMENTS}/datetime-picker-element", {**_FOCUSED, "initial_date_time": integer(10**9, 10**10 - 1)}
    ),
}
_CONVERSATION: dict[str, Check] = {"filter": conversation_filter, "default_to_current_conversation": boolean}
_ASKS_URL: dict[str, Check] = {"response_url_enabled": boolean}
SELECTS = {
    "static_select": _static(SELECT, {**_MENU, "initial_option": plain_option}),
    "multi_static_select": _static(
        MULTI, {**_MULTI_MENU, "initial_options": array(plain_option, "select.initial_options")}
    ),
    "external_select": typed(SELECT, {**_MENU, "initial_option": plain_option, "min_query_length": integer(0, 1000)}),
    "multi_external_select": typed(
        MULTI,
        {
            **_MULTI_MENU,
            "initial_options": array(plain_option, "select.initial_options"),
            "min_query_length": integer(0, 1000),
        },
    ),
    **_select("users", SELECT, {"initial_user": _ID}),
    **_select("channels", SELECT, {"initial_channel": _ID, **_ASKS_URL}),
    **_select("conversations", SELECT, {"initial_conversation": _ID, **_ASKS_URL}, _CONVERSATION),
}
WRITTEN = {
    "plain_text_input": typed(
        f"{ELEMENTS}/plain-text-input-element",
        {
            **_WRITTEN,
            "initial_value": string("input.value"),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": typed(f"{ELEMENTS}/email-input-element", {**_WRITTEN, "initial_value": string("input.value")}),
    "url_text_input": typed(f"{ELEMENTS}/url-input-element", {**_WRITTEN, "initial_value": string("input.value")}),
    "number_input": typed(
        f"{ELEMENTS}/number-input-element",
        {
            **_WRITTEN,
            "is_decimal_allowed": boolean,
            "initial_value": _ID,
            "min_value": _ID,
            "max_value": _ID,
        },
        ("is_decimal_allowed",),
    ),
    "file_input": typed(f"{ELEMENTS}/file-input-element", {**_ACTION, "filetypes": _IDS, "max_files": integer(1, 10)}),
}
ICON_BUTTON = typed(
    f"{ELEMENTS}/icon-button-element",
    {
        **_CONFIRMED,
        "icon": choice("trash"),
        "text": plain("button.text"),
        "value": string("button.value"),
        "accessibility_label": string("button.accessibility_label"),
        "visible_to_user_ids": _IDS,
    },
    ("icon", "text"),
)
_FEEDBACK = Shape(
    f"{ELEMENTS}/feedback-buttons-element",
    {
        "text": plain("button.text"),
        "value": string("button.value"),
        "accessibility_label": string("button.accessibility_label"),
    },
    ("text", "value"),
)
FEEDBACK_BUTTONS = typed(
    f"{ELEMENTS}/feedback-buttons-element",
    {**_ACTION, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
    ("positive_button", "negative_button"),
)

IN_ACTIONS = {"button": BUTTON, "overflow": OVERFLOW, **BOXES, **PICKERS, **SELECTS}
IN_SECTION = {"image": IMAGE, **IN_ACTIONS}
IN_INPUT = {**WRITTEN, **BOXES, **PICKERS, **SELECTS}
IN_CONTEXT_ACTIONS = {"icon_button": ICON_BUTTON, "feedback_buttons": FEEDBACK_BUTTONS}
