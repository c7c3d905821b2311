"""The AP form: a sentence of running text that names speaker, date and source, then the words, then the addresses.

AP: months are abbreviated only with a day (Jan., Feb., Aug. to Dec.), titles stand in quotation marks, the date
follows "said" without "on". Why the attribution comes first: see the package.
"""

from bot.citations.cited import Cited
from bot.wording import words
from bot.wording.dates import written
from sources.document import PartialDate, Precision


def ap(cited: Cited) -> str:
    """`William Barr said May 1, 2019, according to “Title” (Publisher): “…”`, and a line for each address."""
    return "\n".join([f"{_attribution(cited)}: {cited.quotation}", *_addresses(cited)])


def _attribution(cited: Cited) -> str:
    said = f" {words.SAID} {_dated(cited.said)}" if cited.said else ""
    if cited.speaker:
        opening = f"{cited.speaker}{said or f' {words.SAID}'}"
    else:
        opening = f"{words.NOBODYS_WORDS}{said}" if said else words.UNATTRIBUTED.capitalize()
    parts = [opening, cited.quoting, f"{words.ACCORDING_TO} {_source(cited)}", cited.place]
    return ", ".join(part for part in parts if part)


def _source(cited: Cited) -> str:
    published = f"{words.PUBLISHED} {_dated(cited.published)}" if cited.published else ""
    undated = words.UNDATED if not (cited.said or published) else ""
    facts = [cited.publisher, cited.based_on, cited.author and f"by {cited.author}", published, undated]
    if not cited.is_summary:
        facts.append(cited.kind)
    told = "; ".join(fact for fact in facts if fact)
    return f"“{cited.title}”" + (f" ({told})" if told else "")


def _dated(day: PartialDate) -> str:
    """With "in" before a month or a year alone."""
    exact = day.precision in (Precision.DAY, Precision.TIME)
    return written(day) if exact else f"in {written(day)}"


def _addresses(cited: Cited) -> list[str]:
    lines = [cited.link, cited.permalink and f"{words.PERMALINK}: {cited.permalink}"]
    if cited.archived:
        url, at = cited.archived
        lines.append(f"{words.archived_at(written(at) if at else None)}: {url}")
    return [line for line in [*lines, cited.warning] if line]
