"""Whatever the sources hold, Slack takes what admins are shown; and nothing of it is markup."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.cards import SourceState
from bot.keeping.admin import DocumentView, Generation, SourceView, TaskPage
from bot.keeping.intake import Remark
from bot.keeping.preview import Preview, Twin
from bot.keeping.schedule import parse_every
from bot.keeping.walks import Refreshed
from bot.sandbox.validate import Surface, block_problems, view_problems
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.admin_buttons import Looked, Row
from bot.slack.blocks.admin_help import reindex_help, sources_help
from bot.slack.blocks.budget import MAX_BLOCKS, ROOMS, size
from bot.slack.blocks.generations import generations_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.preview import handed_in_message
from bot.slack.blocks.progress import progress_message, refreshed_message, unreadable_lines
from bot.slack.blocks.queues import queue_message, queues_message
from bot.slack.blocks.rich import Json
from bot.slack.blocks.sources import remove_message, source_message, sources_message
from bot.slack.views import add_source, fix_details, schedule
from bot.store.documents import StoredVersion
from bot.store.edits import Fact
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue, Task
from bot.store.tasks import Twin as TaskTwin
from sources.document import Certainty, Document, Mark, Origin, Page, PartialDate, Speaker
from sources.port import Refused
from tests.fakes.backroom import a_source, a_summary
from tests.fakes.desk import NOW, STAMP

SLACK_TAKES = 13_200
VIEW_BYTES = 250_000

_text: st.SearchStrategy[str] = st.one_of(
    st.text(max_size=80), st.sampled_from('a"\\&\x01é🐟 <').map(lambda character: character * 3000)
)
_ours = st.sampled_from(["", "Saved, and kept over every refresh.", "“x” is dismissed. " * 20])
"""Sentences of the bot's own, which may hold a clipped name."""
_maybe: st.SearchStrategy[str | None] = st.one_of(st.none(), _text)
_refused = st.lists(st.builds(Refused, _text, _text), max_size=9).map(tuple)
_remarks = st.lists(st.builds(Remark, _text, _text), max_size=9).map(tuple)
_ids = st.frozensets(st.sampled_from("UWCGSX").map(lambda letter: f"{letter}0123456789"), max_size=6)
_dates: st.SearchStrategy[PartialDate | None] = st.sampled_from(
    [None, PartialDate.parse("2019"), PartialDate.parse("2018-12-05", Origin.DERIVED, "2018-12-07")]
)
_count = st.integers(0, 10**9)


@st.composite
def _records(draw: st.DrawFn) -> SourceRecord:
    return a_source(
        draw(_text), place=draw(_text), visible_to=draw(_ids), paused=draw(st.booleans()),
        synced=draw(st.sampled_from([None, NOW])), problem=draw(_maybe),
        every=draw(st.sampled_from([None, timedelta(0), timedelta(hours=1), timedelta(minutes=50)])),
    )  # fmt: skip


_states = st.builds(SourceState, _records(), _count, _count, _count)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    text = draw(_text)
    speakers = [Mark(0, len(text), Speaker(draw(_text), None, certainty)) for certainty in Certainty]
    return Document(
        "d" * 32, "local", "s1", draw(_text), text, NOW,
        marks=(*speakers[: draw(st.integers(0, 2))], Mark(0, 0, Page(1))),
        title=draw(_maybe), publisher=draw(_maybe), published=draw(_dates),
        warnings=tuple(draw(st.lists(_text, max_size=6))),
    )  # fmt: skip


@st.composite
def _tasks(draw: st.DrawFn) -> Task:
    return Task(
        draw(st.sampled_from(Queue)), draw(_text),
        source_id=draw(st.sampled_from([None, "s1", "s2"])), location=draw(_maybe),
        document_id=draw(st.sampled_from([None, "d" * 32])), problem=draw(_maybe), held_back=draw(st.booleans()),
        times=draw(st.integers(1, 9)), at=draw(st.sampled_from([None, NOW])),
        twins=tuple(draw(st.lists(st.builds(TaskTwin, st.just("d"), st.just("s1"), _text), max_size=5))),
    )  # fmt: skip


_previews = st.builds(
    Preview,
    _text,
    _text,
    _count,
    st.lists(_documents(), max_size=5).map(tuple),
    _refused,
    st.lists(st.builds(Twin, _text, _text), max_size=6).map(tuple),
)


def check(*messages: Message) -> None:
    """Slack takes it, and a screen reader has something to say that calls nobody."""
    for message in messages:
        assert block_problems(message.blocks, Surface.MESSAGE) == []
        assert 0 < len(message.blocks) <= MAX_BLOCKS
        assert size(message.blocks) <= SLACK_TAKES
        assert 0 < len(message.text) <= 4000
        assert "<" not in message.text
        assert "mrkdwn" not in json.dumps(message.blocks)


def check_view(view: Json) -> None:
    """Slack takes the view."""
    assert view_problems(view) == []
    assert len(json.dumps(view).encode()) <= VIEW_BYTES
    assert "mrkdwn" not in json.dumps(view)


@given(st.lists(_states, max_size=20), st.integers(-1, 9), _ours)
@settings(deadline=None, max_examples=25)
def test_any_list_of_sources_fits(states: list[SourceState], page: int, opening: str) -> None:
    check(sources_message(states, page, opening))


@given(_states, st.lists(_documents(), max_size=6).map(tuple), _refused, _ours)
@settings(deadline=None, max_examples=25)
def test_any_source_fits(
    state: SourceState, newest: tuple[Document, ...], refused: tuple[Refused, ...], opening: str
) -> None:
    check(source_message(SourceView(state, newest, refused), opening), remove_message(state.record.name, 3))


@given(st.lists(st.tuples(_records(), _refused, _maybe), max_size=14), _remarks, _ours)
@settings(deadline=None, max_examples=25)
def test_any_summary_fits(
    found: list[tuple[SourceRecord, tuple[Refused, ...], str | None]], remarks: tuple[Remark, ...], closing: str
) -> None:
    refreshed = [
        Refreshed(record, a_summary(unreadable=refused, remarks=remarks) if problem is None else None, problem)
        for record, refused, problem in found
    ]
    check(refreshed_message(refreshed, closing), progress_message("Reading", 3, 0))


@given(
    st.sampled_from(Queue),
    st.lists(_tasks(), max_size=8).map(tuple),
    _ours,
    st.dictionaries(st.sampled_from(["s1", "s2"]), _text),
)
@settings(deadline=None, max_examples=25)
def test_any_queue_fits(queue: Queue, tasks: tuple[Task, ...], opening: str, names: dict[str, str]) -> None:
    check(queue_message(TaskPage(tasks, "8", names), Looked(queue), opening))
    check(queues_message(dict.fromkeys(Queue, len(tasks))))


@given(_previews, st.lists(_ours.filter(bool), max_size=2), _text)
@settings(deadline=None, max_examples=25)
def test_any_preview_fits(preview: Preview, notes: list[str], name: str) -> None:
    check(handed_in_message(preview, "0" * 32, notes))
    check_view(add_source.preview(add_source.Wanted("https://example.org", name[:80]), preview, readable=False))


@given(_documents(), _maybe, st.booleans())
@settings(deadline=None, max_examples=25)
def test_any_form_fits_and_sent_back_as_it_was_changes_nothing(
    document: Document, speaker: str | None, has_turns: bool
) -> None:
    stored = StoredVersion(document, 1, "r", "t", "plain/1", NOW, current=True, removed=False)
    fixing = fix_details.Fixing("d" * 32, Looked(Queue.UNDATED, "8"), "https://hooks.slack.com/actions/T1/2/3")
    view = fix_details.form(DocumentView(stored, (), speaker, has_turns), fixing)
    check_view(view)
    assert fix_details.Fixing.parse(view["private_metadata"]) == fixing
    assert fix_details.changes(_as_sent(view)) == {}


def _as_sent(view: Json, **typed: str) -> Json:
    """A view as Slack sends it back: the state of every input, as it began unless it was typed over."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {
        block["block_id"]: {
            block["block_id"]: {
                "type": "plain_text_input",
                "value": typed.get(block["block_id"], block["element"].get("initial_value")) or None,
            }
        }
        for block in inputs
    }
    return {**view, "state": {"values": values}}


def test_only_what_was_changed_is_sent_on() -> None:
    document = Document("d", "local", "s1", "a.txt", "text", NOW, title="Old", published=PartialDate.parse("2019"))
    stored = StoredVersion(document, 1, "r", "t", "plain/1", NOW, current=True, removed=False)
    view = fix_details.form(DocumentView(stored, (), None, False), fix_details.Fixing("d", Looked(Queue.UNDATED), "u"))
    sent = _as_sent(view, title="", publisher=" Gazette ")
    assert fix_details.changes(sent) == {Fact.TITLE: None, Fact.PUBLISHER: "Gazette"}
    assert fix_details.problems({Fact.PUBLISHED: "soon"}).keys() == {"published"}
    assert fix_details.problems({Fact.PUBLISHED: "July 2019"}) == fix_details.problems({Fact.PUBLISHED: None}) == {}


@given(_text, st.lists(st.just("C0123456789"), max_size=2), st.one_of(_ours, _text))
@settings(deadline=None, max_examples=25)
def test_any_form_to_add_fits(place: str, channels: list[str], problem: str) -> None:
    wanted = add_source.Wanted(place[: add_source.LONGEST_PLACE], place[:80], tuple(channels))
    check_view(add_source.form(wanted, problem))
    assert add_source.Wanted.parse(str(wanted)) == wanted


@given(_records(), st.sampled_from(["folder", "web", "unknown"]))
def test_any_form_of_a_schedule_fits_and_begins_with_what_is_set(record: SourceRecord, connector: str) -> None:
    record = replace(record, name=record.name[:80], connector=connector)
    view = schedule.form(record, schedule.Scheduling(record.name, "https://hooks.example.org/" + "x" * 200))
    check_view(view)
    assert schedule.Scheduling.parse(view["private_metadata"]).name == record.name
    menu = view["blocks"][1]["element"]
    assert parse_every(menu["initial_option"]["value"]) == record.every


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_generations_fit(count: int) -> None:
    generations = [Generation(replace(STAMP, generation=f"g{n}"), live=not n, behind=n) for n in range(count)]
    message = generations_message(generations)
    check(message)
    assert [b["value"] for b in _buttons(message)] == ["g1"] * (count > 1)


def test_help_fits() -> None:
    check(sources_help(), sources_help("x" * 500), reindex_help())


@given(st.builds(Row, st.builds(Looked, st.sampled_from(Queue), st.sampled_from([None, "8"])), _text, _text))
def test_a_rows_button_brings_back_what_it_names(row: Row) -> None:
    assert Row.parse(str(row)) == row


@pytest.mark.parametrize("value", ["", "{}", "[]", '["x ","a","b"]', '["undated ",1,"b"]'])
def test_a_value_that_no_button_carries_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Row.parse(value)


def test_what_destroys_asks_first() -> None:
    """And is the only thing that looks dangerous."""
    for button in (*admin_buttons.remove("notes"), admin_buttons.roll_back("g1")):
        assert button["style"] == button["confirm"]["style"] == "danger"


def _buttons(message: Message) -> Sequence[dict[str, Any]]:
    return [e for block in message.blocks if block["type"] == "actions" for e in block["elements"]]


def test_items_that_can_not_be_read_for_one_reason_share_it() -> None:
    refused = [Refused("a.json", "No article."), Refused("b.json", "No article."), Refused("c.pdf", "Damaged.")]
    told = ["".join(part["text"] for part in one["elements"]) for one in unreadable_lines(refused, ROOMS[0])]
    assert told[1:] == ["No article.", "• a.json", "• b.json", "c.pdf: Damaged."]
