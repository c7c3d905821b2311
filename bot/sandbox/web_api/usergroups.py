"""usergroups.list and usergroups.users.list."""

from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method


def _need_paid_plan(core: Core) -> None:
    if not core.workspace.team.paid:
        raise SlackRefusal("plan_upgrade_required")


def list_(core: Core, arguments: Arguments) -> Json:
    """The groups; disabled ones and members only when asked for."""
    _need_paid_plan(core)
    groups = sorted(core.workspace.groups.values(), key=lambda group: group.id)
    shown = [group for group in groups if group.enabled or arguments.flag("include_disabled")]
    return {"usergroups": [group.to_json(with_users=arguments.flag("include_users")) for group in shown]}


def users_list(core: Core, arguments: Arguments) -> Json:
    """A group's members."""
    _need_paid_plan(core)
    group = core.workspace.groups.get(arguments.need("usergroup"))
    if group is None or not (group.enabled or arguments.flag("include_disabled")):
        raise SlackRefusal("no_such_subteam")
    return {"users": sorted(group.members)}


METHODS = {
    "usergroups.list": Method(list_, ("usergroups:read",)),
    "usergroups.users.list": Method(users_list, ("usergroups:read",)),
}
