"""The one place where the parts are put together."""

import os
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot.asking.desk import Desk
from bot.asking.opinions import Opinions
from bot.asking.searches import Searches
from bot.checks.checks import Checks
from bot.config import Config
from bot.errors import BadConfiguration
from bot.keeping.admin import Admin
from bot.keeping.copies import NO_COPIES, ArchiveService, Copies
from bot.keeping.holdings import Holdings
from bot.keeping.overview import Overviews
from bot.keeping.preview import Previews
from bot.keeping.scheduler import Scheduler
from bot.keeping.uploads import Uploads
from bot.keeping.walks import Walks
from bot.lock import Waiting, WriterLock
from bot.pinning import Follower, PinDesk, PinFiles
from bot.reading import ReadingDesk
from bot.store import Store, open_store
from bot.watches.watches import WatchDesk
from index.errors import BadSynonyms
from index.port import Engine, Percolator
from index.synonyms import Synonyms
from index.synonyms import load as load_synonyms
from index.whoosh_engine import WhooshEngine, WhooshPercolator
from sources.extract import Extractors
from sources.fetch import Fetcher
from sources.people import BadPeople, People, load


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Application:
    """The parts that surfaces use. An async context manager; closing releases files, connections and processes."""

    config: Config
    store: Store
    engine: Engine
    desk: Desk
    checks: Checks
    holdings: Holdings
    admin: Admin
    previews: Previews
    uploads: Uploads
    searches: Searches
    opinions: Opinions
    scheduler: Scheduler
    watching: WatchDesk
    percolator: Percolator
    pins: PinDesk
    pin_files: PinFiles
    follower: Follower
    reading: ReadingDesk
    overviews: Overviews
    opened: AsyncExitStack

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.opened.aclose()


def make_home(home: Path) -> Path:
    """The folder of all state, made where it is missing, for its owner alone. Raises BadConfiguration."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadConfiguration(f"QUOTEDESK_HOME: {home} can't be made or used ({error.strerror}).") from error
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise BadConfiguration(f"QUOTEDESK_HOME: {home} can't be written.")
    return home


def database_url(config: Config) -> str:
    """The database that is set, else SQLite in the home."""
    if config.database_url is not None:
        return config.database_url.get_secret_value()
    return f"sqlite+aiosqlite:///{config.home / 'quotedesk.sqlite'}"


def index_folder(config: Config) -> Path:
    """Where the index generations lie."""
    return config.home / "index"


def people(home: Path) -> People:
    """The table of people that ships, with the newsroom's own `people.toml` in the home. Raises BadConfiguration."""
    try:
        return load(home / "people.toml")
    except BadPeople as error:
        raise BadConfiguration(str(error)) from error


def synonyms(home: Path) -> Synonyms:
    """The table of synonyms that ships, with the newsroom's own `synonyms.toml` in the home. Raises
    BadConfiguration.
    """
    try:
        return load_synonyms(home / "synonyms.toml")
    except BadSynonyms as error:
        raise BadConfiguration(str(error)) from error


async def build(
    config: Config, waiting: Waiting = lambda _holder: None, *, fetcher: Fetcher | None = None, searching: int = 0
) -> Application:
    """Open everything. `waiting` is told when another process is writing; another `fetcher` than the one that the
    settings describe is closed with the rest; so many processes are `searching`, with none of them this one is. Raises
    BadConfiguration, StoreUnavailable.
    """
    home = make_home(config.home)
    async with AsyncExitStack() as stack:
        store = await open_store(database_url(config), home)
        stack.push_async_callback(store.close)
        known, spellings = people(home), synonyms(home)
        engine = WhooshEngine(
            index_folder(config),
            people=known,
            synonyms=spellings,
            processes=searching,
            memory=config.index_memory << 20,
        )
        stack.push_async_callback(engine.close)
        extractors = await stack.enter_async_context(Extractors())
        fetcher = await stack.enter_async_context(fetcher or _fetcher(config))
        lock = WriterLock(home / "writer.lock", waiting)
        desk = _desk(config, store, engine)
        pins = _pins(config, store, desk)
        walks = _walks(config, store, engine, extractors, fetcher, lock)
        holdings = _holdings(home, store, engine, walks, fetcher, lock)
        admin = Admin(
            store.archive, engine, store.audit, store.tasks, store.unanswered, store.feedback, utc_now, lock=lock
        )
        percolator = WhooshPercolator(known, spellings)
        return Application(
            config=config,
            store=store,
            engine=engine,
            desk=desk,
            checks=Checks(desk, engine, known),
            holdings=holdings,
            admin=admin,
            previews=Previews(store.archive, extractors, utc_now, fetcher=fetcher),
            uploads=Uploads(home / "uploads", holdings, store.archive, store.audit, utc_now),
            searches=_searches(config, store, engine),
            opinions=Opinions(desk, store.feedback, utc_now, log_askers=config.log_askers),
            scheduler=Scheduler(store.archive, store.audit, walks, utc_now),
            watching=WatchDesk(store.watches, store.archive, engine, store.audit, utc_now),
            percolator=percolator,
            pins=pins,
            pin_files=PinFiles(pins, store.archive, store.pins, store.audit, utc_now),
            follower=Follower(store.archive, store.pins, store.shares, utc_now),
            reading=ReadingDesk(store.archive, desk, pins, percolator, public_url=config.pages_at),
            overviews=Overviews(desk, admin, store.growth, walks.jobs, utc_now),
            opened=stack.pop_all(),
        )
    raise AssertionError("an exit stack swallows nothing")


def _desk(config: Config, store: Store, engine: Engine) -> Desk:
    return Desk(
        store.archive,
        engine,
        store.audit,
        store.shares,
        utc_now,
        pins=store.pins,
        public_url=config.pages_at,
    )


def _searches(config: Config, store: Store, engine: Engine) -> Searches:
    return Searches(
        store.archive,
        engine,
        store.recent,
        utc_now,
        unanswered=store.unanswered,
        pins=store.pins,
        log_askers=config.log_askers,
    )


def _pins(config: Config, store: Store, desk: Desk) -> PinDesk:
    return PinDesk(
        desk, store.archive, store.pins, store.audit, utc_now, editors=config.editors, public_url=config.pages_at
    )


def _walks(
    config: Config, store: Store, engine: Engine, extractors: Extractors, fetcher: Fetcher, lock: WriterLock
) -> Walks:
    return Walks(
        store.archive,
        engine,
        extractors,
        utc_now,
        fetcher=fetcher,
        lock=lock,
        readers=os.cpu_count() or 1,
        copies=_copies(config, store, fetcher),
    )


def _holdings(home: Path, store: Store, engine: Engine, walks: Walks, fetcher: Fetcher, lock: WriterLock) -> Holdings:
    return Holdings(
        store.archive, engine, store.audit, walks, utc_now, fetcher=fetcher, lock=lock, handed_in=home / "uploads"
    )


def _copies(config: Config, store: Store, fetcher: Fetcher) -> Copies:
    if config.archive_url is None:
        return NO_COPIES
    return ArchiveService(config.archive_url, store.archive, fetcher, utc_now, config.allowed_hosts)


def _fetcher(config: Config) -> Fetcher:
    return Fetcher(utc_now, time.monotonic, random.random, allowed_hosts=config.allowed_hosts, contact=config.contact)
