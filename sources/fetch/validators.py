"""What tells whether a page changed: HTTP's validators (RFC 9110, section 8.8), and a hash where a server has none.

Together with what the source declares they are a web item's fingerprint. Pure.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import cast

from sources.document import Raw
from sources.port import Declared

_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Validators:
    """What a page had when it was last read; all None where it never was, or was something else."""

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    lasting: str | None = None


def fingerprint_of(raw: Raw, declared: Declared) -> str:
    """The fingerprint of a page as it was read, and of what its source declares of it."""
    headers = raw.headers
    return json.dumps([headers.get("etag"), headers.get("last-modified"), raw.sha256, raw.lasting, _digest(declared)])


def validators(fingerprint: str, declared: Declared) -> Validators:
    """What to ask with, given the fingerprint of the last reading. None of it where the source now declares otherwise:
    then the page must be read again.
    """
    try:
        found: object = json.loads(fingerprint)
    except ValueError:
        return Validators()
    if not isinstance(found, list):
        return Validators()
    fields = cast("list[str | None]", found)
    if len(fields) != _FIELDS or fields[-1] != _digest(declared):
        return Validators()
    return Validators(*fields[:-1])


def _digest(declared: Declared) -> str:
    return hashlib.sha256(repr(declared).encode()).hexdigest()[:16]
