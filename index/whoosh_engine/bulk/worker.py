"""A process that makes runs and merges segments: `python -m index.whoosh_engine.bulk.worker`, started by `crew`.

It takes frames (`sources.frames`) on its standard input and ends when the input does, even in the middle of
its work: so it can't outlive the one who started it. First comes the table of people, then documents and the names
of folders.
"""

import gc
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from traceback import format_exc
from typing import Any, BinaryIO

from index.errors import IndexUnavailable
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.cuts import unpacked
from index.whoosh_engine.bulk.disk import LOCAL_DISK
from index.whoosh_engine.bulk.files import Stored
from index.whoosh_engine.bulk.merge import Part, derived_piece, merged_piece
from sources.frames import LENGTHS, pack, unpack
from sources.people import People, Person

Frame = tuple[dict[str, Any], bytes]

_AHEAD = 2
"""So many frames are read ahead."""

_NICENESS = 10
"""Whoever searches meanwhile goes first."""


def main() -> None:
    """Work until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started this
    os.nice(_NICENESS)
    gc.disable()  # nothing here refers to itself: counting references frees it all
    frames: queue.Queue[Frame] = queue.Queue(_AHEAD)
    threading.Thread(target=_read, args=(sys.stdin.buffer, frames), daemon=True).start()
    people, _ = frames.get()
    run = SegmentBuilder(People(Person(name, tuple(forms), shared) for name, forms, shared in people["people"]))
    failed: dict[str, Any] = {}
    while True:
        task, content = frames.get()
        answer = failed or _tried(run, task, content)
        if task["task"] == "documents":
            failed = answer  # it is told with the next answer
            continue
        _answer(answer)
        failed = {}


def _read(stream: BinaryIO, frames: "queue.Queue[Frame]") -> None:
    while len(lengths := stream.read(LENGTHS.size)) == LENGTHS.size:
        header, content = LENGTHS.unpack(lengths)
        frames.put((unpack(stream.read(header)), stream.read(content)))
    os._exit(0)


def _answer(answer: dict[str, Any]) -> None:
    try:
        sys.stdout.buffer.writelines(pack(answer))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody is there to hear it


def _tried(run: SegmentBuilder, task: dict[str, Any], content: bytes) -> dict[str, Any]:
    """The answer, or what failed. Documents have none: what fails with them is told with the next answer."""
    try:
        return _done(run, task, content)
    except IndexUnavailable as error:
        return {"unavailable": str(error), "traceback": format_exc()}
    except OSError as error:
        return {"errno": error.errno, "sentence": str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception:  # whatever it is, it is told to the one who asked
        return {"traceback": format_exc()}


def _done(run: SegmentBuilder, task: dict[str, Any], content: bytes) -> dict[str, Any]:
    match task["task"]:
        case "documents":
            run.add_cuts(list(unpacked(task, content)))
            return {}
        case "write":
            return _told(run.write_run(Path(task["folder"])))
        case "derive":
            written = [Stored(**file) for file in task["words"]]
            return _told(derived_piece(task["piece"], written, Path(task["folder"]), LOCAL_DISK))
        case _:
            parts = [Part(Path(folder), gone) for folder, gone in task["parts"]]
            return _told(merged_piece(task["piece"], parts, Path(task["folder"]), LOCAL_DISK))


def _told(files: Sequence[Stored]) -> dict[str, Any]:
    return {"files": [asdict(file) for file in files]}


if __name__ == "__main__":
    main()
