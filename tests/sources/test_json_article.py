"""JSON: articles, lists of them, transcripts, and files in which there is nothing to quote."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Cue, Extract, Raw, Speaker
from sources.errors import NoText, Unreadable
from sources.extract.json_article import extract


def read(data: object) -> Sequence[Extract]:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return extract(Raw("a.json", content, "", datetime(2019, 7, 1, tzinfo=UTC)))


def test_an_article_with_its_facts() -> None:
    (found,) = read(
        {
            "@type": "NewsArticle",
            "headline": "Moss &amp; the pier",
            "author": [{"name": "Ada Moss"}, "Ole Berg"],
            "publisher": {"name": "Bay Post"},
            "datePublished": "2019-06-13T12:30:00-04:00",
            "dateModified": "2019-06-14",
            "url": "https://bay.example/1",
            "inLanguage": "en",
            "articleBody": "The pier was closed.\n\nIt reopened.",
        }
    )
    assert found.text == "The pier was closed.\n\nIt reopened."
    assert (found.title, found.author, found.publisher) == ("Moss & the pier", "Ada Moss, Ole Berg", "Bay Post")
    assert (found.url, found.language, found.part) == ("https://bay.example/1", "en", "")
    assert found.published is not None
    assert found.modified is not None
    assert (found.published.value, found.modified.value) == ("2019-06-13T12:30:00-04:00", "2019-06-14")


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_articles_is_a_document_each(wrapped: bool) -> None:
    items = [
        {"id": "p1", "title": "Pier", "content_html": "<p>The pier was <b>closed</b>.</p><script>x()</script>"},
        {"title": "Lamp", "body": ["It was broken.", "It is not."]},
        {"title": "No text"},
    ]
    found = read({"version": "1", "items": items} if wrapped else items)
    assert [(one.part, one.title, one.text) for one in found] == [
        ("p1", "Pier", "The pier was closed."),
        ("2", "Lamp", "It was broken.\n\nIt is not."),
    ]


def test_a_transcript_has_turns_with_seconds() -> None:
    turns = [{"speaker": "Ada Moss", "text": "Order.", "start": 1.5, "end": 2}, {"speaker": "BERG", "text": "Yes."}]
    (found,) = read({"title": "Hearing", "date": "2019-06-13", "transcript": turns})
    assert (found.title, found.text) == ("Hearing", "Ada Moss: Order.\n\nBERG: Yes.")
    assert [m.value for m in found.marks] == [Speaker("Ada Moss", "Ada Moss"), Cue(1.5, 2.0), Speaker("BERG")]
    (same,) = read(turns)
    assert same.text == found.text


@pytest.mark.parametrize(
    "data", [{}, [], None, 3, "words and words", {"fact": {"title": "Debate"}, "seconds": 12}, {"text": "ok"}, [1, [2]]]
)
def test_a_file_with_nothing_to_quote_says_so(data: object) -> None:
    with pytest.raises(NoText, match=r"text to quote\.$"):
        read(data)


@pytest.mark.parametrize("content", [b"", b"{", b'{"text": "a b"', b"[" * 200_000, b"\xff\xfe\x00"])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read(content)


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_NAMES = st.sampled_from(["text", "speaker", "date", "title", "author", "body", "items", "time", "id", "url"])
_JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4))


@given(_JSON)
def test_any_json_gives_documents_or_one_sentence(data: object) -> None:
    try:
        found = read(data)
    except NoText:
        return
    assert all(document.text.strip() for document in found)


def test_articles_are_found_wherever_they_stand_and_an_invisible_one_costs_no_other() -> None:
    inside = {"response": {"docs": [{"body": "The pier was closed."}, {"body": "\u200b \u200b"}]}}
    assert [one.text for one in read(inside)] == ["The pier was closed."]
    assert [one.text for one in read({"data": {"article": inside["response"]["docs"][0]}})] == ["The pier was closed."]


def test_values_may_follow_one_another() -> None:
    content = '{"body":\n "The pier was closed."}\n\n{"body": "It\u2028reopened."}'.encode()
    assert [one.text for one in extract(Raw("a.json", content, "", datetime(2019, 7, 1, tzinfo=UTC)))] == [
        "The pier was closed.",
        "It\nreopened.",
    ]


def test_a_broken_line_costs_a_file_of_many_lines_no_other() -> None:
    lines = [json.dumps({"title": f"No. {number}", "body": f"Words of item {number}."}) for number in range(1, 6)]
    found = read("\n".join([*lines[:2], '{"title": "a "quote" in it"}', lines[3], lines[4][:-5]]).encode())
    assert [(one.title, one.part) for one in found] == [("No. 1", "1"), ("No. 2", "2"), ("No. 4", "4")]
    assert found[0].warnings == ("2 of 5 lines are broken and were left out: 3, 5.",)
    assert not found[1].warnings


def test_line_ends_in_a_text_and_padding_behind_it_are_forgiven() -> None:
    (found,) = read(b'{"body": "The pier\nwas closed."}\n\0\0')
    assert found.text == "The pier\nwas closed."
