"""Raw files: whole or not there, verified when read."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from bot.errors import StoreUnavailable
from bot.store.snapshots import ABANDONED, Snapshots


async def test_bytes_are_kept_under_their_hash_and_nothing_else_is_left(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path / "snapshots")
    contents = [b"one", b"", b"two", b"one"]

    hashes = await snapshots.keep(contents)

    assert hashes == [hashlib.sha256(content).hexdigest() for content in contents]
    assert [await snapshots.read(sha256) for sha256 in hashes] == contents
    files = {path.parent.name + path.name for path in (tmp_path / "snapshots").rglob("*") if path.is_file()}
    assert files == set(hashes)


async def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    (sha256,) = await snapshots.keep([b"one"])
    path = tmp_path / sha256[:2] / sha256[2:]
    os.utime(path, (1, 1))
    await snapshots.keep([b"one"])
    assert path.stat().st_mtime == 1


async def test_damage_and_loss_are_told(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    (sha256,) = await snapshots.keep([b"one"])
    path = tmp_path / sha256[:2] / sha256[2:]
    path.write_bytes(b"two")
    with pytest.raises(StoreUnavailable, match="damaged"):
        await snapshots.read(sha256)
    path.unlink()
    with pytest.raises(StoreUnavailable, match="can't be read"):
        await snapshots.read(sha256)


async def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable, match="disk"):
        await Snapshots(tmp_path / "snapshots").keep([b"one"])


async def test_what_a_killed_writer_began_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    begun = tmp_path / "new"
    begun.mkdir()
    for name, age in (("killed", ABANDONED + 60), ("living", 60.0)):
        (begun / name).write_bytes(b"half")
        then = time.time() - age
        os.utime(begun / name, (then, then))
    await Snapshots(tmp_path).keep([b"one"])
    assert [path.name for path in begun.iterdir()] == ["living"]
