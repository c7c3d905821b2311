"""What the desk page says to admins. Plain text; templates escape it."""

from bot.store.tasks import Queue
from bot.wording.admin_words import QUEUE_NAMES
from bot.wording.words import counted

TITLE = "Desk"
HEADING = "The desk"
AS_OF = "As of {}"
RELOAD = "Reload"
FIRST = "What needs doing first"
NOTHING = "Nothing waits. Every source can be read, and every queue is empty."

JOBS = "Being done now"
NO_JOBS = "Nothing is being read or indexed just now."
SINCE = "since {}"
BEGINNING = "beginning"
INDEX_JOB = "Index"
OTHERS = "What another process does, such as a command line, is not listed."

SOURCES = "Sources"
NAME = "Source"
DOCUMENTS = "Documents"
UNDATED = "Undated"
UNREADABLE = "Unreadable"
READ = "Last read"
SCHEDULE = "Schedule"
STATE = "State"
ACTIONS = "Actions"
REFRESH = "Refresh"
PAUSE = "Pause"
RESUME = "Resume"
SOUND = "sound"
PAUSED = "paused"
LIMITED = "limited"
ADD = "Sources are added in Slack: /sources add https://…, or send a file to Quotedesk in a direct message."
NO_SOURCES = "There is no source yet that you may read."
DONE_NOW = {
    "begun": "Reading “{}” has begun.",
    "paused": "“{}” is paused: it stays searchable, and is not read until it is resumed.",
    "resumed": "“{}” is resumed, and is read again with the others.",
    "dismissed": "That is out of its queue.",
}
PAUSED_FIRST = "“{}” is paused: resume it first."
NO_QUEUE = "There is no such queue."
BUSY = "The desk has its hands full just now. Please try again in a minute."

QUEUES = "Queues"
EMPTY_QUEUE = "Nothing waits here."
ALL_OF = "All of {}"
DONE = "Mark Done"
OPEN = "Open"
EARLIER = "First Rows"
LATER = "Next Rows"
PAGES = "Pages of the queue"
HOW = {
    Queue.UNDATED: "Set the date in Slack: /sources queue, Undated Documents, Fix Details.",
    Queue.UNREADABLE: "What was held back can be taken in Slack: /sources queue, Unreadable Items, Take This Reading.",
    Queue.DUPLICATE: "The same text in more than one document: copies are folded in answers, so nothing must be done.",
    Queue.DEAD_LINK: "Set an archived copy in Slack: /sources queue, Dead Links, Fix Details.",
    Queue.UNANSWERED: "Questions that found nothing. Once a source answers one, mark it done.",
    Queue.FEEDBACK: "What people thought of the passages they were shown.",
}

GENERATIONS = "Index generations"
GENERATION = "Generation"
BUILT = "Built"
PASSAGES = "Passages"
BEHIND = "Changes behind"
ROLL_BACK = "Rebuilding and going back are done in Slack: /reindex full, and Roll Back in /reindex status."

GROWTH = "Growth of the corpus"
GROWTH_TABLE = "Growth as a table"
DAY = "At the end of"
LATENCY = "Time from a question to its passages"
LATENCY_TABLE = "Times as a table"
TOOK = "Took"
ANSWERS = "Answers"
NO_ANSWERS = "Nothing was asked since this process began."
SINCE_START = "Since this process began; /metrics has the same figures for every process."
NO_GROWTH = "No document is there yet."


def growth(first: str, last: str, total: int) -> str:
    """What the drawing of the corpus shows."""
    return f"{counted(total, 'document')} by {last}, from {first} on; the table below has the figures."


def grown_to(total: int) -> str:
    """How many documents there are now."""
    return f"{counted(total, 'document')} now."


def latency(total: int, middle: str) -> str:
    """What the drawing of times shows.

    >>> latency(3, "up to 50 ms")
    '3 answers; half of them took up to 50 ms.'
    """
    return f"{counted(total, 'answer')}; half of them took {middle}."


def behind(changes: int) -> str:
    """That the index has yet to take something in."""
    return f"The index is {counted(changes, 'change')} behind. It catches up with the next reading, or with /reindex."


def troubled(name: str, problem: str) -> str:
    """What is wrong with a source."""
    return f"{name}: {problem}"


def waiting(queue: Queue, number: int) -> str:
    """How much waits in a queue.

    >>> waiting(Queue.UNDATED, 1200)
    'Undated Documents: 1,200'
    """
    return f"{QUEUE_NAMES[queue]}: {number:,}"


def progress(doing: str, done: int, total: int) -> str:
    """How far it is."""
    return f"{doing}: {done:,} of {total:,}" if total else doing
