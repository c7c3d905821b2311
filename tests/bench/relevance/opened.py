"""The live index of a home, opened for measuring without a desk."""

from pathlib import Path

from index.port import Access
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.ranking.weights import WEIGHTS, Weights
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.segment import Segment
from index.whoosh_engine.writing.generations import Generations
from sources.people import load


def snapshot(home: Path, weights: Weights = WEIGHTS) -> Snapshot:
    """The live generation in a Quotedesk home. It is read only. Raises IndexUnavailable, FileNotFoundError."""
    generations = Generations(home / "index")
    name = generations.pointer().live
    if name is None:
        raise FileNotFoundError(f"{home} holds no index")
    manifest = generations.manifest(name)
    leaves: list[Leaf] = []
    for record in manifest.segments:
        segment = Segment(generations.folder(name) / record.name)
        leaves.append(Leaf(segment, record.live_documents()[segment.row_card]))
    return Snapshot(manifest.stamp, leaves, load(home / "people.toml"), weights)


def everything(of: Snapshot) -> Access:
    """Access to all sources of the one workspace that a measured home holds."""
    sources = {pair for leaf in of.leaves for pair in leaf.segment.homes}
    (workspace,) = {workspace for workspace, _ in sources}
    return Access(workspace, frozenset(source for _, source in sources))
