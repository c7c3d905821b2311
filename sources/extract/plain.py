"""Plain text: kept as it stands, with the turns of a transcript marked."""

from collections.abc import Sequence

from sources.document import Extract, Raw
from sources.extract.builder import TextBuilder
from sources.extract.clean import clean
from sources.extract.datelines import add_said, stated_date
from sources.extract.decode import decode
from sources.extract.frontmatter import split
from sources.extract.opening import declared_speaker, opening
from sources.extract.sniff import charset_of
from sources.extract.spoken import add_speakers


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises NoText when nothing visible is in the file."""
    declared, body = split(clean(decode(raw.content, charset_of(raw.media_type))))
    builder = TextBuilder()
    builder.add(body)
    text = builder.text
    speaker = declared_speaker(text)
    facts = declared or opening(text)
    transcript = add_speakers(builder, facts.get("title"), speaker)
    if speaker and not transcript:
        facts.setdefault("speaker", speaker[1])
    published = facts["published"] = facts.get("published") or stated_date(text)
    said = add_said(builder, facts.get("title"), published, transcript or bool(facts.get("speaker")))
    facts["warnings"] = (*facts.get("warnings", ()), *said)
    return [builder.build(**facts)]
