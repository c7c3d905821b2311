"""What watches decide without any I/O: when a day's hour comes, what is a copy, which versions were known."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.readings import Outcome
from bot.store.watch_news import Step, known_before
from bot.watches.copies import Told, kept, read, runs_of, with_around
from bot.watches.due import next_due

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")


@given(
    st.integers(0, 23),
    st.sampled_from(ZONES),
    st.integers(0, 12 * 365 * 24 * 60),
)
def test_the_next_time_is_soon_and_at_that_hour(hour: int, zone: str, minutes: int) -> None:
    after = datetime(2018, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = next_due(hour, zone, after)
    assert after < due <= after + timedelta(hours=25)
    shown = due.astimezone(ZoneInfo(zone))
    # On the one night on which the clocks skip that hour it is told right after it.
    assert shown.hour == hour or (
        shown.hour == hour + 1 and shown.utcoffset() != (shown - timedelta(hours=2)).utcoffset()
    )


@pytest.mark.parametrize(
    ("zone", "hour", "after", "due"),
    [
        ("Europe/Berlin", 9, "2026-03-28T08:30", "2026-03-29T07:00"),  # summer time begins in the night
        ("Europe/Berlin", 2, "2026-03-28T12:00", "2026-03-29T01:00"),  # 2 o'clock is skipped: told at 3
        ("Europe/Berlin", 2, "2026-10-24T12:00", "2026-10-25T00:00"),  # 2 o'clock comes twice: told at the first
        ("Europe/Berlin", 2, "2026-10-25T00:00", "2026-10-26T01:00"),  # and not at the second
        ("America/New_York", 9, "2026-11-01T12:00", "2026-11-01T14:00"),
        ("nowhere", 9, "2026-11-01T12:00", "2026-11-02T09:00"),
    ],
)
def test_summer_time(zone: str, hour: int, after: str, due: str) -> None:
    found = next_due(hour, zone, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


LONG = (
    "The committee heard on Tuesday that the harbor master had seen three foreign ships under false flags, "
    "and that nobody in the customs house had asked them a single question before the tide turned."
)
BEFORE = "Nothing else was on the agenda of that day, and the minutes are short. "
AFTER = " The session was adjourned at noon, and no date was set for the next one."


def told(*passages: tuple[str, str]) -> Told:
    result = Told()
    for document_id, text in passages:
        result.add(document_id, runs_of(text))
    return result


@pytest.mark.parametrize(
    ("document", "text", "copy"),
    [
        ("other", LONG, True),
        ("other", LONG.replace("Tuesday", "Wednesday"), True),  # lightly edited
        ("other", LONG.upper().replace("MASTER", "“Master”"), True),  # folded
        ("same", LONG.replace("nobody", "somebody"), False),  # a changed word in one document is news
        ("same", LONG, True),
        ("other", LONG + " " + " ".join(f"new{n}" for n in range(40)), False),
        ("other", "Thank you very much.", False),
        ("other", "The tide turned.", False),  # a few words of it stand anywhere
    ],
)
def test_what_was_told_before(document: str, text: str, copy: bool) -> None:
    assert told(("same", LONG)).has(document, text) is copy


def test_a_copy_that_is_cut_elsewhere_is_known_by_the_words_around() -> None:
    whole = BEFORE + LONG + AFTER
    result = Told()
    result.add("same", runs_of(LONG), with_around(whole, len(BEFORE), len(BEFORE) + len(LONG)))
    assert result.has("other", LONG[60:] + AFTER)
    assert told(("same", "Thank you very much.")).has("other", "Thank you, very much!")


@given(st.frozensets(st.integers(0, 2**32 - 1)), st.frozensets(st.integers(0, 2**32 - 1)))
def test_what_is_kept_is_read_back(passage: frozenset[int], around: frozenset[int]) -> None:
    assert read(kept(passage, around)) == (passage, around - passage)


AT = datetime(2026, 11, 22, tzinfo=UTC)


def steps(*kinds: Outcome) -> list[Step]:
    return [Step(number, kind, AT + timedelta(minutes=number)) for number, kind in enumerate(kinds, 1)]


NEW, TEXT, AGAIN, FACTS, GONE = Outcome.NEW, Outcome.TEXT, Outcome.REEXTRACTED, Outcome.METADATA, Outcome.REMOVED


@pytest.mark.parametrize(
    ("kinds", "after", "version", "read_at", "known"),
    [
        ((NEW,), 0, 1, 1, 0),
        ((NEW, TEXT), 0, 2, 2, 0),
        ((NEW, TEXT), 1, 2, 2, 1),
        ((NEW, TEXT, AGAIN, FACTS, TEXT), 2, 4, 5, 2),
        ((NEW, FACTS, TEXT), 2, 2, 3, 1),
        ((NEW, GONE, NEW), 2, 1, 1, 1),  # back as it was
        ((NEW, GONE, NEW), 2, 2, 3, 1),  # back with another text
        ((NEW, GONE, NEW, TEXT), 3, 2, 4, 1),
    ],
)
def test_which_version_was_known(
    kinds: tuple[Outcome, ...], after: int, version: int, read_at: int, known: int
) -> None:
    observed = AT + timedelta(minutes=read_at) - timedelta(seconds=1)
    assert known_before(steps(*kinds), after, version, observed) == known
