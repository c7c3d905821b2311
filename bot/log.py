"""Logs: one JSON object a line. Questions, secrets and the words of sources are never logged."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

FILE = "quotedesk.log"


def to_stderr(level: int = logging.INFO) -> None:
    """For a server: its supervisor keeps what it writes."""
    _configure(logging.StreamHandler(sys.stderr), level)


def to_file(home: Path, level: int = logging.INFO) -> None:
    """For the command line: the terminal is for the person, the log lies in the home."""
    _configure(RotatingFileHandler(home / FILE, maxBytes=2 << 20, backupCount=2, delay=True, encoding="utf-8"), level)


def _configure(handler: logging.Handler, level: int) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.filter_by_level,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared[1:],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(default=str),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)  # libraries: only what is wrong
    for room in ("bot", "index", "sources"):
        logging.getLogger(room).setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
