"""Files that people, or the app, have sent."""

from dataclasses import dataclass, field
from mimetypes import guess_type

from bot.sandbox.json_value import Json


@dataclass(slots=True)
class Upload:
    """A file that was announced; `content` None: its bytes have yet to come."""

    name: str
    length: int
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A file shared in one conversation. An `external` one lies elsewhere, at `url`, and Slack only shows it.

    `claimed_size` is told instead of the real one, to see what an app does with a size that is wrong.
    """

    id: str
    name: str
    user: str
    channel: str
    content: bytes = field(repr=False)
    created: int
    url: str
    external: bool = False
    claimed_size: int | None = None

    def to_json(self) -> Json:
        """As files.info and message events carry it (reference/objects/file-object)."""
        ending = self.name.rpartition(".")[2].lower()
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.name,
            "mimetype": guess_type(self.name)[0] or "application/octet-stream",
            "filetype": ending or "binary",
            "user": self.user,
            "size": len(self.content) if self.claimed_size is None else self.claimed_size,
            "mode": "external" if self.external else "hosted",
            "is_external": self.external,
            "is_public": False,
            "url_private": self.url,
            "url_private_download": self.url,
            "file_access": "visible",
        }
