"""What all modals are made of. Labels and hints are ours; what a source says stands in rich text or in inputs."""

from collections.abc import Sequence
from typing import Any

from bot.slack.blocks.rich import Json, line, rich_text, text

MAX_INPUT = 3000


def modal(
    title: str,
    blocks: Sequence[Json],
    *,
    close: str,
    submit: str | None = None,
    callback_id: str = "",
    metadata: str = "",
) -> Json:
    """A modal; one without `submit` has nothing to send. `metadata` comes back with a submission."""
    return {
        "type": "modal",
        "title": _plain(title),
        "close": _plain(close),
        **({"submit": _plain(submit)} if submit else {}),
        **({"callback_id": callback_id} if callback_id else {}),
        **({"private_metadata": metadata} if metadata else {}),
        "blocks": list(blocks),
    }


def telling(title: str, sentence: str, *, close: str) -> Json:
    """One sentence and nothing to fill in: while something loads, or when it could not be done."""
    return modal(title, [rich_text(line(text(sentence)))], close=close)


def field(block_id: str, label: str, element: Json, hint: str = "", *, optional: bool = True) -> Json:
    """An input with its label. Errors are told by `block_id`, which is the element's action_id as well."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label),
        "element": {**element, "action_id": block_id},
        "optional": optional,
        **({"hint": _plain(hint)} if hint else {}),
    }


def typing(initial: str = "") -> Json:
    """A line to type in."""
    begin = {"initial_value": initial[:MAX_INPUT]} if initial else {}
    return {"type": "plain_text_input", **begin}


def value_of(view: Json, block_id: str) -> Any:
    """What was filled in; None where nothing was, or where there is no such field."""
    state = view["state"]["values"].get(block_id, {}).get(block_id, {})
    return next((value for name, value in state.items() if name != "type"), None)


def typed_in(view: Json, block_id: str) -> str:
    """The text that was typed, outer blanks removed."""
    return str(value_of(view, block_id) or "").strip()


def initial_of(view: Json, block_id: str) -> str | None:
    """What a text field began with; None where there is no such field."""
    for block in view["blocks"]:
        if block.get("block_id") == block_id:
            return str(block["element"].get("initial_value", ""))
    return None


def _plain(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": False}
