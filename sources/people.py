"""Who is meant by a speaker's label: a table of people and the forms of their names, which the newsroom edits.

The label stays what is shown; the table only says whom a search for a name also finds.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from sources.errors import SourceError
from sources.letters import plain

SHIPPED = Path(__file__).with_name("people.toml")
"""The table that comes with Quotedesk."""

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _listed(
    """
    mr mrs ms miss dr prof sen rep gov gen lt col amb adm hon senator representative congressman congresswoman president
    vice governor secretary judge justice ambassador general admiral colonel captain mayor chancellor professor chairman
    chairwoman chair ranking member speaker director deputy acting assistant former attorney ag special counsel minister
    prime leader commissioner chief the of state treasury defense commerce secretaries us house senate white press
    adviser advisor national security fbi cia doj first lady elect
    """
)
_ASIDE = re.compile(r"\s*[(\[].*$")
_KEYS = {"name", "forms", "shared"}


class BadPeople(SourceError):
    """A table of people that can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the forms of their name. `shared`: others of that surname speak in the records too."""

    name: str
    forms: tuple[str, ...] = ()
    shared: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its forms, the name first."""
        return (self.name, *self.forms)


class People:
    """A table of people, ready to be asked. Names must be unlike; empty means that nobody is known.

    >>> people = People([Person("William Barr", ("Bill Barr",))])
    >>> [person.name if (person := people.who(label)) else None for label in ("MR. BARR", "Attorney General Bill Barr")]
    ['William Barr', 'William Barr']
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = tuple(people)
        named = Counter(form for person in self.people for form in {folded(name) for name in person.names})
        self._by_form = {
            form: person for person in self.people for form in map(folded, person.names) if named[form] == 1
        }
        surnames = Counter(_surname(person) for person in self.people)
        self._by_surname = {_surname(person): person for person in self.people if surnames[_surname(person)] == 1}

    @property
    def digest(self) -> str:
        """A short name for the table: another one makes another index."""
        return hashlib.sha256(repr(self.people).encode()).hexdigest()[:12]

    @property
    def surnames(self) -> frozenset[str]:
        """The surnames as they are written."""
        return frozenset(_words(person.name)[-1] for person in self.people)

    def who(self, label: str, text: str | None = None) -> Person | None:
        """The person whom a label names: by a whole form, by name and title, or by a surname that is theirs alone.

        A shared surname needs a `text` that names the person in full. None where it may be anybody.
        """
        label = _ASIDE.sub("", label).partition(",")[0]
        if found := self._by_form.get(folded(label)):
            return found
        bare = _bare(label)
        if len(bare) != 1:
            return self._by_form.get(" ".join(bare))
        person = self._by_form.get(bare[0]) or self._by_surname.get(bare[0])
        if person is None or not person.shared:
            return person
        return person if text and any(name in text for name in person.names if len(_bare(name)) > 1) else None


NOBODY = People()
"""A table without people."""


def load(own: Path | None = None) -> People:
    """The shipped table; entries of the newsroom's `own` file, where there is one, add to it and replace by name.

    Raises BadPeople.
    """
    people = {person.name: person for person in _read(SHIPPED)}
    if own is not None and own.exists():
        people |= {person.name: person for person in _read(own)}
    return People(people.values())


@cache
def shipped() -> People:
    """The table that comes with Quotedesk, read once: it does not change while the process runs."""
    return load()


def _read(path: Path) -> list[Person]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPeople(f"{path} can't be read as a table of people: {error}.") from error
    entries = data.get("people", [])
    if data.keys() - {"people"} or not isinstance(entries, list):
        raise BadPeople(f"{path} should hold entries that begin with [[people]], and nothing else.")
    return [_person(entry, path) for entry in cast("list[object]", entries)]


def _person(entry: object, path: Path) -> Person:
    fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    name, forms, shared = fields.get("name"), fields.get("forms", []), fields.get("shared", False)
    if isinstance(name, str) and isinstance(forms, list) and isinstance(shared, bool) and not fields.keys() - _KEYS:
        listed = [form for form in cast("list[object]", forms) if isinstance(form, str) and _words(form)]
        if _words(name) and len(listed) == len(cast("list[object]", forms)):
            return Person(name, tuple(listed), shared)
    raise BadPeople(f"{path}: an entry takes `name` (text), `forms` (a list of texts) and `shared` (true or false).")


def _words(name: str) -> list[str]:
    return _WORD.findall(name)


def folded(name: str) -> str:
    """A name in plain small letters, without stops and middle initials."""
    words = [plain(word.replace("’", "'")) for word in _words(name)]
    return " ".join(word for at, word in enumerate(words) if at == 0 or len(word) > 1)


def _bare(name: str) -> list[str]:
    """The folded words without titles."""
    return [word for word in folded(name).split() if word not in _TITLES]


def bare_name(label: str) -> list[str]:
    """The words of a name, folded, without titles and what stands beside it: empty for an office or a role.

    >>> bare_name("Sen. Adam B. Schiff (D-CA)"), bare_name("THE PRESIDENT")
    (['adam', 'schiff'], [])
    """
    return _bare(_ASIDE.sub("", label).partition(",")[0])


def _surname(person: Person) -> str:
    return folded(person.name).split()[-1]
