"""When a source is read again by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadRequest
from bot.keeping.schedule import (
    LONGEST_WAIT,
    PATIENCE,
    SPREAD,
    WATCHED,
    Watch,
    check_every,
    due_at,
    is_due,
    is_watched,
    parse_every,
    usual,
    wait_after,
    written_every,
)
from bot.store.sources import SourceRecord
from sources.connectors import CONNECTORS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = SourceRecord("s1", "local", "Feed", "feed", "https://example.org/feed", NOON - DAY, every=HOUR, attempted=NOON)
NO_TIME = timedelta()


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_every_kind_of_source_has_its_usual_interval() -> None:
    assert {row.name for row in CONNECTORS if usual(row.name) is None} == set()
    assert (usual("folder"), usual("feed"), usual("unknown")) == (WATCHED, HOUR, None)


@pytest.mark.parametrize(
    "text", ["", "5", "x", "-1h", "1.5h", "1 year", "6h6m", "４h", "0h", "4m", "366d", "999999w", "often"]
)
def test_what_is_no_interval_gets_one_sentence(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_every(text)
    assert str(refused.value).endswith(".")


@given(st.integers(5, 365 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)))
def test_an_interval_is_written_as_it_is_read(every: timedelta) -> None:
    assert parse_every(written_every(every)) == every


def test_only_a_folder_can_be_watched() -> None:
    check_every("folder", WATCHED)
    check_every("folder", None)
    check_every("web", HOUR)
    with pytest.raises(BadRequest, match="Only a folder"):
        check_every("web", WATCHED)


def test_it_is_due_after_its_interval_and_a_little_later() -> None:
    due = due_at(FEED)
    assert due is not None
    assert NOON + HOUR <= due < NOON + HOUR * (1 + SPREAD)
    assert (is_due(FEED, due - timedelta(seconds=1)), is_due(FEED, due)) == (False, True)
    assert due_at(replace(FEED, attempted=None, synced=NOON)) == due  # as records of before the schedule are


def test_those_read_together_do_not_come_together_again() -> None:
    due = {due_at(replace(FEED, id=f"s{number}")) for number in range(50)}
    assert len(due) == 50


def test_one_that_was_never_read_is_due_at_once() -> None:
    assert due_at(replace(FEED, attempted=None)) == FEED.added


@pytest.mark.parametrize("changed", [{"paused": True}, {"every": None}, {"every": WATCHED}])
def test_one_that_is_paused_or_never_read_by_itself_or_watched_is_not_due_by_the_clock(
    changed: dict[str, object],
) -> None:
    record = replace(FEED, attempted=None, **changed)  # pyright: ignore[reportArgumentType] - names of its fields
    assert due_at(record) is None
    assert not is_due(record, NOON + DAY)


def test_a_paused_folder_is_not_watched() -> None:
    folder = replace(FEED, connector="folder", every=WATCHED)
    assert (is_watched(folder), is_watched(replace(folder, paused=True)), is_watched(FEED)) == (True, False, False)


def test_each_failure_doubles_the_wait_up_to_a_day_or_its_own_interval() -> None:
    assert [wait_after(HOUR, failures) / HOUR for failures in (0, 1, 2, 4, 5, 99)] == [1, 2, 4, 16, 24, 24]
    assert wait_after(timedelta(weeks=1), 9) == timedelta(weeks=1)
    due = due_at(replace(FEED, failures=40))
    assert due is not None
    assert due >= NOON + LONGEST_WAIT


def test_a_folder_is_read_at_the_first_look_whatever_it_holds() -> None:
    watch = Watch().looked("a", NOON, NO_TIME)
    assert watch.wants_reading(Watch(), NOON)
    read = watch.was_read(NOON, failed=False)
    again = read.looked("a", later(2), NO_TIME)
    assert not again.wants_reading(read, later(2))


def test_a_change_is_read_once_it_has_settled() -> None:
    read = Watch(read="a", seen="a")
    changing = read.looked("b", later(2), NO_TIME)
    assert not changing.wants_reading(read, later(2))
    more = changing.looked("c", later(4), NO_TIME)
    assert not more.wants_reading(changing, later(4))
    settled = more.looked("c", later(6), NO_TIME)
    assert settled.wants_reading(more, later(6))
    done = settled.was_read(later(7), failed=False)
    assert not done.looked("c", later(8), NO_TIME).wants_reading(done, later(8))


def test_what_changes_all_the_time_is_read_all_the_same() -> None:
    watch, reads = Watch(read="0", seen="0"), 0
    for second in range(2, 62, 2):
        before, watch = watch, watch.looked(f"{second}", later(second), NO_TIME)
        if watch.wants_reading(before, later(second)):
            reads, watch = reads + 1, watch.was_read(later(second), failed=False)
    assert reads == 60 // (PATIENCE.total_seconds() + 2)


def test_a_change_taken_back_is_none() -> None:
    read = Watch(read="a", seen="a")
    changed = read.looked("b", later(2), NO_TIME)
    back = changed.looked("a", later(4), NO_TIME)
    assert not back.wants_reading(changed, later(4))
    assert back.since is None


def test_a_look_that_takes_long_is_not_soon_repeated() -> None:
    watch = Watch().looked("a", NOON, timedelta(seconds=1))
    assert (watch.wants_a_look(later(19)), watch.wants_a_look(later(20))) == (False, True)
    assert Watch().wants_a_look(NOON)


def test_a_reading_that_failed_is_tried_again_later_and_later() -> None:
    watch, waits = Watch(), list[float]()
    for _ in range(12):
        watch = watch.looked("a", NOON, NO_TIME).was_read(NOON, failed=True)
        assert watch.again is not None
        waits.append((watch.again - NOON).total_seconds())
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (8, 3600)
    assert watch.looked("a", NOON, NO_TIME).wants_reading(watch, NOON)
