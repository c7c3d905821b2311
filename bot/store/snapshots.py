"""The raw bytes of everything that was read, each under its own hash: HOME/snapshots/ab/cdef…"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.errors import StoreUnavailable

ABANDONED = 3600.0
"""Seconds after which a file that was begun is nobody's any more: its writer was killed."""


class Snapshots:
    """Files that are written once and never changed: a name is given only to bytes that are on the disk.

    They are begun in a folder of their own, where what a killed writer left is found and removed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun = folder / "new"
        self._cleared = False

    async def keep(self, contents: Sequence[bytes]) -> Sequence[str]:
        """Store these bytes so that not even a power cut loses them. Returns the hex digest of each.

        Raises StoreUnavailable when they can't be written.
        """
        return await asyncio.to_thread(self._keep, contents)

    async def read(self, sha256: str) -> bytes:
        """The bytes of this hash, compared with it. Raises StoreUnavailable when they are missing or damaged."""
        return await asyncio.to_thread(self._read, sha256)

    async def erase(self, hashes: Sequence[str]) -> None:
        """Delete these files; one that is not there is well. Raises StoreUnavailable when one can't be deleted."""
        await asyncio.to_thread(self._erase, hashes)

    def _keep(self, contents: Sequence[bytes]) -> Sequence[str]:
        try:
            self._clear()
            hashes = [hashlib.sha256(content).hexdigest() for content in contents]
            written = dict(zip(hashes, contents, strict=True))
            for sha256, content in written.items():
                self._write(self._path(sha256), content)
            # Also for files that were there already: another process may have renamed them a moment ago.
            for folder in {self._path(sha256).parent for sha256 in written}:
                _flush(folder)
        except OSError as error:
            raise StoreUnavailable("The raw files can't be kept: the disk refused them.") from error
        return hashes

    def _clear(self) -> None:
        """Once a process: remove what others began and never ended. The time is that of the disk the files are on."""
        if self._cleared:
            return
        self._begun.mkdir(parents=True, exist_ok=True)
        os.utime(self._begun)
        now = self._begun.stat().st_mtime
        for path in self._begun.iterdir():
            with suppress(FileNotFoundError):  # its writer lives, and gave it its name
                if now - path.stat().st_mtime > ABANDONED:
                    path.unlink()
        self._cleared = True

    def _write(self, path: Path, content: bytes) -> None:
        if path.exists():
            return
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _flush(path.parent.parent)
        with tempfile.NamedTemporaryFile(dir=self._begun, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).rename(path)

    def _read(self, sha256: str) -> bytes:
        try:
            content = self._path(sha256).read_bytes()
        except OSError as error:
            raise StoreUnavailable(f"The kept raw file {sha256} can't be read.") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreUnavailable(f"The kept raw file {sha256} is damaged.")
        return content

    def _erase(self, hashes: Sequence[str]) -> None:
        try:
            for sha256 in hashes:
                self._path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable("A raw file can't be erased: the disk refused it.") from error

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:]


def _flush(folder: Path) -> None:
    """A new name in a folder is lasting only when the folder itself is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
