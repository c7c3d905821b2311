"""Who may do and see what. Pure: it decides on what it is given."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.errors import NotAllowed
from bot.store.sources import SourceRecord
from index.port import Access

LOCAL = "local"
"""The one workspace of a desk that is set up by its settings: the command line and Slack share it."""

SCHEDULER = "quotedesk"
"""Who the audit trail says did what nobody asked for at that moment: the desk itself, on its schedule."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, where: `memberships` are the Slack ids of user groups and channels that the person is known to be in.

    `trusted` is False for guests and external members, who get nothing limited. `operator` is whoever runs the
    command line: they hold the files anyway, so they see every source of the workspace.
    """

    workspace_id: str
    user_id: str
    memberships: frozenset[str] = frozenset()
    admin: bool = False
    trusted: bool = True
    operator: bool = False


def operator(workspace_id: str = LOCAL) -> Person:
    """The person at the command line."""
    return Person(workspace_id, "cli", admin=True, operator=True)


def may_administer(person: Person) -> bool:
    """Whether this person may add, correct and take out; only of sources that they may read."""
    return person.admin


def require_admin(person: Person) -> None:
    """Raises NotAllowed for anybody else."""
    if not may_administer(person):
        raise NotAllowed("Only the desk's admins can do that.")


def may_read(person: Person, source: SourceRecord) -> bool:
    """Whether this person may see, count or be told of the source. Admin rights alone open no limited source."""
    if source.workspace_id != person.workspace_id:
        return False
    if person.operator or not source.visible_to:
        return True
    return person.trusted and bool(source.visible_to & (person.memberships | {person.user_id}))


def access(person: Person, sources: Iterable[SourceRecord]) -> Access:
    """What the index may show this person."""
    return Access(person.workspace_id, frozenset(s.id for s in sources if may_read(person, s)))


def may_share(source: SourceRecord, readers: Iterable[Person]) -> bool:
    """Whether words of the source may be posted where all of `readers` see them."""
    return all(may_read(reader, source) for reader in readers)


def is_editor(person: Person, editors: AbstractSet[str]) -> bool:
    """Whether this person is one of the newsroom's editors: `editors` holds Slack ids of people and user groups."""
    return person.admin or (person.trusted and bool(editors & (person.memberships | {person.user_id})))


def may_pin(person: Person) -> bool:
    """Whether this person may pin words that they may read: all but guests."""
    return person.trusted


def may_verify(person: Person, editors: AbstractSet[str]) -> bool:
    """Whether this person may vouch for a pin: the editors, or where none are named all but guests."""
    return is_editor(person, editors) or (person.trusted and not editors)


def may_edit_pin(person: Person, owner: str, editors: AbstractSet[str]) -> bool:
    """Whether this person may change a pin that they may read: its owner, the editors and the admins."""
    return (person.trusted and person.user_id == owner) or is_editor(person, editors)
