"""The Whoosh engine keeps the contract of fields and first utterances."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.whoosh_engine import WhooshEngine
from tests.contracts.facets import TABLE, BreakdownContract, FacetContract, UtteranceContract


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index", people=TABLE)
    yield engine
    await engine.close()


class TestFacets(FacetContract):
    pass


class TestBreakdown(BreakdownContract):
    pass


class TestUtterances(UtteranceContract):
    pass
