"""What can go wrong in the application. Each sentence can be shown to a person as it is."""


class QuotedeskError(Exception):
    """Root of the errors of `bot`. `str(error)` is one plain sentence for a person."""


class BadConfiguration(QuotedeskError):
    """Settings that can't be used; lists every problem."""


class BadRequest(QuotedeskError):
    """The person asked for something that can't be, and can mend it: an unknown source, a place already added."""


class AlreadyThere(BadRequest):
    """A source of that name or place exists."""


class Overtaken(BadRequest):
    """Somebody else has changed it since it was read."""


class NotAllowed(QuotedeskError):
    """The person may not do this. Never says more than they may know."""


class NotHere(NotAllowed):
    """There is no such thing, or this person may not know of it: the same sentence for both."""


class Withdrawn(NotAllowed):
    """The person might read it, but it is not shown any more."""


class StoreUnavailable(QuotedeskError):
    """The database can't be reached or written."""


class SourceChanged(QuotedeskError):
    """The words to be shown are not what is stored: nothing is shown, and the admins are told."""
