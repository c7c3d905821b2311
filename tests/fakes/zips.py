"""Zip packages written in memory: any archive, a Word document, an EPUB."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these members, compressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, notes: str = "") -> bytes:
    """A Word document whose body and footnotes are this WordprocessingML."""
    buffer = BytesIO()
    docx.Document().save(buffer)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(buffer) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = f"<w:document {space}><w:body>{body}</w:body></w:document>".encode()
    if notes:
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relation = f'<Relationship Id="rId99" Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>'
        place = "word/_rels/document.xml.rels"
        members[place] = members[place].replace(b"</Relationships>", relation.encode())
        members["word/footnotes.xml"] = f"<w:footnotes {space}><w:footnote>{notes}</w:footnote></w:footnotes>".encode()
    return zipped(members)


def epub(chapters: Mapping[str, str], metadata: str = "", package: str = "OEBPS/c.opf") -> bytes:
    """An EPUB of these chapters, in their order; `metadata` is Dublin Core in the prefix `dc`."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    folder = package.rpartition("/")[0] + "/"
    return zipped(
        {
            "META-INF/container.xml": f'<container><rootfile full-path="{package}"/></container>',
            package: f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        }
        | {folder + name: chapter for name, chapter in chapters.items()}
    )
