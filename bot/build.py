"""The one place where the parts are put together."""

import os
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot.admin import Admin
from bot.config import Config
from bot.desk import Desk
from bot.errors import BadConfiguration
from bot.holdings import Holdings
from bot.lock import Waiting, WriterLock
from bot.preview import Previews
from bot.store import Store, open_store
from bot.uploads import Uploads
from index.port import Engine
from index.whoosh_engine import WhooshEngine
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
    holdings: Holdings
    admin: Admin
    previews: Previews
    uploads: Uploads
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


async def build(config: Config, waiting: Waiting = lambda _holder: None) -> Application:
    """Open everything. `waiting` is told when another process is writing. Raises BadConfiguration, StoreUnavailable."""
    home = make_home(config.home)
    async with AsyncExitStack() as stack:
        store = await open_store(database_url(config), home)
        stack.push_async_callback(store.close)
        engine = WhooshEngine(index_folder(config), people=people(home))
        stack.push_async_callback(engine.close)
        extractors = await stack.enter_async_context(Extractors())
        fetcher = await stack.enter_async_context(_fetcher(config))
        lock = WriterLock(home / "writer.lock", waiting)
        desk = Desk(
            store.archive,
            engine,
            store.audit,
            store.shares,
            utc_now,
            unanswered=store.unanswered,
            log_askers=config.log_askers,
        )
        holdings = Holdings(
            store.archive,
            engine,
            store.audit,
            extractors,
            utc_now,
            fetcher=fetcher,
            lock=lock,
            readers=os.cpu_count() or 1,
            handed_in=home / "uploads",
        )
        admin = Admin(store.archive, engine, store.audit, store.tasks, store.unanswered, utc_now, lock=lock)
        previews = Previews(store.archive, extractors, utc_now, fetcher=fetcher)
        uploads = Uploads(home / "uploads", holdings, store.archive, store.audit, utc_now)
        return Application(config, store, engine, desk, holdings, admin, previews, uploads, stack.pop_all())
    raise AssertionError("an exit stack swallows nothing")


def _fetcher(config: Config) -> Fetcher:
    return Fetcher(utc_now, time.monotonic, random.random, allowed_hosts=config.allowed_hosts, contact=config.contact)
