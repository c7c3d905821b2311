"""Every sentence that an admin sees in Slack. As in `words`: plain text, nothing is markup and nothing is escaped."""

from collections.abc import Sequence

from bot.store.tasks import Queue
from bot.wording.words import counted, passages

# Buttons
SHOW = "Show Source"
REFRESH = "Refresh Now"
REFRESH_ALL = "Refresh All"
PAUSE = "Pause Source"
RESUME = "Resume Source"
REMOVE = "Remove Source"
ADD = "Add Source"
NEXT = "Next Page"
PREVIOUS = "Previous Page"
ALL_SOURCES = "All Sources"
QUEUES = "Work Queues"
ALL_QUEUES = "All Queues"
FIX = "Fix Details"
TAKE = "Take This Reading"
DISMISS = "Dismiss Question"
DISMISS_FEEDBACK = "Dismiss Feedback"
ROLL_BACK = "Roll Back"
KEEP = "Keep Document"
DISCARD = "Discard Document"
ADD_AS_SOURCE = "Add as Source"
CANCEL = "Cancel"
CLOSE = "Close"

# Rights
ADMINS_ONLY = "Only the desk's admins can do that. Workspace admins and owners are its admins."

# Progress
FOLLOW_THERE = "It has begun. Its progress is in your direct messages with Quotedesk."
CUT_OFF = "Quotedesk was stopped in the middle of this. What was read until then is kept; please start it again."
UP_TO_DATE = "The index is up to date."
REBUILT = "A new index was built and is live; the one before is kept for Roll Back."
NOTHING_TO_READ = "There is no source to read: all are paused, or none was added yet."

# Sources
NO_SOURCES = "No source was added yet. Add one by its web address: /sources add https://…"
NEVER_SYNCED = "not read yet"
NEWEST = "Newest:"
EVERYONE = "everyone in this workspace"
PAUSED_NOW = "It is paused: it stays searchable and is not read again until it is resumed."
RESUMED_NOW = "It is resumed, and is read again with the others."
REMOVE_TITLE = "Remove this source?"
REMOVE_MEANS = (
    "Its documents are gone from search at once. Their versions and snapshots stay stored, and it can be added again."
)

# Adding
ADD_TITLE = "Add a Source"
ADD_SUBMIT = "Preview"
PREVIEW_TITLE = "Keep This Source?"
KEEP_SUBMIT = "Keep Source"
LOADING = "One moment …"
READING_PREVIEW = "Reading a first part, for you to look at before anything is kept …"
PLACE_LABEL = "Web address"
PLACE_HINT = (
    "A page, a PDF, a feed or a sitemap. A file: send it to Quotedesk in a direct message. "
    "Folders on the server are added on its command line."
)
NAME_LABEL = "Name"
NAME_HINT = "What people call it, and what source: finds it by. Left empty, it is taken from the address."
CHANNELS_LABEL = "Channels whose members may read it"
GROUPS_LABEL = "User groups whose members may read it"
PEOPLE_LABEL = "People who may read it"
VISIBLE_HINT = "With no channels, groups or people chosen, everyone in this workspace may read it."
NOT_AN_ADDRESS = "Write a web address that begins with https:// or http://."
ADDRESS_TOO_LONG = "This address is too long to be kept: use at most 2,000 characters."
NAME_TOO_LONG = "Use at most 80 characters."
NAME_TAKEN = "There is a source of this name already. Choose another one."
NOTHING_KEPT_YET = "Nothing is kept yet."
NOT_FOR_YOU = "You are not among those who may read it: you will not find its passages yourself."

# Previews
POSSIBLE_DUPLICATES = "Possible duplicates:"
SAME_TEXT = "the same text"
NO_DATE_FOUND = "undated: it will wait in the undated queue"
NO_SPEAKERS = "no speakers marked"
UNPREVIEWED = "None of it could be read."

# Uploads
LOOK_THERE = "Have a look at it in your direct messages with Quotedesk; nothing is kept before you say so."
KEEPING = "Keeping it …"
KEPT = "Kept, and searchable now."
DISCARDED = "Discarded. Nothing was kept."
SEEN_BY_ALL = "Once kept, everyone in this workspace can find it."
FROM_PRIVATE = "This comes from a conversation that not everyone can read. Keeping it shows it to everyone."
NOTHING_TO_ADD = "That message holds neither words nor a file that could be kept."
FILE_NOT_SLACKS = "This file does not lie with Slack, so it is not fetched. Add it by its address: /sources add."
FILE_REFUSED = "Slack did not give out this file. It may have been deleted; please send it again."
FILE_NOT_SHOWN = "Quotedesk can't see this file. Send it to Quotedesk in a direct message."

# Queues
QUEUES_TITLE = "What waits to be worked off"
QUEUE_NAMES = {
    Queue.UNDATED: "Undated Documents",
    Queue.UNREADABLE: "Unreadable Items",
    Queue.DUPLICATE: "Same Text Twice",
    Queue.DEAD_LINK: "Dead Links",
    Queue.UNANSWERED: "Unanswered Questions",
    Queue.FEEDBACK: "Passage Feedback",
}
SINCE = {
    Queue.UNDATED: "added",
    Queue.UNREADABLE: "since",
    Queue.DUPLICATE: "added",
    Queue.DEAD_LINK: "since",
    Queue.UNANSWERED: "last asked",
    Queue.FEEDBACK: "last told",
}
QUEUE_EMPTY = "Nothing waits here."
FIX_TITLE = "Fix Details"
FIX_SUBMIT = "Save Details"
DATE_LABEL = "Date"
DATE_HINT = "In any usual form: 2019-07-25, July 25 2019, July 2019, 2019. Left empty, what the source says stands."
TITLE_LABEL = "Title"
SPEAKER_LABEL = "Speaker"
SPEAKER_HINT = "Who speaks throughout. Turns that the document marks itself stay as they are."
PUBLISHER_LABEL = "Publisher"
ARCHIVED_LABEL = "Archived copy"
ARCHIVED_HINT = "The address of the copy in an archive, such as https://web.archive.org/web/… or https://perma.cc/…"
NOT_A_COPY = "This is no web address. It must begin with http:// or https://."
NOT_A_DATE = "This is no date that can be read. Write it as 2019-07-25, July 2019 or 2019."
SAVED = "Saved, and kept over every refresh."

# Index
INDEX_TITLE = "Index generations"
LIVE = "live"
KEPT_FOR_ROLL_BACK = "kept for Roll Back"
NO_GENERATION_BEFORE = "No generation before this one is kept."
ROLL_BACK_TITLE = "Go back to the generation before?"
ROLL_BACK_MEANS = "Every change since it was built is applied to it first: nothing that was removed comes back."

# Help
SOURCES_HELP_TITLE = "Sources are what Quotedesk reads. Admins add them and look after them."
SOURCES_HELP = (
    ("/sources", "the list, with buttons"),
    ("/sources add https://…", "a page, a PDF, a feed; you see what is read before it is kept"),
    ("/sources show NAME", "what one holds, what of it can't be read, and when it is read again"),
    ("/sources refresh NAME", "read again what changed; without a name, all"),
    ("/sources pause NAME", "leave it as it is; resume goes on"),
    ("/sources remove NAME", "hide it at once; asks first"),
    ("/sources queue", "undated, unreadable, unanswered, feedback and other work that waits"),
)
SOURCES_HELP_UPLOADS = (
    f"To add a file, send it to Quotedesk in a direct message; to add a message, use {ADD_AS_SOURCE} in its menu."
)
REINDEX_HELP_TITLE = "The index is what answers are found in. Searching goes on while it is brought up to date."
REINDEX_HELP = (
    ("/reindex", "read all sources again and take in what changed"),
    ("/reindex full", "build a new index beside the live one, then swap"),
    ("/reindex status", "the generations, with Roll Back"),
)


def unknown_word(command: str, word: str) -> str:
    """That a command has no such word."""
    return f"There is no “{command} {word}”."


def sources_total(number: int) -> str:
    """Heads the list.

    >>> sources_total(1), sources_total(12)
    ('1 source', '12 sources')
    """
    return counted(number, "source")


def page_of(first: int, last: int, total: int) -> str:
    """Where a page of a longer list stands."""
    return f"{first:,} to {last:,} of {total:,}"


def reading(name: str) -> str:
    """Opens the progress of one source."""
    return f"Reading “{name}” …"


READING_ALL = "Reading all sources …"
REBUILDING = "Reading all sources, then building a new index beside the live one …"
ROLLING_BACK = "Going back to the generation before …"


def progress(doing: str, done: int, total: int) -> str:
    """How far it is.

    >>> progress("Reading notes", 120, 2400)
    'Reading notes: 120 of 2,400 (5%)'
    """
    share = f" ({100 * done // total}%)" if total else ""
    return f"{doing}: {done:,} of {total:,}{share}"


def removed(name: str, documents: int) -> str:
    """What a removal did."""
    return f"“{name}” is removed, and {counted(documents, 'document')} with it."


def ask_remove(name: str, documents: int) -> str:
    """Asks before a removal."""
    return f"Remove “{name}” with its {counted(documents, 'document')}? {REMOVE_MEANS}"


def rolled_back(generation: str) -> str:
    """What a rollback did."""
    return f"Generation {generation} is live again, with every change since then."


def kept_unread(problem: str) -> str:
    """That a source could not be walked."""
    return f"{problem} What was read before stays."


def brought(documents: int, new: int, changed: int, gone: int) -> str:
    """What reading a source brought.

    >>> brought(12, 2, 0, 1)
    '12 documents (2 new, 1 removed).'
    """
    news = [f"{number:,} {what}" for number, what in ((new, "new"), (changed, "changed"), (gone, "removed")) if number]
    return f"{counted(documents, 'document')} ({', '.join(news) or 'nothing new'})."


def readable_by(whom: str) -> str:
    """Who may read a source; names may follow."""
    return f"readable by {whom}"


def unreadable(number: int) -> str:
    """Heads the items that can't be read.

    >>> unreadable(1)
    "1 item can't be read:"
    """
    return f"{counted(number, 'item')} can't be read:"


def remarked(number: int) -> str:
    """Heads what is to be known of items that were read.

    >>> remarked(2)
    '2 remarks on what was read:'
    """
    return f"{counted(number, 'remark')} on what was read:"


def too_large(size: int, most: int) -> str:
    """That a file is too large, both in bytes."""
    return f"This file has {size / 2**20:,.1f} MiB, more than the {most >> 20:,} MiB that can be uploaded."


def message_name(text: str) -> str:
    """The file name of a message's words: its first ones.

    >>> message_name("Barr said so.\\nAnd more")
    'Barr said so.txt'
    """
    first = text.strip().partition("\n")[0]
    return f"{first[:60].strip(' .') or 'message'}.txt"


def previewed(items: int, read: int) -> str:
    """How much of a place a preview shows.

    >>> previewed(40, 3)
    'It holds 40 items; 3 documents were read for this preview.'
    """
    return f"It holds {counted(items, 'item')}; {counted(read, 'document')} were read for this preview."


def speakers(names: Sequence[str]) -> str:
    """Who speaks."""
    return f"Speakers: {', '.join(names)}"


def same_as(twins: str) -> str:
    """That other documents have the same text."""
    return f"Same text as: {twins}"


def times(queue: Queue, number: int) -> str:
    """How often.

    >>> times(Queue.UNANSWERED, 3), times(Queue.UNREADABLE, 2)
    ('asked 3 times', 'not readable 2 times in a row')
    """
    if queue is Queue.UNANSWERED:
        return f"asked {number:,} times"
    return f"{'found dead' if queue is Queue.DEAD_LINK else 'not readable'} {number:,} times in a row"


def generation(name: str, state: str, documents: int, passages_held: int, behind: int) -> str:
    """One index generation."""
    late = f", {counted(behind, 'change')} behind" if behind else ""
    return f"{name} ({state}): {counted(documents, 'document')}, {passages(passages_held)}{late}."


def dismissed(question: str) -> str:
    """That a question left its queue."""
    return f"“{question}” is dismissed."
