"""Documents to be read: a stretch of a stored version, with all that is told beside it."""

from bot.reading.desk import Changes, ReadingDesk
from bot.reading.sheet import Block, Matches, Sheet, Sign, Turn, Wanted

__all__ = ["Block", "Changes", "Matches", "ReadingDesk", "Sheet", "Sign", "Turn", "Wanted"]
