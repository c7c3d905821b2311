"""Disks that fail at a chosen step, for tests of what is left afterwards."""

import errno
from pathlib import Path
from typing import BinaryIO

from index.whoosh_engine.bulk.disk import LocalDisk

_WRITES = 50
"""Of so many writes one counts as a step: there are hundreds, and one is like the other."""


class PulledError(BaseException):
    """The plug was pulled. No code handles it, as none runs after a kill."""


class PulledDisk(LocalDisk):
    """The plug is pulled before step `steps`: nothing is done to the disk from then on, whoever still tries."""

    def __init__(self, steps: int) -> None:
        self._left = steps
        self._writes = 0

    @property
    def pulled(self) -> bool:
        """Whether it came to that."""
        return self._left <= 0

    def _step(self) -> None:
        self._left -= 1
        if self.pulled:
            raise PulledError

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        """Write, or leave half of it."""
        self._writes += 1
        if self._writes % _WRITES == 0 or self.pulled:
            try:
                self._step()
            except PulledError:
                super().write(file, data[: len(data) // 2])
                raise
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._step()
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        super().sync_folder(folder)

    def replace(self, new: Path, old: Path) -> None:
        self._step()
        super().replace(new, old)

    def make(self, folder: Path) -> None:
        self._step()
        super().make(folder)

    def remove(self, folder: Path) -> None:
        self._step()
        super().remove(folder)


class FullDisk(LocalDisk):
    """Has room for so many writes; `free` makes room for all."""

    def __init__(self, writes: int) -> None:
        self._left = writes
        self.refused = 0

    def free(self) -> None:
        """Somebody has made room."""
        self._left = 1 << 60

    def write(self, file: BinaryIO, data: bytes | memoryview) -> None:
        self._left -= 1
        if self._left < 0:
            self.refused += 1
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(file, data)
