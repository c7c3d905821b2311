"""Searching in processes of one's own, so that searches share no interpreter's lock: with each other, or with the desk.

Each answers one question at a time, and all map the same files. They end with whoever started them, by the end of
their pipe. What goes through it are Python's own objects, pickled, between two ends that only these two hold; nothing
that comes from outside, and nothing of the index, is ever read so.
"""

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import format_exc
from typing import Any, TypeVar

from index.errors import IndexUnavailable
from index.whoosh_engine.answering.live import Live
from index.whoosh_engine.answering.searcher import Searcher
from index.whoosh_engine.writing.generations import Generations
from sources.people import People

Result = TypeVar("Result")

_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy the locks of running threads
_TRIES = 2
_ENDED = (EOFError, BrokenPipeError, ConnectionResetError)
"""What a pipe raises of which the other end is gone."""


class SearchLost(OSError):
    """A searching process ended by itself: it was killed, or there was no memory."""


class SearchProcesses:
    """So many processes that search the index in `root`; see `Searchers`. `close` them."""

    def __init__(self, count: int, root: Path, people: People) -> None:
        self._seats = [_Seat(root, people) for _ in range(count)]
        self._free = list(self._seats)
        self._turn = threading.Condition()
        self._holding = False

    def ask(self, question: Callable[[Searcher], Result]) -> Result:
        """See `Searchers`. A process that is lost is replaced, and the question asked once more."""
        for _ in range(_TRIES - 1):
            with suppress(SearchLost):
                return self._asked(question)
        return self._asked(question)

    def changed(self, change: Callable[[], Result]) -> Result:
        """See `Searchers`. They are made ready one after the other: for that moment some see what is new, others not
        yet.
        """
        self._holding = True
        try:
            result = change()
            for seat in self._seats:
                with self._taken(seat), suppress(SearchLost):  # whoever takes its place begins with what is live
                    seat.answer(_make_ready, holding=True)
            return result
        finally:
            self._holding = False

    @property
    def fallbacks(self) -> int:
        """See `Searchers`."""
        return sum(seat.fallbacks for seat in self._seats)

    def close(self) -> None:
        """See `Searchers`."""
        for seat in self._seats:
            with self._taken(seat):
                seat.end()

    def _asked(self, question: Callable[[Searcher], Result]) -> Result:
        with self._taken() as seat:
            return seat.answer(question, holding=self._holding)

    @contextmanager
    def _taken(self, wanted: "_Seat | None" = None) -> Generator["_Seat"]:
        """One of them, or the wanted one, for oneself. Who answered last goes first: it still knows what was found."""
        with self._turn:
            self._turn.wait_for(lambda: wanted in self._free if wanted else self._free)
            seat = wanted or self._free[0]
            self._free.remove(seat)
        try:
            yield seat
        finally:
            with self._turn:
                self._free.insert(0, seat)
                self._turn.notify_all()


class _Seat:
    """A process that searches, and whoever takes its place. Used by one thread at a time."""

    def __init__(self, root: Path, people: People) -> None:
        self._told = (root, people)
        self.fallbacks = 0
        self._start()

    def _start(self) -> None:
        self._pipe, other = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=search, args=(other, *self._told), name="search", daemon=True)
        self._process.start()
        other.close()

    def answer(self, question: Callable[[Searcher], Result], *, holding: bool) -> Result:
        """What the process answers or raises; SearchLost, with another in its place, where it ends instead."""
        try:
            self._pipe.send((question, holding))
            answer, error, self.fallbacks = self._pipe.recv()
        except BaseException as failed:
            # What is left in the pipe would be taken for the answer to the next question.
            code = self.end()
            self._start()
            if isinstance(failed, _ENDED):
                raise SearchLost(f"a searching process ended by itself (exit code {code})") from failed
            raise
        if error is not None:
            raise error
        return answer

    def end(self) -> int | None:
        """End the process, whatever it does. Its exit code."""
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        self._pipe.close()
        return code


def search(pipe: "Connection[Any, Any]", root: Path, people: People) -> None:
    """Answer what comes through the pipe until it ends: from the start on, also while the index is read ahead."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # for the one who started this, who still answers what was asked
    searcher = Searcher(Live(Generations(root), people))
    with suppress(IndexUnavailable, OSError, ValueError, KeyError):  # whoever asks is told
        searcher.live.now()
        threading.Thread(target=searcher.live.read_ahead, name="read ahead", daemon=True).start()
    gc.freeze()  # what was made until now stays
    with suppress(*_ENDED):
        while True:
            question, searcher.live.holding = pipe.recv()
            pipe.send((*_tried(searcher, question), searcher.live.fallbacks))


def _tried(searcher: Searcher, question: Callable[[Searcher], Any]) -> tuple[Any, Exception | None]:
    try:
        return question(searcher), None
    except Exception as error:  # whatever it is, it is told to the one who asked
        error.add_note(f"in a searching process:\n{format_exc()}")
        return None, error


def _make_ready(searcher: Searcher) -> None:
    searcher.live.make_ready()
