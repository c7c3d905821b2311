"""A folder, or one single file, as a source.

Not listed: files and folders whose names begin with a dot, and the folder's own `manifest.jsonl`. Links to files inside
the folder are read; whatever leads out of it, and whatever is no file, is refused with its reason.
"""

import asyncio
import hashlib
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from sources.connectors.manifest import NAME, Manifest, read_manifest
from sources.connectors.walk import Walk, check, examine, walk
from sources.document import Raw
from sources.errors import Unreachable, Unreadable
from sources.extract import MAX_BYTES
from sources.extract.formats import FORMATS
from sources.port import Declared, Discovery, Item, Refused

_MEDIA_TYPES: Mapping[str, str] = {ending: row.media_types[0] for row in FORMATS for ending in row.endings}


def _now() -> datetime:
    return datetime.now(UTC)


class FolderSource:
    """The files below `path`, or the one file that it is. Implements `sources.port.Source` and `Watchable`.

    An item's location is its path relative to the folder, with `/`; that of a file added alone is its name.
    With `manifest`, the folder's `manifest.jsonl` declares what its keeper knows of the files.
    """

    def __init__(self, path: Path, manifest: bool = True, *, clock: Callable[[], datetime] = _now) -> None:
        self._path = path
        self._manifest = manifest
        self._clock = clock

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002  # a folder is listed whole
        """List all files by location, then what is refused. Not `complete` where a folder inside can't be listed."""
        return await asyncio.to_thread(self._discover)

    async def fetch(self, item: Item) -> Raw:
        """Read one file, as it is now."""
        content = await asyncio.to_thread(self._read, item.location)
        media_type = _MEDIA_TYPES.get(PurePosixPath(item.location).suffix.lower(), "application/octet-stream")
        return Raw(item.location, content, media_type, self._clock())

    async def glance(self) -> str:
        """See `sources.port.Watchable`."""
        return await asyncio.to_thread(self._glance)

    def _glance(self) -> str:
        root, alone = self._place()
        found = _alone(root, alone) if alone else walk(root)
        files = sorted((location, status.st_size, status.st_mtime_ns) for location, status in found.files.items())
        refused = sorted((one.location, one.reason) for one in found.refused)
        return hashlib.sha256(repr((str(root), files, refused)).encode(errors="surrogateescape")).hexdigest()

    def _discover(self) -> Discovery:
        root, alone = self._place()
        found = _alone(root, alone) if alone else walk(root)
        manifest = Manifest({}) if alone else self._declarations(found)
        items = [
            Item(location, _fingerprint(status, declared), declared)
            for location, status in sorted(found.files.items())
            for declared in (manifest.declared.get(location, Declared()),)
        ]
        refused = sorted(found.refused, key=lambda entry: entry.location)
        return Discovery(items, (*refused, *manifest.refused, *_missing(manifest, found)), found.complete)

    def _declarations(self, found: Walk) -> Manifest:
        """Read the manifest, and take it from the list of files in any case."""
        listed = found.files.pop(NAME, None) is not None
        if not (listed and self._manifest):
            return Manifest({})
        try:
            return read_manifest(self._read(NAME))
        except Unreadable as error:
            return Manifest({}, (Refused(NAME, str(error)),))

    def _read(self, location: str) -> bytes:
        root, alone = self._place()
        path = os.path.realpath(root / (alone or location))
        if not Path(path).is_relative_to(root):
            raise Unreadable(f"{location} does not lie inside the folder.")
        try:
            # A pipe that has taken the file's place must not make the desk wait.
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as file:
                check(os.fstat(file.fileno()))
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise Unreadable(f"{location} can't be read: {error.strerror}.") from error
        if len(content) > MAX_BYTES:
            raise Unreadable(f"{location} grew too large while it was read.")
        return content

    def _place(self) -> tuple[Path, str]:
        """The resolved folder, and the name in it of the file that was added alone, or nothing."""
        try:
            path = self._path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a ring
            raise Unreachable(f"There is no folder or file {self._path}.") from error
        return (path, "") if path.is_dir() else (path.parent, path.name)


def _alone(root: Path, name: str) -> Walk:
    found = Walk()
    try:
        found.files[name] = examine(root, name)
    except (OSError, Unreadable) as error:
        found.refuse(name, error)
    return found


def _missing(manifest: Manifest, found: Walk) -> list[Refused]:
    """The manifest's lines for which nothing was found, unless that is told already."""
    told = {entry.location for entry in found.refused}
    return [
        Refused(path, f"Listed in the manifest, but there is no such file{_hidden(path)}.", absent=True)
        for path in manifest.declared
        if path not in found.files
        and told.isdisjoint({path, *(f"{folder}/" for folder in PurePosixPath(path).parents)})
    ]


def _hidden(path: str) -> str:
    hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
    return " among those read: names that begin with a dot are left out" if hidden else ""


def _fingerprint(status: os.stat_result, declared: Declared) -> str:
    digest = hashlib.sha256(repr(declared).encode()).hexdigest()[:16]
    return f"{status.st_size}-{status.st_mtime_ns}-{digest}"
