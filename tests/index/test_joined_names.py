"""The names of several sources' lists become those of one, sorted as bytes are."""

from collections.abc import Sequence

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as some

from index.whoosh_engine.bulk.files import listed, strings
from index.whoosh_engine.bulk.names import joined_names

# Sixteen bytes are compared at once: many names end there, or differ only beyond.
_BEGINNINGS = some.sampled_from(["", "a", "interpretation", "interpretations", "interpretationsa", "ü" * 8])
_NAMES = some.tuples(_BEGINNINGS, some.text("ab\0ü", max_size=20)).map("".join).map(str.encode)
_LISTS = some.dictionaries(_NAMES, some.integers(0, 2), max_size=8)


@settings(max_examples=100, deadline=None)
@given(some.lists(_LISTS, min_size=1, max_size=4))
@example([{b"a": 1, b"a\0": 1}, {b"a" * 16: 1, b"a" * 17: 1}, {}])
def test_names_that_stay_are_numbered_in_the_order_of_their_bytes(sources: Sequence[dict[bytes, int]]) -> None:
    ordered = [dict(sorted(source.items())) for source in sources]

    joined = joined_names(
        "names",
        [strings("names", source) for source in ordered],
        [np.array(list(source.values()), np.int64) for source in ordered],
    )

    names = sorted({name for source in sources for name, live in source.items() if live})
    assert listed(joined.names, "names") == names
    assert joined.count == len(names)
    for source, numbers in zip(ordered, joined.numbers, strict=True):
        assert numbers.tolist() == [names.index(name) if live else -1 for name, live in source.items()]
