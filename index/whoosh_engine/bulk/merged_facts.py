"""The facts of several segments as those of one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.facts import named_arrays
from index.whoosh_engine.bulk.files import ArrayFile, listed, strings
from index.whoosh_engine.bulk.joining import STRETCH, join, joined_ptr, lists_of
from index.whoosh_engine.bulk.kept import Kept, ranges_of
from index.whoosh_engine.bulk.lists import ptr_of
from index.whoosh_engine.bulk.merging import Source
from index.whoosh_engine.bulk.names import joined_names
from index.whoosh_engine.segment.schema import LABELS

_NAMED = {"homes": "card_home", "publishers": "card_publisher"}


def add_facts(merged: Sequence[Source], file: ArrayFile) -> None:
    """Write the arrays that `facts.FactColumns` would make of the same documents."""
    mention_counts = [np.diff(each.arrays["mention_ptr"]) for each in merged]
    file.add(
        {
            "row_card": np.concatenate(_cards_of_rows(merged)),
            "row_place": np.concatenate([_places(each) for each in merged]),
            "row_days": np.hstack([each.arrays["row_days"][:, each.row_mask] for each in merged]),
            "mention_ptr": ptr_of(
                np.concatenate([counts[each.row_mask] for each, counts in zip(merged, mention_counts, strict=True)])
            ),
            "mentions": np.hstack(
                [
                    each.arrays["mentions"][:, np.repeat(each.row_mask, counts)]
                    for each, counts in zip(merged, mention_counts, strict=True)
                ]
            ),
            "card_key": np.concatenate([each.arrays["card_key"][each.documents] for each in merged]),
        }
    )
    for name, of_card in _NAMED.items():
        file.add(named_arrays(name, of_card, [value for each in merged for value in _of_cards(each, name, of_card)]))
    used = [_used(each.arrays["meta_of_row"][each.row_mask], len(each.arrays["meta_ptr"]) - 1) for each in merged]
    file.add({"meta_of_row": np.concatenate(_facts_of_rows(merged, used))})
    _add_strings(file, "meta", merged, used)
    _add_strings(file, "cards", merged, [each.documents for each in merged])
    file.stream(
        "texts", np.uint8, (piece for each in merged for piece in each.texts.pieces(each.arrays["texts"], STRETCH))
    )
    for label in LABELS:
        _add_label(file, label, merged)


def _cards_of_rows(merged: Sequence[Source]) -> list[NDArray[np.uint32]]:
    before, found = 0, list[NDArray[np.uint32]]()
    for source in merged:
        number_of = before + np.cumsum(source.documents) - 1
        found.append(number_of[source.arrays["row_card"][source.row_mask]].astype(np.uint32))
        before += int(source.documents.sum())
    return found


def _places(source: Source) -> NDArray[np.int64]:
    places = source.arrays["row_place"][source.row_mask]
    shift = source.texts.moved(places[:, 2]) - places[:, 2]
    return places + np.stack((0 * shift, 0 * shift, shift, shift), axis=1)


def _of_cards(source: Source, name: str, of_card: str) -> list[str]:
    values = [value.decode() for value in listed(source.arrays, name)]
    return [values[number] for number in source.arrays[of_card][source.documents].tolist()]


def _used(numbers: NDArray[np.uint32], count: int) -> NDArray[np.bool_]:
    used = np.zeros(count, bool)
    used[numbers] = True
    return used


def _facts_of_rows(merged: Sequence[Source], used: Sequence[NDArray[np.bool_]]) -> list[NDArray[np.uint32]]:
    before, found = 0, list[NDArray[np.uint32]]()
    for source, each in zip(merged, used, strict=True):
        number_of = before + np.cumsum(each) - 1
        found.append(number_of[source.arrays["meta_of_row"][source.row_mask]].astype(np.uint32))
        before += int(each.sum())
    return found


def _add_strings(file: ArrayFile, name: str, merged: Sequence[Source], kept: Sequence[NDArray[np.bool_]]) -> None:
    """Those strings of all sources that are kept."""
    ptrs = [each.arrays[f"{name}_ptr"] for each in merged]
    file.begin(name, np.uint8)
    for source, ptr, mask in zip(merged, ptrs, kept, strict=True):
        first, last = ranges_of(mask)
        for piece in Kept(ptr[first], ptr[last], 0, whole=False).pieces(source.arrays[name], STRETCH):
            file.append(piece)
    file.end()
    lengths = np.concatenate([np.diff(ptr)[mask] for ptr, mask in zip(ptrs, kept, strict=True)])
    file.add({f"{name}_ptr": ptr_of(lengths)})


def _add_label(file: ArrayFile, label: str, merged: Sequence[Source]) -> None:
    """A value that several sources have comes from the first of them."""
    number_of_value: dict[bytes, int] = {}
    of_row, fresh = list[NDArray[np.uint32]](), list[Kept]()
    for source in merged:
        begun = len(number_of_value)
        numbers = _value_numbers(source, label, number_of_value)
        first, last = ranges_of(numbers >= begun)
        fresh.append(Kept(first, last, begun, whole=False))
        of_row.append(numbers[source.arrays[f"{label}_of_row"][source.row_mask]].astype(np.uint32))
    lists = [
        lists_of(each.arrays[f"{label}_ptr"], each.arrays[f"{label}_units"], kept, each.arrays[f"{label}_freqs"])
        for each, kept in zip(merged, fresh, strict=True)
    ]
    terms = joined_names(f"{label}_terms", [each.arrays for each in merged], [each.live for each in lists])
    ptr = joined_ptr(lists, terms)
    parts = [(np.empty(0, np.uint32), np.empty(0, np.uint32)), *join(ptr, lists, terms)]
    lengths = [
        piece
        for each, kept in zip(merged, fresh, strict=True)
        for piece in kept.pieces(each.arrays[f"{label}_lengths"], STRETCH)
    ]
    file.add({f"{label}_of_row": np.concatenate(of_row)})
    file.add(strings(f"{label}_values", number_of_value))
    file.add(terms.names)
    file.add(
        {
            f"{label}_ptr": ptr,
            f"{label}_units": np.concatenate([units for units, _ in parts]),
            f"{label}_freqs": np.concatenate([freqs for _, freqs in parts]),
            f"{label}_lengths": np.concatenate([np.empty(0, np.uint32), *lengths]),
        }
    )


def _value_numbers(source: Source, label: str, number_of_value: dict[bytes, int]) -> NDArray[Any]:
    """The new numbers of a source's values, -1 where no kept row has it; values that are new are numbered."""
    values = listed(source.arrays, f"{label}_values")
    used = _used(source.arrays[f"{label}_of_row"][source.row_mask], len(values))
    numbers = np.full(len(values), -1, np.int64)
    for at in np.flatnonzero(used).tolist():
        numbers[at] = number_of_value.setdefault(values[at], len(number_of_value))
    return numbers
