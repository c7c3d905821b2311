"""Every scenario runs both ways that Slack delivers."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.newsroom import Newsroom, make_home, opened


@pytest.fixture(params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> str:
    """How Slack delivers."""
    return str(request.param)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the notes are indexed, made once."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    asyncio.run(make_home(home, tmp_path_factory.mktemp("notes")))
    return home


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Path:
    """A copy of that home for one scenario."""
    return shutil.copytree(furnished, tmp_path / "home")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """An empty folder, for a source that is added later."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    return folder


@pytest.fixture
async def newsroom(home: Path, mode: str) -> AsyncIterator[Newsroom]:
    """A newsroom in which the notes are indexed."""
    async with opened(home, mode) as running:
        yield running
