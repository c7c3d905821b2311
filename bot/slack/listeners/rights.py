"""Who may do what. Checked inside every behaviour: a hidden button is no access control."""

from bot.errors import NotAllowed, QuotedeskError
from bot.roles import Person, may_administer
from bot.slack.parts import Call, Parts
from bot.wording import admin_words, slack_words


class Untold(QuotedeskError):
    """Slack did not say who somebody is."""


async def the_person(parts: Parts, call: Call) -> Person:
    """The person who calls, for what needs a right. Raises Untold for somebody of whom Slack did not tell just now: who
    is no guest must not be called one.
    """
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    if not person.trusted and parts.people.unsure():
        raise Untold(slack_words.WHO)
    return person


async def the_admin(parts: Parts, call: Call) -> Person:
    """The person who calls. Raises NotAllowed unless they are an admin, Untold."""
    person = await the_person(parts, call)
    if not may_administer(person):
        raise NotAllowed(admin_words.ADMINS_ONLY)
    return person
