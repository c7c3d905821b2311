"""An admin asks why a passage stands where it stands; others neither see the button nor get an answer by it."""

from bot.sandbox import Message
from bot.slack.blocks import buttons
from bot.wording import admin_words, ranking_words, words
from tests.scenarios.newsroom import Newsroom


async def pressed(newsroom: Newsroom, who: str, answer: Message, label: str = ranking_words.WHY) -> Message:
    """What is said when somebody presses the first such button."""
    await newsroom.sandbox.click(who, answer, label, nth=0)
    await newsroom.quiet()
    return newsroom.sandbox.messages("general", as_user=who)[-1]


async def test_an_admin_sees_what_gave_the_score(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("tide turned", who="ada")
    assert answer.buttons[:4] == (words.SHARE, words.CONTEXT, words.CITE, ranking_words.WHY)
    told = await pressed(newsroom, "ada", answer)
    assert told.ephemeral
    assert told.shown.startswith(f"{ranking_words.TITLE}: ")
    assert "tide, passage" in told.shown
    assert "score" in told.shown
    assert ranking_words.MEANS in told.shown
    assert newsroom.sandbox.warnings == []


async def test_a_reporter_has_no_such_button(newsroom: Newsroom) -> None:
    assert ranking_words.WHY not in (await newsroom.ask("tide")).buttons


async def test_the_button_obeys_admins_only(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("tide turned")
    context = next(element for element in answer.elements if element.action_id == buttons.CONTEXT)
    looking = buttons.Looking.parse(context.value or "")
    assert looking.back
    forged = buttons.why(buttons.Ranked(looking.ref, looking.back))
    assert forged
    context.json.update(forged)
    assert (await pressed(newsroom, "rita", answer)).shown == admin_words.ADMINS_ONLY


async def test_a_card_that_left_the_answer_has_nothing_to_explain(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("tide turned", who="ada")
    element = next(element for element in answer.elements if element.action_id == buttons.WHY)
    ranked = buttons.Ranked.parse(element.value or "")
    element.json["value"] = str(buttons.Ranked(ranked.ref, buttons.Asking("ferry bell")))
    assert (await pressed(newsroom, "ada", answer)).shown == ranking_words.CHANGED
