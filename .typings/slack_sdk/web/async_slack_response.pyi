"""Only what is used: the published types call a response's values `Unknown | None`."""

from typing import Any

class AsyncSlackResponse:
    data: Any
    status_code: int
    headers: dict[str, str]
    def __getitem__(self, key: str) -> Any: ...
    def get(self, key: str, default: Any = None) -> Any: ...
    def validate(self) -> AsyncSlackResponse: ...
