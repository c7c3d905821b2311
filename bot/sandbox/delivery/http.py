"""Delivery by signed HTTP (authentication/verifying-requests-from-slack)."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.clock import Clock
from bot.sandbox.delivery.port import Ack, Kind, Parcel, Unreachable

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The `x-slack-signature` of a body."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class HttpTransport:
    """Posts to the app's request URL. `clock` must be real time, or the app will find the signature too old."""

    def __init__(self, url: str, secret: str, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._url, self._secret, self._session, self._clock = url, secret, session, clock

    async def send(self, parcel: Parcel) -> Ack:
        """Deliver and read the answer whole."""
        content_type, body = _encode(parcel)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        if parcel.attempt:
            headers |= {
                "X-Slack-Retry-Num": str(parcel.attempt),
                "X-Slack-Retry-Reason": parcel.reason or "unknown_error",
            }
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                text = await answer.text()
                return Ack(answer.status, _decode(answer.content_type, text), "x-slack-no-retry" in answer.headers)
        except aiohttp.ClientError as error:
            raise Unreachable(f"{self._url} can't be reached: {error}") from error


def _encode(parcel: Parcel) -> tuple[str, bytes]:
    if parcel.kind is Kind.EVENT:
        return "application/json", json.dumps(parcel.payload).encode()
    fields = parcel.payload if parcel.kind is Kind.COMMAND else {"payload": json.dumps(parcel.payload)}
    return FORM, urlencode(fields).encode()


def _decode(content_type: str, text: str) -> Any:
    if content_type == "application/json" and text:
        return json.loads(text)
    return text or None
