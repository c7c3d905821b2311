"""What the reader says around a document. Plain text; templates escape it."""

from bot.wording.words import GUESSED_SPEAKER, counted
from sources.document import Certainty, Speaker

NOT_HERE = "There is no such document here, or you may not read it."
BAD_PLACE = "That address does not name a place in the document: at= is two numbers, as in at=120-164."

# Around the text
VERSION = "Version"
OF_VERSIONS = "Version {} of {}"
OLDER = "This is an earlier version of the document; it has changed since."
TO_NEWEST = "Read the present version"
THERE_NOW = "These words in the present version"
TO_SAME_WORDS = "Compare with the present version"
SECTIONS = "Parts of the document"
EARLIER_PART = "Earlier"
LATER_PART = "Further on"
BACK_TO_WORDS = "Back to the marked words"
GOES_ON = "(goes on)"
PLACE = "Link to this paragraph"
PAGE = "Page"
GO = "Go"
FIND = "Find in this document"
FIND_BUTTON = "Find"
FIND_NOTHING = "These words stand nowhere in this document."
PREVIOUS_MATCH = "Previous"
NEXT_MATCH = "Next"
MATCHES = "Places of the words"
CITE = "Cite the marked words"
CITE_HOW = "Select the form you need and copy it. The quotation is letter for letter the stored words."
ABOUT = "About this document"
PINS = "Pinned here"
PIN = "Pin"
VERIFIED = "Verified"
SAID = "Said"
PUBLISHED = "Published"
ADDED = "Added"
PUBLISHER = "Publisher"
SOURCE = "Original"
ARCHIVED = "Archived copy"
TEXT_HASH = "Text, SHA-256"
RAW_HASH = "Source file, SHA-256"
READ_BY = "Read by"
OBSERVED = "Seen first"
VERSIONS = "Versions"
COMPARE = "What changed since the one before"
NO_ADDRESS = "It has no public address."
WARNINGS = "Mind"
UNKNOWN_DATE = "not known"
CHANGES = "What changed"
NO_CHANGES = "The text is the same in both; only facts about it or its marks differ."
BACK_TO_DOCUMENT = "Back to the document"
ADDED_WORDS = "added"
REMOVED_WORDS = "removed"
STORED = "The text on this page is the stored version, letter for letter. Quotedesk adds marks and labels, no word."


def who(speaker: Speaker, *, goes_on: bool) -> str:
    """Who speaks from here on: the person too where the record's label is another name; a guess is called one."""
    label = speaker.label + (f" ({speaker.person})" if speaker.person not in (None, speaker.label) else "")
    doubt = f" {GUESSED_SPEAKER}" if speaker.certainty is Certainty.GUESS else ""
    return label + doubt + (f" {GOES_ON}" if goes_on else "")


def withdrawn(source: str) -> str:
    """That the document is gone from its source.

    >>> withdrawn("hearings")
    'This document is no longer in its source “hearings”, so its words are not shown. What was pinned from it is kept.'
    """
    return (
        f"This document is no longer in its source “{source}”, so its words are not shown. "
        "What was pinned from it is kept."
    )


def source_removed(source: str) -> str:
    """That the whole source is gone."""
    return (
        f"The source of this document, “{source}”, was removed from Quotedesk, so its words are not shown. "
        "What was pinned from it is kept."
    )


def no_version(number: int, newest: int) -> str:
    """That there is no version of that number."""
    return f"This document has no version {number}; the present one is {newest}."


def no_page(page: str) -> str:
    """That no page is called so."""
    return f"This document has no page “{page}”."


def no_place(start: int, end: int, length: int) -> str:
    """That a span is not in the text."""
    return f"There are no words at {start}-{end}: this version has {length:,} characters."


def part(first: int, last: int, total: int) -> str:
    """Which sections are shown.

    >>> part(3, 3, 41), part(3, 4, 41)
    ('Part 3 of 41', 'Parts 3-4 of 41')
    """
    return f"Part {first} of {total}" if first == last else f"Parts {first}-{last} of {total}"


def place(number: int | None, total: int) -> str:
    """Which of the found places is looked at.

    >>> place(2, 17), place(None, 1)
    ('Place 2 of 17', '1 place')
    """
    return counted(total, "place") if number is None else f"Place {number:,} of {total:,}"


def compared(old: int, new: int) -> str:
    """Names the page of changes."""
    return f"Version {old} against version {new}"
