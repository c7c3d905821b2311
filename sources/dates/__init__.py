"""Our own table of written dates: what a string, or a stretch of running text, says of when, and no more than it says.

Every form that is read stands in a table of this package; whatever is not in one is not a date. Nothing is guessed:
`July 2016` stays a month, `06/07/2019` (June or July?) and `31 February` are no dates at all, and what a text names
only in part (`July 25`, `yesterday`) is completed from the text's own date where just one reading is possible.
Reading takes linear time on any text.
"""

from sources.dates.find import Mentions, find_dates
from sources.dates.forms import YEARS
from sources.dates.named import FoundDate
from sources.dates.read import read_date

__all__ = ["YEARS", "FoundDate", "Mentions", "find_dates", "read_date"]
