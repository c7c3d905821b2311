"""Generations on disk: what is live, what is kept for rollback, and how one takes the place of the other.

    CURRENT                    JSON: the names of the live generation and of the one before it
    g000007/manifest.json      its stamp, and its segments with the documents that are gone from each
    g000007/s000003/           a segment (`segment`)

Every change is new files brought to the disk and then one of them renamed over the old one, so that whoever opens the
index, at any moment and after any crash, finds either all of a change or nothing of it. What no manifest names is left
over from a crash and is removed by the next writer. Checksums make a chain: the manifest has that of each
`segment.json`, which has those of the arrays; the first, and all sizes, are compared whenever a segment is opened, the
rest by `verify`. There is one writer at a time (the application's lock); readers need none. Nothing here is
executable: JSON and plain arrays, never a pickle.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexUnavailable
from index.hit import Stamp
from index.whoosh_engine.bulk.disk import LOCAL_DISK, Disk, replace_text
from index.whoosh_engine.bulk.files import damage
from index.whoosh_engine.segment.schema import FORMAT
from index.whoosh_engine.writing.manifest import (
    Manifest,
    SegmentRecord,
    manifest_from_json,
    manifest_to_json,
    stamp_from_json,
)

_POINTER, _MANIFEST = "CURRENT", "manifest.json"
_GENERATION = re.compile(r"g\d{6,}")
_DAMAGED = "The index is damaged: rebuild it with `quotedesk reindex --full`."
_OTHER_VERSION = "The index was written by another version of Quotedesk: rebuild it with `quotedesk reindex --full`."


@dataclass(frozen=True, slots=True)
class Pointer:
    """The names of the live generation and of the one that a rollback goes back to."""

    live: str | None = None
    previous: str | None = None


class Generations:
    """The folder of an index."""

    def __init__(self, root: Path, disk: Disk = LOCAL_DISK) -> None:
        self.root = root
        self.disk = disk

    def pointer(self) -> Pointer:
        """What is live; nothing before the first build."""
        try:
            return Pointer(**json.loads((self.root / _POINTER).read_bytes()))
        except FileNotFoundError:
            return Pointer()
        except (ValueError, TypeError) as error:
            raise IndexUnavailable(_DAMAGED) from error

    def swap(self, pointer: Pointer) -> None:
        """Make another generation live, by one rename."""
        replace_text(self.disk, self.root / _POINTER, json.dumps({"live": pointer.live, "previous": pointer.previous}))

    def folder(self, name: str) -> Path:
        """Where a generation lies."""
        return self.root / name

    def pointer_if_sound(self) -> Pointer:
        """What is live; nothing where the pointer is damaged, so that a rebuild can mend it."""
        try:
            return self.pointer()
        except IndexUnavailable:
            return Pointer()

    def begin(self) -> str:
        """Clear what crashed builds left, and make the folder of a new generation."""
        self.root.mkdir(parents=True, exist_ok=True)
        found = [folder.name for folder in self.root.iterdir() if _GENERATION.fullmatch(folder.name)]
        for name in found:
            if not self._needed(name):
                self.disk.remove(self.root / name)
        name = f"g{max((int(name[1:]) for name in found), default=0) + 1:06}"
        self.disk.make(self.root / name)
        return name

    def _needed(self, name: str) -> bool:
        """Where the pointer is damaged, whatever is complete may be all that there is."""
        try:
            pointer = self.pointer()
        except IndexUnavailable:
            return (self.root / name / _MANIFEST).exists()
        return name in (pointer.live, pointer.previous)

    def drop(self, name: str | None) -> None:
        """Remove a generation that nothing points to; readers that still have it open keep their maps."""
        if name:
            self.disk.remove(self.root / name)

    def version(self) -> tuple[int, ...]:
        """Changes whenever what is live changes, in this or another process."""
        try:
            pointer = (self.root / _POINTER).stat()
            live = self.pointer().live
            manifest = (self.root / live / _MANIFEST).stat() if live else pointer
        except FileNotFoundError:
            return ()
        return (pointer.st_ino, pointer.st_mtime_ns, manifest.st_ino, manifest.st_mtime_ns)

    def manifest(self, name: str) -> Manifest:
        """Read a generation's manifest. Raises `IndexUnavailable` when it is damaged or was written by another
        version.
        """
        try:
            data = self._read(name)
            if data["format"] != FORMAT:
                raise IndexUnavailable(_OTHER_VERSION)
            return manifest_from_json(data)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnavailable(_DAMAGED) from error

    def stamp(self, name: str) -> Stamp:
        """What a generation was built from, also where another version wrote it. Raises `IndexUnavailable`."""
        try:
            return stamp_from_json(self._read(name))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnavailable(_DAMAGED) from error

    def _read(self, name: str) -> Any:
        return json.loads((self.root / name / _MANIFEST).read_bytes())

    def write(self, name: str, manifest: Manifest) -> None:
        """Make this the generation's manifest, by one rename, and remove segments that it no longer names."""
        replace_text(self.disk, self.root / name / _MANIFEST, json.dumps(manifest_to_json(manifest)))
        self.sweep(name, manifest)

    def sweep(self, name: str, manifest: Manifest) -> None:
        """Remove what lies in a generation and belongs to none of its segments."""
        named = {each.name for each in manifest.segments}
        for folder in (self.root / name).iterdir():
            if folder.is_dir() and folder.name not in named:
                self.disk.remove(folder)

    def check(self, name: str, record: SegmentRecord) -> None:
        """See that a segment's files are there and of the right size. Raises `IndexUnavailable`, FileNotFoundError."""
        if damage(self.root / name / record.name, record.crc32):
            raise IndexUnavailable(_DAMAGED)

    def verify(self, name: str) -> None:
        """Read all files of a generation and compare their checksums. Raises `IndexUnavailable`, which names what is
        wrong.
        """
        for record in self.manifest(name).segments:
            if found := damage(self.root / name / record.name, record.crc32, full=True):
                raise IndexUnavailable(
                    f"The index is damaged ({name}/{record.name}/{found}): go back to the generation before with "
                    f"`quotedesk rollback`, or rebuild it with `quotedesk reindex --full`."
                )

    def size(self, name: str | None) -> int:
        """Bytes on disk of a generation."""
        if name is None:
            return 0
        return folder_size(self.root / name)


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder. Raises FileNotFoundError when there is none."""
    folder.stat()
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
