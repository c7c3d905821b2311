"""How every command runs: settings, log and application around it, failures as one sentence and an exit code."""

import asyncio
import functools
import inspect
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

import structlog
import typer
from rich.console import Console

from bot import log
from bot.build import Application, build, make_home
from bot.cli.terminal import errors, harmless, show, show_as
from bot.config import load
from bot.errors import QuotedeskError
from index.errors import SearchError
from sources.errors import SourceError

P = ParamSpec("P")
T = TypeVar("T")

FAILED = 1


def command(function: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Make an async function a command: a known failure is one sentence on stderr and exit code 1, any other an id
    that is in the log."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        log.to_stderr(logging.ERROR)  # until a command knows better
        work = function(*args, **kwargs)
        try:
            asyncio.run(work)
        except asyncio.CancelledError:  # a Ctrl-C that came before the loop counts them
            raise KeyboardInterrupt from None
        except (QuotedeskError, SearchError, SourceError) as error:
            fail(str(error))
        except (typer.Exit, typer.BadParameter, BrokenPipeError):
            raise
        except Exception:
            trouble = uuid4().hex[:8]
            structlog.stdlib.get_logger().exception("command failed", id=trouble)
            fail(f"Something went wrong here, and it is not your doing; the log has it under {trouble}.")
        finally:
            if inspect.getcoroutinestate(work) == inspect.CORO_CREATED:  # a Ctrl-C came before it began
                work.close()

    return run


def fail(sentence: str) -> None:
    """Say why, and end with exit code 1."""
    show(errors(), harmless(f"quotedesk: {sentence}"))
    raise typer.Exit(FAILED)


@asynccontextmanager
async def application() -> AsyncGenerator[Application]:
    """The whole application, by the settings; its log goes to a file in the home."""
    config = load()
    log.to_file(make_home(config.home))
    async with await build(config, _say_waiting) as built:
        yield built


async def change(
    work: Callable[[Application], Awaitable[T]],
    to_json: Callable[[T], Any],
    to_lines: Callable[[Console, T], None],
    *,
    as_json: bool,
) -> None:
    """Have something changed, and print what it has become."""
    async with application() as app:
        changed = await work(app)
    show_as(changed, to_json, to_lines, as_json=as_json)


def _say_waiting(holder: str) -> None:
    show(errors(), harmless(f"Waiting for another Quotedesk: {holder or 'it is writing'}."))
