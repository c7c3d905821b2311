"""Sign in with Slack: OpenID Connect with the authorization code flow (https://openid.net/specs/openid-connect-core-1_0.html).

The code is exchanged by us at Slack's token endpoint, over TLS and with our secret, so the id_token comes from Slack
itself: section 3.1.3.7 (6) lets the connection vouch for the issuer in place of the signature. Issuer, audience, end
and nonce are compared all the same. There is no PKCE: Slack documents none for this flow, and a client with a secret
whose nonce is bound to the browser is as safe from a code that was slipped in (RFC 9700, 2.1.1).
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urljoin

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed, QuotedeskError
from bot.wording import page_words

ISSUER = "https://slack.com"
TOKEN_METHOD = "openid.connect.token"  # noqa: S105 - a method's name
TEAM, USER = "https://slack.com/team_id", "https://slack.com/user_id"


class SlackSilent(QuotedeskError):
    """Slack can't be asked now."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Slack says it is."""

    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class OpenId:
    """Our registration with Slack. `redirect_uri` is where the browser comes back to. `client` has no token: the secret
    is what is asked for. (Its own method for this would use a part of aiohttp that is on its way out.)
    """

    client: AsyncWebClient
    client_id: str
    client_secret: str
    redirect_uri: str

    def authorize_url(self, *, state: str, nonce: str, team_id: str) -> str:
        """Where the browser is sent to. Its place follows from the Web API's, also with a stand-in."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "state": state,
            "nonce": nonce,
            "team": team_id,
        }
        return f"{urljoin(self.client.base_url, '../openid/connect/authorize')}?{urlencode(asked)}"

    async def identity(self, code: str, nonce: str, now: datetime) -> Identity:
        """Whose code it is. Raises NotAllowed for a code that is not good, SlackSilent."""
        asked = {
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code": code,
            "redirect_uri": self.redirect_uri,
        }
        try:
            answer = await self.client.api_call(TOKEN_METHOD, data=asked)
        except SlackApiError as error:
            raise NotAllowed(page_words.NOT_SIGNED_IN) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackSilent(page_words.SLACK_SILENT) from error
        return identity_of(str(answer.get("id_token") or ""), self.client_id, nonce, now)


def identity_of(id_token: str, client_id: str, nonce: str, now: datetime) -> Identity:
    """What an id_token that came from Slack itself says. Raises NotAllowed unless it is Slack's, for us, for this
    sign-in and not over.
    """
    claims = _claims(id_token)
    audience = claims.get("aud")
    ends = claims.get("exp")
    good = (
        claims.get("iss") == ISSUER
        and audience in (client_id, [client_id])
        and claims.get("nonce") == nonce
        and isinstance(ends, int | float)
        and ends > now.timestamp()
    )
    team, user = claims.get(TEAM), claims.get(USER)
    if not (good and isinstance(team, str) and isinstance(user, str) and team and user):
        raise NotAllowed(page_words.NOT_SIGNED_IN)
    return Identity(team, user)


def _claims(id_token: str) -> Mapping[str, Any]:
    """The payload of a JSON Web Token (RFC 7519), empty for what is none."""
    parts = id_token.split(".")
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}
