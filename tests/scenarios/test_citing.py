"""A reporter copies a citation: from an answer, and from a card that somebody shared."""

from pathlib import Path

import pytest

from bot.citations import Style
from bot.roles import operator
from bot.sandbox import Message, View
from bot.slack.blocks import buttons
from bot.wording import words
from tests.scenarios.newsroom import SECRET, Newsroom, add_secret

FERRY = "The ferry waited for the tide until the evening bell."


async def cited(newsroom: Newsroom, message: Message, *, who: str = "rita") -> View:
    """Press the button, and wait for what the modal shows in the end."""
    await newsroom.sandbox.click(who, message, words.CITE, nth=0)
    await newsroom.quiet()
    view = newsroom.sandbox.view_of(who)
    assert view is not None
    return view


def boxes(view: View) -> list[str]:
    """What can be selected and copied."""
    parts = [part for block in view.blocks if block["type"] == "rich_text" for part in block["elements"]]
    return [part["elements"][0]["text"] for part in parts if part["type"] == "rich_text_preformatted"]


async def test_an_answer_is_cited_in_every_form(newsroom: Newsroom) -> None:
    view = await cited(newsroom, await newsroom.ask("ferry bell"))
    assert view.source["title"]["text"] == words.CITATION_TITLE
    assert len(boxes(view)) == len(Style)
    assert all(FERRY in box for box in boxes(view))
    assert all(name in view.shown for name in words.CITATION_FORMS.values())
    assert words.CITATION_CUT not in view.shown
    assert newsroom.sandbox.messages("general", as_user="ed") == ()


async def test_whoever_sees_a_shared_card_cites_it_for_themselves(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("ferry bell")
    await newsroom.sandbox.click("rita", answer, words.SHARE, nth=0)
    await newsroom.quiet()
    (card,) = newsroom.sandbox.messages("general", as_user="ed")
    view = await cited(newsroom, card, who="ed")
    assert all(FERRY in box for box in boxes(view))
    assert newsroom.sandbox.view_of("rita") is None
    assert len(newsroom.sandbox.messages("general", as_user="ed")) == 1


async def test_markup_of_a_source_is_words_in_every_form(newsroom: Newsroom) -> None:
    view = await cited(newsroom, await newsroom.ask("harbor master foreign ships"))
    ap, chicago, markdown, plain, html = boxes(view)
    assert all("saw <!channel> & *foreign* ships under `false` flags." in box for box in (ap, chicago, plain))
    assert r"saw \<!channel\> \& \*foreign\* ships under \`false\` flags." in markdown
    assert "saw &lt;!channel&gt; &amp; *foreign* ships under `false` flags." in html


async def test_a_long_passage_is_cut_and_says_so(newsroom: Newsroom, ledger: Path) -> None:
    sentence = "The lamplighter <counted> every lantern along the quay & noted it. "
    (ledger / "quay.txt").write_text(sentence * 80)
    await newsroom.application.holdings.add(operator(), str(ledger), name="quay")
    view = await cited(newsroom, await newsroom.ask("lamplighter lantern"))
    assert words.CITATION_CUT in view.shown or sentence.strip() in boxes(view)[0]
    assert all(len(box) <= 3000 for box in boxes(view))


@pytest.mark.parametrize("value", ["stolen", "d0:1:0-5", "nonsense"])
async def test_rights_are_checked_again_when_the_button_is_pressed(
    newsroom: Newsroom, ledger: Path, value: str
) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    secret = await newsroom.ask("smugglers silver", who="ed")
    answer = await newsroom.ask("ferry bell")
    stolen = next(element.value for element in secret.elements if element.action_id == buttons.CITE)
    element = next(element for element in answer.elements if element.action_id == buttons.CITE)
    element.json["value"] = stolen if value == "stolen" else value
    await newsroom.sandbox.click("rita", answer, words.CITE, nth=0)
    await newsroom.quiet()
    view = newsroom.sandbox.view_of("rita")
    said = view.shown if view else newsroom.sandbox.messages("general", "rita")[-1].shown
    assert SECRET not in said
    assert said.endswith(("may not read it.", words.UNREADABLE_BUTTON))
