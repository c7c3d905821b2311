"""Whether everything that Quotedesk stands on is sound; each check says what it saw, or how what is wrong is mended."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, build, make_home, utc_now
from bot.canary import Canary
from bot.config import Config
from bot.errors import QuotedeskError
from index.errors import SearchError
from sources.document import Raw
from sources.errors import SourceError
from sources.extract import Extractors

ENOUGH_SPACE = 1 << 30
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was seen, and when it is not `ok` how to mend it."""

    name: str
    ok: bool
    detail: str


class Unsound(QuotedeskError):
    """A check failed; the sentence says how to mend it."""


async def examine(config: Config) -> Sequence[Finding]:
    """All checks in order. Where the parts can't be put together the checks that need them are left out."""
    findings = [await _found(name, lambda check=check: check(config)) for name, check in _ALONE.items()]
    try:
        application = await build(config)
    except QuotedeskError as error:
        return [*findings, Finding("database", False, str(error))]
    async with application:
        findings += [await _found(name, lambda check=check: check(application)) for name, check in _TOGETHER.items()]
    return findings


async def _found(name: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(name, True, await check())
    except (QuotedeskError, SearchError, SourceError) as error:
        return Finding(name, False, str(error))


async def _home(config: Config) -> str:
    home = make_home(config.home)
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"written")
            os.fsync(file.fileno())
    except OSError as error:
        raise Unsound(
            f"Nothing can be written in {home} ({error.strerror}): mend its rights, or set QUOTEDESK_HOME."
        ) from error
    return f"{home} can be written"


async def _space(config: Config) -> str:
    free = shutil.disk_usage(make_home(config.home)).free
    if free < ENOUGH_SPACE:
        raise Unsound(f"Only {free / 1e6:,.0f} MB are free in {config.home}: make room, or move QUOTEDESK_HOME.")
    return f"{free / 1e9:,.1f} GB free"


async def _extractors(_config: Config) -> str:
    raw = Raw("doctor.txt", b"The doctor reads this sentence.\n", "text/plain", utc_now())
    async with Extractors(processes=1) as pool:
        found = await pool.extract(raw)
    if "doctor reads" not in found[0].text:
        raise Unsound("A file was read wrongly: install Quotedesk anew.")
    return "files are read in a process of their own"


async def _slack(config: Config) -> str:
    if config.slack_bot_token is None:
        return "not set up (SLACK_BOT_TOKEN)"
    client = AsyncWebClient(token=config.slack_bot_token.get_secret_value(), base_url=config.slack_api_url)
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise Unsound(
            f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}): copy it anew from the app's page."
        ) from error
    except (OSError, TimeoutError) as error:
        raise Unsound(f"Slack can't be reached at {config.slack_api_url}.") from error
    return f"the token is good for {answer.get('team')}"


async def _pages(config: Config) -> str:
    missing = ", ".join(config.pages_need)
    if not missing:
        return f"on, at {config.pages_at}"
    if config.public_url is not None or config.slack_client_id is not None:
        raise Unsound(f"The pages are off, as nobody could sign in: set {missing} too.")
    return f"off: nobody can sign in without {missing}"


async def _database(app: Application) -> str:
    sources = await app.store.archive.sources()
    return f"up to date, {len(sources)} sources"


async def _snapshots(app: Application) -> str:
    """A sample from all over the archive: raw bytes and text must be those that were hashed."""
    ids = await app.store.archive.live_ids()
    sample = ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE]
    for versioned in await app.store.archive.current(sample):
        document = versioned.document
        stored = await app.store.archive.version(document.workspace_id, document.id, versioned.version)
        if stored is None:
            continue  # removed at this moment
        await app.store.snapshots.read(stored.raw_sha256)
        if hashlib.sha256(stored.document.text.encode()).hexdigest() != stored.text_sha256:
            raise Unsound(f"The stored text of {document.location} is not what was stored: restore the database.")
    return f"{len(sample)} of {len(ids):,} documents compared with their hashes"


async def _index(app: Application) -> str:
    found = await Canary(app.store.archive, app.engine).sing()
    status = await app.engine.status()
    if status.outdated:
        raise Unsound("The index was built by another version: run `quotedesk reindex --full`.")
    await app.engine.verify()
    return "stored words are found, all checksums are right" if found else "nothing is stored yet"


_ALONE: dict[str, Callable[[Config], Awaitable[str]]] = {
    "home": _home,
    "disk": _space,
    "extractors": _extractors,
    "slack": _slack,
    "pages": _pages,
}
_TOGETHER: dict[str, Callable[[Application], Awaitable[str]]] = {
    "database": _database,
    "snapshots": _snapshots,
    "index": _index,
}
