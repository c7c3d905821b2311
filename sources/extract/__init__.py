"""From bytes to text: one pure module a format, run in processes of their own."""

from sources.extract.formats import FORMATS, Format
from sources.extract.pool import MAX_BYTES, Extractors
from sources.extract.sniff import HEAD_BYTES, format_of

__all__ = ["FORMATS", "HEAD_BYTES", "MAX_BYTES", "Extractors", "Format", "format_of"]
