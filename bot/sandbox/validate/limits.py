"""How long and how many: Slack's numbers, each with the page of docs.slack.dev that states it."""

from dataclasses import dataclass

from bot.sandbox.validate.problem import ASSUMED

BLOCKS = "reference/block-kit/blocks"
ELEMENTS = "reference/block-kit/block-elements"
OBJECTS = "reference/block-kit/composition-objects"
VIEWS = "reference/views"


@dataclass(frozen=True, slots=True)
class Limit:
    """From `least` to `most` characters or items."""

    most: int
    page: str
    least: int = 1


LIMITS = {
    "message.blocks": Limit(50, BLOCKS, least=0),
    "view.blocks": Limit(100, VIEWS, least=0),
    "block_id": Limit(255, f"{BLOCKS}/section-block"),
    "action_id": Limit(255, f"{ELEMENTS}/button-element"),
    "actions.elements": Limit(25, f"{BLOCKS}/actions-block"),
    "context.elements": Limit(10, f"{BLOCKS}/context-block"),
    "context.text": Limit(3000, f"{OBJECTS}/text-object"),
    "context_actions.elements": Limit(5, f"{BLOCKS}/context-actions-block"),
    "alert.text": Limit(3000, ASSUMED),
    "header.text": Limit(150, f"{BLOCKS}/header-block"),
    "image.image_url": Limit(3000, f"{BLOCKS}/image-block"),
    "image.alt_text": Limit(2000, f"{BLOCKS}/image-block"),
    "image.title": Limit(2000, f"{BLOCKS}/image-block"),
    "input.label": Limit(2000, f"{BLOCKS}/input-block"),
    "input.hint": Limit(2000, f"{BLOCKS}/input-block"),
    "markdown.text": Limit(12_000, f"{BLOCKS}/markdown-block"),
    "section.text": Limit(3000, f"{BLOCKS}/section-block"),
    "section.fields": Limit(10, f"{BLOCKS}/section-block"),
    "section.field": Limit(2000, f"{BLOCKS}/section-block"),
    "table.rows": Limit(100, f"{BLOCKS}/table-block"),
    "table.cells": Limit(20, f"{BLOCKS}/table-block"),
    "table.column_settings": Limit(20, f"{BLOCKS}/table-block"),
    "rich_text.elements": Limit(10_000, ASSUMED, least=0),
    "rich_text.text": Limit(40_000, ASSUMED),
    "button.text": Limit(75, f"{ELEMENTS}/button-element"),
    "button.value": Limit(2000, f"{ELEMENTS}/button-element"),
    "button.url": Limit(3000, f"{ELEMENTS}/button-element"),
    "button.accessibility_label": Limit(75, f"{ELEMENTS}/button-element"),
    "checkboxes.options": Limit(10, f"{ELEMENTS}/checkboxes-element"),
    "radio_buttons.options": Limit(10, f"{ELEMENTS}/radio-button-group-element"),
    "overflow.options": Limit(5, f"{ELEMENTS}/overflow-menu-element"),
    "select.options": Limit(100, f"{ELEMENTS}/select-menu-element"),
    "select.option_groups": Limit(100, f"{ELEMENTS}/select-menu-element"),
    "select.initial_options": Limit(100, f"{ELEMENTS}/multi-select-menu-element"),
    "placeholder": Limit(150, f"{ELEMENTS}/plain-text-input-element"),
    "input.value": Limit(3000, f"{ELEMENTS}/plain-text-input-element", least=0),
    "ids": Limit(100, ASSUMED, least=0),
    "option.text": Limit(75, f"{OBJECTS}/option-object"),
    "option.value": Limit(150, f"{OBJECTS}/option-object"),
    "option.description": Limit(75, f"{OBJECTS}/option-object"),
    "option.url": Limit(3000, f"{OBJECTS}/option-object"),
    "option_group.label": Limit(75, f"{OBJECTS}/option-group-object"),
    "confirm.title": Limit(100, f"{OBJECTS}/confirmation-dialog-object"),
    "confirm.text": Limit(300, f"{OBJECTS}/confirmation-dialog-object"),
    "confirm.button": Limit(30, f"{OBJECTS}/confirmation-dialog-object"),
    "view.title": Limit(24, f"{VIEWS}/modal-views"),
    "view.submit": Limit(24, f"{VIEWS}/modal-views"),
    "view.close": Limit(24, f"{VIEWS}/modal-views"),
    "view.private_metadata": Limit(3000, VIEWS, least=0),
    "view.callback_id": Limit(255, VIEWS, least=0),
    "view.external_id": Limit(255, VIEWS, least=0),
    "id": Limit(255, ASSUMED),
}
