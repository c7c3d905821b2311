"""Each rule of the validator, by a payload that breaks it and nothing else."""

from typing import Any

import pytest

from bot.sandbox.validate import Surface, block_problems, characters, option_problems, view_problems
from bot.sandbox.validate.limits import LIMITS
from tests.bot.sandbox.payloads import (
    BAD,
    BAD_VIEWS,
    GOOD,
    Json,
    actions,
    button,
    entry,
    modal,
    mrkdwn,
    options,
    plain,
    quote,
    rich,
    section,
)


def wire(expected: str) -> str:
    """The table's "message pointer" as Slack writes it."""
    message, _, pointer = expected.rpartition(" ")
    return f"{message} [json-pointer:{pointer}]"


def test_good_blocks_pass() -> None:
    assert block_problems(GOOD, Surface.MESSAGE) == []


@pytest.mark.parametrize(("blocks", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_blocks_are_told_once_and_by_their_place(blocks: list[Any], expected: str) -> None:
    problems = block_problems(blocks, Surface.MESSAGE)
    assert [str(problem) for problem in problems] == [wire(expected)]
    assert problems[0].reference == "assumed" or problems[0].reference.startswith("reference/")


def test_good_views_pass() -> None:
    blocks = [section(), entry(), {"type": "alert", "text": mrkdwn(), "level": "warning"}]
    view = modal(*blocks, submit=plain(), close=plain(), notify_on_close=True, callback_id="c", private_metadata="")
    assert view_problems(view) == []
    assert view_problems({"type": "home", "blocks": [section()] * 100}) == []


@pytest.mark.parametrize(("view", "expected"), [case[1:] for case in BAD_VIEWS], ids=[case[0] for case in BAD_VIEWS])
def test_bad_views_are_told_once_and_by_their_place(view: Json, expected: str) -> None:
    assert [str(problem) for problem in view_problems(view)] == [wire(expected)]


def test_every_problem_is_told() -> None:
    blocks = [section(text=mrkdwn("")), {"type": "header", "text": plain("x" * 151)}]
    assert [problem.pointer for problem in block_problems(blocks, Surface.MESSAGE)] == [
        "/blocks/0/text/text",
        "/blocks/1/text/text",
    ]


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    assert block_problems([actions(button()), actions(button())], Surface.MESSAGE) == []


def test_the_limit_itself_is_allowed() -> None:
    blocks = [section(text=mrkdwn("x" * 3000)), actions(button(text=plain("x" * 75), value="x" * 2000))]
    assert block_problems(blocks, Surface.MESSAGE) == []


def test_options_for_a_menu() -> None:
    assert option_problems({"options": options(100)}) == []
    assert [str(p) for p in option_problems({"options": options(101)})] == [
        "no more than 100 items allowed [json-pointer:/options]"
    ]


def test_characters_are_those_of_every_text() -> None:
    blocks = [
        section(text=mrkdwn("12345")),
        actions(button(text=plain("678"))),
        rich(quote({"type": "text", "text": "90"})),
    ]
    assert characters(blocks) == 10


def test_every_limit_has_a_reference() -> None:
    assert all(limit.page == "assumed" or limit.page.startswith("reference/") for limit in LIMITS.values())
