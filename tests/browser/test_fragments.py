"""A link made from stored words is found by Chromium in the page that they come from, at their place and no other."""

import random
from pathlib import Path

import pytest

import sources
from tests.browser import nasty
from tests.browser.fragments import Tried, spans, stored, tried
from tests.browser.reading import reading

pytestmark = pytest.mark.browser

SAMPLE = Path(sources.__file__).parent / "sample"
PAGES = 8
LINKS = 5
"""Of each generated page; `python -m tests.bench.fragment_links` opens many more."""


async def test_every_passage_of_the_sample_pages_is_found() -> None:
    found: list[Tried] = []
    async with reading() as reader:
        for file in sorted(SAMPLE.glob("*.html")):
            html = file.read_text(encoding="utf-8")
            document, chance = stored(html), random.Random(file.name)
            found += await tried(reader, html, nasty.APART, document, list(spans(document, chance, 1)))
    assert len(found) > 20
    assert [one for one in found if not one.right] == []


async def test_places_of_nasty_pages_are_found() -> None:
    """The same pages each time. The misses that there are, are counted by the bench; one in ten is let through here."""
    found: list[Tried] = []
    async with reading() as reader:
        for seed in range(PAGES):
            html, chance = nasty.page(seed), random.Random(seed)
            document = stored(html)
            places = list(spans(document, chance, 3))
            found += await tried(reader, html, nasty.APART, document, chance.sample(places, min(LINKS, len(places))))
    missed = [one for one in found if not one.right]
    assert len(missed) <= len(found) // 10, missed


async def test_places_of_a_page_without_blanks_are_found() -> None:
    lines = (
        "".join(f"港口第{number}号渡船在风中停航{chr(0x4E00 + 37 * number + line)}，" for number in range(12)) + "。"
        for line in range(6)
    )
    html = (
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>港口</title></head><body><main><article>"
        + "".join(f"<p>{line}</p>" for line in lines)
        + "</article></main></body></html>"
    )
    document, chance = stored(html), random.Random(1)
    ends = [at + 1 for at, sign in enumerate(document.text) if sign == "，"]
    places = [tuple(sorted(chance.sample(ends, 2))) for _ in range(LINKS)]
    async with reading() as reader:
        found = await tried(reader, html, nasty.APART, document, [(start, end) for start, end in places])
    assert [one for one in found if not one.right] == []


async def test_the_judge_sees_a_fragment_that_fails() -> None:
    html = (
        "<!doctype html><html><head></head><body><main><p>The tide turned at noon, they said.</p></main></body></html>"
    )
    async with reading() as reader:
        address = reader.serve(html)
        for fragment, marked in (("tide%20turned", "tideturned"), ("no%20such%20words", ""), ("ide%20turn", "")):
            letters = await reader.letters(f"{address}#:~:text={fragment}", nasty.APART)
            assert "".join(letter.letter for letter in letters if letter.marked) == marked
