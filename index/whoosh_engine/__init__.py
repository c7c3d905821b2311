"""The default engine, and the only importer of whoosh."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.whoosh_engine.answering.percolate import WhooshPercolator
    from index.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine", "WhooshPercolator"]

_MODULES = {"WhooshEngine": "engine", "WhooshPercolator": "answering.percolate"}


def __getattr__(name: str) -> Any:
    """Import what is asked for: workers of `bulk` need neither, and would begin half a second later."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
