"""Is the quotation right? Asked by command, in a direct message, and of a whole draft from its menu."""

from pathlib import Path

from bot.sandbox import Message
from bot.slack.listeners import check_quotes
from bot.wording import check_words, words
from index.check import Flag, Verdict
from tests.scenarios.newsroom import SECRET, Newsroom, add_secret
from tests.scenarios.test_admin_sources import told
from tests.scenarios.test_asking import check_exact

EXACT = check_words.VERDICTS[Verdict.EXACT]
ALTERED = check_words.VERDICTS[Verdict.ALTERED]
ABSENT = check_words.VERDICTS[Verdict.ABSENT]


async def chosen(newsroom: Newsroom, text: str, *, who: str = "rita") -> list[Message]:
    """Post a message, choose Check Quotes in its menu; what that person is told."""
    message = newsroom.sandbox.say("ed", "general", text)
    seen = len(newsroom.sandbox.messages("general", who))
    assert (await newsroom.sandbox.message_shortcut(who, message, check_quotes.SHORTCUT)).ok
    await newsroom.quiet()
    return list(newsroom.sandbox.messages("general", who)[seen:])


async def test_an_exact_quotation_is_called_exact_and_shown(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("check “counted seven foreign sails before the tide went out”")
    assert answer.ephemeral
    assert EXACT in answer.shown
    assert "lighthouse" in answer.shown
    await check_exact(newsroom, answer)
    assert newsroom.sandbox.warnings == []


async def test_a_changed_number_is_told_loudly(newsroom: Newsroom) -> None:
    answer = await newsroom.ask('check "The lighthouse keeper counted eight foreign sails before the tide went out."')
    assert ALTERED in answer.shown
    assert check_words.FLAGS[Flag.NUMBER] in answer.shown
    assert "eight seven" in answer.shown
    assert "{+eight+}" in answer.text
    await check_exact(newsroom, answer)


async def test_what_is_nowhere_is_not_called_false(newsroom: Newsroom) -> None:
    answer = await newsroom.ask('check "The zeppelin burned above the orchard on Sunday morning."')
    assert ABSENT in answer.shown
    assert "corpus" in answer.shown


async def test_a_word_that_was_no_command_can_be_searched(newsroom: Newsroom) -> None:
    answer = await newsroom.ask('check "tide turned at noon"')
    await newsroom.sandbox.click("rita", answer, words.SEARCH_INSTEAD)
    await newsroom.quiet()
    assert "tide" in newsroom.sandbox.messages("general", "rita")[-1].shown


async def test_every_quotation_of_a_draft_is_checked_those_that_need_a_look_first(newsroom: Newsroom) -> None:
    draft = (
        "The report says “The miller said the tide was none of his business”, and that “The lighthouse keeper counted "
        "nine foreign sails before the tide went out”. It adds: “The ferry waited for the tide until the evening bell”."
    )
    (listed,) = await chosen(newsroom, draft)
    assert listed.ephemeral
    assert listed.shown.startswith(check_words.summary([Verdict.ALTERED, Verdict.EXACT, Verdict.EXACT]))
    assert listed.shown.index("2. ") < listed.shown.index("1. ") < listed.shown.index("3. ")
    await newsroom.sandbox.click("rita", listed, words.CHECK_ONE)
    await newsroom.quiet()
    shown = newsroom.sandbox.messages("general", "rita")[-1]
    assert "nine seven" in shown.shown
    await check_exact(newsroom, shown)


async def test_a_sentence_broken_by_its_attribution_and_short_of_a_word_is_told(newsroom: Newsroom) -> None:
    draft = "'The lighthouse keeper counted,' the report says, 'foreign sails before the tide went out.'"
    (listed,) = await chosen(newsroom, draft)
    assert listed.shown.startswith("2 quotations: 1 altered, 1 exact but for punctuation. 1 needs a look.")
    assert check_words.WITH_BEFORE in listed.shown
    assert check_words.WITH_BEFORE in listed.text
    assert "The lighthouse keeper counted, seven foreign sails" in listed.shown
    assert "[-seven-]" in listed.text


async def test_what_is_nowhere_leads_to_the_nearest_and_never_to_a_record(newsroom: Newsroom) -> None:
    near, nowhere = "The tide waited for the ferry until the morning", "Zeppelins burned above orchards on Sunday"
    (listed,) = await chosen(newsroom, f"It says “{near}”, and “{nowhere}”.")
    assert listed.shown.count(ABSENT) == 2
    assert words.CHECK_ONE not in str(listed.blocks)
    assert str(listed.blocks).count(words.CHECK_NEAREST) == 1
    await newsroom.sandbox.click("rita", listed, words.CHECK_NEAREST)
    await newsroom.quiet()
    assert words.ONLY_NEAREST in newsroom.sandbox.messages("general", "rita")[-1].shown


async def test_a_draft_of_many_quotations_fits_into_slacks_messages(newsroom: Newsroom) -> None:
    sentence = "He said: “the ferry waited for the tide until the evening {}, whatever the pilots thought of it”.\n"
    parts = await chosen(newsroom, "".join(sentence.format(f"bell number {number}") for number in range(1, 70)))
    assert len(parts) == 4
    assert check_words.untold(69 - 48) in parts[-1].shown


async def test_a_draft_that_quotes_nothing_or_too_much_is_told(newsroom: Newsroom) -> None:
    (nothing,) = await chosen(newsroom, "Nobody is quoted here.")
    assert nothing.shown == check_words.NOTHING_QUOTED
    (too_much,) = await chosen(newsroom, "word " * 3001)
    assert "3,000 words" in too_much.shown


async def test_a_limited_source_makes_no_quotation_exact_for_others(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    assert EXACT in (await newsroom.ask(f'check "{SECRET}"', who="ed")).shown
    others = await newsroom.ask(f'check "{SECRET}"')
    assert ABSENT in others.shown
    assert "ledger" not in others.shown
    assert "silver" not in others.shown.replace(SECRET, "")


async def test_a_direct_message_is_checked_too(newsroom: Newsroom) -> None:
    await newsroom.sandbox.dm(
        "rita", "check\nHe wrote “the tide turned at noon” and “seven foreign sails before dawn”."
    )
    await newsroom.quiet()
    assert "2 quotations" in told(newsroom, "rita")[-1].shown
