"""Checking quotations at the desk: the verdict, whose words they are, where they stand, and who may know."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.asking.cards import Checked
from bot.asking.desk import Desk
from bot.checks.checks import MOST_DRAFT_WORDS, MOST_WORDS, Checks
from bot.errors import BadRequest
from bot.roles import Person
from bot.store.audit import AuditEntry
from bot.store.readings import Reading
from bot.store.sources import SourceRecord
from bot.wording import check_words
from index.check import Flag, Op, Verdict
from index.hit import Match
from index.sync import drain
from index.whoosh_engine import WhooshEngine
from sources.document import Document, Raw
from sources.people import People
from sources.people import Person as Known
from tests.bot.asking.test_desk import KeptShares
from tests.fakes.archive import FakeArchive
from tests.fakes.corpus import made, spoken
from tests.fakes.pinning import NoPins
from tests.fakes.source import NOON

ANN = Person("w", "U1", memberships=frozenset({"C1"}))
BOB = Person("w", "U2")
PEOPLE = People([Known("Augusta Finch", ("Gussie Finch",)), Known("Oliver Reed")])

HEARING = spoken(
    "hearing.txt",
    [
        ("MS. FINCH", "The harbor lost three hundred boats that winter, and nobody told the council about it."),
        ("MR. REED", "We would have sent help if anybody had asked us. But the wires were down for a week."),
    ],
    published="1962-03-01",
)
COPY = made("copy.txt", HEARING.text.replace("MS. FINCH: ", ""), published="1970-01-01", title="A reprint")
SPEECH = made("speech.txt", "The lighthouse stays where it stands, whatever the surveyors say.", published="1980-05-05")


@dataclass
class KeptAudit:
    kept: list[AuditEntry] = field(default_factory=list[AuditEntry])

    async def write(self, entry: AuditEntry) -> None:
        self.kept.append(entry)

    async def entries(self, workspace_id: str, limit: int) -> Sequence[AuditEntry]:
        return self.kept[:limit]


@dataclass
class Newsroom:
    """The checks on an archive in memory and a real index."""

    engine: WhooshEngine
    archive: FakeArchive = field(default_factory=FakeArchive)
    audit: KeptAudit = field(default_factory=KeptAudit)

    @property
    def checks(self) -> Checks:
        desk = Desk(
            self.archive,
            self.engine,
            self.audit,
            KeptShares(),
            lambda: NOON,
            pins=NoPins(),
        )
        return Checks(desk, self.engine, PEOPLE)

    async def stored(self, *documents: Document, source: str = "s", visible_to: frozenset[str] = frozenset()) -> None:
        record = SourceRecord(source, "w", source, "folder", f"/{source}", NOON, visible_to)
        if source not in {each.id for each in await self.archive.sources("w")}:
            await self.archive.add_source(record)
        for document in documents:
            raw = Raw(document.location, document.text.encode(), "text/plain", NOON)
            await self.archive.record(record, [Reading(document.location, "f", "plain/1", raw, (document,))])
        await drain(self.archive, self.engine)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    engine = WhooshEngine(tmp_path / "index", people=PEOPLE)
    room = Newsroom(engine)
    await room.stored(HEARING, COPY, SPEECH)
    yield room
    await engine.close()


def marked(checked: Checked) -> list[str]:
    """The words that are marked in the first card."""
    card = checked.cards[0]
    return [card.text[span.start : span.end] for span in card.spans]


async def test_exact_words_with_their_speaker_date_and_other_places(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "“nobody told the council about it”", speaker="Gussie Finch")
    assert (checked.verdict, checked.flags) == (Verdict.EXACT, ())
    card = checked.cards[0]
    assert card.speaker is not None
    assert (card.speaker.label, card.document.location) == ("MS. FINCH", "hearing.txt")
    assert marked(checked) == ["nobody told the council about it"]
    assert [place.document.location for place in card.also_in] == ["copy.txt"]
    assert check_words.flag_lines(checked) == ()


async def test_letters_that_only_look_the_same_are_told(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "The harbor lost three hundred bоats that winter")
    assert checked.verdict is Verdict.ALTERED
    assert check_words.flag_lines(checked) == (check_words.LOOKALIKE,)


async def test_the_claimed_speaker_is_compared_by_the_table_of_people(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "The harbor lost three hundred boats that winter", speaker="Oliver Reed")
    # The reprint names nobody, so it does not contradict; the record does.
    assert checked.verdict is Verdict.EXACT
    assert Flag.SPEAKER in checked.flags
    assert "It was not Oliver Reed who said it, by the record." in check_words.flag_lines(checked)


async def test_a_record_without_a_speaker_is_told_and_is_no_contradiction(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "The lighthouse stays where it stands", speaker="Oliver Reed")
    assert checked.flags == ()
    assert check_words.flag_lines(checked) == (check_words.NO_SPEAKER,)


async def test_words_that_a_speaker_quotes_are_not_theirs(room: Newsroom) -> None:
    letter = "The mayor wrote, “Not one boat leaves this harbor before noon,” and signed it."
    await room.stored(spoken("letter.txt", [("MR. REED", letter), ("MS. FINCH", "So I was told.")]))
    for claimed in (None, "Oliver Reed", "Lena Holm"):
        checked = await room.checks.check(BOB, "not one boat leaves this harbor", speaker=claimed)
        assert (checked.verdict, checked.flags) == (Verdict.PUNCTUATION, (Flag.QUOTED,))
    told = "MR. REED quotes these words there: in the record they stand in quotation marks."
    assert check_words.flag_lines(checked) == (told,)
    itself = [("THE MAYOR", "Gentlemen, not one boat leaves this harbor before noon."), ("Q", "Not one?")]
    await room.stored(spoken("order.txt", itself))
    checked = await room.checks.check(BOB, "not one boat leaves this harbor")
    assert (checked.verdict, checked.flags, checked.cards[0].document.location) == (Verdict.EXACT, (), "order.txt")


async def test_altered_words_with_the_difference_and_what_is_loud(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "The harbor lost two hundred boats that winter")
    assert (checked.verdict, checked.flags) == (Verdict.ALTERED, (Flag.NUMBER,))
    assert check_words.marked_diff(checked.diff) == "The harbor lost [-three-] {+two+} hundred boats that winter"
    assert checked.cards[0].document.location == "hearing.txt"


async def test_a_mark_of_doubt_may_be_the_records_own(room: Newsroom) -> None:
    await room.stored(made("log.txt", "The keeper found the lamp below [sic] the deck of the tender."))
    for quote in ("found the lamp below [sic] the deck", "found the lamp [sic] below [sic] the deck"):
        verdict = (await room.checks.check(BOB, quote)).verdict
        assert verdict is (Verdict.EXACT if quote.count("sic") == 1 else Verdict.PUNCTUATION)


async def test_what_follows_is_warned_of_where_it_turns_the_meaning(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "We would have sent help")
    assert (checked.verdict, checked.flags, checked.turns) == (Verdict.EXACT, (Flag.CONTEXT,), "if")
    checked = await room.checks.check(BOB, "We would have sent help if anybody had asked us.")
    assert (checked.flags, checked.turns) == ((Flag.CONTEXT,), "But")


async def test_two_places_made_into_one(room: Newsroom) -> None:
    quote = "nobody told the council about it, whatever the surveyors say of the"
    checked = await room.checks.check(BOB, quote)
    assert checked.verdict is Verdict.JOINED
    assert [card.document.location for card in checked.cards] == ["hearing.txt", "speech.txt"]
    assert "".join(step.claimed for step in checked.diff) == quote
    assert Op.JOIN in {step.op for step in checked.diff}
    assert check_words.SEAM in check_words.marked_diff(checked.diff)


async def test_what_stands_nowhere_is_absent_with_the_nearest_if_there_is_one(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "Every winter the surveyors paint marmalade on velvet zebras")
    assert (checked.verdict, checked.flags, checked.diff) == (Verdict.ABSENT, (), ())
    assert all(card.match is Match.RELATED for card in checked.cards)


async def test_a_closed_source_moves_no_verdict(room: Newsroom) -> None:
    secret = made("secret.txt", "The surveyors were paid twice for the same chart of the bay.", source="closed")
    await room.stored(secret, source="closed", visible_to=frozenset({"C1"}))
    quote = "The surveyors were paid twice for the same chart of the bay."
    assert (await room.checks.check(ANN, quote)).verdict is Verdict.EXACT
    checked = await room.checks.check(BOB, quote)
    assert checked.verdict is Verdict.ABSENT
    assert "secret.txt" not in {card.document.location for card in checked.cards}


async def test_superseded_words_are_found_and_marked(room: Newsroom) -> None:
    changed = made("speech.txt", SPEECH.text.replace("stays where it stands", "will be moved"), published="1980-05-05")
    await room.stored(changed)
    checked = await room.checks.check(BOB, "The lighthouse stays where it stands")
    assert (checked.verdict, checked.flags, checked.superseded) == (Verdict.EXACT, (Flag.SUPERSEDED,), True)
    assert (checked.cards[0].current, checked.cards[0].ref.version) == (False, 1)
    checked = await room.checks.check(BOB, "The lighthouse will be moved, whatever the surveyors say")
    assert (checked.verdict, checked.flags) == (Verdict.EXACT, ())


async def test_a_removed_source_is_not_checked(room: Newsroom) -> None:
    await room.archive.remove_source("s")
    assert (await room.checks.check(BOB, "The lighthouse stays where it stands")).verdict is Verdict.ABSENT


async def test_few_words_are_told_as_too_short_unless_they_stand_so(room: Newsroom) -> None:
    checked = await room.checks.check(BOB, "velvet marmalade")
    assert (checked.verdict, check_words.verdict_line(checked)) == (None, check_words.TOO_SHORT)
    assert (await room.checks.check(BOB, "the surveyors")).verdict is Verdict.EXACT


@pytest.mark.parametrize("quote", ["", " … ", "word " * (MOST_WORDS + 1)])
async def test_what_can_not_be_checked_is_refused_in_one_sentence(room: Newsroom, quote: str) -> None:
    with pytest.raises(BadRequest):
        await room.checks.check(BOB, quote)


DRAFT = (
    "Augusta Finch told the panel, “The harbor lost three hundred boats that winter.” It was a “bad year.”\n\n"
    "Oliver Reed said, “We would have sent boats if anybody had asked us.”\n\n"
    "“Every winter the surveyors paint marmalade on velvet zebras,” he added."
)


async def test_every_quotation_of_a_draft_is_checked_with_whom_the_draft_gives_it_to(room: Newsroom) -> None:
    checked = await room.checks.draft(BOB, DRAFT)
    assert [DRAFT[each.start : each.end] for each in checked.quotes] == [each.checked.quote for each in checked.quotes]
    assert [(each.checked.verdict, each.checked.claimed) for each in checked.quotes][:3] == [
        (Verdict.ALTERED, "Augusta Finch"),  # the record's sentence goes on
        (None, None),
        (Verdict.ALTERED, "Oliver Reed"),
    ]
    assert checked.quotes[3].checked.verdict is Verdict.ABSENT
    assert checked.words == 42


@pytest.mark.parametrize(
    ("second", "verdict", "flags"),
    [
        ("if anybody had asked us.", Verdict.EXACT, (Flag.CONTEXT,)),
        ("had asked us.", Verdict.ALTERED, (Flag.QUALIFIER, Flag.CONTEXT)),
        ("whatever the surveyors say.", Verdict.JOINED, (Flag.CONTEXT,)),
    ],
)
async def test_a_sentence_broken_by_its_attribution_is_checked_as_one(
    room: Newsroom, second: str, verdict: Verdict, flags: tuple[Flag, ...]
) -> None:
    first = "We would have sent help,"
    draft = f"“{first}” Oliver Reed said, “{second}”"
    one, other = (await room.checks.draft(BOB, draft)).quotes
    assert one.checked.verdict is Verdict.PUNCTUATION
    assert (other.checked.verdict, other.checked.flags) == (verdict, flags)
    assert other.with_before is (verdict is not Verdict.EXACT)
    assert other.checked.quote == (f"{first} {second}" if other.with_before else second)
    # What the sentence goes on with is quoted: nothing is left behind.
    assert (one.checked.flags == ()) is not other.with_before


async def test_a_short_half_is_as_sound_as_its_sentence(room: Newsroom) -> None:
    draft = "“The lighthouse,” he said, “stays where it stands,” and “The lighthouse,” she said, “moves.”"
    checked = [one.checked for one in (await room.checks.draft(BOB, draft)).quotes]
    assert [one.verdict for one in checked] == [Verdict.PUNCTUATION, Verdict.EXACT, None, None]


async def test_two_sentences_of_one_speech_are_not_one(room: Newsroom) -> None:
    draft = "“The wires were down for a week,” he said. “We would have sent help if anybody had asked us.”"
    quotes = (await room.checks.draft(BOB, draft)).quotes
    assert not any(one.with_before for one in quotes)


async def test_pieces_that_stand_side_by_side_are_not_joined(room: Newsroom) -> None:
    quote = "The harbour losed three hundred boatz that winter, and nobody told the council about it"
    assert (await room.checks.check(BOB, quote)).verdict is Verdict.ALTERED


async def test_a_draft_without_quotations_and_one_that_is_too_long(room: Newsroom) -> None:
    assert (await room.checks.draft(BOB, "Nothing is quoted here.")).quotes == ()
    with pytest.raises(BadRequest, match="3,000 words"):
        await room.checks.draft(BOB, "word " * (MOST_DRAFT_WORDS + 1))
