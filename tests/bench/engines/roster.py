"""Who takes part, and why others can't."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.engines.contender import Contender

AGAINST = "tantivy"
"""Whom the ratios are to."""

_HERE = Path(__file__).parent
_MODULE = "tests.bench.engines.{}_engine"


def roster(
    peers: Sequence[str], peer_python: Path | None, lucene_jars: Path | None
) -> tuple[list[Contender], dict[str, str]]:
    """Ours, and those peers that can be run here; and of the others, why not."""
    ours = (sys.executable, "-m", _MODULE.format("our"))
    taking = [
        Contender("ours", (*ours, "field"), reads_ahead=True),
        Contender("ours, whole", (*ours, "whole"), variant_of="ours", reads_ahead=True),
    ]
    absent: dict[str, str] = {}
    for name in peers:
        match name:
            case "tantivy" if peer_python:
                taking.append(Contender(name, (str(peer_python), "-m", _MODULE.format(name))))
            case "tantivy":
                absent[name] = "no Python that has it was given (--peer-python)"
            case "lucene" if not shutil.which("java"):
                absent[name] = "no Java here"
            case "lucene" if lucene_jars:
                taking.append(Contender(name, ("java", "-cp", f"{lucene_jars}/*", str(_HERE / "Lucene.java"))))
            case "lucene":
                absent[name] = "no jars were given (--lucene-jars)"
            case "whoosh" | "fts5":
                taking.append(Contender(name, (sys.executable, "-m", _MODULE.format(name))))
            case _:
                absent[name] = "nobody of that name is known"
    return taking, absent
