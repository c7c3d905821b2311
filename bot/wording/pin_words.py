"""What is said of pins, in Slack and on the command line. Plain text: nothing is markup and nothing is escaped."""

from collections.abc import Mapping
from typing import Any, cast

from bot.store.pins import Deed, Doubt, Pin, PinChange, PinStatus

NO_PIN = "There is no such pin, or you may not see it."
GUESTS = "Guests can't pin passages."
NOT_YOURS = "Only its owner, an editor or an admin can change this pin."
NOT_EDITOR = "Only the desk's editors can verify a pin."
NO_WORDS = "There are no words to pin there."
TOO_LONG = "A pin holds up to {:,} characters, and these are {:,}."
NOT_SO = "These words do not stand so, letter for letter, in the passage or next to it."
UNPINNED_FIRST = "This pin was taken down: undo that first."
NOT_UNPINNED = "This pin was not taken down, so there is nothing to undo."
NOTHING_ASKED = "Nothing is asked about this pin: its words stand where they stood."
CHANGED_AGAIN = "The source has changed once more since; look at the pin again."
NOT_THERE = "The words can't be verified: they are not where they were. Look at what has changed first."
ORPHANED_FIRST = (
    "The pinned words are not in the source any more, so they can't be cut anew. Pin what stands there now."
)
PAST = "That date is over."
NO_DAY = "That is no day to go by: write it as 2027-01-31."
NOT_FOR_ALL = (
    "Not everyone in this channel may read the sources of these pins, so the file can't be put there. "
    "Export it for yourself, or narrow the pins first."
)
NO_OWNER = "A pin needs an owner."
EMPTY = "Nothing is pinned yet."
NONE_MATCH = "No pin is like that."

_SHOWN: Mapping[str, str] = {
    "note": "note",
    "tags": "tags",
    "story": "story",
    "owner": "owner",
    "expires": "expires",
    "at": "place",
    "doubt": "doubt",
}
"""What of a line of history is told, and how it is called; the words themselves stand in the pin."""

STATUSES: Mapping[PinStatus, str] = {
    PinStatus.ACTIVE: "active",
    PinStatus.EXPIRED: "expired",
    PinStatus.MOVED: "moved, to be confirmed",
    PinStatus.ORPHAN: "orphan",
    PinStatus.UNPINNED: "taken down",
}
DOUBTS: Mapping[Doubt, str] = {
    Doubt.SURROUNDINGS: "The words still stand in the source, but what is around them has changed. Are these them?",
    Doubt.TYPOGRAPHY: "The words still stand in the source, set with other signs. Are these the words?",
    Doubt.SPEAKER: "The words still stand in the source, but somebody else is named for them. Is it still your quote?",
    Doubt.ALTERED: "The source has changed, and these words do not stand in it any more.",
    Doubt.AMBIGUOUS: "The source has changed, and these words stand in several places of it now.",
    Doubt.REMOVED: "The source has been removed, or the document is gone from it.",
    Doubt.UNPROVED: "This pin came out of a file, and its words do not stand so in this desk's sources.",
    Doubt.PURGED: "The source was erased, and the words with it.",
}
DEEDS: Mapping[Deed, str] = {
    Deed.PINNED: "pinned it",
    Deed.EDITED: "edited it",
    Deed.RECUT: "cut it anew",
    Deed.VERIFIED: "verified it",
    Deed.EXPIRY: "set when it expires",
    Deed.HANDED_OVER: "handed it over",
    Deed.UNPINNED: "took it down",
    Deed.RESTORED: "put it up again",
    Deed.ANCHORED: "followed the source",
    Deed.MOVED: "found it moved",
    Deed.ORPHANED: "found its words gone",
    Deed.RETURNED: "found its words back",
    Deed.CONFIRMED: "confirmed its words",
    Deed.IMPORTED: "took it in from a file",
}


def pinned_already(pin: Pin) -> str:
    """That these words are a pin's, for the command line."""
    whose = f"by {pin.owner} on {pin.created:%Y-%m-%d} (pin {pin.id})"
    return f"These words are pinned already, {whose}. With --again they are pinned once more."


def details(change: PinChange) -> list[str]:
    """What a line of history changed, a line each.

    >>> from datetime import UTC, datetime
    >>> details(PinChange("p", datetime.now(UTC), "U1", Deed.EDITED, {"tags": ([], ["tide"]), "quote": ("a", "b")}))
    ['tags: none → tide']
    """
    return [
        f"{_SHOWN[name]}: {_told(before)} → {_told(after)}"
        for name, (before, after) in change.detail.items()
        if name in _SHOWN
    ]


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[Any]", value))) or "none"
    return str(value) if value else "none"
