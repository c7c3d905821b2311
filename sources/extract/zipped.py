"""Zip archives (DOCX, EPUB) from strangers: sizes are checked before unpacking, and nothing is written to disk."""

import struct
import zipfile
import zlib
from io import BytesIO

from sources.errors import Unreadable

MAX_MEMBERS = 10_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
"""A member above `_SMALL` packed tighter is a bomb: text packs to a fifth, XML at best to a fiftieth."""
_SMALL = 1024 * 1024
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What zipfile lets through when a directory or a member is not what it should be."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_zip(content: bytes, what: str) -> zipfile.ZipFile:
    """The archive, once its directory is found harmless; `what` names the format in the sentence of Unreadable."""
    if content.startswith(_OLE):
        raise Unreadable(
            f"The file is an old or a password-protected Office file, not {what}: save it anew, unprotected."
        )
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _DAMAGED as error:
        raise Unreadable(f"The file is damaged, or it is not {what}.") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unreadable("The file is too large once unpacked.")
    for member in members:
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise Unreadable("The file is packed suspiciously tight, as a zip bomb is, and was not opened.")
        if member.flag_bits & 1:
            raise Unreadable("The file is locked with a password.")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of one member, or None where there is none; Unreadable if it is damaged or longer than it says."""
    try:
        info = archive.getinfo(name)
        with archive.open(info) as file:
            content = file.read(info.file_size + 1)
    except KeyError:
        return None
    except _DAMAGED as error:
        raise Unreadable(f"The file is damaged: its part {name} can't be unpacked.") from error
    if len(content) > info.file_size:
        raise Unreadable(f"The file is damaged: its part {name} is longer than it says.")
    return content
