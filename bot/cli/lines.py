"""Files of JSON lines that a command works off."""

import json
from pathlib import Path
from typing import Any, cast

from bot.errors import BadRequest


def lines_of(file: Path) -> list[str]:
    """The lines with something on them. Raises BadRequest."""
    try:
        return [line for line in file.read_text("utf-8-sig").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"The file {file} can't be read as text.") from error


def fields_of(line: str) -> dict[str, Any]:
    """What a line says; nothing where it is no JSON object."""
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}
