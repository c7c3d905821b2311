"""What every `bot.store.pins.Pins` and `Notices` must do. A subclass gives the fixtures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Overtaken
from bot.store.pins import (
    Deed,
    Doubt,
    Label,
    Notice,
    NoticeKind,
    Notices,
    Pin,
    PinChange,
    PinFilter,
    Pins,
    PinStatus,
    Snapshot,
    Where,
)
from sources.document import Certainty, Cue, Page, PartialDate, Speaker

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


def a_pin(name: str = "p1", **facts: Any) -> Pin:
    told = Snapshot(
        "a.txt",
        NOON,
        "0" * 64,
        title="Hearing",
        published=PartialDate.parse("2019-07"),
        speaker=Speaker("MR. ROE", "Richard Roe", Certainty.GUESS),
        pages=(Page(3, "iii"),),
        cue=Cue(1.5, 7),
    )
    plain = Pin(name, "local", "s", "d", Where(1, 4, 14), "Ten floods", "Oh, ", ".", told, "U1", NOON, NOON)
    return replace(plain, **facts)


def made(pin: Pin, deed: Deed = Deed.PINNED) -> PinChange:
    return PinChange(pin.id, NOON, "U1", deed, {"note": (None, pin.note)})


def a_notice(key: str, pin: Pin) -> Notice:
    where, now = pin.at, Where(2, 0, 3)
    return Notice("local", key, NoticeKind.ORPHANED, "U1", NOON, "d", where, now, Doubt.ALTERED, pin_id=pin.id)


async def ids(pins: Pins, wanted: PinFilter, *sources: str) -> list[str]:
    return [pin.id for pin in await pins.search("local", sources or ("s",), wanted, NOON)]


class PinsContract:
    async def test_what_pins_are_called_is_told_of_readable_ones_that_were_not_taken_down(self, pins: Pins) -> None:
        called = [
            a_pin("p1", tags=("tide", "High water"), story="Harbor"),
            a_pin("p2", document_id="e", source_id="closed", story="Hush"),
            a_pin("p3", tags=("gone",), unpinned=NOON),
            a_pin("p4"),
        ]
        await pins.add(called, [made(pin) for pin in called])
        assert list(await pins.labels("local", {"s"})) == [Label("d", ("tide", "High water"), "Harbor")]
        both = await pins.labels("local", {"s", "closed"})
        assert {(label.document_id, label.story) for label in both} == {("d", "Harbor"), ("e", "Hush")}
        assert not await pins.labels("other", {"s"})

    async def test_a_pin_comes_back_as_it_was_with_its_history(self, pins: Pins) -> None:
        pin = a_pin(
            note="Mind", tags=("A tag", "b"), story="Flood", expires=LATER, doubt=Doubt.SPEAKER, now=Where(2, 1, 3)
        )
        await pins.add([pin], [made(pin)])
        assert await pins.get("local", "p1") == pin
        assert await pins.get("elsewhere", "p1") is None
        assert await pins.history("p1") == [made(pin)]

    async def test_nobody_overwrites_what_they_have_not_seen(self, pins: Pins) -> None:
        pin = a_pin()
        await pins.add([pin], [made(pin)])
        first = await pins.alter(replace(pin, note="first"), made(pin, Deed.EDITED))
        assert first.revision == 2
        with pytest.raises(Overtaken):
            await pins.alter(replace(pin, note="second"), made(pin, Deed.EDITED))
        assert await pins.get("local", "p1") == first
        assert [change.deed for change in await pins.history("p1")] == [Deed.PINNED, Deed.EDITED]

    async def test_pins_are_found_by_everything_that_is_kept_of_them(self, pins: Pins) -> None:
        one = a_pin("p1", tags=("High Water",), story="The Flood", note="100% sure", expires=LATER)
        two = a_pin("p2", source_id="closed", owner="U2", created=LATER, document_id="e")
        await pins.add([one, two], [made(one), made(two)])
        assert await ids(pins, PinFilter(), "s", "closed") == ["p2", "p1"]
        assert await ids(pins, PinFilter()) == ["p1"]
        assert await ids(pins, PinFilter(tag="high  water")) == ["p1"]
        assert await ids(pins, PinFilter(tag="water")) == []
        assert await ids(pins, PinFilter(story="the flood")) == ["p1"]
        assert await ids(pins, PinFilter(owner="U2"), "s", "closed") == ["p2"]
        assert await ids(pins, PinFilter(words="flooding Roe hearing sure")) == ["p1"]
        assert await ids(pins, PinFilter(words="100%_")) == ["p1"]
        assert await ids(pins, PinFilter(words="droughts")) == []
        assert await ids(pins, PinFilter(document_id="e"), "closed") == ["p2"]
        assert await ids(pins, PinFilter(expires_by=LATER), "s", "closed") == ["p1"]
        assert await ids(pins, PinFilter(expires_by=NOON), "s", "closed") == []

    @pytest.mark.parametrize(
        ("facts", "status"),
        [
            ({}, PinStatus.ACTIVE),
            ({"expires": NOON}, PinStatus.EXPIRED),
            ({"doubt": Doubt.TYPOGRAPHY}, PinStatus.MOVED),
            ({"doubt": Doubt.REMOVED, "expires": NOON}, PinStatus.ORPHAN),
            ({"doubt": Doubt.REMOVED, "unpinned": NOON}, PinStatus.UNPINNED),
        ],
    )
    async def test_a_status_is_searched_as_it_is_told(
        self, pins: Pins, facts: dict[str, Any], status: PinStatus
    ) -> None:
        pin = a_pin(**facts)
        await pins.add([pin], [made(pin)])
        assert pin.status(NOON) is status
        assert [one for one in PinStatus if await ids(pins, PinFilter(status=one))] == [status]
        assert bool(await ids(pins, PinFilter())) is (status is not PinStatus.UNPINNED)

    async def test_following_is_kept_whole_or_not_at_all(self, pins: Pins, notices: Notices) -> None:
        pin = a_pin()
        await pins.add([pin], [made(pin)])
        before = await pins.followed()
        orphan = replace(pin, doubt=Doubt.ALTERED)
        step = (orphan, made(orphan, Deed.ORPHANED))
        assert await pins.follow(before, before + 3, [step], [a_notice("k", pin), a_notice("k", pin)]) == 1
        with pytest.raises(Overtaken):
            await pins.follow(before, before + 3, [], [a_notice("other", pin)])
        with pytest.raises(Overtaken):  # the pin is at another revision: neither the notice nor the position is kept
            await pins.follow(before + 3, before + 4, [step], [a_notice("other", pin)])
        assert await pins.followed() == before + 3
        assert await pins.follow(before + 3, before + 4, [], [a_notice("k", pin)]) == 0
        assert [notice.key for notice in await notices.pending("local")] == ["k"]
        assert [one.doubt for one in await pins.of_documents(["d", "e"])] == [Doubt.ALTERED]

    async def test_a_notice_is_delivered_once(self, pins: Pins, notices: Notices) -> None:
        pin = a_pin()
        at = await pins.followed()
        await pins.follow(at, at, [], [a_notice("a", pin), a_notice("b", pin)])
        first, second = await notices.pending("local")
        assert replace(first, number=0) == a_notice("a", pin)
        assert [await notices.delivered(first.number, NOON) for _ in range(2)] == [True, False]
        assert await notices.pending("local") == [second]
        assert await notices.pending("elsewhere") == []

    async def test_expiry_is_to_be_told_until_it_was(self, pins: Pins) -> None:
        pin = a_pin(expires=NOON)
        await pins.add([pin], [made(pin)])
        assert await pins.expiring(NOON - timedelta(seconds=1)) == []
        assert await pins.expiring(LATER) == [pin]
        at = await pins.followed()
        told = replace(a_notice("x", pin), kind=NoticeKind.EXPIRED, at=LATER)
        await pins.follow(at, at, [], [told])
        assert await pins.expiring(LATER) == []
