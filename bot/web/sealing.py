"""What a browser keeps for us, sealed: it can be read there, and not changed nor made up.

HMAC-SHA256 (RFC 2104) over the purpose and the value, so that a seal for one purpose is worth nothing for another.
"""

import hmac
from base64 import urlsafe_b64encode


class Seal:
    """Seals with the newsroom's secret key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def mark(self, purpose: str, value: str) -> str:
        """What only this key makes of the two: 43 letters that may stand in a cookie, a form or an address."""
        digest = hmac.digest(self._key, f"{purpose}\0{value}".encode(), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def sealed(self, purpose: str, value: str) -> str:
        """The value with its mark. It must hold no full stop at its end; base64 holds none at all."""
        return f"{value}.{self.mark(purpose, value)}"

    def opened(self, purpose: str, sealed: str | None) -> str | None:
        """The value, None where it was not sealed by us for this purpose.

        >>> Seal("k").opened("a", Seal("k").sealed("a", "value"))
        'value'
        >>> Seal("k").opened("b", Seal("k").sealed("a", "value")) is None
        True
        """
        value, dot, mark = (sealed or "").rpartition(".")
        return value if dot and self.fits(purpose, value, mark) else None

    def fits(self, purpose: str, value: str, mark: str) -> bool:
        """Whether this is the mark of the two; how long it takes tells nothing."""
        return hmac.compare_digest(self.mark(purpose, value).encode(), mark.encode())
