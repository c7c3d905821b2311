"""Payloads that Slack takes, and payloads that break one rule each: (name, payload, "message pointer")."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Go") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "go") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **fields}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": "go", **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(number: int = 0, **fields: Any) -> Json:
    return {"text": plain(f"o{number}"), "value": f"v{number}", **fields}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def select(**fields: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(2), **fields}


def entry(**fields: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "words"}
    return {"type": "input", "label": plain(), "element": element, **fields}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def quote(*leaves: Json) -> Json:
    return {"type": "rich_text_quote", "elements": list(leaves)}


def modal(*blocks: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain(), "blocks": list(blocks), **fields}


GOOD: list[Json] = [
    section(),
    section(text={"type": "mrkdwn", "text": "quoted @everyone", "verbatim": True}, block_id="b", expand=True),
    {"type": "section", "fields": [mrkdwn(), plain()]},
    section(accessory={"type": "image", "image_url": "https://e.org/i.png", "alt_text": "an image"}),
    {"type": "header", "text": {"type": "plain_text", "text": "Head", "emoji": True}},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn(), {"type": "image", "image_url": "https://e.org/i.png", "alt_text": "x"}]},
    {"type": "image", "image_url": "https://e.org/i.png", "alt_text": "x", "title": plain()},
    {"type": "markdown", "text": "**bold**"},
    entry(hint=plain(), optional=True, dispatch_action=True, block_id="i"),
    actions(
        button(style="primary", value="v", url="https://e.org", accessibility_label="Go there"),
        button(action_id="del", style="danger", confirm={k: plain() for k in ("title", "text", "confirm", "deny")}),
        {"type": "overflow", "action_id": "more", "options": [option(url="https://e.org")]},
        select(initial_option=option(1)),
        {"type": "external_select", "action_id": "x", "placeholder": plain(), "min_query_length": 1},
        {"type": "multi_users_select", "action_id": "people", "initial_users": ["U1"], "max_selected_items": 3},
        {"type": "conversations_select", "action_id": "where", "filter": {"include": ["public"]}},
        {"type": "checkboxes", "action_id": "c", "options": [{"text": mrkdwn(), "value": "1"}]},
        {"type": "datepicker", "action_id": "d", "initial_date": "2019-07-25"},
    ),
    rich(
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "so ", "style": {"bold": True}}]},
        quote({"type": "text", "text": "dirt"}, {"type": "link", "url": "https://e.org"}),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}],
        },
    ),
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]], "column_settings": [{"align": "right"}]},
    {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}]},
]

BAD: list[tuple[str, list[Any], str]] = [
    # texts
    ("section too long", [section(text=mrkdwn("x" * 3001))], "must be less than 3001 characters /blocks/0/text/text"),
    ("section empty", [section(text=mrkdwn(""))], "must be more than 0 characters /blocks/0/text/text"),
    ("section blank", [section(text=mrkdwn(" \n"))], "must be more than 0 characters /blocks/0/text/text"),
    ("section of nothing", [{"type": "section"}], "must define either `text` or `fields` /blocks/0/type"),
    ("text not an object", [section(text="go")], "must provide an object /blocks/0/text"),
    ("text without type", [section(text={"text": "go"})], "missing required field: type /blocks/0/text"),
    (
        "text of unknown type",
        [section(text={"type": "html", "text": "x"})],
        "unsupported type: html /blocks/0/text/type",
    ),
    ("text not a string", [section(text={"type": "mrkdwn", "text": 1})], "must provide a string /blocks/0/text/text"),
    ("text absent", [section(text={"type": "mrkdwn"})], "missing required field: text /blocks/0/text"),
    (
        "emoji on mrkdwn",
        [section(text={**mrkdwn(), "emoji": True})],
        "invalid additional property: emoji /blocks/0/text",
    ),
    (
        "verbatim on plain_text",
        [section(text={**plain(), "verbatim": True})],
        "invalid additional property: verbatim /blocks/0/text",
    ),
    (
        "verbatim not a flag",
        [section(text={**mrkdwn(), "verbatim": "yes"})],
        "must provide a boolean /blocks/0/text/verbatim",
    ),
    (
        "eleven fields",
        [{"type": "section", "fields": [mrkdwn()] * 11}],
        "no more than 10 items allowed /blocks/0/fields",
    ),
    (
        "long field",
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "must be less than 2001 characters /blocks/0/fields/0/text",
    ),
    ("mrkdwn header", [{"type": "header", "text": mrkdwn()}], "unsupported type: mrkdwn /blocks/0/text/type"),
    (
        "long header",
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters /blocks/0/text/text",
    ),
    (
        "eleven in context",
        [{"type": "context", "elements": [mrkdwn()] * 11}],
        "no more than 10 items allowed /blocks/0/elements",
    ),
    ("nothing in context", [{"type": "context", "elements": []}], "must provide at least 1 items /blocks/0/elements"),
    (
        "button in context",
        [{"type": "context", "elements": [button()]}],
        "unsupported type: button /blocks/0/elements/0/type",
    ),
    (
        "long markdown",
        [{"type": "markdown", "text": "x" * 12_001}],
        "must be less than 12001 characters /blocks/0/text",
    ),
    (
        "much markdown",
        [{"type": "markdown", "text": "x" * 7000}] * 2,
        "must be less than 12001 characters in all markdown blocks together /blocks/1/text",
    ),
    # blocks
    ("not a block", ["divider"], "must provide an object /blocks/0"),
    ("unknown block", [{"type": "video"}], "unsupported type: video /blocks/0/type"),
    ("modal block in a message", [{"type": "alert", "text": mrkdwn()}], "unsupported type: alert /blocks/0/type"),
    ("unknown key", [section(colour="red")], "invalid additional property: colour /blocks/0"),
    ("51 blocks", [{"type": "divider"}] * 51, "no more than 50 items allowed /blocks"),
    ("long block_id", [section(block_id="x" * 256)], "must be less than 256 characters /blocks/0/block_id"),
    (
        "block_id twice",
        [section(block_id="b"), section(block_id="b")],
        '`block_id` "b" already exists /blocks/1/block_id',
    ),
    (
        "image without alt_text",
        [{"type": "image", "image_url": "https://e.org"}],
        "missing required field: alt_text /blocks/0",
    ),
    (
        "long alt_text",
        [{"type": "image", "image_url": "https://e.org", "alt_text": "x" * 2001}],
        "must be less than 2001 characters /blocks/0/alt_text",
    ),
    (
        "long image_url",
        [{"type": "image", "image_url": "x" * 3001, "alt_text": "x"}],
        "must be less than 3001 characters /blocks/0/image_url",
    ),
    (
        "two tables",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2,
        "only one table is allowed in a message /blocks/1",
    ),
    (
        "101 rows",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]] * 101}],
        "no more than 100 items allowed /blocks/0/rows",
    ),
    # buttons
    (
        "26 elements",
        [actions(*(button(action_id=f"a{n}") for n in range(26)))],
        "no more than 25 items allowed /blocks/0/elements",
    ),
    ("no elements", [actions()], "must provide at least 1 items /blocks/0/elements"),
    ("unknown element", [actions({"type": "slider"})], "unsupported type: slider /blocks/0/elements/0/type"),
    (
        "input in actions",
        [actions({"type": "plain_text_input"})],
        "unsupported type: plain_text_input /blocks/0/elements/0/type",
    ),
    (
        "long button",
        [actions(button(text=plain("x" * 76)))],
        "must be less than 76 characters /blocks/0/elements/0/text/text",
    ),
    ("mrkdwn button", [actions(button(text=mrkdwn()))], "unsupported type: mrkdwn /blocks/0/elements/0/text/type"),
    ("long value", [actions(button(value="x" * 2001))], "must be less than 2001 characters /blocks/0/elements/0/value"),
    ("empty value", [actions(button(value=""))], "must be more than 0 characters /blocks/0/elements/0/value"),
    ("long url", [actions(button(url="x" * 3001))], "must be less than 3001 characters /blocks/0/elements/0/url"),
    (
        "long label",
        [actions(button(accessibility_label="x" * 76))],
        "must be less than 76 characters /blocks/0/elements/0/accessibility_label",
    ),
    (
        "long action_id",
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters /blocks/0/elements/0/action_id",
    ),
    ("bad style", [actions(button(style="red"))], "must be a valid enum value /blocks/0/elements/0/style"),
    (
        "action_id twice",
        [actions(button(), button())],
        '`action_id` "go" already exists /blocks/0/elements/1/action_id',
    ),
    (
        "confirm without text",
        [actions(button(confirm={k: plain() for k in ("title", "confirm", "deny")}))],
        "missing required field: text /blocks/0/elements/0/confirm",
    ),
    (
        "long confirm title",
        [actions(button(confirm={**{k: plain() for k in ("text", "confirm", "deny")}, "title": plain("x" * 101)}))],
        "must be less than 101 characters /blocks/0/elements/0/confirm/title/text",
    ),
    (
        "long confirm text",
        [actions(button(confirm={**{k: plain() for k in ("title", "confirm", "deny")}, "text": plain("x" * 301)}))],
        "must be less than 301 characters /blocks/0/elements/0/confirm/text/text",
    ),
    (
        "long confirm button",
        [actions(button(confirm={**{k: plain() for k in ("title", "text", "deny")}, "confirm": plain("x" * 31)}))],
        "must be less than 31 characters /blocks/0/elements/0/confirm/confirm/text",
    ),
    # menus
    (
        "101 options",
        [actions(select(options=options(101)))],
        "no more than 100 items allowed /blocks/0/elements/0/options",
    ),
    (
        "options and groups",
        [actions(select(option_groups=[{"label": plain(), "options": options(1)}]))],
        "must define either `options` or `option_groups` /blocks/0/elements/0",
    ),
    (
        "101 groups",
        [actions({"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * 101})],
        "no more than 100 items allowed /blocks/0/elements/0/option_groups",
    ),
    (
        "long option",
        [actions(select(options=[option(text=plain("x" * 76))]))],
        "must be less than 76 characters /blocks/0/elements/0/options/0/text/text",
    ),
    (
        "long option value",
        [actions(select(options=[option(value="x" * 151)]))],
        "must be less than 151 characters /blocks/0/elements/0/options/0/value",
    ),
    (
        "long description",
        [actions(select(options=[option(description=plain("x" * 76))]))],
        "must be less than 76 characters /blocks/0/elements/0/options/0/description/text",
    ),
    (
        "mrkdwn in a menu",
        [actions(select(options=[option(text=mrkdwn())]))],
        "unsupported type: mrkdwn /blocks/0/elements/0/options/0/text/type",
    ),
    (
        "url in a menu",
        [actions(select(options=[option(url="https://e.org")]))],
        "invalid additional property: url /blocks/0/elements/0/options/0",
    ),
    (
        "strange initial option",
        [actions(select(initial_option=option(7)))],
        "must match one of the options /blocks/0/elements/0/initial_option",
    ),
    (
        "long placeholder",
        [actions(select(placeholder=plain("x" * 151)))],
        "must be less than 151 characters /blocks/0/elements/0/placeholder/text",
    ),
    (
        "six in overflow",
        [actions({"type": "overflow", "options": options(6)})],
        "no more than 5 items allowed /blocks/0/elements/0/options",
    ),
    (
        "eleven boxes",
        [actions({"type": "checkboxes", "options": options(11)})],
        "no more than 10 items allowed /blocks/0/elements/0/options",
    ),
    (
        "eleven radios",
        [actions({"type": "radio_buttons", "options": options(11)})],
        "no more than 10 items allowed /blocks/0/elements/0/options",
    ),
    (
        "bad date",
        [actions({"type": "datepicker", "initial_date": "July 2019"})],
        "must be a date of the form YYYY-MM-DD /blocks/0/elements/0/initial_date",
    ),
    (
        "bad filter",
        [actions({"type": "conversations_select", "filter": {"include": ["all"]}})],
        "must be a valid enum value /blocks/0/elements/0/filter/include/0",
    ),
    # inputs
    ("long input label", [entry(label=plain("x" * 2001))], "must be less than 2001 characters /blocks/0/label/text"),
    ("long hint", [entry(hint=plain("x" * 2001))], "must be less than 2001 characters /blocks/0/hint/text"),
    ("input without element", [{"type": "input", "label": plain()}], "missing required field: element /blocks/0"),
    ("button as input", [entry(element=button())], "unsupported type: button /blocks/0/element/type"),
    (
        "max_length over 3000",
        [entry(element={"type": "plain_text_input", "max_length": 3001})],
        "must be between 1 and 3000 /blocks/0/element/max_length",
    ),
    (
        "min_length not a number",
        [entry(element={"type": "plain_text_input", "min_length": "1"})],
        "must provide an integer /blocks/0/element/min_length",
    ),
    # rich text
    (
        "empty rich text",
        [rich(quote({"type": "text", "text": ""}))],
        "must be more than 0 characters /blocks/0/elements/0/elements/0/text",
    ),
    ("bare leaf", [rich({"type": "text", "text": "x"})], "unsupported type: text /blocks/0/elements/0/type"),
    ("mrkdwn in rich text", [rich(quote(mrkdwn()))], "unsupported type: mrkdwn /blocks/0/elements/0/elements/0/type"),
    (
        "unknown style",
        [rich(quote({"type": "text", "text": "x", "style": {"big": True}}))],
        "invalid additional property: big /blocks/0/elements/0/elements/0/style",
    ),
    (
        "list without style",
        [rich({"type": "rich_text_list", "elements": []})],
        "missing required field: style /blocks/0/elements/0",
    ),
    (
        "link without url",
        [rich(quote({"type": "link", "text": "x"}))],
        "missing required field: url /blocks/0/elements/0/elements/0",
    ),
    ("rich text not a list", [{"type": "rich_text", "elements": {}}], "must provide an array /blocks/0/elements"),
]

BAD_VIEWS: list[tuple[str, Json, str]] = [
    ("no type", {"blocks": []}, "unsupported type: None /view/type"),
    ("no title", {"type": "modal", "blocks": []}, "missing required field: title /view"),
    ("long title", modal(title=plain("x" * 25)), "must be less than 25 characters /view/title/text"),
    ("mrkdwn title", modal(title=mrkdwn()), "unsupported type: mrkdwn /view/title/type"),
    ("long submit", modal(submit=plain("x" * 25)), "must be less than 25 characters /view/submit/text"),
    ("long close", modal(close=plain("x" * 25)), "must be less than 25 characters /view/close/text"),
    ("long metadata", modal(private_metadata="x" * 3001), "must be less than 3001 characters /view/private_metadata"),
    ("long callback_id", modal(callback_id="x" * 256), "must be less than 256 characters /view/callback_id"),
    ("long external_id", modal(external_id="x" * 256), "must be less than 256 characters /view/external_id"),
    ("101 blocks", modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed /view/blocks"),
    (
        "input without submit",
        modal(section(), entry()),
        "must define `submit` to use an `input` block in modals /view/blocks/1/input",
    ),
    ("message block", modal({"type": "markdown", "text": "x"}), "unsupported type: markdown /view/blocks/0/type"),
    (
        "block_id twice",
        modal(section(block_id="b"), section(block_id="b")),
        '`block_id` "b" already exists /view/blocks/1/block_id',
    ),
    ("unknown key", modal(colour="red"), "invalid additional property: colour /view"),
    (
        "title on a home tab",
        {"type": "home", "title": plain(), "blocks": []},
        "invalid additional property: title /view",
    ),
    (
        "alert on a home tab",
        {"type": "home", "blocks": [{"type": "alert", "text": mrkdwn()}]},
        "unsupported type: alert /view/blocks/0/type",
    ),
]
