"""What a person reads and can use in blocks."""

from bot.sandbox.blocks import elements, with_ids, words
from bot.sandbox.clock import VirtualClock
from bot.sandbox.ids import Ids
from tests.bot.sandbox.payloads import GOOD, actions, button, plain, rich, select


def test_words_are_read_in_order_without_buttons() -> None:
    assert words(GOOD).splitlines() == [
        "go",
        "quoted @everyone",
        *("go", "Go"),
        "go",
        "Head",
        *("go", "x"),
        *("x", "Go"),
        "**bold**",
        *("Go", "Go"),
        *("so ", "dirthttps://e.org", "U1"),
        "a",
    ]


def test_a_table_is_read_by_rows() -> None:
    cells = [{"type": "raw_text", "text": "a"}, rich({"type": "rich_text_section", "elements": [plain("b")]})]
    assert words([{"type": "table", "rows": [cells, cells]}]) == "a | b\na | b"


def test_elements_get_ids_where_they_have_none() -> None:
    nameless = {name: value for name, value in button(value="v").items() if name != "action_id"}
    given = [actions(nameless, select()), {"type": "divider", "block_id": "mine"}]
    filled = with_ids(given, Ids(VirtualClock()))
    first, second = elements(filled)
    assert (first.label, first.value, first.action_id, first.block_id) == ("Go", "v", "a0000000001", "b0000000001")
    assert (second.action_id, [option["value"] for option in second.options]) == ("pick", ["v0", "v1"])
    assert filled[1]["block_id"] == "mine"
    assert "block_id" not in given[0]
