"""What is said about watches: standing questions whose new passages are told. Plain text, nothing is markup."""

from bot.wording.words import counted, passages

# Buttons
WATCH = "Watch This"
SET_UP = "Set Up Watch"
PAUSE = "Pause Watch"
RESUME = "Resume Watch"
REMOVE = "Remove Watch"
EDIT = "Edit Watch"
MANAGE = "Manage Watches"
SHOW_ALL = "Show All Matches"
PREVIOUS = "Previous Watches"
NEXT = "Next Watches"

# The form
TITLE = "New Watch"
SUBMIT = "Start Watching"
EDIT_TITLE = "Edit Watch"
SAVE = "Save Watch"
WORDS = "Watch for"
WORDS_HINT = "As you would ask /quote. To leave something out: -word, -source:name, -publisher:name."
WHERE = "Tell of it"
HERE = "in this channel"
PERSONALLY = "in a direct message to me"
WHEN = "When"
AT_ONCE = "At once"
LEAST = "Shortest passage"
ANY_LENGTH = "Any length"
LENGTHS = (0, 10, 25, 50, 100)
"""Words that a passage must have, as the form offers them."""

# Around the form
OFFER = "Watch for new passages?"
ONLY_NEW = "Only what comes from now on is told."
NONE_NOW = "Nothing here answers it today."
STARTING = "Setting up your watch: "
STARTED = "Watching: "
STARTED_IN_CHANNEL = "This channel is told of new passages, for "
TOLD_THERE = "Your watch is set up; what is new will be told in that channel."
TOLD_PERSONALLY = "Your watch is set up; what is new will come as a direct message."

# The list
LIST = "Your watches, and those of this channel"
NO_WATCHES = "Nothing is watched for yet. For example:"
EXAMPLES = (
    ('/quote watch Barr "foreign dirt"', "new passages with these words, by anybody"),
    ("/quote watch speaker:Mueller -source:wire", "whatever he says anew, one source left out"),
)
NONE_ANYWHERE = 'Nothing is watched for yet. Watches are set up in Slack: /quote watch Barr "foreign dirt"'
IN_A_DM = "told in direct messages"
IN_CHANNEL = "told in "
PAUSED = "paused"
REMOVE_TITLE = "Remove this watch?"
REMOVE_QUESTION = "It will tell of nothing any more. What it has told stays where it is."
REMOVE_YES = "Remove"
REMOVE_NO = "Keep"
REMOVED = "The watch was removed."
PAUSED_NOW = "The watch is paused. What comes meanwhile is not told."
EDITED = "The watch was changed. With another question only what comes from now on is told."
RESUMED_NOW = "The watch goes on from now."

# What it tells
FOUND = "New for the watch "
MAY_REPEAT = "Quotedesk was interrupted while it sent this, so it may come twice."

# When something can't be done
GONE = "There is no such watch, or it is not yours."
TOO_MANY = "You have {} watches, and more are not possible. Remove one first."
NOT_A_MEMBER = (
    "Quotedesk is not a member of this channel. Invite @Quotedesk to the channel, then set up the watch again."
)
YOURSELF_NO_MEMBER = "A watch in a channel is set up by somebody who is in it."
OWNER_GONE = "The account of whoever set it up is deactivated."
OWNER_LEFT = "Whoever set it up is not in the channel any more."
PLACE_GONE = "Quotedesk can't post in that conversation any more."
NOT_TAKEN = "Slack did not take its messages, many times in a row."
NO_WORDS = "Write what to watch for, for example: Barr foreign dirt"


def was_paused(question: str, problem: str) -> str:
    """Tells an owner that a watch waits for them.

    >>> was_paused("Barr", "It has no words.")
    'Your watch for “Barr” is paused. It has no words. It is kept, and can be resumed.'
    """
    return f"Your watch for “{question}” is paused. {problem} It is kept, and can be resumed."


def now(total: int) -> str:
    """How many there are already, which will not be told.

    >>> now(12), now(0)
    ('12 passages answer it today.', 'Nothing here answers it today.')
    """
    return f"{passages(total)} {'answers' if total == 1 else 'answer'} it today." if total else NONE_NOW


def when(hour: int | None, zone: str) -> str:
    """When it is told of.

    >>> when(None, "UTC"), when(9, "Europe/Berlin")
    ('at once', 'daily at 09:00 (Europe/Berlin)')
    """
    return "at once" if hour is None else f"daily at {hour:02}:00 ({zone})"


def daily(hour: int) -> str:
    """A line of the form.

    >>> daily(7)
    'Daily at 07:00'
    """
    return f"Daily at {hour:02}:00"


def least(number: int) -> str:
    """How long a passage must be.

    >>> least(0), least(25)
    ('Any length', '25 words or more')
    """
    return f"{number} words or more" if number else ANY_LENGTH


def found(total: int) -> str:
    """The point of a message: how many there are.

    >>> found(1), found(12)
    ('1 new passage', '12 new passages')
    """
    return counted(total, "new passage")


def more(number: int) -> str:
    """How many are not shown.

    >>> more(8)
    'And 8 more passages that are new.'
    """
    return f"And {counted(number, 'more passage')} that {'is' if number == 1 else 'are'} new."


def listed(total: int) -> str:
    """Above the list.

    >>> listed(2)
    '2 watches: yours, and those of this channel.'
    """
    return f"{total:,} watch{'' if total == 1 else 'es'}: yours, and those of this channel."
