"""What is refused, and the one sentence that says how to mend it."""

import pytest

from index.errors import BadQuery
from index.query import parse

REFUSED = {
    "": "There is no word here to look for: write a few, such as Barr foreign dirt.",
    " … !? ": "There is no word here to look for: write a few, such as Barr foreign dirt.",
    "🔥": "There is no word here to look for: write a few, such as Barr foreign dirt.",
    "-dirt": "This only says what to leave out: write as well what to look for, as in Barr -dirt.",
    "NOT dirt before:2019": "This only says what to leave out: write as well what to look for, as in Barr -dirt.",
    "before:2019": "A date or an order alone finds everything: write as well what to look for, as in Barr before:2019.",
    "sort:newest": "A date or an order alone finds everything: write as well what to look for, as in Barr before:2019.",
    'Barr ""': "There is nothing between the quotation marks: write the exact words there, or take them out.",
    'Barr "': "There is nothing between the quotation marks: write the exact words there, or take them out.",
    "“ … ”": "There is nothing between the quotation marks: write the exact words there, or take them out.",
    "Barr OR": "“OR” needs a word on both sides; to search the word itself, write “or”.",
    "OR Barr": "“OR” needs a word on both sides; to search the word itself, write “or”.",
    "Barr OR OR dirt": "“OR” needs a word on both sides; to search the word itself, write “or”.",
    "(Barr OR) dirt": "“OR” needs a word on both sides; to search the word itself, write “or”.",
    "Barr NOT": "“NOT” needs a word after it; to search the word itself, write “not”.",
    "Barr NOT -dirt": "“NOT” needs a word after it; to search the word itself, write “not”.",
    "Barr -OR": "“-” needs a word after it.",
    "Barr OR -dirt": "OR joins what may be found; write what is left out beside it: (a OR b) -c.",
    "Barr (-dirt) OR x": "A bracket holds only what is left out: write in it something to find as well.",
    "Barr NEAR": "“NEAR” needs a word on both sides; to search the word itself, write “near”.",
    "/8 Barr": "“/8” means near and needs a word on both sides.",
    "Barr /s OR dirt": "“/s” means near and needs a word on both sides.",
    "Barr /0 dirt": "Near means at most 1 to 100 words between; 0 is outside that.",
    "Barr NEAR/101 dirt": "Near means at most 1 to 100 words between; 101 is outside that.",
    '"foreign dirt"~500': "Near means at most 1 to 100 words between; 500 is outside that.",
    '"foreign dirt"~': "“~” after a phrase needs a number of words, as in “foreign dirt”~8.",
    '"foreign"~8': "“foreign”~8 needs two words or more between the quotation marks.",
    "Barr /8 speaker:dirt": "Near joins words, phrases and brackets of OR, as in dirt /8 (Clinton OR Hillary).",
    "-Barr /8 dirt": "Near joins words, phrases and brackets of OR, as in dirt /8 (Clinton OR Hillary).",
    "Barr /8 (foreign dirt)": "Near joins words, phrases and brackets of OR, as in dirt /8 (Clinton OR Hillary).",
    'Barr /8 "foreign dirt"~3': "Near joins words, phrases and brackets of OR, as in dirt /8 (Clinton OR Hillary).",
    "(Barr": "A bracket is opened and never closed: write “)” where it ends, or take “(” out.",
    "Barr)": "A bracket is closed that was never opened: take “)” out, or write “(” before it.",
    "Barr ()": "There is nothing between the brackets: write something there, or take them out.",
    "((((((((( Barr )))))))))": "Brackets stand in one another more than 8 deep; write the query with fewer.",
    "*gate": "A word can't begin with “*”: write at least three letters before it, as in investigat*.",
    "*": "A word can't begin with “*”: write at least three letters before it, as in investigat*.",
    "*Barr*": "A word can't begin with “*”: write at least three letters before it, as in investigat*.",
    "in*": "“in*” is too short: write at least three letters before “*”, as in investigat*.",
    "foreign/dirt*": "“*” stands for letters of one word, as in investigat*; “foreign/dirt*” is not one word.",
    "investigat*~": "“*” stands for letters of one word, as in investigat*; “investigat*~” is not one word.",
    "ag~": "“ag~” is too short: “~” finds other spellings of words of three letters or more.",
    "barr~2": "“~2” needs a word of eight letters or more; write barr~ for spellings one letter away.",
    "zelensky~3": "“~3” can't be: write zelensky~ for spellings one letter away, or ~2 for two.",
    "speaker:": 'Nothing stands after “speaker:”; write speaker:Barr or speaker:"William Barr".',
    "dirt (before:)": "Nothing stands after “before:”; write before:2019.",
    "dirt title:,": 'Nothing stands after “title:”; write title:"opening statement".',
    "speaker:-Barr": "To leave a speaker out, put the minus first: -speaker:Barr.",
    "title:(speaker:Barr)": "“title:” takes words, exact words and brackets of them, not near and no other field.",
    "title:(foreign /5 dirt)": "“title:” takes words, exact words and brackets of them, not near and no other field.",
    "title:(before:2019)": (
        "A date or an order stands by itself: take it out of the brackets, and away from OR and near."
    ),
    'dirt before:"': "Nothing stands after “before:”; write before:2019.",
    "page:foo": "“page:” needs the number or label of one page, such as page:12 or page:iv.",
    "page:12*": "“12*” is too short: write at least three letters before “*”, as in investigat*.",
    "dirt before:last spring": ("“before:” needs a date such as 2019, 2019-07 or July 2019; “last spring” is not one."),
    "dirt on:31 February 2019": "“on:” needs a date such as 2019, 2019-07 or July 2019; “31 February 2019” is not one.",
    "before:99999 dirt": "“before:” needs a date such as 2019, 2019-07 or July 2019; “99999” is not one.",
    "on:2019-13-45 dirt": "“on:” needs a date such as 2019, 2019-07 or July 2019; “2019-13-45” is not one.",
    "dirt on:2919": "“on:” needs a date such as 2019, 2019-07 or July 2019; “2919” is not one.",
    "dirt on:2020..2018": "“on:” needs a date such as 2019, 2019-07 or July 2019; “2020..2018” is not one.",
    "dirt said:>=2018..2019": ("“said:” needs a date such as 2019, 2019-07 or July 2019; “>=2018..2019” is not one."),
    "dirt on:[x TO 2018]": "“on:” needs a date such as 2019, 2019-07 or July 2019; “[x TO 2018]” is not one.",
    'dirt said:"foreign help"': "“said:” needs a date such as 2019, 2019-07 or July 2019; “foreign help” is not one.",
    "dirt on:06/07/2019": "“06/07/2019” can be read in two ways: write it as on:2019-07-06 or on:July 6 2019.",
    "dirt before:..2019": (
        "“before:” takes one date, such as before:2019; for an open range write on:2019.. or on:..2019."
    ),
    "dirt after:>=2019": "“after:” takes one date, such as after:2019; for an open range write on:2019.. or on:..2019.",
    "dirt -before:2019": (
        "A date or an order can't be excluded: take the minus or NOT away, or use before: and after:."
    ),
    "dirt OR before:2019": (
        "A date or an order stands by itself: take it out of the brackets, and away from OR and near."
    ),
    "dirt sort:date": "“sort:” takes relevance, newest or oldest; “date” is none of them.",
    "dirt sort:newest sort:oldest": "“sort:” stands there twice with different orders: keep one of them.",
    "a" * 1001: "The query is 1,001 characters long; 1,000 are allowed. Search for a shorter piece.",
    "dirt " * 65: "The query has 65 words; 64 are allowed. For exact words, put quotation marks around.",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items(), ids=[text[:40] for text in REFUSED])
def test_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("text", ["dirt " * 64, f'"{"dirt " * 190}"', "(" * 8 + "dirt" + ")" * 8, "a" * 1000])
def test_the_limits_themselves_are_allowed(text: str) -> None:
    assert parse(text).understood
