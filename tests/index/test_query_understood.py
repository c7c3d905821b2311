"""What the asker is told of how the query was understood."""

import pytest

from index.query import Query, Sort, describe, parse

UNDERSTOOD = {
    "Barr foreign dirt": "Words: Barr, foreign, dirt.",
    "what did Barr say": "Words: Barr; helping words: what, did, say.",
    "Barr foreign OR dirt": "Words: Barr, (foreign or dirt).",
    "(Barr -dirt) OR zelensky~": "Words: ((Barr, without dirt) or zelensky or one letter off).",
    '"foreign dirt" -help speaker:Barr before:2019-07 sort:newest': (
        "The exact words “foreign dirt”; speaker: Barr; without help; "
        "said or published before 2019-07-01; newest first."
    ),
    "+(foreign OR dirt) Barr": "Words: Barr; all of: (foreign or dirt).",
    "Trump /8 Putin": "Near: Trump and Putin, at most 8 words between.",
    "Trump /1 Putin": "Near: Trump and Putin, at most 1 word between.",
    "one1 /s two2 /s investigat*": "Near: one1, two2 and investigat*, in one sentence.",
    "(Trump /p Putin) OR zelenskyy~2": ("Words: ((Trump and Putin, in one passage) or zelenskyy or two letters off)."),
    "x1 -(dirt help)": "Words: x1; without (dirt and help).",
    "x1 after:2019 sort:oldest": "Words: x1; said or published after 2019-12-31; oldest first.",
    "x1 on:2019-07-25": "Words: x1; said or published on 2019-07-25.",
    "x1 during:2019": "Words: x1; said, published or mentioned from 2019-01-01 to 2019-12-31.",
    "x1 said:2019.. added:..2020": "Words: x1; said from 2019-01-01 on; added up to 2020-12-31.",
}
FIELDS = (
    "Fields are speaker, source, publisher, type, title, tag, story, page, "
    "before, after, on, during, said, published, added, sort."
)
REMARKS = {
    "Mueller: collusion": "The colon in “Mueller:” is read as text.",
    "meeting 10:30": "The colon in “10:30” is read as text.",
    "foo:bar": f"“foo:” is not a field and is read as text. {FIELDS}",
    'foo:"bar"': f"“foo:” is not a field and is read as text. {FIELDS}",
    "speaker: Barr": (
        '“speaker:” is read as text for the blank after it; a field is written speaker:Barr or speaker:"William Barr".'
    ),
    "https://example.org/a/b": "The address “https://example.org/a/b” is read as words.",
    "foreign –dirt": ("The dash before “dirt” is read as text; to leave a word out, write a plain hyphen: -dirt."),
    "2018..2020 dirt": "“2018..2020” is read as text; write during:2018..2020.",
    "foreign | dirt": "“|” is read as text; write OR.",
    '"foreign dirt': "The quotation mark was not closed, so the exact words run to the end.",
    '"investigat* dirt"': "Between quotation marks “*” is read as text.",
    "'foreign dirt'": "Single quotation marks are read as apostrophes; for exact words use double ones.",
}
SILENT = ("Barr's deputy’s memo", "foreign-dirt", "’90s emails", "dirt -", "2016–2018", "dirt?")


@pytest.mark.parametrize(("text", "sentence"), UNDERSTOOD.items(), ids=UNDERSTOOD)
def test_understood(text: str, sentence: str) -> None:
    query = parse(text)
    assert query.understood == sentence
    assert describe(query) == sentence


@pytest.mark.parametrize(("text", "remark"), REMARKS.items(), ids=REMARKS)
def test_what_was_taken_as_text_is_said_after_it(text: str, remark: str) -> None:
    query = parse(text)
    assert query.understood == f"{describe(query)} {remark}"


@pytest.mark.parametrize("text", SILENT)
def test_ordinary_text_is_read_without_remarks(text: str) -> None:
    query = parse(text)
    assert query.understood == describe(query)


def test_a_remark_is_made_once() -> None:
    assert parse("foo:a1 foo:b2").understood.count("not a field") == 1


def test_the_default_order_goes_without_saying() -> None:
    assert parse("dirt sort:relevance").sort is Sort.RELEVANCE
    assert describe(parse("dirt sort:relevance")) == "Words: dirt."


def test_a_query_knows_its_bounds() -> None:
    with pytest.raises(ValueError, match="1 to 1,000"):
        Query("dirt", limit=0)
