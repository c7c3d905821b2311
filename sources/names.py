"""People's names as a text has them: titles taken off, organisations and places left out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sources.people import People

_WORD = r"(?:[A-Z]['’])?[A-Z][a-zà-öø-ÿ]+(?:-?[A-Z][a-zà-öø-ÿ]+)*(?![\w])"
_SHORT = r"(?:Sens?|Reps?|Gov|Gen|Lt|Col|Mr|Mrs|Ms|Dr|Prof|Amb|Adm|[A-Z])\."
_JOINT = r"(?:of(?: the)?|de|da|van|von|der|bin|al|la)"
_SUFFIX = r"(?:,? [JS]r\.| I{2,3}\b)"
RUN = rf"(?:{_SHORT}|{_WORD}|[A-Z]{{2,}}\b)(?: (?:{_SHORT}|{_WORD}|[A-Z]{{2,}}\b|{_JOINT} (?=[A-Z])))*{_SUFFIX}?"
"""A pattern for capitalised words that may be a name with what stands before it; `name_in` says which it is."""

_RUN = re.compile(rf"(?<![\w.'’-]){RUN}")
_PARTICLES = frozenset({"de", "da", "van", "von", "der", "bin", "al", "la"})


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ADDRESS = _listed(
    """
    Mr. Mrs. Ms. Miss Dr. Prof. Sen. Rep. Gov. Gen. Lt. Col. Amb. Adm. Senator Representative Congressman
    Congresswoman President Governor Secretary Judge Justice Ambassador General Admiral Colonel Mayor Chancellor
    Professor Chairman Chairwoman Speaker Detective Sheriff Director Commissioner Minister AG
    President-Elect President-elect
    """
)
"""A title that makes a surname alone a person."""
_OFFICES = _ADDRESS | _listed(
    """
    Attorney Vice Prime Fed Chair Former Acting Deputy Assistant Chief Special Counsel Counselor Leader Whip Majority
    Minority
    Representative Officer Executive Spokesman Spokeswoman Spokesperson Adviser Advisor Staff State Treasury Defense
    Commerce Correspondent Inspector Superintendent Commander Captain Sergeant Lieutenant Rev. Reverend Father Sister
    Republican Republicans Democrat Democrats Democratic American Russian Ukrainian Chinese British French German
    Israeli Canadian Australian Mexican Saudi Turkish Iranian Syrian Californian Conservative Liberal Independent
    House Senate White Administrator Surgeon Solicitor Undersecretary Princess Prince King Queen Pope Sir Lady Lord
    Founder Owner Editor Author Host Historian Economist CEO
    """
)
"""Titles, offices and what else tells of the person named after it."""
_JOINING = _listed(
    """
    Under Over During Against About Into Following Despite Unlike Between Among Through Per Within Without Until Asked
    Said Says Calling Given Any Every Each All Some Several Many Most No More Another Other Such Than Via Did Does Is
    Was Were Are Do Had Has Have Will Would Can Could Should May Must Let Perhaps Why Whether Who Whose Which Upon
    When While After Before As But And Yet So Because Since Although Though If That Then Later Instead Once Still Even
    Also However On In At By For From With To The This These Those His Her Their Its Our My Your A An It He She They We
    I You What Who How Why Where Meanwhile Moreover Only Both Like Not Now Here There Today Yesterday Earlier
    January February March April June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """
)
"""Words of a sentence that stand capitalised before a name, at its beginning or in a headline."""
_BEFORE = _OFFICES | _JOINING
"""Words after which a name may begin, and that are never part of one."""
_BEFORE_OFFICE = _listed("Attorney Vice Prime Deputy Assistant Special Chief Solicitor Surgeon Inspector")
_DESCRIBING = _listed("Little Young Old Dear Poor Late Great")
"""Words before a name in full that are no part of it, though a surname may be the same."""
_NO_NAME = _listed(
    """
    Department Committee Subcommittee Commission Court Congress Post Times Journal News Press Report Reports Agency
    Bureau Office University College Institute Campaign Administration Council Company Corporation Corp. Corp Inc Inc.
    Group Party Union Foundation Center Centre Association Bank Fund Board Service Services Street Ministry Government
    Memo Memorandum Indictment Filing Letter Complaint Act Order Project Team Watch International Nations Coalition
    Alliance Network Magazine Review Tribune Herald Guardian Facebook Google Twitter Amazon Microsoft Apple YouTube
    United States New York North South East West Korea Arabia Kong Rico Silicon Valley Capitol Reserve Force Army
    Navy Police Trust Partners Capital Media Radio Television Online Square Beach Island County City
    School Hospital Society League Federation Initiative Organization Resolution Amendment Constitution Intelligence
    Security Homeland National Federal Supreme District Circuit Appeals Human Rights Civil Liberties Public Law Health
    Affairs Key Findings Background Impact Context Timeline Statement Testimony Hearing Interview Speech Article
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as the text has it, without office: `Bill Barr`, `Barr`, or with its title `Ms. Hill`.

    `surname` is its last word. `full` says that a first name stands in it, `titled` that its title makes it a person.
    """

    label: str
    surname: str
    full: bool
    titled: bool


def name_in(run: str) -> Name | None:
    """The name at the end of capitalised words; None where they name nobody.

    >>> [name.label if (name := name_in(run)) else None for run in
    ...     ("Attorney General Bill Barr", "Sen. Coons", "When Trump", "Justice Department")]
    ['Bill Barr', 'Sen. Coons', 'Trump', None]
    """
    words = run.replace(" Jr.", "\0Jr.").replace(" Sr.", "\0Sr.").split()
    begun = max(
        (at + 1 for at, word in enumerate(words) if word in _BEFORE or (word.isupper() and len(word) > 2)), default=0
    )
    while begun < len(words) and words[begun] in _PARTICLES | {"of", "the"}:
        begun += 1
    if begun and words[begun - 1] == "The":
        return None  # nobody is called so: `The Holy Bible`, where no office stands before the name
    own = words[begun + (len(words) - begun > 2 and words[begun] in _DESCRIBING) :]
    plain = [word.partition("\0")[0].rstrip(",") for word in own]
    if not own or len(own) > 4 or "of" in own or not _NO_NAME.isdisjoint(plain) or not plain[-1][1:2].islower():
        return None
    if len(own) > 1:
        return Name(" ".join(own).replace("\0", " "), plain[-1], full=True, titled=False)
    titled = begun > 0 and words[begun - 1] in _ADDRESS
    office = begun - 1
    while titled and office and words[office - 1] in _BEFORE_OFFICE:
        office -= 1
    label = " ".join((*words[office:begun], own[0])) if titled else own[0]
    return Name(label.replace("\0", " "), plain[-1], full=False, titled=titled)


def may_be_of_a_name(word: str) -> bool:
    """Whether a word may be part of a person's name: capitalised, and neither an office nor a word of an organisation
    nor one that only stands before names.

    >>> [may_be_of_a_name(word) for word in ("Jen", "Secretary", "House", "by", "NSC", "O’Connell")]
    [True, False, False, False, False, True]
    """
    return word[:1].isupper() and word not in _BEFORE and not is_of_no_name(word)


def is_office(word: str) -> bool:
    """Whether a word may stand before a name to tell of the person: `Secretary`, `Former`, `Detective`."""
    return word in _OFFICES


def is_of_no_name(word: str) -> bool:
    """Whether a word belongs to the name of an organisation, a place or a text: `House`, `Interview`, `NSC`."""
    return word in _NO_NAME or (word.isupper() and len(word) > 2)


def runs(text: str) -> Iterator[re.Match[str]]:
    """Capitalised words that stand together, in order."""
    return _RUN.finditer(text)


class Known:
    """Who is named in full in a text, by surname; `people` are those who may be called by nothing else in any text."""

    def __init__(self, text: str, people: People) -> None:
        self._people = people
        self._surnames = frozenset(person.name.split()[-1] for person in people.people if not person.shared)
        self._by_surname: defaultdict[str, set[str]] = defaultdict(set)
        for match in runs(text):
            name = name_in(match[0])
            if name and name.full:
                self._by_surname[name.surname].add(name.label)

    def is_person(self, name: Name) -> bool:
        """Whether it is surely a person: named in full, with a title, in full elsewhere in the text, or well known."""
        return name.full or name.titled or name.surname in self._by_surname or name.surname in self._surnames

    def person(self, name: Name) -> str | None:
        """The name in full, where the text has just one of that surname and nobody better known is meant by it."""
        if name.full:
            return name.label
        found = self._by_surname.get(name.surname, set())
        if len(found) != 1 or (name.surname in self._surnames and not self._is_meant(name.surname, *found)):
            return None
        return next(iter(found))

    def _is_meant(self, surname: str, full: str) -> bool:
        """`Trump` is not Ivanka Trump because she alone is named in full."""
        person = self._people.who(surname)
        return person is not None and self._people.who(full) == person
