"""The stylesheet, the few modules and the sign of the pages: read once, served under an address that tells their
content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.web.headers import STATIC_HEADERS

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, and the address it has as long as it does not change."""

    content: bytes
    media_type: str
    address: str


class Assets:
    """All that lies in `static/`."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._files: Mapping[str, Asset] = {
            path.name: _asset(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES
        }

    def address(self, name: str) -> str:
        """Where the file is had. Raises KeyError for one that is not there."""
        return self._files[name].address

    async def serve(self, request: web.Request) -> web.Response:
        """`/static/{name}`, for anybody."""
        asset = self._files.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        return web.Response(
            body=asset.content, content_type=asset.media_type, charset="utf-8", headers=dict(STATIC_HEADERS)
        )


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return Asset(content, _TYPES[path.suffix], f"/static/{path.name}?{digest}")
