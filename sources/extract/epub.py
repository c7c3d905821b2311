"""EPUB to text: the chapters in the order of the spine, headings marked, with what the package says of the book."""

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from sources.dates import read_date
from sources.document import Extract, Origin, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import TextBuilder
from sources.extract.markup import add_markup
from sources.extract.spoken import add_speakers
from sources.extract.xml_tree import local_name, parse_xml
from sources.extract.zipped import member, open_zip

_WHAT = "an EPUB"
_CHAPTERS = ("application/xhtml+xml", "text/html")


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises Unreadable, NoText."""
    with open_zip(raw.content, _WHAT) as archive:
        place = _package_place(member(archive, "META-INF/container.xml"))
        package = parse_xml(member(archive, place) or b"", "The EPUB's package")
        locked = _locked(member(archive, "META-INF/encryption.xml"))
        builder, warnings = TextBuilder(), list[str]()
        for name in _spine(package, posixpath.dirname(place)):
            chapter = _chapter(archive, name, warnings)
            if name in locked:
                raise Unreadable("The EPUB is locked by its seller (DRM).")
            add_markup(builder, chapter, "application/xhtml+xml")
    title = _fact(package, "title")
    add_speakers(builder, title)
    date = _fact(package, "date")
    return [
        builder.build(
            warnings[0] if warnings else "The EPUB holds no text.",
            title=title,
            author=_fact(package, "creator"),
            publisher=_fact(package, "publisher"),
            language=_fact(package, "language"),
            published=read_date(date, Origin.DECLARED) if date else None,
            warnings=tuple(warnings),
        )
    ]


def _chapter(archive: ZipFile, name: str, warnings: list[str]) -> bytes:
    """A chapter's page; of one that is missing or damaged `warnings` are told, and the others are read."""
    try:
        if (chapter := member(archive, name)) is not None:
            return chapter
        warnings.append(f"The EPUB is not complete: its chapter {name} is missing.")
    except Unreadable as error:
        warnings.append(str(error))
    return b""


def _package_place(container: bytes | None) -> str:
    if container is None:
        raise Unreadable("The file is a zip archive, but not an EPUB: it names no package.")
    for element in parse_xml(container, "The EPUB's container").iter():
        if local_name(element) == "rootfile" and (place := element.get("full-path")):
            return place
    raise Unreadable("The EPUB names no package.")


def _locked(encryption: bytes | None) -> set[str]:
    """The parts that can't be read without a key; often these are only fonts."""
    if encryption is None:
        return set()
    parts = parse_xml(encryption, "The EPUB's list of locked parts").iter()
    return {unquote(part.get("URI", "")) for part in parts if local_name(part) == "CipherReference"}


def _spine(package: Any, folder: str) -> Iterator[str]:
    """Names of the chapters inside the archive; one that points out of it is simply not found there."""
    items: dict[str, tuple[str, str]] = {}
    order: list[str] = []
    for element in package.iter():
        if local_name(element) == "item":
            items[element.get("id", "")] = element.get("href", ""), element.get("media-type", "")
        elif local_name(element) == "itemref":
            order.append(element.get("idref", ""))
    if not order:
        raise NoText("The EPUB does not tell the order of its chapters: it has no spine.")
    for name in order:
        href, media_type = items.get(name, ("", ""))
        if media_type in _CHAPTERS:
            yield posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _fact(package: Any, name: str) -> str | None:
    texts = ("".join(element.itertext()) for element in package.iter() if local_name(element) == name)
    return next((text.strip() for text in texts if text.strip()), None)
