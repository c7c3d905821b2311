"""The sample corpus: every brief says what it is, and quotes nothing but the quotations confirmed for it."""

import asyncio
import re
from collections import Counter
from pathlib import Path

import pytest

from sources.connectors.folder import FolderSource
from sources.document import Extract, Quoted
from sources.extract import Extractors
from sources.port import Discovery

SAMPLE = Path(__file__).parents[2] / "sources/sample"

QUOTATIONS = """
The Russian government interfered in the 2016 presidential election in sweeping and systematic fashion.
did not establish that members of the Trump Campaign conspired or coordinated with the Russian government in its election interference activities
expecting to receive derogatory information about Hillary Clinton from the Russian government
no judicial decision has treated the voluntary provision of uncompensated opposition research or similar information as a thing of value
the Office decided not to pursue criminal campaign-finance charges against Trump Jr. or other campaign officials
If a foreign intelligence service does, yes.
I think I'd take it
If I thought there was something wrong, I'd go maybe to the FBI
It is illegal for any person to solicit, accept, or receive anything of value from a foreign national in connection with a U.S. election.
Anyone who solicits or accepts foreign assistance risks being on the wrong end of a federal investigation.
a contribution or donation of money or other thing of value
a person to solicit, accept, or receive a contribution or donation
I would like you to do us a favor though
So whatever you can do with the Attorney General would be great.
using the power of his office to solicit interference from a foreign country in the 2020 U.S. election
I was not a direct witness to most of the events described.
there was no campaign finance violation and that no further action was warranted
moving forward with an official impeachment inquiry
The President must be held accountable. No one is above the law.
I think it's crazy to withhold security assistance for help with the political campaign
I do not believe the United States should ask other countries to engage in selective, politically-associated investigations or prosecutions
I was shocked and devastated that I would feature in a phone call between two heads of state in such a manner
Well, it's very intimidating.
It is improper for the President of the United States to demand a foreign government investigate a US citizen and a political opponent.
This is the country I've served and defended, that all of my brothers have served, and here right matters.
Mayor Giuliani raised and I rejected the conspiracy theory that Vice President Biden would have been influenced
I feared at the time of the call, on July 25th, how its disclosure would play in Washington's political climate.
with regard to the requested White House call and the White House meeting, the answer is yes
Everyone was in the loop. It was no secret.
This is a fictional narrative that has been perpetrated and propagated by the Russian Security Services themselves.
President Zelensky will do anything you ask him to do.
Russia, if you're listening, I hope you're able to find the 30,000 emails that are missing.
Within approximately five hours of Trump's statement, GRU officers targeted for the first time Clinton's personal office.
China should start an investigation into the Bidens
certainly something we can start thinking about
We have no intention of intervening in the domestic affairs of the United States
foreign influence is one of the most baneful foes of republican government
it becomes the instrument of the very influence to be avoided, instead of a defense against it
if it's what you say I love it especially later in the summer
part of Russia and its government's support for Mr. Trump
The Russian government directed extensive activity, beginning in at least 2014 and carrying into at least 2017, against U.S. election infrastructure
no evidence that any votes were changed or that any voting machines were manipulated
""".strip().splitlines()  # noqa: E501  # one quotation a line

ANSWERED = {
    "Barr foreign dirt": "barr-senate-judiciary-2019-05-01.md",
    "Trump ABC interview": "trump-abc-interview-2019-06-12.md",
    "Weintraub statement": "weintraub-statement-2019-06-13.md",
    "52 U.S.C. 30121": "52-usc-30121.html",
    "Mueller report campaign-finance": "mueller-report-campaign-finance.md",
    "Zelenskyy call": "trump-zelenskyy-call-2019-07-25.md",
    "whistleblower complaint": "whistleblower-complaint-2019-08-12.html",
    "Trump Tower meeting Veselnitskaya": "mueller-report.pdf",
    "Sondland quid pro quo": "hearing-sondland-2019-11-20.txt",
    "Washington foreign influence": "washington-farewell-address-1796.vtt",
}


@pytest.fixture(scope="module")
def discovery() -> Discovery:
    return asyncio.run(FolderSource(SAMPLE).discover())


@pytest.fixture(scope="module")
def extracts(discovery: Discovery) -> dict[str, Extract]:
    """Every brief as it is read, by its location."""

    async def read() -> dict[str, Extract]:
        source = FolderSource(SAMPLE)
        found: dict[str, Extract] = {}
        async with Extractors(processes=1) as extractors:
            for item in discovery.items:
                [found[item.location]] = await extractors.extract(await source.fetch(item))
        return found

    return asyncio.run(read())


@pytest.fixture(scope="module")
def texts(extracts: dict[str, Extract]) -> dict[str, str]:
    """The text of every brief, with straight quotes and apostrophes."""
    plain = str.maketrans("“”‘’", "\"\"''")
    return {location: extract.text.translate(plain) for location, extract in extracts.items()}


def test_every_file_has_its_manifest_line_and_every_line_its_file(discovery: Discovery) -> None:
    assert not discovery.refused
    for item in discovery.items:
        declared = item.declared
        assert declared.title
        assert (declared.publisher, declared.kind) == ("Quotedesk (summary)", "brief")
        assert declared.published
        assert declared.url is None, "a brief's link opens our own text"


def test_about_twenty_small_briefs_in_six_formats(discovery: Discovery) -> None:
    formats = Counter(Path(item.location).suffix for item in discovery.items)
    assert set(formats) == {".md", ".html", ".pdf", ".docx", ".vtt", ".txt"}
    assert min(formats.values()) >= 2
    assert 18 <= formats.total() <= 24
    assert all((SAMPLE / item.location).stat().st_size < 40_000 for item in discovery.items)


def test_every_brief_says_what_it_is_and_what_it_rests_on(texts: dict[str, str]) -> None:
    for location, text in texts.items():
        assert "summary by Quotedesk" in text, location
        body, based, record = text.partition("Based on: ")
        assert based, location
        assert len(record.split()) >= 5, location
        assert "http" not in body, location
        assert 120 <= len(body.split()) <= 440, location


def test_every_quotation_is_a_confirmed_one_and_all_are_used(texts: dict[str, str]) -> None:
    quoted: set[str] = set()
    for location, text in texts.items():
        assert text.count('"') % 2 == 0, location
        quoted |= {" ".join(quotation.split()) for quotation in re.findall(r'"([^"]*)"', text)}
    assert quoted == set(QUOTATIONS)


def test_some_quotations_have_speakers(extracts: dict[str, Extract]) -> None:
    quoted = {
        (mark.value.speaker.person, extract.text[mark.start : mark.end].partition(" ")[0])
        for extract in extracts.values()
        for mark in extract.marks
        if isinstance(mark.value, Quoted)
    }
    assert quoted == {
        ("William P. Barr", "If"),
        ("Fiona Hill", "This"),
        ("Gordon Sondland", "with"),
        ("Gordon Sondland", "Everyone"),
        ("Nancy Pelosi", "The"),
        ("Donald Trump", "I"),
        ("Donald Trump", "If"),
        ("Donald Trump", "China"),
        ("Ellen L. Weintraub", "It"),
        ("Ellen L. Weintraub", "Anyone"),
    }


def test_the_pdfs_have_two_pages(discovery: Discovery) -> None:
    pdfs = [item.location for item in discovery.items if item.location.endswith(".pdf")]
    for location in pdfs:
        assert len(re.findall(rb"/Type /Page\b", (SAMPLE / location).read_bytes())) == 2


@pytest.mark.parametrize("query", ANSWERED)
def test_a_natural_query_finds_all_its_words_in_one_paragraph_and_its_title(
    query: str, texts: dict[str, str], discovery: Discovery
) -> None:
    title = next(item.declared.title for item in discovery.items if item.location == ANSWERED[query])
    paragraphs = re.split(r"\n\s*\n", texts[ANSWERED[query]])
    words = query.lower().split()
    assert any(all(word in f"{title} {paragraph}".lower() for word in words) for paragraph in paragraphs)


def test_the_first_question_is_answered_from_one_paragraph_alone(texts: dict[str, str]) -> None:
    having = [
        location
        for location, text in texts.items()
        for paragraph in re.split(r"\n\s*\n", text)
        if {"barr", "foreign", "dirt"} <= set(re.findall(r"\w+", paragraph.lower()))
    ]
    assert having == ["barr-senate-judiciary-2019-05-01.md"]
