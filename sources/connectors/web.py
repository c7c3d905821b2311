"""One page or one file of the web, by its address."""

from sources.connectors.pages import declared_of, fetch_page
from sources.document import Raw
from sources.fetch import Fetcher
from sources.port import Discovery, Item


class WebSource:
    """What is at `address`, which is canonical. Implements `sources.port.Source`.

    Of an archive's copy it is declared what it is a copy of.
    """

    def __init__(self, address: str, fetcher: Fetcher) -> None:
        self._address = address
        self._fetcher = fetcher

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002  # there is only one thing
        """The one item; asks nobody."""
        return Discovery([Item(self._address, "", declared_of(self._address))])

    async def fetch(self, item: Item) -> Raw:
        """Bring it, if it changed."""
        return await fetch_page(self._fetcher, item)
