"""Pins as a Word document."""

import io
import re
from datetime import datetime

from bot.citations import Style, cite
from bot.pinning.texts import about
from bot.pinning.view import PinView

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(views: tuple[PinView, ...], title: str, at: datetime) -> bytes:
    """A heading, then each pin with its citation and what is told of it."""
    from docx import Document

    document = Document()
    document.core_properties.title = _safe(title)
    document.core_properties.author = "Quotedesk"
    document.core_properties.created = at.replace(tzinfo=None)
    document.core_properties.modified = at.replace(tzinfo=None)
    document.add_heading(_safe(title), level=1)
    document.add_paragraph(f"{len(views)} pins, written {at:%Y-%m-%d %H:%M} UTC.")
    for view in views:
        quotation, _, told = _safe(cite(view.card, Style.PLAIN)).partition(f"{_safe(view.card.text)}”")
        document.add_paragraph(f"{quotation}{_safe(view.card.text)}”", style="Intense Quote")
        document.add_paragraph(told.strip())
        for line in about(view):
            document.add_paragraph(_safe(line), style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _safe(text: str) -> str:
    """The text without what can't stand in XML: each becomes a visible mark."""
    return _NOT_IN_XML.sub("\ufffd", text)
