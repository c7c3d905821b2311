"""Starter lists: public records that a newsroom may begin with, each one a source by its list's name."""

from collections.abc import Mapping
from dataclasses import dataclass

from sources.connectors.pages import fetch_page_of_many
from sources.document import Raw
from sources.errors import Unreachable
from sources.fetch import Fetcher
from sources.port import Declared, Discovery, Item

PREFIX = "starter:"


@dataclass(frozen=True, slots=True)
class Record:
    """A public record: where its publisher keeps it, who that is, and what it is called."""

    address: str
    publisher: str
    title: str


_INTERFERENCE = (
    Record(
        "https://www.justice.gov/storage/report.pdf",
        "U.S. Department of Justice",
        "Report On The Investigation Into Russian Interference In The 2016 Presidential Election",
    ),
    Record(
        "https://www.intelligence.senate.gov/sites/default/files/documents/Report_Volume1.pdf",
        "U.S. Senate Select Committee on Intelligence",
        "Senate Intelligence Committee report, volume 1: election infrastructure",
    ),
    Record(
        "https://www.intelligence.senate.gov/press/"
        "senate-intel-releases-election-security-findings-first-volume-bipartisan-russia-report",
        "U.S. Senate Select Committee on Intelligence",
        "Press release on volume 1: election security findings",
    ),
    Record(
        "https://www.law.cornell.edu/uscode/text/52/30121",
        "Cornell Legal Information Institute",
        "52 U.S.C. 30121: contributions and donations by foreign nationals",
    ),
    Record(
        "https://www.whitehouse.gov/wp-content/uploads/2019/09/Unclassified09.2019.pdf",
        "The White House",
        "Memorandum of the telephone call of July 25, 2019",
    ),
    Record(
        "https://intelligence.house.gov/uploadedfiles/20190812_-_whistleblower_complaint_unclass.pdf",
        "U.S. House Permanent Select Committee on Intelligence",
        "The whistleblower complaint of August 12, 2019",
    ),
    Record(
        "https://www.govinfo.gov/content/pkg/CRPT-116hrpt266/html/CRPT-116hrpt266-pt1.htm",
        "U.S. House of Representatives",
        "House report on H. Res. 660",
    ),
    Record(
        "https://docs.house.gov/meetings/IG/IG00/20191120/110234/HHRG-116-IG00-Wstate-SondlandG-20191120.pdf",
        "U.S. House Permanent Select Committee on Intelligence",
        "Opening statement of Gordon Sondland",
    ),
)
_AUSTRALIA = (
    Record(
        "https://aph.gov.au/Parliamentary_Business/Bills_LEGislation/Bills_Search_Results/Result?bId=r6022",
        "Parliament of Australia",
        "Espionage and Foreign Interference bill of 2018",
    ),
    Record(
        "https://www.ag.gov.au/transparency",
        "Australian Attorney-General's Department",
        "Foreign Influence Transparency Scheme",
    ),
    Record(
        "https://legislation.gov.au/C2018A00147/asmade/2018-11-30/text/original/epub/OEBPS/document_1/document_1.html",
        "Federal Register of Legislation",
        "Foreign donations law of 2018, as made",
    ),
)
_SPEECHES = (
    Record(
        "https://avalon.law.yale.edu/18th_century/washing.asp",
        "The Avalon Project, Yale Law School",
        "Washington's Farewell Address",
    ),
)

STARTERS: Mapping[str, tuple[Record, ...]] = {
    "foreign-interference": _INTERFERENCE,
    "foreign-interference-australia": _AUSTRALIA,
    "speeches": _SPEECHES,
}
"""Adding a list is a row here."""


class StarterSource:
    """The records of one list. Implements `sources.port.Source`."""

    def __init__(self, name: str, fetcher: Fetcher) -> None:
        self._name = name
        self._fetcher = fetcher

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002  # a list is short
        """All records of the list; asks nobody. Raises Unreachable where this version has no such list."""
        if self._name not in STARTERS:
            raise Unreachable(f"There is no starter list {self._name!r}. There are: {', '.join(STARTERS)}.")
        return Discovery(
            [
                Item(record.address, "", Declared(title=record.title, publisher=record.publisher))
                for record in STARTERS[self._name]
            ]
        )

    async def fetch(self, item: Item) -> Raw:
        """Bring one record, if it changed."""
        return await fetch_page_of_many(self._fetcher, item)
