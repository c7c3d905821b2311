"""What every test may use."""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog


def pytest_configure() -> None:
    """A shell's background job ignores Ctrl-C, and so would the commands that the tests start and interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared test data; the test is skipped, loudly, where it is absent."""
    root = Path(__file__).parent.parent
    path = Path(os.environ.get("QUOTEDESK_TEST_DATA", root.parent / "shared"))
    if not (path / "corpus").is_dir():
        pytest.skip(f"SKIPPED FOR WANT OF DATA: no shared test data at {path} (set QUOTEDESK_TEST_DATA)")
    return path


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest uses it by itself
    """A command that runs in the test's process sets up its logs; the next test must not inherit them."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for room in ("bot", "index", "sources"):
        logging.getLogger(room).setLevel(logging.NOTSET)
