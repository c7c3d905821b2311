"""A PDF written by hand: the few objects that a page of Helvetica needs."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """A string at a place of the page, in points from its lower left corner; `matrix` turns it."""

    text: str
    x: float
    y: float
    size: float = 10
    matrix: str = "1 0 0 1"


def page(*lines: str, x: float = 72, top: float = 700, leading: float = 14) -> list[Drawn]:
    """Lines one below the other."""
    return [Drawn(line, x, top - leading * number) for number, line in enumerate(lines) if line]


def pdf(*pages: Sequence[Drawn], title: str = "", author: str = "", made: str = "") -> bytes:
    """The file's bytes."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /Author (%s) /CreationDate (%s) >>" % tuple(map(_escaped, (title, author, made))),
    ]
    for number, drawn in enumerate(pages):
        content = b"\n".join(map(_shown, drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _escaped(text: str) -> bytes:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")


def _shown(drawn: Drawn) -> bytes:
    place = f"BT /F1 {drawn.size} Tf {drawn.matrix} {drawn.x} {drawn.y} Tm (".encode()
    return place + _escaped(drawn.text) + b") Tj ET"


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(out),
        )
    )
