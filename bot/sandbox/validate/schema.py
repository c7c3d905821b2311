"""How a payload's shape is described: small checks that combine, and answer in the words of Slack's own validator.

A check takes a value, the JSON pointer of its place and the page that describes what surrounds it, and gives the
problems it finds. Wordings seen in Slack's answers: `must be less than …`, `must be more than 0 characters`,
`no more than …`, `must provide at least …`, `must provide an object`, `missing required field: …`,
`invalid additional property: …`, `unsupported type: …`. Those of other wrong JSON types and of enumerations are
assumed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.json_value import Json, as_list, as_object
from bot.sandbox.validate.limits import LIMITS, Limit
from bot.sandbox.validate.problem import ASSUMED, Problem

Check = Callable[[Any, str, str], Iterator[Problem]]
Rule = Callable[[Json, str], Iterator[Problem]]


def string(limit_name: str) -> Check:
    """Text between the limit's lengths; blanks alone count as nothing."""
    limit = LIMITS[limit_name]

    def check(value: Any, pointer: str, _page: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must provide a string", pointer, ASSUMED)
        elif len(value.strip()) < limit.least:
            yield Problem(f"must be more than {limit.least - 1} characters", pointer, limit.page)
        elif len(value) > limit.most:
            yield Problem(f"must be less than {limit.most + 1} characters", pointer, limit.page)

    return check


def pattern(expression: str, words: str) -> Check:
    """Text of a form."""
    compiled = re.compile(expression)

    def check(value: Any, pointer: str, page: str) -> Iterator[Problem]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield Problem(f"must be {words}", pointer, page)

    return check


def boolean(value: Any, pointer: str, _page: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem("must provide a boolean", pointer, ASSUMED)


def integer(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, pointer: str, page: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must provide an integer", pointer, ASSUMED)
        elif not least <= value <= most:
            yield Problem(f"must be between {least} and {most}", pointer, page)

    return check


def choice(*allowed: object) -> Check:
    """One of these values."""

    def check(value: Any, pointer: str, page: str) -> Iterator[Problem]:
        if value not in allowed:
            yield Problem("must be a valid enum value", pointer, page)

    return check


def array(item: Check, limit_name: str) -> Check:
    """A list of such items, as many as the limit allows."""
    limit = LIMITS[limit_name]

    def check(value: Any, pointer: str, page: str) -> Iterator[Problem]:
        items = as_list(value)
        if items is None:
            yield Problem("must provide an array", pointer, ASSUMED)
            return
        yield from _count(items, limit, pointer)
        for number, each in enumerate(items):
            yield from item(each, f"{pointer}/{number}", page)

    return check


def _count(items: list[Any], limit: Limit, pointer: str) -> Iterator[Problem]:
    if len(items) < limit.least:
        yield Problem(f"must provide at least {limit.least} items", pointer, limit.page)
    if len(items) > limit.most:
        yield Problem(f"no more than {limit.most} items allowed", pointer, limit.page)


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: what fields it may have, which it must, and rules about them together."""

    page: str
    fields: Mapping[str, Check]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def __call__(self, value: Any, pointer: str, _page: str = "") -> Iterator[Problem]:
        """The problems of one such object."""
        given = as_object(value)
        if given is None:
            yield Problem("must provide an object", pointer, self.page)
            return
        for name in self.required:
            if given.get(name) is None:
                yield Problem(f"missing required field: {name}", pointer, self.page)
        for name, item in given.items():
            if name not in self.fields:
                yield Problem(f"invalid additional property: {name}", pointer, self.page)
            elif item is not None:
                yield from self.fields[name](item, f"{pointer}/{name}", self.page)
        for rule in self.rules:
            yield from rule(given, pointer)


def by_type(shapes: Mapping[str, Check]) -> Check:
    """The shape that the object's `type` names."""

    def check(value: Any, pointer: str, page: str) -> Iterator[Problem]:
        given = as_object(value)
        if given is None:
            yield Problem("must provide an object", pointer, page)
        elif given.get("type") is None:
            yield Problem("missing required field: type", pointer, page)
        elif given["type"] not in shapes:
            yield Problem(f"unsupported type: {given['type']}", f"{pointer}/type", page)
        else:
            yield from shapes[given["type"]](given, pointer, page)

    return check


def typed(page: str, fields: Mapping[str, Check], required: Iterable[str] = (), rules: tuple[Rule, ...] = ()) -> Shape:
    """A shape for `by_type`: it has a `type`, which is already known to fit."""
    return Shape(page, {"type": _anything, **fields}, tuple(required), rules)


def _anything(_value: Any, _pointer: str, _page: str) -> Iterator[Problem]:
    return iter(())


def one_of_fields(page: str, *names: str) -> Rule:
    """Exactly one of these fields must be there."""

    def rule(given: Json, pointer: str) -> Iterator[Problem]:
        there = [name for name in names if given.get(name) is not None]
        if len(there) != 1:
            quoted = " or ".join(f"`{name}`" for name in names)
            yield Problem(f"must define either {quoted}", pointer, page)

    return rule
