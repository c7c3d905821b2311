"""What an index asks of the disk beyond reading: the seam at which tests pull the plug."""

import os
import shutil
from pathlib import Path
from typing import BinaryIO, Protocol


class Disk(Protocol):
    """Every step that makes a change last. All of them raise OSError where the disk is full or failing."""

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        """Add to an open file."""
        ...

    def sync(self, file: BinaryIO) -> None:
        """Bring a file's bytes to the disk itself."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Bring the names in a folder to the disk itself."""
        ...

    def replace(self, new: Path, old: Path) -> None:
        """Put a file in the place of another: whoever looks sees the one or the other."""
        ...

    def make(self, folder: Path) -> None:
        """Make an empty folder; what a crash has left under its name goes."""
        ...

    def remove(self, folder: Path) -> None:
        """Remove a folder that nothing names any longer, as far as that is possible."""
        ...


class LocalDisk:
    """The disk of this machine."""

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        """See the port."""
        file.write(data)

    def sync(self, file: BinaryIO) -> None:
        """See the port."""
        file.flush()
        os.fsync(file.fileno())

    def sync_folder(self, folder: Path) -> None:
        """See the port."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def replace(self, new: Path, old: Path) -> None:
        """See the port."""
        new.replace(old)

    def make(self, folder: Path) -> None:
        """See the port."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def remove(self, folder: Path) -> None:
        """See the port."""
        shutil.rmtree(folder, ignore_errors=True)


class ScratchDisk(LocalDisk):
    """The disk for what is needed no longer than this process lives."""

    def sync(self, file: BinaryIO) -> None:
        """Nothing has to last."""

    def sync_folder(self, folder: Path) -> None:
        """Nothing has to last."""


LOCAL_DISK = LocalDisk()
SCRATCH = ScratchDisk()
"""They keep nothing."""


def replace_text(disk: Disk, path: Path, text: str) -> None:
    """Put a text in the place of a file, at once and durably."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        disk.write(file, text.encode())
        disk.sync(file)
    disk.replace(temporary, path)
    disk.sync_folder(path.parent)
