"""Whose pins are meant by `owner:` where somebody is called by name. Pure."""

import re
from collections.abc import Collection, Mapping

from bot.errors import BadRequest
from bot.wording import pinboard_words

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{6,}")


def owner_meant(typed: str, known: Mapping[str, Collection[str]]) -> str:
    """The id of the owner who is meant. `known` are the owners there are, by id, with all that they go by; a part of a
    name is enough where it is one person's alone. Raises BadRequest.

    >>> known = {"U1": ["Rita Reyes", "rita"], "U2": ["Ed Reyes", "ed"]}
    >>> owner_meant("@Rita", known), owner_meant("ed reyes", known)
    ('U1', 'U2')
    """
    name = " ".join(typed.removeprefix("@").casefold().split())
    whole = {one for one, names in known.items() if name in {one.casefold(), *map(str.casefold, names)}}
    parts = {one for one, names in known.items() if name in " ".join(names).casefold().split()}
    match sorted(whole or parts):
        case [one]:
            return one
        case []:
            if _SLACK_ID.fullmatch(typed.removeprefix("@")):
                return typed.removeprefix("@")
            raise BadRequest(pinboard_words.NO_SUCH_OWNER.format(typed))
        case several:
            called = ", ".join(sorted(next(iter(known[one])) for one in several))
            raise BadRequest(pinboard_words.WHICH_OWNER.format(typed, called))
