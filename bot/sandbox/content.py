"""What an app may put into a message: the checks that posting, updating, response URLs and acknowledgements share."""

from dataclasses import dataclass

from bot.sandbox.blocks import with_ids
from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json, as_list, as_object
from bot.sandbox.validate import Surface, block_problems, characters

TEXT_BEST = 4_000
TEXT_CUT = 40_000
UPDATE_TEXT = 4_000
BLOCKS_BUDGET = 13_200
"""Characters in all blocks of one message: not documented, found by users (slackapi/bolt-js#2509)."""


@dataclass(frozen=True, slots=True)
class Content:
    """A message's checked text and blocks, ids filled in."""

    text: str
    blocks: tuple[Json, ...]


def checked(core: Core, where: str, given: Json) -> Content:
    """The content of `given["text"]` and `given["blocks"]`. Raises no_text, invalid_blocks and their kin."""
    text, blocks = given.get("text"), given.get("blocks")
    if text is not None and not isinstance(text, str):
        raise SlackRefusal("invalid_arguments", messages=["[ERROR] must be a string [json-pointer:/text]"])
    found = as_list(blocks) if blocks is not None else []
    if found is None or any(as_object(block) is None for block in found):
        raise SlackRefusal("invalid_blocks_format")
    if not found and not (text or "").strip():
        raise SlackRefusal("no_text")
    problems = block_problems(found, Surface.MESSAGE)
    if problems:
        messages = [str(problem) for problem in problems]
        raise SlackRefusal("invalid_blocks", messages=[f"[ERROR] {m}" for m in messages], errors=messages)
    if characters(found) > BLOCKS_BUDGET:
        raise SlackRefusal("msg_blocks_too_long")
    _frown(core, where, given, text or "")
    return Content((text or "")[:TEXT_CUT], with_ids(found, core.ids))


def _frown(core: Core, where: str, given: Json, text: str) -> None:
    if given.get("blocks") and not text.strip():
        core.record.caution(where, "blocks without text: screen readers and notifications have nothing to say")
    if len(text) > TEXT_CUT:
        core.record.caution(where, f"text of {len(text):,} characters is cut at {TEXT_CUT:,}")
    elif len(text) > TEXT_BEST:
        core.record.caution(where, f"text of {len(text):,} characters; best are at most {TEXT_BEST:,}")
    if given.get("attachments"):
        core.record.caution(where, "attachments are legacy, and the sandbox doesn't show them")
