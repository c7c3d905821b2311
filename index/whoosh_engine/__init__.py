"""The default engine, and the only importer of whoosh."""

from index.whoosh_engine.answering.percolate import WhooshPercolator
from index.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine", "WhooshPercolator"]
