"""The reporters' language by example: what is typed, and the query that it becomes."""

from dataclasses import dataclass

import pytest

import index.query
from index.query import Either, Every, Field, FieldName, Fuzzy, Near, Node, Phrase, Scope, Sort, Wildcard, Word, parse


@dataclass(frozen=True)
class Asked:
    """The expected parts of a query; a plain string stands for a word."""

    wanted: tuple[Node, ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    helping: tuple[Node, ...] = ()
    sort: Sort = Sort.RELEVANCE


def node(item: str | Node) -> Node:
    return Word(item) if isinstance(item, str) else item


def ask(
    *wanted: str | Node,
    must: tuple[str | Node, ...] = (),
    no: tuple[str | Node, ...] = (),
    helps: str = "",
    sort: Sort = Sort.RELEVANCE,
) -> Asked:
    return Asked(
        tuple(map(node, wanted)),
        tuple(map(node, must)),
        tuple(map(node, no)),
        tuple(Word(word) for word in helps.split()),
        sort,
    )


def either(*items: str | Node) -> Either:
    return Either(tuple(map(node, items)))


def every(*items: str | Node, no: tuple[str | Node, ...] = ()) -> Every:
    return Every(tuple(map(node, items)), tuple(map(node, no)))


def near(distance: int, *items: str | Word | Phrase | Wildcard | Fuzzy | Either) -> Near:
    return Near(tuple(Word(item) if isinstance(item, str) else item for item in items), distance)


def beside(scope: Scope, *items: str | Word | Phrase | Wildcard | Fuzzy | Either) -> Near:
    return Near(tuple(Word(item) if isinstance(item, str) else item for item in items), 0, scope)


def in_field(name: str, value: "str | Word | Phrase | Wildcard | Fuzzy | Either | Every") -> Field:
    return Field(FieldName(name), Word(value) if isinstance(value, str) else value)


def exact(text: str) -> Phrase:
    return Phrase(text)


WORDS = {
    "Barr foreign dirt": ask("Barr", "foreign", "dirt"),
    "  Barr,   dirt!  ": ask("Barr", "dirt"),
    "Barr\u00a0dirt\nemails": ask("Barr", "dirt", "emails"),
    "Barr Barr dirt": ask("Barr", "dirt"),
    "comey testimony june 2017": ask("comey", "testimony", "june", "2017"),
    "Barr's deputy": ask("Barr's", "deputy"),
    "Barr’s deputy": ask("Barr’s", "deputy"),
    "well-known so-called": ask("well-known", "so-called"),
    "2016–2018 campaign": ask("2016–2018", "campaign"),
    "U.S. policy.": ask("U.S.", "policy"),
    "18 U.S.C. § 1001(a)(2)": ask("18", "U.S.C.", "§", "1001(a)(2)"),
    "52 USC 30121(a)": ask("52", "USC", "30121(a)"),
    "$5 10% C++ AT&T R&D": ask("$5", "10%", "C++", "AT&T", "R&D"),
    "9/11 attacks": ask("9/11", "attacks"),
    "emails / letters - memos — notes": ask("emails", "letters", "memos", "notes"),
    "Barr & Mueller": ask("Barr", "Mueller"),
    "dirt?": ask("dirt"),
    "café São Дональд": ask("café", "São", "Дональд"),
    "col\u00adlusion zero\u200bwidth": ask("collusion", "zerowidth"),
    "[sic] {x1} <dirt>": ask("sic", "x1", "dirt"),
    "_Barr_ dirt_": ask("Barr", "dirt"),
    "or-else and/or": ask("or-else", "and/or"),
}

FUNCTION_WORDS = {
    "what did Barr say about foreign dirt": ask("Barr", "foreign", "dirt", helps="what did say about"),
    "What did Barr say about foreign dirt?": ask("Barr", "foreign", "dirt", helps="What did say about"),
    "who told Comey to let it go": ask("Comey", "let", "go", helps="who told to it"),
    "Barr said nothing": ask("Barr", "said", "nothing"),
    "Barr said nothing?": ask("Barr", "nothing", helps="said"),
    "the dossier": ask("dossier", helps="the"),
    "why didn't he resign": ask("resign", helps="why didn't he"),
    "trump I think I’d take it": ask("trump", "think", "take", helps="I I’d it"),
    "who's lying": ask("lying", helps="who's"),
    "no collusion": ask("collusion", helps="no"),
    "US embassy": ask("US", "embassy"),
    "What did the US know?": ask("US", "know", helps="What did the"),
    "WHO funding IT staff": ask("WHO", "funding", "IT", "staff"),
    "WHAT DID BARR SAY": ask("BARR", helps="WHAT DID SAY"),
    "Theresa May resigns": ask("Theresa", "May", "resigns"),
    "Will Hurd impeachment": ask("Will", "Hurd", "impeachment"),
    "Will Barr testify?": ask("Barr", "testify", helps="Will"),
    "comey memo may 2017": ask("comey", "memo", "may", "2017"),
    "9 may memo": ask("9", "may", "memo"),
    "he may resign": ask("resign", helps="he may"),
    "to be or not to be": ask("to", "be", "or", "not"),
    "what about it": ask("what", "about", "it"),
    "the -dirt": ask("the", no=("dirt",)),
    '"foreign dirt" the': ask(must=(exact("foreign dirt"),), helps="the"),
    "+the dossier": ask("dossier", must=("the",)),
    "foreign or dirt": ask("foreign", "dirt", helps="or"),
    "foreign near dirt": ask("foreign", "dirt", helps="near"),
    "foreign and not dirt": ask("foreign", "dirt", helps="and not"),
}

EXACT = {
    '"foreign dirt"': ask(must=(exact("foreign dirt"),)),
    "“foreign dirt”": ask(must=(exact("foreign dirt"),)),
    "„foreign dirt“": ask(must=(exact("foreign dirt"),)),
    "«foreign dirt»": ask(must=(exact("foreign dirt"),)),
    "»foreign dirt«": ask(must=(exact("foreign dirt"),)),
    '“foreign dirt" Barr': ask("Barr", must=(exact("foreign dirt"),)),
    '"foreign dirt” Barr': ask("Barr", must=(exact("foreign dirt"),)),
    "”foreign dirt” Barr": ask("Barr", must=(exact("foreign dirt"),)),
    '"  foreign \n dirt  "': ask(must=(exact("foreign dirt"),)),
    '"not"': ask(must=(exact("not"),)),
    '"I’d take it" "I think"': ask(must=(exact("I’d take it"), exact("I think"))),
    '"a OR b -c"': ask(must=(exact("a OR b -c"),)),
    'Barr"foreign dirt"Mueller': ask("Barr", "Mueller", must=(exact("foreign dirt"),)),
    '"foreign dirt': ask(must=(exact("foreign dirt"),)),
    "Barr “foreign dirt": ask("Barr", must=(exact("foreign dirt"),)),
    "'foreign dirt'": ask("foreign", "dirt"),
    "don’t rock ’n’ roll": ask("rock", "n", "roll", helps="don’t"),
    '+"foreign dirt"': ask(must=(exact("foreign dirt"),)),
}

EITHER_AND_BRACKETS = {
    "foreign OR dirt": ask(either("foreign", "dirt")),
    "Barr foreign OR dirt": ask("Barr", either("foreign", "dirt")),
    "foreign OR dirt emails": ask(either("foreign", "dirt"), "emails"),
    "Barr AND dirt": ask("Barr", "dirt"),
    "Barr AND foreign OR dirt": ask("Barr", either("foreign", "dirt")),
    "one1 OR two2 OR three3": ask(either("one1", "two2", "three3")),
    "one1 OR (two2 OR three3)": ask(either("one1", "two2", "three3")),
    "dirt OR dirt": ask("dirt"),
    "(foreign OR dirt) Barr": ask(either("foreign", "dirt"), "Barr"),
    "(Barr dirt)": ask("Barr", "dirt"),
    "((Barr) dirt)": ask("Barr", "dirt"),
    "(Barr dirt) OR Mueller": ask(either(every("Barr", "dirt"), "Mueller")),
    "(Barr -dirt) OR Mueller": ask(either(every("Barr", no=("dirt",)), "Mueller")),
    "(Barr -dirt)": ask("Barr", no=("dirt",)),
    "Barr (attorney general) testified": ask("Barr", "attorney", "general", "testified"),
    '"foreign dirt" OR "foreign help"': ask(must=(either(exact("foreign dirt"), exact("foreign help")),)),
    'Barr OR "foreign help"': ask(either("Barr", exact("foreign help"))),
    "speaker:Barr OR speaker:Mueller": ask(must=(either(in_field("speaker", "Barr"), in_field("speaker", "Mueller")),)),
    "will OR may": ask(either("will", "may")),
    "(what did Barr say) OR Mueller?": ask(either("Barr", "Mueller"), helps="what did say"),
    "+(foreign OR dirt) Barr": ask("Barr", must=(either("foreign", "dirt"),)),
    "+foreign OR dirt": ask(must=(either("foreign", "dirt"),)),
    "+(Barr dirt) emails": ask("emails", must=("Barr", "dirt")),
    "Barr OR dirt /5 email": ask(either("Barr", near(5, "dirt", "email"))),
}

EXCLUDED = {
    "foreign -dirt": ask("foreign", no=("dirt",)),
    "-dirt foreign": ask("foreign", no=("dirt",)),
    "foreign NOT dirt": ask("foreign", no=("dirt",)),
    "foreign AND NOT dirt": ask("foreign", no=("dirt",)),
    'foreign -"dirt on her"': ask("foreign", no=(exact("dirt on her"),)),
    "foreign -(dirt help)": ask("foreign", no=(every("dirt", "help"),)),
    "foreign -(dirt OR help)": ask("foreign", no=("dirt", "help")),
    "foreign NOT (dirt OR help)": ask("foreign", no=("dirt", "help")),
    "foreign -(dirt -help)": ask("foreign", no=(every("dirt", no=("help",)),)),
    "foreign -(dirt /5 help)": ask("foreign", no=(near(5, "dirt", "help"),)),
    "foreign -speaker:Trump": ask("foreign", no=(in_field("speaker", "Trump"),)),
    "foreign -investigat*": ask("foreign", no=(Wildcard("investigat*"),)),
    "foreign -the": ask("foreign", no=("the",)),
    "foreign-dirt": ask("foreign-dirt"),
    "foreign - dirt": ask("foreign", "dirt"),
    "foreign –dirt": ask("foreign", "dirt"),
    "foreign —dirt": ask("foreign", "dirt"),
    "foreign --dirt": ask("foreign", "dirt"),
    "foreign dirt-": ask("foreign", "dirt"),
    "+foreign dirt": ask("dirt", must=("foreign",)),
    "foreign -https://example.org/dirt/help": ask("foreign", no=(every("example.org", "dirt", "help"),)),
}

NEAR = {
    '"Clinton dirt"~8': ask(must=(near(8, "Clinton", "dirt"),)),
    "“Clinton dirt”~8 Barr": ask("Barr", must=(near(8, "Clinton", "dirt"),)),
    '"the dirt*** investigat*"~3': ask(must=(near(3, "the", Wildcard("dirt*"), Wildcard("investigat*")),)),
    "Trump NEAR Putin": ask(must=(near(10, "Trump", "Putin"),)),
    "Trump NEAR/5 Putin": ask(must=(near(5, "Trump", "Putin"),)),
    "Trump near/5 Putin": ask(must=(near(5, "Trump", "Putin"),)),
    "Trump /8 Putin": ask(must=(near(8, "Trump", "Putin"),)),
    "Trump /100 Putin": ask(must=(near(100, "Trump", "Putin"),)),
    "Trump /s Putin": ask(must=(beside(Scope.SENTENCE, "Trump", "Putin"),)),
    "Trump /S Putin": ask(must=(beside(Scope.SENTENCE, "Trump", "Putin"),)),
    "Trump /p Putin": ask(must=(beside(Scope.PASSAGE, "Trump", "Putin"),)),
    "one1 /5 two2 /5 three3": ask(must=(near(5, "one1", "two2", "three3"),)),
    "one1 /5 two2 /s three3": ask(must=(near(5, "one1", "two2"), beside(Scope.SENTENCE, "two2", "three3"))),
    '"foreign help" /p investigat*': ask(must=(beside(Scope.PASSAGE, exact("foreign help"), Wildcard("investigat*")),)),
    "dirt /8 (Clinton OR Hillary)": ask(must=(near(8, "dirt", either("Clinton", "Hillary")),)),
    "dirt /8 (Clinton) emails": ask("emails", must=(near(8, "dirt", "Clinton"),)),
    "dirt /8 zelenskyy~2": ask(must=(near(8, "dirt", Fuzzy("zelenskyy", 2)),)),
    "what /3 happened": ask(must=(near(3, "what", "happened"),)),
    "(Trump /8 Putin) OR summit": ask(either(near(8, "Trump", "Putin"), "summit")),
}

SPELLINGS = {
    "investigat*": ask(Wildcard("investigat*")),
    "investigat*, dirt": ask(Wildcard("investigat*"), "dirt"),
    "col*sion": ask(Wildcard("col*sion")),
    "+investigat*": ask(must=(Wildcard("investigat*"),)),
    "co-conspir*": ask(Wildcard("co-conspir*")),
    "zelensky~": ask(Fuzzy("zelensky", 1)),
    "zelensky~1": ask(Fuzzy("zelensky", 1)),
    "zelensky~2": ask(Fuzzy("zelensky", 2)),
    "zelensky~?": ask(Fuzzy("zelensky", 1)),
    "barr~": ask(Fuzzy("barr", 1)),
    "~500 emails": ask("500", "emails"),
    "wom?n": ask("wom?n"),
}

FIELDS = {
    "speaker:Barr": ask(must=(in_field("speaker", "Barr"),)),
    "Speaker:Barr dirt": ask("dirt", must=(in_field("speaker", "Barr"),)),
    "speaker:Barr, dirt": ask("dirt", must=(in_field("speaker", "Barr"),)),
    'speaker:"William Barr"': ask(must=(in_field("speaker", exact("William Barr")),)),
    "speaker:“William Barr”": ask(must=(in_field("speaker", exact("William Barr")),)),
    "speaker:(Barr OR Mueller)": ask(must=(in_field("speaker", either("Barr", "Mueller")),)),
    "speaker:(William Barr)": ask(must=(in_field("speaker", every("William", "Barr")),)),
    "speaker:(Trump -Donald)": ask(must=(in_field("speaker", every("Trump", no=("Donald",))),)),
    "speaker:William Barr": ask("Barr", must=(in_field("speaker", "William"),)),
    "speaker:zelensk*": ask(must=(in_field("speaker", Wildcard("zelensk*")),)),
    "speaker:zelensky~": ask(must=(in_field("speaker", Fuzzy("zelensky", 1)),)),
    "source:hearings type:transcript": ask(must=(in_field("source", "hearings"), in_field("type", "transcript"))),
    "publisher:(The Guardian)": ask(must=(in_field("publisher", every("The", "Guardian")),)),
    "title:foo:bar": ask(must=(in_field("title", "foo:bar"),)),
    "title:OR": ask(must=(in_field("title", "OR"),)),
    "tag:verified dirt": ask("dirt", must=(in_field("tag", "verified"),)),
    "page:12": ask(must=(in_field("page", "12"),)),
    "page:iv": ask(must=(in_field("page", "iv"),)),
    "page:A-12": ask(must=(in_field("page", "A-12"),)),
    "page:(12 OR 13)": ask(must=(in_field("page", either("12", "13")),)),
    '"foreign dirt"speaker:Barr': ask(must=(exact("foreign dirt"), in_field("speaker", "Barr"))),
    "(speaker:Barr dirt)": ask("dirt", must=(in_field("speaker", "Barr"),)),
    "+speaker:Barr": ask(must=(in_field("speaker", "Barr"),)),
}

COLONS_THAT_ARE_TEXT = {
    "Mueller: collusion": ask("Mueller", "collusion"),
    "meeting 10:30": ask("meeting", "10:30"),
    "foo:bar": ask("foo", "bar"),
    "by:Barr": ask("Barr", helps="by"),
    'foo:"bar baz"': ask("foo", must=(exact("bar baz"),)),
    "speaker: Barr": ask("speaker", "Barr"),
    "Title: Hearing": ask("Title", "Hearing"),
    'Barr said: "foreign dirt"': ask("Barr", "said", must=(exact("foreign dirt"),)),
    "https://www.example.org/2019/07/foreign-dirt.html?id=5": ask(
        "www.example.org", "2019", "07", "foreign", "dirt.html", "id", "5"
    ),
    "www.example.org/dirt": ask("www.example.org", "dirt"),
    "dirt :- : …": ask("dirt"),
}

ORDER = {
    "dirt sort:newest": ask("dirt", sort=Sort.NEWEST),
    "dirt sort:oldest": ask("dirt", sort=Sort.OLDEST),
    "sort:relevance dirt": ask("dirt"),
    "dirt Sort:Newest": ask("dirt", sort=Sort.NEWEST),
    "dirt sort: newest": ask("dirt", sort=Sort.NEWEST),
    "dirt sort:newest sort:newest": ask("dirt", sort=Sort.NEWEST),
    "(dirt sort:newest)": ask("dirt", sort=Sort.NEWEST),
    "dirt sort: of": ask("dirt", "sort", helps="of"),
}

CASES = {
    **WORDS,
    **FUNCTION_WORDS,
    **EXACT,
    **EITHER_AND_BRACKETS,
    **EXCLUDED,
    **NEAR,
    **SPELLINGS,
    **FIELDS,
    **COLONS_THAT_ARE_TEXT,
    **ORDER,
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=CASES)
def test_what_is_typed_becomes(text: str, expected: Asked) -> None:
    query = parse(text)
    assert Asked(query.wanted, query.required, query.excluded, query.helping, query.sort) == expected
    assert query.text == text
    assert query.understood


def test_the_public_names() -> None:
    assert set(index.query.__all__) == {
        *("DateField", "DateFilter", "DateTest", "Either", "Every", "Field", "FieldName", "Fuzzy", "Near", "Node"),
        *("AnyForm", "Phrase", "Query", "Scope", "Sort", "Wildcard", "Word", "describe", "fields_of", "parse"),
        "rewritten",
    }


def test_limit_and_cursor_are_carried() -> None:
    query = parse("dirt", limit=3, cursor="next")
    assert (query.limit, query.cursor) == (3, "next")
