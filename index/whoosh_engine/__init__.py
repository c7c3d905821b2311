"""The default engine, and the only importer of whoosh."""

from index.whoosh_engine.engine import WhooshEngine
from index.whoosh_engine.percolate import WhooshPercolator

__all__ = ["WhooshEngine", "WhooshPercolator"]
