"""Letters that are written plain by who has no others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.letters import plain
from sources.people import People, Person


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Wałęsa of Łódź", "walesa of lodz"),
        ("Sørensen, Tromsø", "sorensen, tromso"),
        ("Đorđević", "dordevic"),
        ("Ħaż-Żebbuġ", "haz-zebbug"),
        ("Iğdır İZMİR", "igdir izmir"),
        ("Ŧ ŋ Ŋ ĸ", "t n n q"),
        ("Þór Æsir Œuvre Weiß STRAẞE", "thor aesir oeuvre weiss strasse"),
        ("Heydər Əliyev", "heydar aliyev"),
        ("Ɓalarabe Ɗan", "balarabe dan"),
        ("ﬁrst ＡＢＣ ᴀʙᴄ ǆ", "first abc abc dz"),
        ("Göteborg Århus", "goteborg arhus"),
        ("Владимир Ωμέγα 東京", "владимир ωμεγα 東京"),
    ],
)
def test_plain_letters(written: str, typed: str) -> None:
    assert plain(written) == plain(typed) == typed
    assert plain(unicodedata.normalize("NFD", written)) == plain(written.upper()) == typed


def test_no_letter_of_a_european_alphabet_is_left() -> None:
    latin = [chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha()]
    left = [letter for letter in latin if not "".join(filter(str.isalpha, plain(letter))).isascii()]
    assert left == ["ŉ"], "which nobody is to use any more, and which is two"


@given(st.text())
def test_what_is_plain_stays_so(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("label", ["LECH WAŁĘSA", "President Walesa", "Lech Walesa", "Mr. Wałęsa"])
def test_people_are_known_by_either_spelling(label: str) -> None:
    known = People([Person("Lech Wałęsa"), Person("Søren Gade")])
    found = known.who(label)
    assert found is not None
    assert found.name == "Lech Wałęsa"
