"""A look at a folder tells whether a reading may bring something else, and opens no file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.connectors.folder import FolderSource
from sources.errors import Unreachable
from sources.port import Watchable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "deep/b.txt", "manifest.jsonl"):
        (folder / name).write_text("{}")
    return folder


def later(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a new file": lambda folder: (folder / "c.txt").write_text(""),
    "a longer file": lambda folder: (folder / "a.txt").write_text("{{}}"),
    "a file written again": lambda folder: later(folder / "a.txt"),
    "the manifest": lambda folder: later(folder / "manifest.jsonl"),
    "a file moved": lambda folder: (folder / "a.txt").rename(folder / "deep" / "a.txt"),
    "a folder moved": lambda folder: (folder / "deep").rename(folder / "deeper"),
    "a file gone": lambda folder: (folder / "a.txt").unlink(),
    "a link that leads nowhere": lambda folder: (folder / "d.txt").symlink_to("nowhere"),
    "a name that is no UTF-8": lambda folder: open(os.fsencode(folder) + b"/\xff.txt", "wb").close(),  # noqa: PTH123
}


@pytest.mark.parametrize("change", CHANGES)
async def test_whatever_changes_is_seen(folder: Path, change: str) -> None:
    source = FolderSource(folder)
    assert isinstance(source, Watchable)
    before = await source.glance()
    assert await source.glance() == before
    CHANGES[change](folder)
    assert await source.glance() != before


async def test_what_is_not_read_is_not_seen_either(folder: Path) -> None:
    before = await FolderSource(folder).glance()
    (folder / ".hidden").write_text("x")
    assert await FolderSource(folder).glance() == before


async def test_a_file_that_was_added_alone_is_looked_at_alone(folder: Path) -> None:
    source = FolderSource(folder / "a.txt")
    before = await source.glance()
    (folder / "c.txt").write_text("x")
    assert await source.glance() == before
    later(folder / "a.txt")
    assert await source.glance() != before


async def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        await FolderSource(tmp_path / "nowhere").glance()
