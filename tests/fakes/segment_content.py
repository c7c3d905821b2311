"""Segments as plain values, to be compared."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.whoosh_engine.bulk.files import listed
from index.whoosh_engine.segment.arrays import Arrays, opened
from index.whoosh_engine.segment.schema import LABELS

_NUMBERED_ANYHOW = {"meta_of_row", "meta", "meta_ptr"}
_BY_VALUE = ("of_row", "values", "values_ptr", "units", "freqs", "lengths", "rows", "rows_ptr")


def content_of(folder: Path) -> dict[str, Any]:
    """All that a segment says. The order in which distinct facts and labels are numbered says nothing."""
    arrays = opened(folder)
    anyhow = _NUMBERED_ANYHOW | {f"{label}_{name}" for label in LABELS for name in _BY_VALUE}
    plain: dict[str, Any] = {name: values.tolist() for name, values in arrays.items() if name not in anyhow}
    meta = listed(arrays, "meta")
    plain["meta"] = [json.loads(meta[int(number)]) for number in arrays["meta_of_row"].tolist()]
    for label in LABELS:
        plain[label] = _label(arrays, label)
    return plain


def _label(arrays: Arrays, label: str) -> dict[str, Any]:
    values, of_row = listed(arrays, f"{label}_values"), arrays[f"{label}_of_row"].tolist()
    ptr, rows_ptr = arrays[f"{label}_ptr"].tolist(), arrays[f"{label}_rows_ptr"].tolist()
    units, freqs, rows = (arrays[f"{label}_{name}"].tolist() for name in ("units", "freqs", "rows"))
    holding: list[set[tuple[bytes, int]]] = [
        {(values[int(unit)], int(freq)) for unit, freq in zip(units[first:last], freqs[first:last], strict=True)}
        for first, last in pairwise(ptr)
    ]
    return {
        "of_row": [values[int(number)] for number in of_row],
        "lengths": dict(zip(values, arrays[f"{label}_lengths"].tolist(), strict=True)),
        "terms": dict(zip(listed(arrays, f"{label}_terms"), holding, strict=True)),
        "rows": {
            value: rows[first:last] for value, first, last in zip(values, rows_ptr[:-1], rows_ptr[1:], strict=True)
        },
    }
