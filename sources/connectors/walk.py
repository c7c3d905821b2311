"""What lies below a folder, and what of it is fit to be read. Everything here blocks."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sources.errors import Unreachable, Unreadable
from sources.extract import MAX_BYTES
from sources.port import Refused

_NO_FILES: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(slots=True)
class Walk:
    """The files by location, in no order, and what was refused; `complete` unless a folder could not be listed."""

    files: dict[str, os.stat_result] = field(default_factory=dict[str, os.stat_result])
    refused: list[Refused] = field(default_factory=list[Refused])
    complete: bool = True

    def refuse(self, location: str, reason: object) -> None:
        """Note that `location` can't be taken in; bytes of a name that are not UTF-8 are written out as `\\xff`."""
        self.refused.append(Refused(os.fsencode(location).decode(errors="backslashreplace"), str(reason)))


def walk(root: Path) -> Walk:
    """Go through all folders below `root`, which is resolved. Raises `Unreachable` when it can't be listed itself.

    Names that begin with a dot are left out. Links to folders are not followed, so that a ring of them ends.
    """
    found = Walk()
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            names = [entry.name for entry in (root / folder).iterdir()]
        except OSError as error:
            if not folder:
                raise Unreachable(f"The folder {root} can't be listed: {error.strerror}.") from error
            found.refuse(folder, f"This folder can't be listed: {error.strerror}.")
            found.complete = False
            continue
        for name in names:
            if not name.startswith("."):
                pending += _take(root, folder + name, found)
    return found


def _take(root: Path, location: str, found: Walk) -> tuple[str, ...]:
    """Add one entry to what was found; the folder that it is, to be listed in its turn."""
    try:
        if stat.S_ISDIR((root / location).lstat().st_mode):
            _check_name(location)
            return (f"{location}/",)
        found.files[location] = examine(root, location)
    except FileNotFoundError:
        pass  # it went away after its folder was listed
    except OSError as error:
        found.refuse(location, f"This can't be read: {error.strerror}.")
    except Unreadable as error:
        found.refuse(location, error)
    return ()


def examine(root: Path, location: str) -> os.stat_result:
    """The status of a file fit to be read. Raises `Unreadable` with the reason, OSError where it can't be looked at."""
    _check_name(location)
    path = root / location
    if path.is_symlink():
        if not path.exists():
            raise Unreadable("This is a link that leads nowhere.")
        if not path.resolve().is_relative_to(root):
            raise Unreadable("This is a link that leads out of the folder.")
        if path.is_dir():
            raise Unreadable("This is a link to another folder, which is not followed.")
    status = path.stat()
    check(status)
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise Unreadable("There is no permission to read this file.")
    return status


def check(status: os.stat_result) -> None:
    """Raise `Unreadable` unless this is a file, and not too large a one."""
    for is_one, name in _NO_FILES:
        if is_one(status.st_mode):
            raise Unreadable(f"This is {name}, not a file.")
    if status.st_size > MAX_BYTES:
        size, most = (round(count / 2**20) for count in (status.st_size, MAX_BYTES))
        raise Unreadable(f"This file has {size:,} MiB, more than the {most:,} MiB that are taken in.")


def _check_name(location: str) -> None:
    try:
        location.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("Its name is not valid UTF-8 and would not last: rename it.") from error
