"""Generations on disk: what is live, what is kept for rollback, and how one takes the place of the other.

    CURRENT                    JSON: the names of the live generation and of the one before it
    g000007/manifest.json      its stamp, and its segments with the documents that are gone from each
    g000007/s000003/           a segment (`segment`)

Every change is a new file brought to the disk and then renamed over the old one, so that whoever opens the index, at
any moment and after any crash, finds either all of a change or nothing of it. What no manifest names is left over
from a crash and is removed by the next writer. There is one writer at a time (the application's lock); readers need
none. Nothing here is executable: JSON and plain arrays, never a pickle.
"""

import json
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from index.errors import IndexUnavailable
from index.hit import Stamp
from index.whoosh_engine.schema import FORMAT, READABLE_FORMATS

_POINTER, _MANIFEST = "CURRENT", "manifest.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The names of the live generation and of the one that a rollback goes back to."""

    live: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment's folder name, its bytes in all, and the ids of its documents that are changed or removed since.

    `superseded`: it holds older versions, which no search sees.
    """

    name: str
    size: int
    gone: frozenset[str] = frozenset()
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of. `numbered` segments were ever made in it, so that no name is used twice."""

    stamp: Stamp
    segments: tuple[SegmentRecord, ...] = ()
    numbered: int = 0

    def with_segments(self, segments: tuple[SegmentRecord, ...], **stamp: Any) -> "Manifest":
        """The same generation with other segments and an adjusted stamp."""
        return replace(self, segments=segments, stamp=replace(self.stamp, **stamp))


class Generations:
    """The folder of an index."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def pointer(self) -> Pointer:
        """What is live; nothing before the first build."""
        try:
            return Pointer(**json.loads((self.root / _POINTER).read_bytes()))
        except FileNotFoundError:
            return Pointer()
        except (ValueError, TypeError) as error:
            raise IndexUnavailable("The index is damaged: rebuild it with `quotedesk reindex --full`.") from error

    def swap(self, pointer: Pointer) -> None:
        """Make another generation live, by one rename."""
        _replace(self.root / _POINTER, json.dumps({"live": pointer.live, "previous": pointer.previous}))

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
        named = self.pointer_if_sound()
        numbers = [0]
        for folder in self.root.glob("g[0-9]*"):
            numbers.append(int(folder.name[1:]))
            if folder.name not in (named.live, named.previous):
                shutil.rmtree(folder)
        name = f"g{max(numbers) + 1:06}"
        (self.root / name).mkdir()
        return name

    def drop(self, name: str | None) -> None:
        """Remove a generation that nothing points to; readers that still have it open keep their maps."""
        if name:
            shutil.rmtree(self.root / name, ignore_errors=True)

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
            data = json.loads((self.root / name / _MANIFEST).read_bytes())
            if data["format"] not in READABLE_FORMATS:
                raise IndexUnavailable(
                    "The index was written by another version of Quotedesk: rebuild it with `quotedesk reindex --full`."
                )
            stamp = data["stamp"] | {"built_at": datetime.fromisoformat(data["stamp"]["built_at"])}
            segments = tuple(
                SegmentRecord(each["name"], each["size"], frozenset(each["gone"]), each.get("superseded", False))
                for each in data["segments"]
            )
            return Manifest(Stamp(**stamp), segments, data["numbered"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexUnavailable("The index is damaged: rebuild it with `quotedesk reindex --full`.") from error

    def write(self, name: str, manifest: Manifest) -> None:
        """Make this the generation's manifest, by one rename, and remove segments that it no longer names."""
        stamp = manifest.stamp
        data = {
            "format": FORMAT,
            "stamp": {
                "generation": stamp.generation,
                "sequence": stamp.sequence,
                "schema": stamp.schema,
                "built_at": stamp.built_at.isoformat(),
                "documents": stamp.documents,
                "passages": stamp.passages,
            },
            "segments": [
                {"name": each.name, "size": each.size, "gone": sorted(each.gone), "superseded": each.superseded}
                for each in manifest.segments
            ],
            "numbered": manifest.numbered,
        }
        folder = self.root / name
        _replace(folder / _MANIFEST, json.dumps(data))
        named = {each.name for each in manifest.segments}
        for segment in folder.glob("s[0-9]*"):
            if segment.name not in named:
                shutil.rmtree(segment, ignore_errors=True)

    def size(self, name: str | None) -> int:
        """Bytes on disk of a generation."""
        if name is None:
            return 0
        return folder_size(self.root / name)


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder. Raises FileNotFoundError when there is none."""
    folder.stat()
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
