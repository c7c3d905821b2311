"""Whatever is asked, a reader learns nothing of what is closed to them: the answer is as if it were not there."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadQuery
from index.hit import Results
from index.port import Access
from index.query import parse
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.fakes.corpus import batch, batches, made, reader

WORDS = ("vote", "votes", "ballot", "balot", "dirt", "foreign", "zelensky", "zelenskyy", "khashoggi", "may", "us")
SOURCES = (("w", "s"), ("w", "closed"), ("elsewhere", "s"))

sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    texts = draw(st.lists(st.tuples(st.sampled_from(SOURCES), sentence), min_size=1, max_size=8))
    return [
        made(str(number), text, workspace=workspace, source=source, title=draw(sentence), published="2019-07-25")
        for number, ((workspace, source), text) in enumerate(texts)
    ]


word = st.sampled_from((*WORDS, "kashoggi", "zelenski", "vot*", "dir*", "zelensky~", "speaker:vote", "title:dirt"))
question = st.lists(
    st.one_of(word, sentence.map('"{}"'.format), word.map("-{}".format), st.sampled_from(("OR", "before:2020", "/s"))),
    min_size=1,
    max_size=5,
).map(" ".join)


def told(results: Results) -> object:
    """Everything an asker sees but the scores, which weigh words by how often they occur at all, and the stamp."""
    hits = {
        (hit.document.id, hit.passage.start, hit.missing, hit.spans, hit.also_in, hit.similar_in)
        for hit in results.hits
    }
    return hits, results.total, results.answered, results.left_out, results.corrected, results.suggestions


async def _told(documents: list[Document], asked: str, access: Access) -> tuple[object, list[str]]:
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", threads=1)
        await engine.rebuild(batches(batch(documents)))
        suggested = [list(await engine.suggest(word[:3], access)) for word in WORDS]
        results = await engine.search(parse(asked, limit=50), access)
        await engine.close()
        return told(results), sorted(word for words in suggested for word in words)


@settings(max_examples=40, deadline=None)
@given(corpora(), question)
async def test_what_is_closed_might_as_well_not_exist(documents: list[Document], asked: str) -> None:
    try:
        parse(asked)
    except BadQuery:
        return
    open_ones = [document for document in documents if (document.workspace_id, document.source_id) == ("w", "s")]
    assert await _told(documents, asked, reader("s")) == await _told(open_ones, asked, reader("s"))
