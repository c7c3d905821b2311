"""The browser tests need Debian's Chromium and Playwright: without them they are skipped, and counted."""

import os
from importlib.util import find_spec

import pytest

from tests.browser.reading import CHROMIUM


@pytest.fixture(autouse=True)
def _chromium() -> None:  # pyright: ignore[reportUnusedFunction] - pytest uses it by itself
    """Skip, loudly; where the browser was asked for (QUOTEDESK_TEST_BROWSER, as .ci/run does) fail instead."""
    lacking = [name for name, there in (("chromium", CHROMIUM), ("playwright", find_spec("playwright"))) if not there]
    if not lacking:
        return
    if os.environ.get("QUOTEDESK_TEST_BROWSER"):
        pytest.fail(f"QUOTEDESK_TEST_BROWSER is set, and there is no {' and no '.join(lacking)}")
    pytest.skip(f"SKIPPED FOR WANT OF A BROWSER: no {' and no '.join(lacking)} (apt-get install chromium)")
