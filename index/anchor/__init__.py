"""Where words of one version of a document stand in another: the web's annotation selectors, re-anchored. Pure."""

from index.anchor.alignment import Alignment
from index.anchor.anchoring import Anchoring, Fate, Found, anchor
from index.anchor.selectors import Selector, select

__all__ = ["Alignment", "Anchoring", "Fate", "Found", "Selector", "anchor", "select"]
