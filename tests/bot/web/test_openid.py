"""What Slack's word on somebody must be to be taken."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.errors import NotAllowed
from bot.web.openid import TEAM, USER, Identity, identity_of

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GOOD = {
    "iss": "https://slack.com",
    "aud": "1.2",
    "nonce": "n",
    "exp": NOON.timestamp() + 60,
    TEAM: "T1",
    USER: "U1",
}


def a_token(claims: object) -> str:
    payload = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{payload}.x"


def test_slack_s_word_for_this_sign_in_is_taken() -> None:
    assert identity_of(a_token(GOOD), "1.2", "n", NOON) == Identity("T1", "U1")
    assert identity_of(a_token({**GOOD, "aud": ["1.2"]}), "1.2", "n", NOON) == Identity("T1", "U1")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "9.9"},
        {"aud": ["1.2", "9.9"]},
        {"nonce": "other"},
        {"nonce": None},
        {"exp": NOON.timestamp()},
        {"exp": "later"},
        {TEAM: ""},
        {USER: None},
        {USER: 7},
    ],
)
def test_any_other_is_not(change: Mapping[str, object]) -> None:
    with pytest.raises(NotAllowed, match="did not sign you in"):
        identity_of(a_token({**GOOD, **change}), "1.2", "n", NOON)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30", "e30.W10.x", "e30.bm8.x", "..", a_token("text")])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(NotAllowed):
        identity_of(token, "1.2", "n", NOON)
