"""The browser tests need Debian's Chromium and Playwright: without them they are skipped, and counted."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.reading import CHROMIUM
from tests.browser.sandboxed import Desk, Running, a_desk, make_sample_home, running


@pytest.fixture(autouse=True)
def _chromium() -> None:  # pyright: ignore[reportUnusedFunction] - pytest uses it by itself
    """Skip, loudly; where the browser was asked for (QUOTEDESK_TEST_BROWSER, as .ci/run does) fail instead."""
    lacking = [name for name, there in (("chromium", CHROMIUM), ("playwright", find_spec("playwright"))) if not there]
    if not lacking:
        return
    if os.environ.get("QUOTEDESK_TEST_BROWSER"):
        pytest.fail(f"QUOTEDESK_TEST_BROWSER is set, and there is no {' and no '.join(lacking)}")
    pytest.skip(f"SKIPPED FOR WANT OF A BROWSER: no {' and no '.join(lacking)} (apt-get install chromium)")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample corpus is indexed, made once."""
    home = tmp_path_factory.mktemp("sampled") / "home"
    asyncio.run(make_sample_home(home))
    return home


@pytest.fixture
async def sandboxed(sample_home: Path, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot on a copy of that home, in its sandbox."""
    async with running(shutil.copytree(sample_home, tmp_path / "home")) as there:
        yield there


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A Chromium; at the end nothing may have gone wrong in its pages."""
    async with a_desk() as there:
        yield there
        assert there.complaints == []
