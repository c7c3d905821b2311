"""The process that reads strangers' files: `python -m sources.extract.worker`, started and killed by `pool`.

It takes one frame a file on its standard input and answers with one on its standard output, until the input ends, so
it can't outlive the desk. It may write no file, is told no secret, and is limited in memory, time and open files.
"""

import os
import resource
import signal
import sys
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from traceback import format_exc
from typing import Any, BinaryIO

from sources.document import Raw
from sources.errors import NoText, Unreadable
from sources.frames import LENGTHS, OUT_OF_MEMORY, pack, unpack
from sources.wire import extract_to_json

_MEMORY_BYTES = 1536 << 20
_OPEN_FILES = 32
_GROWN_BYTES = 512 << 20
"""A process that has grown by this ends after its answer and is replaced: memory is rarely given back."""
_GRACE_SECONDS = 5
_NICENESS = 10
"""Whoever searches meanwhile goes first."""


def main() -> None:
    """Answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, which then ends the input
    os.nice(_NICENESS)
    requests, answers = _take_over(0, "rb", os.O_RDONLY), _take_over(1, "wb", os.O_WRONLY)
    _limit()
    worn_out = _peak_bytes() + _GROWN_BYTES  # a new process begins with the peak of the one that started it
    try:
        while frame := _read(requests):
            for piece in pack(_answer(*frame)):
                answers.write(piece)
            answers.flush()
            if _peak_bytes() > worn_out:
                return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _take_over(descriptor: int, mode: str, flags: int) -> BinaryIO:
    """The stream behind a standard descriptor, which then leads nowhere: a library that prints can't break a frame."""
    stream: Any = os.fdopen(os.dup(descriptor), mode)
    nowhere = os.open(os.devnull, flags)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return stream


def _limit() -> None:
    with suppress(ValueError, OSError):  # macOS has the name and refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))


def _limit_time(seconds: float) -> None:
    """The desk counts real time and kills; this is for when the desk is gone."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Several threads spend several seconds in one.
    allowed = int(spent + (seconds + _GRACE_SECONDS) * (os.cpu_count() or 1))
    resource.setrlimit(resource.RLIMIT_CPU, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard))


def _read(requests: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    lengths = requests.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header_length, content_length = LENGTHS.unpack(lengths)
    header, content = requests.read(header_length), requests.read(content_length)
    return (unpack(header), content) if len(content) == content_length else None


def _answer(header: dict[str, Any], content: bytes) -> dict[str, Any]:
    """`{"extracts": […]}`, or `{"error": …, "sentence" or "traceback": …}`."""
    try:
        _limit_time(header["seconds"])
        raw = Raw(
            header["location"],
            content,
            header["media_type"],
            datetime.fromisoformat(header["fetched_at"]),
            header["headers"],
            header["lasting"],
        )
        extracts = import_module(header["module"]).extract(raw)
        return {"extracts": [extract_to_json(extract) for extract in extracts]}
    except NoText as error:
        return {"error": "no text", "sentence": str(error)}
    except Unreadable as error:
        return {"error": "unreadable", "sentence": str(error)}
    except MemoryError:
        raise  # no answer: `main` ends the process
    except Exception:  # whatever a parser raises over a hostile file is told to the desk, which says so
        return {"error": "failed", "traceback": format_exc()}


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
