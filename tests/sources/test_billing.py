"""Titles that say who the labels of a transcript's turns mean."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from sources.billing import Billing
from sources.document import Certainty, Extract, Raw, Speaker
from sources.extract import html, json_article, markdown, plain

BRIEFING = (
    "Press Briefing by Press Secretary Ana Ruiz, Secretary of Energy Lin Osei, NSC Coordinator for Strategic "
    "Communications Tor B. Holm, and Governor Mia Vega Lund | Reno, NV"
)


@pytest.mark.parametrize(
    ("title", "label", "person"),
    [
        (BRIEFING, "MS. RUIZ", "Ana Ruiz"),
        (BRIEFING, "SECRETARY OSEI", "Lin Osei"),
        (BRIEFING, "Mr. Holm", "Tor B. Holm"),
        (BRIEFING, "GOVERNOR VEGA LUND", "Mia Vega Lund"),
        (BRIEFING, "ANA RUIZ", None),
        (BRIEFING, "MR. RENO", None),
        (BRIEFING, "MS. ENERGY", None),
        (BRIEFING, "THE SECRETARY", None),
        (BRIEFING, "Q", None),
        ("Remarks by President Sandoval Before a Meeting of Pilots", "THE PRESIDENT", "Sandoval"),
        ("Remarks by President Sandoval Before a Meeting of Pilots", "THE VICE PRESIDENT", None),
        ("Remarks by Vice President Okoro in Reno", "THE VICE PRESIDENT", "Okoro"),
        ("Remarks by Vice President Okoro in Reno", "THE PRESIDENT", None),
        ("Remarks By President Sandoval On Ferries", "THE PRESIDENT", "Sandoval"),
        ("Former President Sandoval Speaks", "THE PRESIDENT", None),
        ("Call With Senior Advisor to the President Gene Ito", "THE PRESIDENT", None),
        ("President Sandoval and President Adeyemi of Lagonia Hold a Press Conference", "THE PRESIDENT", None),
        ("President Sandoval’s Weekly Address", "THE PRESIDENT", "Sandoval"),
        ("President Joe Biden Speaks in Reno", "THE PRESIDENT", "Joe Biden"),
        ("Interview of Mayor Ito and Rosa Ito by Jo Ann Lee", "MS. ITO", None),
        ("Interview of Mayor Ito and Rosa Ito by Jo Ann Lee", "MS. LEE", "Jo Ann Lee"),
        ("Interview of the Pilot: Moderator’s Notes", "MODERATOR", None),
        ("REMARKS BY PRESIDENT SANDOVAL", "THE PRESIDENT", None),
        ("", "THE PRESIDENT", None),
    ],
)
def test_a_label_means_the_one_person_whom_the_title_can_mean(title: str, label: str, person: str | None) -> None:
    assert Billing(title, "Good evening.").who(label) == person


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Thank you, Luz Sandoval.", "Luz Sandoval"),
        ("Thank you, President Sandoval.", "Sandoval"),
        ("Eva Sandoval thanks her sister Luz Sandoval.", "Sandoval"),
    ],
)
def test_the_text_tells_the_name_in_full(text: str, person: str) -> None:
    assert Billing("Remarks by President Sandoval on Ferries", text).who("THE PRESIDENT") == person


TURNS = (
    "MS. RUIZ: Good afternoon. No boat sails empty.\n\nQ: Why?\n\nMS. RUIZ: Because it pays.\n\nMR. COLE: Hear, hear.\n"
)
TITLE = "Press Briefing by Press Secretary Ana Ruiz"


@pytest.mark.parametrize(
    ("read", "name", "content"),
    [
        (markdown.extract, "a.md", f"---\ntitle: {TITLE}\n---\n{TURNS}"),
        (markdown.extract, "a.md", f"# {TITLE}\n\n{TURNS}"),
        (plain.extract, "a.txt", f"Title: {TITLE}\nDate: 2024-05-01\n\n{TURNS}"),
        (
            html.extract,
            "a.html",
            f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
            + "".join(f"<p>{line}</p>" for line in TURNS.split("\n\n"))
            + "</article></body></html>",
        ),
        (json_article.extract, "a.json", f'{{"title": "{TITLE}", "body": {TURNS!r}}}'.replace("'", '"')),
    ],
)
def test_turns_carry_the_person_beside_the_records_label(
    read: Callable[[Raw], Sequence[Extract]], name: str, content: str
) -> None:
    (found,) = read(Raw(name, content.encode(), "", datetime.now(UTC)))
    speakers = [mark.value for mark in found.marks if isinstance(mark.value, Speaker)]
    ruiz = Speaker("MS. RUIZ", "Ana Ruiz", Certainty.RECORD)
    assert speakers == [ruiz, Speaker("Q"), ruiz, Speaker("MR. COLE")]
