"""Polite HTTP: one fetcher for everything that is read from the web."""

from sources.fetch.fetcher import Fetcher, NotModified
from sources.fetch.limits import Limits
from sources.fetch.validators import fingerprint_of

__all__ = ["Fetcher", "Limits", "NotModified", "fingerprint_of"]
