"""Spellings and short forms: a table that is read, and questions widened by it."""

from pathlib import Path

import pytest

from index.errors import BadSynonyms
from index.query import parse
from index.query.nodes import AnyForm, Word
from index.synonyms import SHIPPED, Entry, Synonyms, load, widened

TABLE = Synonyms(
    [["AG", "Attorney General"], ["DOJ", "Department of Justice", "Justice Department"], ["US", "United States"]]
)


def forms(question: str) -> dict[str, tuple[str, ...]]:
    query = widened(parse(question), TABLE)
    return {node.word.text: node.forms for node in (*query.wanted, *query.required) if isinstance(node, AnyForm)}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("AG Barr", {"AG": ("Attorney General",)}),
        ("ag barr", {"ag": ("Attorney General",)}),
        ("attorney general barr", {"attorney": ("AG",), "general": ("AG",)}),
        ("attorneys general", {"attorneys": ("AG",), "general": ("AG",)}),
        ("general attorney", {}),
        ("+AG", {"AG": ("Attorney General",)}),
        ("department of justice", dict.fromkeys(("department", "justice"), ("DOJ", "Justice Department"))),
        ("US troops", {"US": ("United States",)}),
        ("united states troops", {}),
        ('"AG" said', {}),
        ('"attorney general"', {}),
        ("title:AG", {}),
    ],
)
def test_a_known_form_is_widened_in_both_directions_outside_of_quotation_marks(
    question: str, found: dict[str, tuple[str, ...]]
) -> None:
    assert forms(question) == found


def test_a_headlines_word_finds_the_records_words_and_is_not_found_by_them(tmp_path: Path) -> None:
    own = tmp_path / "synonyms.toml"
    own.write_text('[[synonyms]]\nforms = ["spy boss", "spyboss"]\nfinds = ["DNI", "US"]\n')
    table = load(own)
    assert [entry for _, _, entry in table.others(["spyboss"])] == [Entry(("spy boss",), ("DNI",))]
    assert "spyboss" not in {form for _, _, entry in table.others(["DNI"]) for form in (*entry.forms, *entry.finds)}
    assert widened(parse("spyboss"), table).wanted == (AnyForm(Word("spyboss"), ("spy boss",), ("DNI",)),)


def test_alternatives_are_widened_too() -> None:
    (either,) = widened(parse("(AG OR dirt)"), TABLE).wanted
    assert either == type(either)((AnyForm(Word("AG"), ("Attorney General",)), Word("dirt")))  # type: ignore[call-arg]


def test_the_answer_tells_what_was_searched_too() -> None:
    understood = widened(parse("AG dirt"), TABLE).understood
    assert understood == "Words: AG, dirt. Spellings and short forms: AG or Attorney General."
    assert widened(parse("dirt"), TABLE) == parse("dirt")


def test_the_newsrooms_own_table_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "synonyms.toml"
    own.write_text('[[synonyms]]\nforms = ["AG", "Aktiengesellschaft"]\n[[synonyms]]\nforms = ["MCC", "Manly Club"]\n')
    table = load(own)
    assert ("MCC", "Manly Club") in table.groups
    assert [group for group in table.groups if group[0] == "AG"] == [("AG", "Aktiengesellschaft")]
    assert len(table.groups) == len(load().groups) + 1
    assert load(tmp_path / "none.toml").groups == load().groups


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[synonyms]]\nforms = [", "can't be read as a table of synonyms"),
        ('[[people]]\nname = "x"', r"should hold entries that begin with \[\[synonyms\]\]"),
        ('synonyms = "x"', r"should hold entries that begin with \[\[synonyms\]\]"),
        ('[[synonyms]]\nforms = ["AG"]', "an entry takes `forms`"),
        ('[[synonyms]]\nfinds = ["AG", "Attorney General"]', "an entry takes `forms`"),
        ('[[synonyms]]\nforms = ["AG"]\nfinds = "Attorney General"', "an entry takes `forms`"),
        ('[[synonyms]]\nforms = ["AG", 3]', "an entry takes `forms`"),
        ('[[synonyms]]\nforms = ["AG", "…"]', "an entry takes `forms`"),
        ('[[synonyms]]\nforms = ["AG", "Attorney General"]\nnote = "x"', "an entry takes `forms`"),
    ],
)
def test_a_table_that_is_none_gets_one_clear_sentence(tmp_path: Path, content: str, message: str) -> None:
    own = tmp_path / "synonyms.toml"
    own.write_text(content)
    with pytest.raises(BadSynonyms, match=message):
        load(own)


def test_the_shipped_table_is_sound() -> None:
    groups = load().groups
    assert SHIPPED.exists()
    assert len(groups) > 100
    assert all(len({form.casefold() for form in group}) == len(group) for group in groups)
