"""The person's terminal: results on stdout, everything else on stderr; no colour where it is not wanted."""

import json
import re
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.keeping.walks import Told
from bot.keeping.walks import quiet as nobody

Shown = TypeVar("Shown")

_SECONDS_BETWEEN_LINES = 5.0
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def console() -> Console:
    """Where results go."""
    return Console(highlight=False, markup=False, emoji=False)


def errors() -> Console:
    """Where progress and complaints go."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def harmless(text: str) -> str:
    """Source text may hold terminal commands and signs that turn text around: each becomes a visible mark.

    The length stays, so offsets stay true.
    """
    return _HARMFUL.sub("\ufffd", text)


def show(target: Console, text: Text | str, indent: int = 0) -> None:
    """Print; folded to the width of a terminal, a line as it is anywhere else."""
    text = Text(text) if isinstance(text, str) else text
    if target.is_terminal and text:
        target.print(Padding(text, (0, 0, 0, indent), expand=False))
        return
    for line in text.split("\n"):
        target.print(Text(" " * indent) + line, soft_wrap=True)


def show_address(target: Console, address: str, indent: int = 0) -> None:
    """Print an address in one piece, so that it can be clicked."""
    target.print(Text(" " * indent + address), soft_wrap=True)


def show_json(value: Any) -> None:
    """One line of JSON, in ASCII, so that no terminal's encoding spoils it."""
    sys.stdout.write(json.dumps(value) + "\n")


def show_as(
    value: Shown, to_json: Callable[[Shown], Any], to_text: Callable[[Console, Shown], None], *, as_json: bool
) -> None:
    """Print a result in the one form or the other."""
    if as_json:
        show_json(to_json(value))
    else:
        to_text(console(), value)


@contextmanager
def progress(*, quiet: bool) -> Generator[Told]:
    """A bar for each piece of work on a terminal, a line every few seconds elsewhere, nothing when `quiet`."""
    target = errors()
    if quiet:
        yield nobody
    elif target.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=target, transient=True) as bars:
            yield _bars(bars)
    else:
        yield _lines(target)


def _bars(bars: Progress) -> Told:
    tasks: dict[str, TaskID] = {}

    def tell(doing: str, done: int, total: int) -> None:
        if doing not in tasks:
            tasks[doing] = bars.add_task(harmless(doing))
        bars.update(tasks[doing], completed=done, total=total)

    return tell


def _lines(target: Console) -> Told:
    told = time.monotonic()

    def tell(doing: str, done: int, total: int) -> None:
        nonlocal told
        if done == total or time.monotonic() - told > _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            show(target, harmless(f"{doing}: {done:,} of {total:,}"))

    return tell
