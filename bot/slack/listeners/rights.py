"""Who may do what admins do. Checked inside every behaviour: a hidden button is no access control."""

from bot.errors import NotAllowed
from bot.roles import Person, may_administer
from bot.slack.parts import Call, Parts
from bot.wording import admin_words


async def the_admin(parts: Parts, call: Call) -> Person:
    """The person who calls. Raises NotAllowed unless they are an admin."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    if not may_administer(person):
        raise NotAllowed(admin_words.ADMINS_ONLY)
    return person
