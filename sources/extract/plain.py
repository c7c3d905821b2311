"""Plain text: kept as it stands, with the turns of a transcript marked."""

from collections.abc import Sequence

from sources.document import Extract, Raw
from sources.extract.builder import TextBuilder
from sources.extract.clean import clean
from sources.extract.decode import decode
from sources.extract.frontmatter import split
from sources.extract.opening import declared_speaker, opening
from sources.extract.sniff import charset_of
from sources.speakers import turns


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises NoText when nothing visible is in the file."""
    declared, body = split(clean(decode(raw.content, charset_of(raw.media_type))))
    builder = TextBuilder()
    builder.add(body)
    text = builder.text
    marks = turns(text)
    for mark in marks:
        builder.mark(mark.start, mark.value, mark.end)
    facts = declared or opening(text)
    if not marks and (speaker := declared_speaker(text)):
        facts.setdefault("speaker", speaker)
    return [builder.build(**facts)]
