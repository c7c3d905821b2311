"""JSON as it comes over the wire: nothing is known of its shape until it is asked."""

from typing import Any, cast

Json = dict[str, Any]


def as_object(value: object) -> Json | None:
    """The value as a JSON object, None when it is none."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """The value as a JSON array, None when it is none."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_flag(value: object) -> bool:
    """A boolean in any of the ways apps write one: true, "true", "1"."""
    return value is True or value in ("true", "1", 1)


def without_nulls(value: Json) -> Json:
    """The object without the fields that are None; Slack leaves such fields out."""
    return {key: item for key, item in value.items() if item is not None}
