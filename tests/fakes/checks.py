"""Checks that find nothing anywhere."""

from bot.asking.cards import Checked, DraftCheck
from bot.roles import Person
from index.check import Verdict


class FakeChecks:
    """Every quotation is absent, and every draft quotes nothing."""

    async def check(self, person: Person, quote: str, *, speaker: str | None = None) -> Checked:
        """Absent."""
        return Checked(quote, Verdict.ABSENT, claimed=speaker)

    async def draft(self, person: Person, text: str) -> DraftCheck:
        """Nothing quoted."""
        return DraftCheck((), len(text.split()))
