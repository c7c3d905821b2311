"""What a generation consists of, as its manifest tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.hit import Stamp
from index.whoosh_engine.segment.schema import FORMAT


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment: its folder's name, its bytes in all, the CRC-32 of its `segment.json` (which has those of its other
    files), how many documents and passages it holds, and which documents are changed or removed since: their numbers,
    and how many passages they had.

    `superseded`: it holds older versions, which no search sees.
    """

    name: str
    size: int
    crc32: int
    documents: int
    rows: int
    gone: frozenset[int] = frozenset()
    gone_rows: int = 0
    superseded: bool = False

    @property
    def live_rows(self) -> int:
        """How many of its passages count."""
        return self.rows - self.gone_rows

    def live_documents(self) -> NDArray[np.bool_]:
        """Which of its documents count."""
        live = np.ones(self.documents, bool)
        live[list(self.gone)] = False
        return live


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's stamp and segments. `numbered` segments were ever made in it, so that no name is used twice."""

    stamp: Stamp
    segments: tuple[SegmentRecord, ...] = ()
    numbered: int = 0

    def reaching(self, sequence: int) -> "Manifest":
        """The same segments, at a sequence number, with the documents and passages counted that searches see."""
        seen = [each for each in self.segments if not each.superseded]
        stamp = replace(
            self.stamp,
            sequence=sequence,
            documents=sum(each.documents - len(each.gone) for each in seen),
            passages=sum(each.live_rows for each in seen),
        )
        return replace(self, stamp=stamp)


def manifest_to_json(manifest: Manifest) -> dict[str, Any]:
    """Everything by its name."""
    stamp = manifest.stamp
    return {
        "format": FORMAT,
        "stamp": {
            "generation": stamp.generation,
            "sequence": stamp.sequence,
            "schema": stamp.schema,
            "built_at": stamp.built_at.isoformat(),
            "documents": stamp.documents,
            "passages": stamp.passages,
        },
        "segments": [
            {
                "name": each.name,
                "size": each.size,
                "crc32": each.crc32,
                "documents": each.documents,
                "rows": each.rows,
                "gone": sorted(each.gone),
                "gone_rows": each.gone_rows,
                "superseded": each.superseded,
            }
            for each in manifest.segments
        ],
        "numbered": manifest.numbered,
    }


def stamp_from_json(data: Mapping[str, Any]) -> Stamp:
    """The stamp of a manifest, also of one in an older format. Raises KeyError, TypeError, ValueError."""
    stamp = data["stamp"]
    return Stamp(**(stamp | {"built_at": datetime.fromisoformat(stamp["built_at"])}))


def manifest_from_json(data: Mapping[str, Any]) -> Manifest:
    """The inverse of `manifest_to_json`. Raises KeyError, TypeError, ValueError."""
    segments = (SegmentRecord(**(each | {"gone": frozenset(each["gone"])})) for each in data["segments"])
    return Manifest(stamp_from_json(data), tuple(segments), data["numbered"])
