"""Who is in the workspace, and how the Web API tells of them."""

from dataclasses import dataclass

from bot.sandbox.json_value import Json


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace."""

    id: str = "T0SANDBOX01"
    domain: str = "sandbox"
    name: str = "Sandbox Gazette"
    paid: bool = True

    def to_json(self) -> Json:
        """As team.info gives it."""
        return {
            "id": self.id,
            "name": self.name,
            "url": f"https://{self.domain}.slack.com/",
            "domain": self.domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }


@dataclass(frozen=True, slots=True)
class User:
    """A person or bot. A `guest` sees only the channels they are in; an `external` one is of another workspace."""

    id: str
    name: str
    team_id: str
    real_name: str = ""
    admin: bool = False
    owner: bool = False
    guest: bool = False
    external: bool = False
    bot: bool = False
    active: bool = True
    tz: str = "America/New_York"
    tz_offset: int = -18_000
    title: str = ""

    def to_json(self) -> Json:
        """As users.info gives it."""
        return {
            "id": self.id,
            "team_id": "T0ELSEWHERE" if self.external else self.team_id,
            "name": self.name,
            "deleted": not self.active,
            "real_name": self.real_name or self.name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": self.tz_offset,
            "profile": {"real_name": self.real_name or self.name, "display_name": self.name, "title": self.title},
            "is_admin": self.admin or self.owner,
            "is_owner": self.owner,
            "is_primary_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_bot": self.bot,
            "is_app_user": False,
            "is_stranger": self.external,
            "updated": 0,
        }


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A group such as @editors; needs a paid plan."""

    id: str
    handle: str
    team_id: str
    members: frozenset[str] = frozenset()
    enabled: bool = True

    def to_json(self, *, with_users: bool) -> Json:
        """As usergroups.list gives it."""
        users: Json = {"users": sorted(self.members)} if with_users else {}
        return {
            "id": self.id,
            "team_id": self.team_id,
            "is_usergroup": True,
            "name": self.handle.capitalize(),
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_delete": 0 if self.enabled else 1,
            "auto_type": None,
            "user_count": len(self.members),
            **users,
        }
