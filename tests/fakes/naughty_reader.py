"""A format module that does, in its process, what the first line of the file tells it to."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sources.document import Extract, Heading, Mark, Raw
from sources.errors import NoText, Unreadable


def extract(raw: Raw) -> Sequence[Extract]:
    word, _, rest = raw.content.decode().partition(" ")
    return DEEDS[word](rest)


def _text(text: str) -> Sequence[Extract]:
    return [Extract(text, tuple(Mark(0, len(text), Heading(level)) for level in (1, 2)), title="T")]


def _hang(_: str) -> Sequence[Extract]:
    time.sleep(600)
    return []


def _crash(_: str) -> Sequence[Extract]:
    os.abort()


def _leave(_: str) -> Sequence[Extract]:
    os._exit(7)


def _bloat(_: str) -> Sequence[Extract]:
    return _text(str(len(bytearray(8 << 30))))


def _chatter(rest: str) -> Sequence[Extract]:
    sys.stdout.write("noise\n")
    sys.stdout.flush()
    os.write(1, b"\0\0\0\0 more noise")
    return _text(f"{rest}{sys.stdin.read()}")


def _write(path: str) -> Sequence[Extract]:
    Path(path).write_text("stolen", encoding="utf-8")
    return _text("written")


def _environment(_: str) -> Sequence[Extract]:
    return _text(" ".join(sorted(os.environ)))


def _process(_: str) -> Sequence[Extract]:
    return _text(str(os.getpid()))


def _refuse(sentence: str) -> Sequence[Extract]:
    raise Unreadable(sentence)


def _see_nothing(sentence: str) -> Sequence[Extract]:
    raise NoText(sentence)


def _fail(_: str) -> Sequence[Extract]:
    raise KeyError("a mistake")


def _overflow(_: str) -> Sequence[Extract]:
    return _text("x" * 20_000_001)


def _multiply(_: str) -> Sequence[Extract]:
    return [Extract("x", part=str(number)) for number in range(10_001)]


def _hold_none(_: str) -> Sequence[Extract]:
    return []


DEEDS: dict[str, Callable[[str], Sequence[Extract]]] = {
    "text": _text,
    "hang": _hang,
    "crash": _crash,
    "leave": _leave,
    "bloat": _bloat,
    "chatter": _chatter,
    "write": _write,
    "environment": _environment,
    "process": _process,
    "refuse": _refuse,
    "nothing": _see_nothing,
    "fail": _fail,
    "overflow": _overflow,
    "multiply": _multiply,
    "none": _hold_none,
    "dirty": lambda _: _text("a\0b"),
}
