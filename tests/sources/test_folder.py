"""The folder connector against real files: what is listed, what is refused and why, and what a fetch brings."""

import asyncio
import json
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.connectors import open_source, recognise
from sources.connectors.folder import FolderSource
from sources.document import PartialDate
from sources.errors import Unreachable, Unreadable
from sources.extract import MAX_BYTES
from sources.port import Discovery, Item

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The words of {name}.")


def locations(discovery: Discovery) -> list[str]:
    return [item.location for item in discovery.items]


def reasons(discovery: Discovery) -> dict[str, str]:
    return {refused.location: refused.reason for refused in discovery.refused}


async def fingerprint(root: Path) -> str:
    [item] = (await FolderSource(root).discover()).items
    return item.fingerprint


async def test_all_files_are_listed_by_location_whatever_their_ending(tmp_path: Path) -> None:
    write(
        tmp_path, "b.txt", "a/z.md", "a/b/c.HTM", "a.unknown", "sp ace ünï 'x' $HOME ; rm.txt", "directory.txt/keep.txt"
    )
    discovery = await FolderSource(tmp_path).discover()
    assert locations(discovery) == [
        "a.unknown",
        "a/b/c.HTM",
        "a/z.md",
        "b.txt",
        "directory.txt/keep.txt",
        "sp ace ünï 'x' $HOME ; rm.txt",
    ]
    assert discovery.complete
    assert not discovery.refused


async def test_names_with_a_dot_before_them_and_the_manifest_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, ".env", ".git/config", "a/.hidden.txt", "a/seen.txt", "a/manifest.jsonl")
    (tmp_path / "manifest.jsonl").write_text("")
    for manifest in (True, False):
        discovery = await FolderSource(tmp_path, manifest).discover()
        assert locations(discovery) == ["a/manifest.jsonl", "a/seen.txt"]
        assert not discovery.refused


async def test_a_file_added_alone_goes_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "alone.md", "other.md")
    source = FolderSource(tmp_path / "alone.md")
    discovery = await source.discover()
    assert locations(discovery) == ["alone.md"]
    assert (await source.fetch(discovery.items[0])).content == b"The words of alone.md."


async def test_fetch_brings_the_bytes_with_their_type_and_the_clocks_time(tmp_path: Path) -> None:
    write(tmp_path, "a/page.HTM", "notes")
    source = FolderSource(tmp_path, clock=lambda: NOON)
    note, page = [await source.fetch(Item(location, "")) for location in ("notes", "a/page.HTM")]
    assert (page.location, page.content, page.media_type) == ("a/page.HTM", b"The words of a/page.HTM.", "text/html")
    assert note.media_type == "application/octet-stream"
    assert note.fetched_at == NOON


async def test_links_inside_are_read_and_links_outward_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "in/real.txt", "secret.txt", "secrets/key.txt")
    root = tmp_path / "in"
    (root / "again.txt").symlink_to("real.txt")
    (root / "out.txt").symlink_to("../secret.txt")
    (root / "outside").symlink_to(tmp_path / "secrets")
    (root / "ring").symlink_to(".")
    (root / "loop").symlink_to("loop")
    (root / "broken.txt").symlink_to("nothing")
    source = FolderSource(root)
    discovery = await source.discover()
    assert locations(discovery) == ["again.txt", "real.txt"]
    assert reasons(discovery) == {
        "out.txt": "This is a link that leads out of the folder.",
        "outside": "This is a link that leads out of the folder.",
        "ring": "This is a link to another folder, which is not followed.",
        "loop": "This is a link that leads nowhere.",
        "broken.txt": "This is a link that leads nowhere.",
    }
    assert (await source.fetch(discovery.items[0])).content == b"The words of in/real.txt."


@pytest.mark.parametrize("location", ["out.txt", "outside/key.txt", "../secret.txt", "/etc/hostname"])
async def test_fetch_never_leaves_the_folder(tmp_path: Path, location: str) -> None:
    write(tmp_path, "in/real.txt", "secret.txt", "secrets/key.txt")
    (tmp_path / "in/out.txt").symlink_to("../secret.txt")
    (tmp_path / "in/outside").symlink_to("../secrets")
    with pytest.raises(Unreadable, match="inside the folder"):
        await FolderSource(tmp_path / "in").fetch(Item(location, ""))


async def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.txt"))
        source = FolderSource(tmp_path)
        discovery = await source.discover()
    assert locations(discovery) == ["a.txt"]
    assert reasons(discovery) == {
        "pipe.txt": "This is a pipe, not a file.",
        "socket.txt": "This is a socket, not a file.",
    }
    with pytest.raises(Unreadable, match="a pipe"):
        await asyncio.wait_for(source.fetch(Item("pipe.txt", "")), 5)


async def test_a_file_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    for name, size in (("fits.txt", MAX_BYTES), ("large.txt", MAX_BYTES + 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    source = FolderSource(tmp_path)
    discovery = await source.discover()
    assert locations(discovery) == ["fits.txt"]
    assert "64 MiB" in reasons(discovery)["large.txt"]
    with pytest.raises(Unreadable, match="64 MiB"):
        await source.fetch(Item("large.txt", ""))


async def test_a_name_that_is_not_utf8_is_refused_in_letters_that_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (tmp_path / os.fsdecode(b"d\xff")).mkdir()
    discovery = await FolderSource(tmp_path).discover()
    assert not discovery.items
    assert list(reasons(discovery)) == ["caf\\xe9.txt", "d\\xff"]


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that everyone may enter, seen by a user without rights, also where root runs the tests."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


async def test_what_may_not_be_read_is_refused_and_a_closed_folder_makes_the_list_incomplete(as_nobody: Path) -> None:
    write(as_nobody, "open.txt", "closed.txt", "cellar/wine.txt")
    (as_nobody / "manifest.jsonl").write_text('{"path": "cellar/wine.txt"}')
    (as_nobody / "closed.txt").chmod(0)
    (as_nobody / "cellar").chmod(0)
    source = FolderSource(as_nobody)
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        discovery = await source.discover()
        with pytest.raises(Unreadable, match="Permission denied"):
            await source.fetch(Item("closed.txt", ""))
    finally:
        os.seteuid(user)
        (as_nobody / "cellar").chmod(0o755)
    assert locations(discovery) == ["open.txt"]
    assert reasons(discovery) == {
        "cellar/": "This folder can't be listed: Permission denied.",
        "closed.txt": "There is no permission to read this file.",
    }
    assert not discovery.complete


async def test_a_missing_place_is_unreachable_and_a_missing_file_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="no folder or file"):
        await FolderSource(tmp_path / "gone").discover()
    with pytest.raises(Unreachable):
        await FolderSource(tmp_path / "gone").fetch(Item("a.txt", ""))
    with pytest.raises(Unreadable, match=r"gone\.txt"):
        await FolderSource(tmp_path).fetch(Item("gone.txt", ""))


async def test_the_manifest_declares_and_its_faults_are_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", ".c.txt")
    entries = [{"path": "a.txt", "title": "Minutes", "date": "2019-06"}, {"path": "no.txt"}, {"path": ".c.txt"}, 7]
    (tmp_path / "manifest.jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    discovery = await FolderSource(tmp_path).discover()
    a, b = discovery.items
    assert (a.declared.title, a.declared.published) == ("Minutes", PartialDate.parse("2019-06"))
    assert b.declared.title is None
    assert list(reasons(discovery)) == ["manifest.jsonl:4", "no.txt", ".c.txt"]
    assert reasons(discovery)["no.txt"] == "Listed in the manifest, but there is no such file."
    assert "begin with a dot" in reasons(discovery)[".c.txt"]
    plain = await FolderSource(tmp_path, manifest=False).discover()
    assert [item.declared.title for item in plain.items] == [None, None]
    assert not plain.refused


async def test_a_fingerprint_lasts_until_the_file_or_its_manifest_line_changes(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    seen = [await fingerprint(tmp_path)]
    assert await fingerprint(tmp_path) == seen[0]
    (tmp_path / "manifest.jsonl").write_text('{"path": "a.txt", "title": "Minutes"}')
    seen.append(await fingerprint(tmp_path))
    (tmp_path / "manifest.jsonl").write_text('{"path": "a.txt", "title": "Other minutes"}')
    seen.append(await fingerprint(tmp_path))
    os.utime(tmp_path / "a.txt", ns=(0, 1))
    seen.append(await fingerprint(tmp_path))
    (tmp_path / "a.txt").write_text("Longer words than there were before.")
    os.utime(tmp_path / "a.txt", ns=(0, 1))
    seen.append(await fingerprint(tmp_path))
    assert len(set(seen)) == len(seen)


async def test_a_place_is_recognised_and_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "corpus/a.txt")
    monkeypatch.chdir(tmp_path)
    connector, place = recognise("corpus")
    assert (connector, place) == ("folder", str(tmp_path / "corpus"))
    assert locations(await open_source(connector, place).discover()) == ["a.txt"]
    with pytest.raises(Unreachable, match="no folder or file"):
        recognise("gopher://a.example")
    with pytest.raises(Unreachable, match="no connector"):
        open_source("telegraph", place)


@pytest.mark.shared
async def test_the_newsroom_folder_is_listed_in_seconds(shared: Path) -> None:
    began = time.perf_counter()
    discovery = await FolderSource(shared / "corpus/newsroom").discover()
    assert time.perf_counter() - began < 5
    assert len(discovery.items) > 2400
    assert all(item.declared.title for item in discovery.items if item.location.startswith("hearings/"))
