"""The checks of whole messages, views and option lists."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.sandbox.json_value import Json, as_list, as_object
from bot.sandbox.validate.blocks import ON_SURFACE, Surface
from bot.sandbox.validate.limits import BLOCKS, ELEMENTS, LIMITS, VIEWS
from bot.sandbox.validate.objects import option_list, plain
from bot.sandbox.validate.problem import Problem
from bot.sandbox.validate.schema import Check, array, boolean, string, typed

MODAL_PAGE = f"{VIEWS}/modal-views"
HOME_PAGE = f"{VIEWS}/home-tab-views"
_VIEW: dict[str, Check] = {
    "private_metadata": string("view.private_metadata"),
    "callback_id": string("view.callback_id"),
    "external_id": string("view.external_id"),
}
_MODAL: dict[str, Check] = {
    **_VIEW,
    "title": plain("view.title"),
    "submit": plain("view.submit"),
    "close": plain("view.close"),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "blocks": array(ON_SURFACE[Surface.MODAL], "view.blocks"),
}
_HOME: dict[str, Check] = {**_VIEW, "blocks": array(ON_SURFACE[Surface.HOME], "view.blocks")}
VIEW_SHAPES = {
    "modal": typed(MODAL_PAGE, _MODAL, ("title", "blocks")),
    "home": typed(HOME_PAGE, _HOME, ("blocks",)),
}


def block_problems(blocks: Sequence[Any], surface: Surface) -> list[Problem]:
    """What is wrong with a message's blocks (or, by themselves, with those of a view), pointers from `/blocks`."""
    check = array(ON_SURFACE[surface], "message.blocks" if surface is Surface.MESSAGE else "view.blocks")
    return [*check(list(blocks), "/blocks", BLOCKS), *_together(blocks, "/blocks")]


def view_problems(view: Any) -> list[Problem]:
    """What is wrong with a view, pointers from `/view`."""
    given = as_object(view) or {}
    kind = str(given.get("type"))
    if kind not in VIEW_SHAPES:
        return [Problem(f"unsupported type: {kind}", "/view/type", VIEWS)]
    blocks = as_list(given.get("blocks")) or []
    problems = [*VIEW_SHAPES[kind](given, "/view"), *_together(blocks, "/view/blocks")]
    if kind == "modal" and not given.get("submit"):
        problems += _inputs_need_submit(blocks)
    return problems


def option_problems(answer: Any) -> list[Problem]:
    """What is wrong with the answer to a block_suggestion. No options at all says that nothing fits (assumed)."""
    return [] if answer == {"options": []} else list(option_list(answer, ""))


def characters(blocks: Iterable[Any]) -> int:
    """How many characters of text blocks hold, whatever shows them (what Slack counts exactly is assumed)."""
    return sum(_length(block) for block in blocks)


def _length(value: Any) -> int:
    node, items = as_object(value), as_list(value)
    if items is not None:
        return sum(_length(item) for item in items)
    if node is None:
        return 0
    return sum(len(item) if name == "text" and isinstance(item, str) else _length(item) for name, item in node.items())


def _inputs_need_submit(blocks: list[Any]) -> Iterator[Problem]:
    for number, block in enumerate(blocks):
        if (as_object(block) or {}).get("type") == "input":
            message = "must define `submit` to use an `input` block in modals"
            yield Problem(message, f"/view/blocks/{number}/input", MODAL_PAGE)


def _together(blocks: Iterable[Any], pointer: str) -> Iterator[Problem]:
    """Rules that no block breaks alone: ids used twice, markdown too long in sum, a second table."""
    objects = [(f"{pointer}/{number}", block) for number, each in enumerate(blocks) if (block := as_object(each))]
    yield from _twice("block_id", objects, f"{BLOCKS}/section-block")
    for place, block in objects:
        if block.get("type") != "rich_text":
            yield from _twice("action_id", list(_elements(block, place)), f"{ELEMENTS}/button-element")
    yield from _markdown_in_sum(objects)
    tables = [place for place, block in objects if block.get("type") == "table"]
    for place in tables[1:]:
        yield Problem("only one table is allowed in a message", place, f"{BLOCKS}/table-block")


def _elements(block: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    for name in ("accessory", "element"):
        if element := as_object(block.get(name)):
            yield f"{pointer}/{name}", element
    for number, each in enumerate(as_list(block.get("elements")) or []):
        if element := as_object(each):
            yield f"{pointer}/elements/{number}", element


def _twice(name: str, objects: list[tuple[str, Json]], page: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, each in objects:
        value = each.get(name)
        if isinstance(value, str):
            if value in seen:
                yield Problem(f'`{name}` "{value}" already exists', f"{pointer}/{name}", page)
            seen.add(value)


def _markdown_in_sum(objects: list[tuple[str, Json]]) -> Iterator[Problem]:
    texts = [(place, str(block.get("text", ""))) for place, block in objects if block.get("type") == "markdown"]
    limit = LIMITS["markdown.text"]
    longest = max((len(text) for _, text in texts), default=0)
    if sum(len(text) for _, text in texts) > limit.most >= longest:
        message = f"must be less than {limit.most + 1} characters in all markdown blocks together"
        yield Problem(message, f"{texts[-1][0]}/text", limit.page)
