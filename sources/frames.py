"""The frames that working processes exchange with their parent: two lengths, a JSON object, bytes. Never a pickle."""

import json
import struct
from collections.abc import Mapping
from typing import Any, cast

LENGTHS = struct.Struct(">QQ")
"""How many bytes of JSON follow, and how many of content after them."""
OUT_OF_MEMORY = 3
"""The exit code of a process that ran out of memory."""


def pack(header: Mapping[str, Any], content: bytes = b"") -> tuple[bytes, bytes]:
    """A frame in two pieces, so that large content isn't copied."""
    data = json.dumps(header).encode()
    return LENGTHS.pack(len(data), len(content)) + data, content


def unpack(data: bytes) -> dict[str, Any]:
    """The header of a frame. Raises ValueError or TypeError for what `pack` didn't make."""
    return dict(cast("dict[str, Any]", json.loads(data)))
