"""The Whoosh engine keeps the contract of locating."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.whoosh_engine import WhooshEngine
from tests.contracts.locating import LocatingContract


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    await engine.close()


class TestLocating(LocatingContract):
    pass
