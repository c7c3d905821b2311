"""Files that people hand in: laid aside until an admin has looked at them, then documents of one source, "Uploads".

    <root>/<workspace>/.held/<id>/<name>              laid aside
    <root>/<workspace>/<folder>/harbor report.pdf     a document's file; the folder is the source

A source that was removed takes its folder with it: the next upload begins another one, and nothing comes back.
"""

import asyncio
import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from bot.errors import BadRequest
from bot.keeping.holdings import Holdings
from bot.keeping.walks import Refreshed, Told, quiet
from bot.roles import Person, require_admin
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry

MAX_BYTES = 32 << 20
"""The largest file that can be handed in; bytes that come over Slack are held in memory."""
NAME = "Uploads"
FORGOTTEN = timedelta(days=7)
"""A file that nobody has decided about is not kept longer."""
LONGEST_NAME = 100

_HELD = ".held"
_ID = re.compile(r"[0-9a-f]{32}")
_UNSAFE = re.compile(r"[^\w .,()'&+-]+")


@dataclass(frozen=True, slots=True)
class Held:
    """A file laid aside, and the name under which it would be kept."""

    id: str
    name: str


class Uploads:
    """For admins alone. `root` is made where it is missing. Every method raises NotAllowed for others."""

    def __init__(
        self, root: Path, holdings: Holdings, archive: Archive, audit: Audit, clock: Callable[[], datetime]
    ) -> None:
        self._root = root.absolute()
        self._holdings = holdings
        self._archive = archive
        self._audit = audit
        self._clock = clock
        self._turn = asyncio.Lock()

    async def hold(self, person: Person, name: str, content: bytes) -> Held:
        """Lay a file aside. The same file again is the same one. Raises BadRequest when it is too large or empty."""
        require_admin(person)
        if not 0 < len(content) <= MAX_BYTES:
            raise BadRequest(f"Only files of 1 byte to {MAX_BYTES >> 20} MiB can be handed in.")
        name = safe_name(name)
        held = Held(hashlib.sha256(name.encode() + b"\0" + content).hexdigest()[:32], name)
        await asyncio.to_thread(self._lay_aside, self._home(person), held, content)
        return held

    async def keep(self, person: Person, held: str, *, told: Told = quiet) -> Refreshed:
        """Make the file a document. Raises BadRequest when it was kept or discarded before, and as `Holdings` does."""
        require_admin(person)
        home = self._home(person)
        aside = _held(home, held)
        async with self._turn:  # two first uploads at once must not make two sources
            records = await self._archive.sources(person.workspace_id)
            record = next((one for one in records if Path(one.place).parent == home), None)
            folder = Path(record.place) if record else home / held
            name = await asyncio.to_thread(_take, folder, aside, fresh=record is None)
            await self._audit.write(AuditEntry(person.workspace_id, self._clock(), person.user_id, "upload", name))
            if record is None:
                free = NAME if all(one.name != NAME for one in records) else f"{NAME} {held[:6]}"
                return await self._holdings.add(person, str(folder), name=free, manifest=False, every=None, told=told)
            (refreshed,) = await self._holdings.refresh(person, record.name, told=told)
            return refreshed

    async def discard(self, person: Person, held: str) -> None:
        """Forget the file; one that is gone already is none to complain of."""
        require_admin(person)
        await asyncio.to_thread(shutil.rmtree, _held(self._home(person), held), ignore_errors=True)

    def _home(self, person: Person) -> Path:
        return self._root / re.sub(r"\W", "_", person.workspace_id)

    def _lay_aside(self, home: Path, held: Held, content: bytes) -> None:
        aside = home / _HELD
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        oldest = (self._clock() - FORGOTTEN).timestamp()
        for other in aside.iterdir():
            if other.stat().st_mtime < oldest:
                shutil.rmtree(other, ignore_errors=True)
        (aside / held.id).mkdir(exist_ok=True, mode=0o700)
        (aside / held.id / held.name).write_bytes(content)


def safe_name(name: str) -> str:
    """The file's own name without what no file should be called, its ending kept.

    >>> safe_name("../../etc/Röntgen: <notes>.txt"), safe_name(".profile"), safe_name("///")
    ('Röntgen_ _notes_.txt', 'profile', 'upload')
    """
    last = _UNSAFE.sub("_", name.replace("\\", "/").rstrip("/").rpartition("/")[2]).strip(" .")
    path = PurePath(last or "upload")
    ending = path.suffix[:12]
    stem = path.name.removesuffix(path.suffix)
    return stem.encode()[:LONGEST_NAME].decode(errors="ignore") + ending


def _held(home: Path, held: str) -> Path:
    """Raises BadRequest for what is no id, which could lead anywhere."""
    if not _ID.fullmatch(held):
        raise BadRequest("That file is not here any more; please send it again.")
    return home / _HELD / held


def _take(folder: Path, aside: Path, *, fresh: bool) -> str:
    """Move the one file that lies aside into the folder, beside another one of its name. A fresh folder takes the
    place of those whose sources are gone."""
    try:
        (file,) = aside.iterdir()
    except (FileNotFoundError, ValueError) as error:
        raise BadRequest("This was kept or discarded before.") from error
    if fresh:
        for old in folder.parent.iterdir():
            if old.name != _HELD:
                shutil.rmtree(old)
        folder.mkdir(mode=0o700)
    target = folder / file.name
    if target.exists() and target.read_bytes() != file.read_bytes():
        target = folder / f"{file.stem}-{aside.name[:8]}{file.suffix}"
    file.replace(target)
    shutil.rmtree(aside, ignore_errors=True)
    return target.name
