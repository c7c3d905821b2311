"""The table of people: which labels and names mean whom, and the newsroom's own file over the shipped one."""

from pathlib import Path

import pytest

from sources.people import BadPeople, People, Person, load

BARR = Person("William Barr", ("Bill Barr", "AG Barr"))
KENT = Person("George Kent", ("George P. Kent",), shared=True)
PEOPLE = People([BARR, KENT, Person("Donald Trump", ("President Trump",)), Person("Ivanka Trump")])


@pytest.mark.parametrize(
    "label",
    [
        "BARR",
        "Barr",
        "Mr. Barr",
        "MR. BARR",
        "William Barr",
        "William P. Barr",
        "ATTORNEY GENERAL BARR",
        "AG Barr",
        "Attorney General Bill Barr",
        "Attorney General William Barr",
        "Barr (via video)",
        "Bill Barr, Attorney General",
    ],
)
def test_every_form_of_a_name_means_the_person(label: str) -> None:
    assert PEOPLE.who(label) == BARR


@pytest.mark.parametrize(
    "label", ["Bob Barr", "Trump", "Mr. Trump", "THE PRESIDENT", "Q", "", "Bill", "Kent", "Mr. Kent"]
)
def test_who_may_be_anybody_is_nobody(label: str) -> None:
    assert PEOPLE.who(label) is None


def test_an_office_that_is_a_form_tells_relatives_apart() -> None:
    found = PEOPLE.who("PRESIDENT TRUMP")
    assert found
    assert found.name == "Donald Trump"


def test_a_shared_surname_needs_a_text_that_names_the_person_in_full() -> None:
    assert PEOPLE.who("Mr. Kent", "The witness is George P. Kent.") == KENT
    assert PEOPLE.who("Mr. Kent", "The witness is Ada Kent.") is None
    assert PEOPLE.who("George Kent") == KENT


def test_the_shipped_table_knows_people_by_their_forms() -> None:
    people = load()
    assert len(people.people) > 60
    names = {
        label: found.name if (found := people.who(label)) else None for label in ("Bill Barr", "MUELLER", "Mr. Hill")
    }
    assert names == {"Bill Barr": "William Barr", "MUELLER": "Robert Mueller", "Mr. Hill": None}


def test_the_newsrooms_own_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "people.toml"
    before = load(own)
    own.write_text(
        '[[people]]\nname = "Ada Moreno"\nforms = ["Addie Moreno"]\n[[people]]\nname = "William Barr"\nforms = []\n',
        encoding="utf-8",
    )
    people = load(own)
    assert people.digest != before.digest
    assert people.who("Addie Moreno") == Person("Ada Moreno", ("Addie Moreno",))
    assert people.who("Bill Barr") is None
    assert people.who("Jim Comey") is not None


@pytest.mark.parametrize(
    "content",
    [
        "[[people]]\nname = 3\n",
        "[[people]]\n",
        '[[people]]\nname = "A B"\nform = ["C"]\n',
        "people = 3\n",
        "][",
        "ÿ",
        '[[people]]\nname = "A B"\nforms = "C"\n',
        '[[person]]\nname = "A B"\n',
        'people = ["A B"]\n',
    ],
)
def test_a_table_that_can_t_be_used_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    own = tmp_path / "people.toml"
    own.write_bytes(content.encode("latin-1"))
    with pytest.raises(BadPeople, match=r"people\.toml"):
        load(own)
