"""What every test may use."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared test data; the test is skipped, loudly, where it is absent."""
    root = Path(__file__).parent.parent
    path = Path(os.environ.get("QUOTEDESK_TEST_DATA", root.parent / "shared"))
    if not (path / "corpus").is_dir():
        pytest.skip(f"SKIPPED FOR WANT OF DATA: no shared test data at {path} (set QUOTEDESK_TEST_DATA)")
    return path
