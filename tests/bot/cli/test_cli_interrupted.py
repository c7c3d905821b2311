"""Ctrl-C at the very beginning of a command, before Python's event loop takes care of it."""

import asyncio
import gc
import signal
import warnings
from collections.abc import Callable

import pytest

from bot.cli.session import command


@command
async def waits() -> None:
    """A command that would go on."""
    await asyncio.sleep(60)


def test_before_the_loop_counts_it_is_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(number: int, handler: Callable[..., object]) -> object:
        before = install(number, handler)
        if number == signal.SIGINT and callable(handler) and handler is not signal.default_int_handler:
            monkeypatch.undo()
            signal.raise_signal(signal.SIGINT)  # Python forgets this one: its loop counts from the next line on
        return before

    install = signal.signal
    monkeypatch.setattr(signal, "signal", interrupted)
    with pytest.raises(KeyboardInterrupt):
        waits()


def test_before_the_loop_is_made_it_leaves_no_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(asyncio, "run", interrupted)
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        with pytest.raises(KeyboardInterrupt):
            waits()
        gc.collect()
    assert complaints == []
